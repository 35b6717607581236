package io.boshcpi.lxd.fake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /1.0/certificates}: trust by an administrator on the socket, by password (LXD) or by token. */
final class CertificatesApi {
    private record Token(Operation operation, String name, boolean restricted, List<String> projects) {}

    private final State state;
    private final Operations operations;
    private final Trust trust;
    private final Map<String, Token> tokens = new HashMap<>();

    CertificatesApi(State state, Operations operations, Trust trust) {
        this.state = state;
        this.operations = operations;
        this.trust = trust;
    }

    void register(Router router) {
        router.add("GET", "/1.0/certificates", this::list);
        router.add("POST", "/1.0/certificates", this::create);
        router.add("GET", "/1.0/certificates/{fingerprint}", request -> Reply.sync(json(find(request))));
        router.add("DELETE", "/1.0/certificates/{fingerprint}", this::delete);
    }

    private Model.Certificate find(Request request) {
        Model.Certificate certificate = state.certificates.get(request.name("fingerprint"));
        if (certificate == null) {
            throw ApiError.notFound("Certificate not found");
        }
        return certificate;
    }

    private static Map<String, Object> json(Model.Certificate certificate) {
        return JsonObject.of("name", certificate.name)
                .and("type", "client")
                .and("restricted", certificate.restricted)
                .and("projects", certificate.projects)
                .and("certificate", certificate.pem)
                .and("fingerprint", certificate.fingerprint);
    }

    private Reply list(Request request) {
        List<Object> found = new ArrayList<>();
        state.certificates
                .values()
                .forEach(certificate -> found.add(
                        request.recursion() > 0 ? json(certificate) : "/1.0/certificates/" + certificate.fingerprint));
        return Reply.sync(found);
    }

    private Reply create(Request request) {
        Map<String, Object> body = request.json();
        if (trust.isTrusted(request.peer())) {
            if (!request.peer().local() && Json.text(body, "certificate", "").isEmpty() && !Json.flag(body, "token")) {
                throw ApiError.badRequest("Client is already trusted");
            }
            return Json.flag(body, "token") ? token(body) : add(body);
        }
        return introduce(request, body);
    }

    private Reply add(Map<String, Object> body) {
        byte[] der = Base64.getMimeDecoder().decode(Json.text(body, "certificate", ""));
        return trusted(der, Json.text(body, "name", ""), Json.flag(body, "restricted"), Json.texts(body, "projects"));
    }

    private Reply trusted(byte[] der, String name, boolean restricted, List<String> projects) {
        String fingerprint = HexFormat.of().formatHex(Json.sha256().digest(der));
        if (state.certificates.containsKey(fingerprint)) {
            throw ApiError.conflict("Certificate already in trust store");
        }
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(der)
                + "\n-----END CERTIFICATE-----\n";
        state.certificates.put(fingerprint, new Model.Certificate(fingerprint, pem, name, restricted, projects));
        return Reply.created("/1.0/certificates/" + fingerprint);
    }

    private Reply token(Map<String, Object> body) {
        String secret = UUID.randomUUID().toString();
        String name = Json.text(body, "name", "");
        Map<String, Object> metadata = JsonObject.of("addresses", List.of())
                .and("fingerprint", "")
                .and("request", JsonObject.of("name", name))
                .and("secret", secret);
        Operation operation = operations.token(metadata);
        tokens.put(secret, new Token(operation, name, Json.flag(body, "restricted"), Json.texts(body, "projects")));
        return Reply.async(operation.url(), operation.json());
    }

    /** A stranger shows its certificate and a secret. */
    private Reply introduce(Request request, Map<String, Object> body) {
        byte[] der = request.peer().certificate();
        String secret = Json.text(body, state.dialect.tokenField(), "");
        if (der == null || secret.isEmpty()) {
            throw new ApiError(403, "not authorized");
        }
        Token token = tokens.remove(secretOf(secret));
        if (token != null) {
            operations.remove(token.operation());
            return trusted(der, token.name(), token.restricted(), token.projects());
        }
        boolean password = state.dialect == Dialect.LXD && secret.equals(state.serverConfig.get("core.trust_password"));
        if (!password) {
            throw new ApiError(403, "not authorized");
        }
        return trusted(der, Json.text(body, "name", ""), false, List.of());
    }

    /** The secret in a token, which is base64 of JSON; anything else is no token. */
    private static @Nullable String secretOf(String token) {
        try {
            return Json.text(Json.object(Base64.getDecoder().decode(token)), "secret", "");
        } catch (IllegalArgumentException | ApiError e) {
            return null;
        }
    }

    private Reply delete(Request request) {
        state.certificates.remove(find(request).fingerprint);
        return Reply.done();
    }
}
