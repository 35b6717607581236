package io.boshcpi.lxd.client.transport;

import io.boshcpi.lxd.client.transport.NotSentException.Reason;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Connects to the first of several members of a cluster that answers, since each of them is a way to the whole. Goes on to
 * the next only if it cannot connect: a member that is not trusted, or that answers with an error, is a failure. The one
 * that answered last is asked first the next time.
 */
final class FailoverConnector implements Connector {
    /** How long a member that says nothing is waited for while there is another one. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final List<? extends Connector> members;
    private volatile int lastGood;

    FailoverConnector(List<? extends Connector> members) {
        this.members = List.copyOf(members);
    }

    @Override
    public Connection connect(long deadlineNanos) throws NotSentException {
        StringBuilder reasons = new StringBuilder();
        int first = lastGood;
        for (int i = 0; ; i++) {
            boolean last = i == members.size() - 1;
            int member = (first + i) % members.size();
            long patienceEnds = System.nanoTime() + PATIENCE_NANOS;
            try {
                Connection connection = members.get(member)
                        .connect(last || deadlineNanos - patienceEnds < 0 ? deadlineNanos : patienceEnds);
                lastGood = member;
                return connection;
            } catch (NotSentException e) {
                reasons.append(i == 0 ? "" : "; ").append(e.getMessage());
                if (last || !isUnreachable(e, deadlineNanos)) {
                    throw i == 0 ? e : new NotSentException(e.reason(), reasons.toString(), e);
                }
            }
        }
    }

    private static boolean isUnreachable(NotSentException failure, long deadlineNanos) {
        boolean late = failure.reason() == Reason.DEADLINE && System.nanoTime() - deadlineNanos < 0;
        return late || failure.reason() == Reason.UNREACHABLE;
    }
}
