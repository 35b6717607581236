package io.boshcpi.core.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A logger that writes to the log of the thread's call. Libraries tell their news below {@code warn} only at debug. */
final class CallLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    private static final String OWN_PACKAGES = "io.boshcpi.";

    private final boolean own;

    CallLogger(String name) {
        this.name = name;
        this.own = name.startsWith(OWN_PACKAGES);
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
        return own && isEnabled(LogLevel.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return isEnabled(own ? LogLevel.INFO : LogLevel.DEBUG);
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
            case INFO -> own ? LogLevel.INFO : LogLevel.DEBUG;
            case DEBUG, TRACE -> LogLevel.DEBUG;
        };
    }
}
