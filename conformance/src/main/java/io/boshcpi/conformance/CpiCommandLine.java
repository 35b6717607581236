package io.boshcpi.conformance;

import io.boshcpi.conformance.cloud.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words that start a CPI. */
final class CpiCommandLine {
    private static final String CONFIG = "{config}";

    private CpiCommandLine() {}

    /**
     * Splits a command as a shell does that knows quotes and nothing else.
     *
     * @param folder what the path of the executable counts from
     * @param config takes the place of {@code {config}}; without that, {@code --config FILE} is appended
     */
    static List<String> of(String command, Path folder, @Nullable Path config) {
        List<String> words = new ArrayList<>();
        for (String word : split(command)) {
            if (word.contains(CONFIG) && config == null) {
                throw new SettingsException("--cpi has " + CONFIG + ", but there is no --config");
            }
            words.add(config == null ? word : word.replace(CONFIG, config.toString()));
        }
        if (words.isEmpty()) {
            throw new SettingsException("--cpi is empty");
        }
        if (words.get(0).contains("/")) {
            words.set(0, folder.resolve(words.get(0)).toString());
        }
        if (config != null && !command.contains(CONFIG)) {
            words.add("--config");
            words.add(config.toString());
        }
        return words;
    }

    private static List<String> split(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
                begun = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                begun = false;
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (quote != 0) {
            throw new SettingsException("--cpi has a quote that is not closed");
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
