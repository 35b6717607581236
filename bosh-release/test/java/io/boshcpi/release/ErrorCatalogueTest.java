package io.boshcpi.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.spi.ErrorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/errors.md quotes messages that the code has, and says something about each type of error. */
class ErrorCatalogueTest {
    private static final String PAGE = Repository.read(Repository.root().resolve("docs/errors.md"));
    private static final Pattern QUOTE = Pattern.compile("`([^`]+)`( \\(the server's\\))?");
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");

    @ParameterizedTest
    @EnumSource(ErrorType.class)
    void eachTypeIsExplained(ErrorType type) {
        assertThat(PAGE).contains("`" + type.wireName() + "`");
    }

    @ParameterizedTest
    @MethodSource("quotes")
    void eachQuotedMessageStandsInTheSources(String quote) {
        List<String> parts = new ArrayList<>(List.of(quote.split("…", -1)));
        parts.removeIf(part -> part.isBlank() || part.matches("\\W*"));

        assertThat(parts)
                .isNotEmpty()
                .allSatisfy(part -> assertThat(Sources.TEXT).contains(part.strip()));
    }

    @Test
    void thePageQuotesMessages() {
        assertThat(quotes()).hasSizeGreaterThan(40);
    }

    /** The messages in the first columns of the tables, but those that are the server's. */
    private static List<String> quotes() {
        List<String> quotes = new ArrayList<>();
        for (String line : PAGE.lines().toList()) {
            if (line.startsWith("| `") || line.startsWith("| …")) {
                Matcher matcher = QUOTE.matcher(line.split(" \\| ", -1)[0]);
                while (matcher.find()) {
                    if (matcher.group(2) == null) {
                        quotes.add(matcher.group(1));
                    }
                }
            }
        }
        return quotes;
    }

    /** All texts of the code, where those that are joined with a plus sign are one. */
    private static final class Sources {
        static final String TEXT = read();

        private static String read() {
            StringBuilder text = new StringBuilder();
            for (String folder : List.of("json", "cpi-core", "cpi-plugin-api", "distribution", "plugins")) {
                try (Stream<Path> files = Files.walk(Repository.root().resolve(folder))) {
                    files.filter(file -> file.toString().contains("/src/main/")
                                    || file.toString().endsWith("/launcher/cpi.c"))
                            .filter(Files::isRegularFile)
                            .filter(file -> !file.toString().contains("/src/main/training/"))
                            .forEach(file -> text.append(Repository.read(file)).append('\n'));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
            String withoutEscapes = text.toString().replace("\\\"", "\0").replace("`", "");
            return JOINED.matcher(withoutEscapes).replaceAll("").replace('\0', '"');
        }
    }
}
