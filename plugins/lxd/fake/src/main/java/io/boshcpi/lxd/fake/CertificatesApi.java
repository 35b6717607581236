package io.boshcpi.lxd.fake;

/** {@code /1.0/certificates}: what the server trusts its clients with. */
final class CertificatesApi {
    private final State state;

    CertificatesApi(State state) {
        this.state = state;
    }

    void register(Router router) {
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
