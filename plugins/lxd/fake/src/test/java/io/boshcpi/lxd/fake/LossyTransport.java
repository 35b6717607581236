package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.client.transport.HttpCall;
import io.boshcpi.lxd.client.transport.HttpReply;
import io.boshcpi.lxd.client.transport.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Loses answers that a test chooses: the server does what was asked, and the client sees a broken connection. Remembers what
 * was sent.
 */
public final class LossyTransport implements Transport {
    private final Transport transport;
    private final List<Predicate<HttpCall>> losses = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();

    /** Loses nothing until told to. */
    public LossyTransport(Transport transport) {
        this.transport = transport;
    }

    /** Loses the answer to the next call that matches. */
    public synchronized void loseAnswerTo(Predicate<HttpCall> call) {
        losses.add(call);
    }

    /** Method and target of each call so far. */
    public synchronized List<String> sent() {
        return List.copyOf(sent);
    }

    @Override
    public HttpReply exchange(HttpCall call, long deadlineNanos) throws IOException {
        boolean lose = note(call);
        HttpReply reply = transport.exchange(call, deadlineNanos);
        if (lose) {
            reply.close();
            throw new IOException("the connection broke");
        }
        return reply;
    }

    @Override
    public void close() {
        transport.close();
    }

    private synchronized boolean note(HttpCall call) {
        sent.add(call.toString());
        for (Iterator<Predicate<HttpCall>> i = losses.iterator(); i.hasNext(); ) {
            if (i.next().test(call)) {
                i.remove();
                return true;
            }
        }
        return false;
    }
}
