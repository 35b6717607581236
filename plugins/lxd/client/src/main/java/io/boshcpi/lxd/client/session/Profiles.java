package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.engine.ApiReply;
import io.boshcpi.lxd.client.engine.Names;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.engine.Url;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Profile;
import java.util.Optional;

/** Profiles of a project: configuration and devices that instances take over. */
public final class Profiles {
    private final Rest rest;

    Profiles(Rest rest) {
        this.rest = rest;
    }

    /** The profile, or empty. */
    public Optional<Profile> find(String name) {
        ApiReply reply = rest.find(Url.of("/1.0/profiles").child(Names.check("profile", name)), Subject.PROFILE);
        return reply == null ? Optional.empty() : Optional.of(Profile.of(reply.object()));
    }
}
