package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;

/** {@code /1.0/certificates}: what the server trusts its clients with. */
public final class CertificatesApi {
    private final State state;

    public CertificatesApi(State state) {
        this.state = state;
    }

    public void register(Router router) {
        router.add("GET", "/1.0/certificates/{fingerprint}", this::get);
    }

    private Reply get(Request request) {
        Model.Certificate certificate = state.certificates.get(request.name("fingerprint"));
        if (certificate == null) {
            throw ApiError.notFound("Certificate not found");
        }
        return Reply.sync(JsonObject.of("name", "test")
                .and("type", "client")
                .and("restricted", certificate.restricted())
                .and("projects", certificate.projects())
                .and("fingerprint", certificate.fingerprint()));
    }
}
