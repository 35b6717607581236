package io.boshcpi.lxd.provider.testing;

import io.boshcpi.lxd.fake.RealServer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives each real server to one test class at a time, and within it to one test. Servers are tested side by side, but what
 * restarts a server or looks at all of its objects has it for itself.
 *
 * <p>A {@code @ResourceLock} names the resource of all invocations of a parameterized class at once, which would put the
 * servers one after the other again.
 */
public final class ServerTurns
        implements BeforeClassTemplateInvocationCallback,
                AfterClassTemplateInvocationCallback,
                BeforeEachCallback,
                AfterEachCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(ServerTurns.class);
    private static final String TESTS = "tests";

    /** By the server's name; fair, so that no class waits for ever. */
    private static final Map<String, Semaphore> SERVERS = new ConcurrentHashMap<>();

    /** The invocation's name is the server's: see {@link OnRealServers}. */
    @Override
    public void beforeClassTemplateInvocation(ExtensionContext context) throws InterruptedException {
        server(context.getDisplayName()).acquire();
        context.getStore(NAMESPACE).put(TESTS, new Semaphore(1, true));
    }

    @Override
    public void afterClassTemplateInvocation(ExtensionContext context) {
        server(context.getDisplayName()).release();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws InterruptedException {
        tests(context).acquire();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        tests(context).release();
    }

    private static Semaphore server(String name) {
        return SERVERS.computeIfAbsent(name, any -> new Semaphore(1, true));
    }

    private static Semaphore tests(ExtensionContext context) {
        return Objects.requireNonNull(context.getStore(NAMESPACE).get(TESTS, Semaphore.class));
    }

    /** The same for a class that has one instance and one server. */
    public static final class OfClass implements BeforeAllCallback, AfterAllCallback {
        /** The instance of such a class. */
        public interface OnServer {
            RealServer server();
        }

        @Override
        public void beforeAll(ExtensionContext context) throws InterruptedException {
            server(name(context)).acquire();
        }

        @Override
        public void afterAll(ExtensionContext context) {
            server(name(context)).release();
        }

        private static String name(ExtensionContext context) {
            return ((OnServer) context.getRequiredTestInstance()).server().name();
        }
    }
}
