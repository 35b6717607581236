package io.boshcpi.lxd.provider.server;

import io.boshcpi.lxd.client.session.LxdSession;

/** A task without a result. */
public abstract class ServerAction extends ServerTask<Boolean> {
    /** Does the work. */
    protected abstract void act(LxdSession lxd);

    @Override
    protected final Boolean run(LxdSession lxd, Undo undo) {
        act(lxd);
        return true;
    }
}
