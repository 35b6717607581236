package io.boshcpi.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links of README.md and docs/ lead somewhere, and what is to be pasted is shell. */
class DocumentationTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern BLOCK = Pattern.compile("^ *```sh\\n(.*?)^ *```$", Pattern.MULTILINE | Pattern.DOTALL);

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadToFilesAndHeadingsThatThereAre(Path page) {
        List<String> dead = new ArrayList<>();
        Matcher links = LINK.matcher(Repository.read(page));
        while (links.find()) {
            String link = links.group(1);
            if (!link.startsWith("https://") && !leadsSomewhere(page, link)) {
                dead.add(link);
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void whatTheOperatorsGuideTellsToPasteIsShell() {
        Matcher blocks = BLOCK.matcher(Repository.read(Repository.root().resolve("docs/operator.md")));
        int count = 0;
        while (blocks.find()) {
            count++;
            assertThat(Command.of("bash", "-n")
                            .reading(blocks.group(1).stripIndent())
                            .run()
                            .errors())
                    .as(blocks.group(1))
                    .isEmpty();
        }
        assertThat(count).isGreaterThan(20);
    }

    private static boolean leadsSomewhere(Path page, String link) {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        return Files.exists(target) && (hash < 0 || anchors(target).contains(link.substring(hash + 1)));
    }

    /** The names that headings get. */
    private static Set<String> anchors(Path page) {
        return Repository.read(page)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{Alnum} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Repository.root().resolve("README.md")));
        try (Stream<Path> files = Files.list(Repository.root().resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        return pages;
    }
}
