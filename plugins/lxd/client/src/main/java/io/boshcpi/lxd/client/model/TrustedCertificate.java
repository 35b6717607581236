package io.boshcpi.lxd.client.model;

import java.util.List;
import java.util.Map;

/**
 * A client's certificate in the server's trust store.
 *
 * @param restricted whether its owner may only work in some projects
 * @param projects these projects
 */
public record TrustedCertificate(String name, boolean restricted, List<String> projects) {
    /** Reads the server's JSON. */
    public static TrustedCertificate of(Map<String, ?> json) {
        Fields fields = new Fields(json);
        return new TrustedCertificate(fields.text("name"), fields.flag("restricted"), fields.texts("projects"));
    }
}
