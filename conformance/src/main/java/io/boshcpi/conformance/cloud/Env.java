package io.boshcpi.conformance.cloud;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code env} of {@code create_vm}, in which everything that a Director keeps secret is the kit's secret. */
final class Env {
    private Env() {}

    static Map<String, Object> of(String secret, boolean director) {
        String key = "-----BEGIN PRIVATE KEY-----\n" + secret + "\n-----END PRIVATE KEY-----\n";
        Map<String, Object> bosh = new LinkedHashMap<>();
        bosh.put("mbus", Map.of("cert", Map.of("ca", "kit", "certificate", "kit", "private_key", key)));
        bosh.put("password", "$6$kit$" + secret);
        bosh.put("tags", Map.of("conformance", "kit"));
        if (director) {
            bosh.put("group", "director-conformance-kit");
            bosh.put("groups", List.of("director", "conformance", "kit"));
            Map<String, Object> options =
                    Map.of("endpoint", "https://192.0.2.1:25250", "user", "kit", "password", secret);
            bosh.put("blobstores", List.of(Map.of("provider", "dav", "options", options)));
        }
        return Map.of("bosh", bosh);
    }
}
