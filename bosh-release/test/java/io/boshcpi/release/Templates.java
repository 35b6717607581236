package io.boshcpi.release;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The job's templates, rendered by Ruby's ERB. */
public final class Templates {
    private Templates() {}

    /**
     * A template with some properties.
     *
     * @param properties dotted name to value
     */
    static Command rendering(String template, Map<String, ?> properties) {
        return Command.of(
                        "ruby",
                        "test/ruby/render.rb",
                        Repository.job().resolve("spec"),
                        Repository.job().resolve("templates").resolve(template))
                .reading(json(nested(properties)));
    }

    /** {@code config/cpi.json} with some properties. */
    public static Map<String, @Nullable Object> configuration(Map<String, ?> properties) {
        return parsed(rendering("cpi.json.erb", properties).run().succeeded().output());
    }

    /**
     * Renders what calls need of the job, where create-env puts it.
     *
     * @param jobs the folder of all jobs
     */
    static void install(Path jobs, Map<String, ?> properties) {
        try {
            for (String[] template : new String[][] {{"cpi.erb", "bin/cpi"}, {"cpi.json.erb", "config/cpi.json"}}) {
                Path target = jobs.resolve("lxd_cpi").resolve(template[1]);
                Files.createDirectories(target.getParent());
                Files.writeString(
                        target,
                        rendering(template[0], properties).run().succeeded().output());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!jobs.resolve("lxd_cpi/bin/cpi").toFile().setExecutable(true)) {
            throw new AssertionError("bin/cpi cannot be made executable");
        }
    }

    static Map<String, @Nullable Object> parsed(String json) {
        try {
            return Repository.hash(new ObjectMapper().readValue(json, Object.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String json(Object value) {
        try {
            return new ObjectMapper().writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, @Nullable Object> nested(Map<String, ?> dotted) {
        Map<String, @Nullable Object> top = new LinkedHashMap<>();
        dotted.forEach((name, value) -> {
            Map<String, @Nullable Object> place = top;
            String[] keys = name.split("\\.", -1);
            for (int i = 0; i < keys.length - 1; i++) {
                place = Repository.hash(place.computeIfAbsent(keys[i], key -> new LinkedHashMap<>()));
            }
            place.put(keys[keys.length - 1], value);
        });
        return top;
    }
}
