package io.boshcpi.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of what was seen on which server, in docs/compatibility.md, name the tests that see it. */
class SeenOnTest {
    /** The servers by what the heads of the tables call them. */
    private static final Map<String, String> SERVERS = Map.of(
            "LXD 5.0.2", "lxd",
            "Incus 6.0.4", "incus",
            "Incus 7.0.2", "incus7",
            "Podman 4.3.1", "podman",
            "Docker 20.10.24", "docker");

    private static final Set<String> ON_SERVERS = Set.of("server", "lxd", "incus", "incus7", "podman", "docker");
    private static final Pattern TAG = Pattern.compile("^@Tag\\(\"(\\w+)\"\\)", Pattern.MULTILINE);
    private static final Pattern PARENT =
            Pattern.compile("^(?:public )?(?:final )?class \\w+ extends (\\w+)", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`(\\w+(?:IT|Test))`");

    /** A row: what it is about, a word for each of the table's servers, and the tests. */
    private record Row(String what, List<String> servers, List<String> words, List<String> tests) {}

    private final Map<String, String> sources = sources();
    private final List<Row> rows = rows();

    @Test
    void everyTestOnServersHasARow() {
        Set<String> onServers = new TreeSet<>(sources.keySet());
        onServers.removeIf(test -> !test.endsWith("IT") || tags(test).stream().noneMatch(ON_SERVERS::contains));

        assertThat(onServers).isNotEmpty().isSubsetOf(tests(rows));
    }

    @Test
    void whatEveryRunSeesIsSeenByTestsOnThatServer() {
        for (Row row : rows) {
            for (int i = 0; i < row.servers().size(); i++) {
                String word = row.words().get(i);
                String server = row.servers().get(i);
                if (word.equals("every run") || word.startsWith("by hand, 20") || word.startsWith("in the lab, 20")) {
                    assertThat(row.tests()).as(row.what()).anyMatch(test -> runsOn(test, server));
                } else {
                    assertThat(word).as(row.what()).isIn("FakeLxd", "unit tests", "not yet", "refused");
                }
            }
        }
    }

    @Test
    void whatOnlyFakeLxdHasSeenHasNoTestOnAServer() {
        for (Row row : rows) {
            if (row.words().stream().allMatch(Set.of("FakeLxd", "unit tests")::contains)) {
                assertThat(row.tests()).as(row.what()).isNotEmpty().allSatisfy(test -> {
                    assertThat(sources).containsKey(test);
                    assertThat(tags(test)).doesNotContainAnyElementsOf(ON_SERVERS);
                });
            }
            if (row.words().contains("FakeLxd")) {
                assertThat(row.tests())
                        .as(row.what())
                        .allMatch(test -> tags(test).contains("fake"));
            }
        }
    }

    @Test
    void everyBundledDriverAndNetworkHasARow() throws IOException {
        Set<String> expected = new TreeSet<>();
        try (Stream<Path> plugins = Files.list(Repository.root().resolve("plugins"))) {
            plugins.map(plugin -> plugin.getFileName().toString()).forEach(plugin -> {
                if (plugin.startsWith("lxd-storage-")) {
                    expected.add("storage driver `" + plugin.substring("lxd-storage-".length()) + "`");
                } else if (plugin.startsWith("lxd-network-")) {
                    expected.add("network type `" + plugin.substring("lxd-network-".length()) + "`");
                }
            });
        }

        assertThat(rows.stream().map(Row::what)).containsAll(expected);
    }

    private boolean runsOn(String test, String server) {
        Set<String> tags = tags(test);
        boolean ofOneServer = tags.stream().anyMatch(SERVERS::containsValue);
        return ofOneServer ? tags.contains(server) : tags.contains("server");
    }

    /** Its own and its parents'; an annotation of the project that carries a tag counts as the tag. */
    private Set<String> tags(String test) {
        String source = sources.getOrDefault(test, "");
        Set<String> tags = new TreeSet<>();
        Matcher own = TAG.matcher(source);
        while (own.find()) {
            tags.add(own.group(1));
        }
        if (source.contains("\n@OnRealServers")) {
            tags.add("server");
        }
        Matcher parent = PARENT.matcher(source);
        if (parent.find()) {
            tags.addAll(tags(parent.group(1)));
        }
        return tags;
    }

    private static Set<String> tests(List<Row> rows) {
        return rows.stream().flatMap(row -> row.tests().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Row> rows() {
        String page = Repository.read(Repository.root().resolve("docs/compatibility.md"));
        List<Row> rows = new ArrayList<>();
        List<String> servers = List.of();
        for (String line : page.substring(page.indexOf("## Servers")).lines().toList()) {
            List<String> cells = List.of(line.split(" *\\| *", -1));
            if (cells.size() < 5 || cells.get(1).startsWith("---")) {
                continue;
            }
            List<String> middle = cells.subList(2, cells.size() - 2);
            if (cells.get(1).equals("What")) {
                assertThat(SERVERS).containsKeys(middle.toArray(new String[0]));
                servers = middle.stream().map(SERVERS::get).toList();
            } else {
                assertThat(middle).as(line).hasSameSizeAs(servers);
                List<String> tests = NAME.matcher(cells.get(cells.size() - 2))
                        .results()
                        .map(name -> name.group(1))
                        .toList();
                rows.add(new Row(cells.get(1), servers, middle, tests));
            }
        }
        assertThat(rows).isNotEmpty();
        return rows;
    }

    /** The sources of all tests, by the name of the class. */
    private static Map<String, String> sources() {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.find(
                Repository.root(),
                20,
                (file, attributes) -> file.toString().contains("/src/test/java/")
                        && file.toString().endsWith(".java"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                sources.put(file.getFileName().toString().replace(".java", ""), Repository.read(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }
}
