package io.boshcpi.core.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A logger that writes to the log of the thread's call. */
final class CallLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    /** Shared libraries that tell at {@code info} what only their authors want to know. */
    private static final String[] VERBOSE = {"org.pf4j.", "org.apache.hc.", "org.newsclub.net.unix."};

    private final boolean verbose;

    CallLogger(String name) {
        this.name = name;
        this.verbose = isVerbose(name);
    }

    private static boolean isVerbose(String name) {
        for (String prefix : VERBOSE) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private boolean isEnabled(LogLevel level) {
        CallLog log = CallLog.current();
        return log != null && log.isEnabled(level);
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public boolean isDebugEnabled() {
        return !verbose && isEnabled(LogLevel.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return isEnabled(verbose ? LogLevel.DEBUG : LogLevel.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return isEnabled(LogLevel.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return isEnabled(LogLevel.ERROR);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        CallLog log = CallLog.current();
        if (log == null) {
            return;
        }
        String message = MessageFormatter.basicArrayFormat(pattern, arguments);
        if (thrown == null) {
            log.log(levelOf(level), message);
        } else {
            log.log(levelOf(level), message, thrown);
        }
    }

    private LogLevel levelOf(Level level) {
        return switch (level) {
            case ERROR -> LogLevel.ERROR;
            case WARN -> LogLevel.WARN;
            case INFO -> verbose ? LogLevel.DEBUG : LogLevel.INFO;
            case DEBUG, TRACE -> LogLevel.DEBUG;
        };
    }
}
