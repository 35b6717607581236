package io.boshcpi.lxd.provider.server;

import io.boshcpi.lxd.client.session.LxdSession;

/**
 * The work of one method on the server, to be run by {@link LxdCloud#run}.
 *
 * <p>A class rather than a lambda: a small class comes out of the class archive in a fraction of a millisecond, whereas
 * the first lambda of a process also initializes the JDK's method handles, at the price of several milliseconds of a
 * cold call.
 */
public abstract class ServerTask<T> {
    /**
     * Does the work.
     *
     * @param undo takes the steps that remove what the task creates; they run if it fails
     */
    protected abstract T run(LxdSession lxd, Undo undo);

    /** The error that the Director gets for a failure of {@link #run}. */
    protected RuntimeException translate(RuntimeException failure) {
        return Errors.translate(failure);
    }
}
