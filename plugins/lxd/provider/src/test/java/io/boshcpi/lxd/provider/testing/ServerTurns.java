package io.boshcpi.lxd.provider.testing;

import io.boshcpi.lxd.fake.RealServer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets classes of tests take turns on a server: Maven runs them in several JVMs side by side, and a class may restart its
 * server or count what is on it.
 *
 * <p>A class is of one server if it has that server's tag; otherwise it is parameterized with {@link RealServer}, and each
 * invocation is of the server that is its display name.
 */
public final class ServerTurns
        implements BeforeAllCallback,
                AfterAllCallback,
                BeforeClassTemplateInvocationCallback,
                AfterClassTemplateInvocationCallback {
    /** Of this JVM, which runs one class at a time. */
    private static @Nullable FileChannel turn;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        for (String tag : context.getTags()) {
            if (RealServer.isWanted(tag)) {
                take(tag);
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        release();
    }

    @Override
    public void beforeClassTemplateInvocation(ExtensionContext context) throws IOException {
        take(context.getDisplayName());
    }

    @Override
    public void afterClassTemplateInvocation(ExtensionContext context) throws IOException {
        release();
    }

    private static void take(String server) throws IOException {
        FileChannel file = FileChannel.open(
                RealServer.state().resolve(server + ".turn"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        file.lock();
        turn = file;
    }

    private static void release() throws IOException {
        FileChannel file = turn;
        if (file != null) {
            turn = null;
            file.close();
        }
    }
}
