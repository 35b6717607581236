package io.boshcpi.lxd.fake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that the server writes into a guest when it starts, as an image's metadata asks for. Of the template language
 * there is {@code {{ config_get("KEY", "OTHERWISE") }}} only.
 *
 * @param path where in the guest
 * @param atCreation at the first start
 * @param atStart at every start
 * @param attributes mode, uid and gid, which only Incus heeds
 */
record Template(String path, String text, boolean atCreation, boolean atStart, Map<String, String> attributes) {
    private static final Pattern CONFIG_GET =
            Pattern.compile("\\{\\{\\s*config_get\\(\"([^\"]*)\",\\s*\"([^\"]*)\"\\)\\s*(?:\\|\\s*safe\\s*)?\\}\\}");

    /** The templates of the metadata, with their texts from the tarball. */
    static List<Template> of(Map<String, Object> metadata, byte[] tarball) throws IOException {
        List<Template> templates = new ArrayList<>();
        Map<String, Object> all = Json.child(metadata, "templates");
        for (String path : all.keySet()) {
            Map<String, Object> template = Json.child(all, path);
            byte[] text = Tarballs.file(tarball, "templates/" + Json.text(template, "template", ""));
            List<String> when = Json.texts(template, "when");
            Map<String, String> attributes = new TreeMap<>();
            for (String name : List.of("mode", "uid", "gid")) {
                if (template.get(name) != null) {
                    attributes.put(name, String.valueOf(template.get(name)));
                }
            }
            templates.add(new Template(
                    path,
                    text == null ? "" : new String(text, StandardCharsets.UTF_8),
                    when.contains("create"),
                    when.contains("start"),
                    attributes));
        }
        return templates;
    }

    void apply(Instance instance, boolean first, Dialect dialect) {
        if (!(atStart || (atCreation && first))) {
            return;
        }
        GuestFiles.Node file = instance.files.find(path, true);
        if (file == null) {
            boolean heeded = dialect.heedsTemplateAttributes();
            file = instance.files.node(
                    path,
                    GuestFiles.Type.FILE,
                    heeded ? Integer.parseInt(attributes.getOrDefault("mode", "0644"), 8) : 0644,
                    heeded ? Long.parseLong(attributes.getOrDefault("uid", "0")) : 0,
                    heeded ? Long.parseLong(attributes.getOrDefault("gid", "0")) : 0);
        }
        file.content = rendered(instance.expandedConfig).getBytes(StandardCharsets.UTF_8);
    }

    private String rendered(Map<String, String> config) {
        Matcher matcher = CONFIG_GET.matcher(text);
        return matcher.replaceAll(
                found -> Matcher.quoteReplacement(config.getOrDefault(found.group(1), found.group(2))));
    }
}
