import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Counts tests by what they ran against, from JUnit's Open Test Reporting files below a folder.
 *
 * <p>What a test ran against is its tag: {@code fake}, {@code lxd}, {@code incus}, {@code incus7}, {@code podman},
 * {@code docker}, {@code distribution}, or {@code server} for a test that runs once for each real server and whose parameter names the
 * server. A test without a tag is a unit test. Surefire's own reports have neither tags nor parameters of classes.
 *
 * <p>Exit code 1 if a test failed or was skipped, or if there was none. A test of a server that {@code CPI_TEST_SERVERS}
 * leaves out is not skipped: nobody asked for it. Nor is what the conformance suite has for a part that a provider does
 * not have, nor what takes Gradle where that is not, which {@code scripts/test} says.
 */
final class TestSummary {
    /** What a test ran against. */
    private enum Kind {
        UNIT("unit tests"),
        FAKE("against FakeLxd"),
        DISTRIBUTION("of the built distribution and the release"),
        LXD("against a real LXD"),
        INCUS("against a real Incus"),
        INCUS7("against a real Incus 7"),
        PODMAN("against a real Podman"),
        DOCKER("against Docker's own engine");

        final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    private static final int LINES = 12;
    private static final int WIDTH = 500;

    private record Node(String name, String parent, boolean test, Set<String> tags) {}

    private final Map<Kind, Integer> passed = new EnumMap<>(Kind.class);
    private final List<String> failed = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    public static void main(String[] arguments) throws Exception {
        TestSummary summary = new TestSummary();
        for (Path report : reports(Path.of(arguments[0]))) {
            summary.read(report);
        }
        System.exit(summary.print() ? 0 : 1);
    }

    private static List<Path> reports(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("open-test-report.xml")).sorted().toList();
        }
    }

    private void read(Path report) throws IOException, XMLStreamException {
        Map<String, Node> nodes = new HashMap<>();
        try (InputStream in = Files.newInputStream(report)) {
            XMLStreamReader xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(in);
            String id = "";
            String status = "";
            String reason = "";
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("result")) {
                    count(nodes, id, status, reason);
                    reason = "";
                }
                if (event != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (xml.getLocalName()) {
                    case "started" -> {
                        id = xml.getAttributeValue(null, "id");
                        String name = xml.getAttributeValue(null, "name");
                        nodes.put(id, new Node(name, xml.getAttributeValue(null, "parentId"), false, new HashSet<>()));
                    }
                    case "type" -> {
                        Node node = nodes.get(id);
                        nodes.put(id, new Node(node.name(), node.parent(), xml.getElementText().equals("TEST"), node.tags()));
                    }
                    case "tag" -> nodes.get(id).tags().add(xml.getElementText().strip());
                    case "finished" -> id = xml.getAttributeValue(null, "id");
                    case "result" -> status = xml.getAttributeValue(null, "status");
                    case "throwable" -> reason = xml.getElementText();
                    default -> {}
                }
            }
        }
    }

    private void count(Map<String, Node> nodes, String id, String status, String reason) {
        String path = path(nodes, id);
        if (status.equals("SKIPPED") || status.equals("ABORTED")) {
            boolean isOptional = status.equals("ABORTED")
                    && (reason.contains(": Assumption failed: the provider ")
                            || reason.contains(": Assumption failed: there is no /usr/bin/gradle"));
            if (isWanted(kind(nodes, id)) && !isOptional) {
                skipped.add(path);
            }
        } else if (!status.equals("SUCCESSFUL")) {
            failed.add(path + head(reason));
        } else if (nodes.get(id).test()) {
            passed.merge(kind(nodes, id), 1, Integer::sum);
        }
    }

    /** The message of an exception and the top of its trace: who reads this may have nothing else of the run. */
    private static String head(String trace) {
        return trace.lines()
                .limit(LINES)
                .map(String::strip)
                .map(line -> "\n             " + line.substring(0, Math.min(WIDTH, line.length())))
                .collect(Collectors.joining());
    }

    private static boolean isWanted(Kind kind) {
        boolean ofServer = Set.of(Kind.LXD, Kind.INCUS, Kind.INCUS7, Kind.PODMAN, Kind.DOCKER).contains(kind);
        String servers = System.getenv().getOrDefault("CPI_TEST_SERVERS", "lxd,incus,podman");
        return !ofServer || List.of(servers.split(",")).contains(kind.name().toLowerCase(Locale.ROOT));
    }

    /** The display names from the class down. */
    private static String path(Map<String, Node> nodes, String id) {
        Node node = nodes.get(id);
        Node parent = nodes.get(node.parent());
        boolean isClass = parent == null || parent.parent() == null;
        return isClass ? node.name() : path(nodes, node.parent()) + " > " + node.name();
    }

    /** The kind that the nearest tag says, from the test up. */
    private static Kind kind(Map<String, Node> nodes, String id) {
        boolean onServers = false;
        Set<String> names = new HashSet<>();
        for (Node node = nodes.get(id); node != null; node = nodes.get(node.parent())) {
            names.add(node.name());
            for (Kind kind : Kind.values()) {
                if (node.tags().contains(kind.name().toLowerCase(Locale.ROOT))) {
                    return kind;
                }
            }
            onServers |= node.tags().contains("server");
        }
        if (!onServers) {
            return Kind.UNIT;
        }
        if (names.contains("incus7")) {
            return Kind.INCUS7;
        }
        return names.contains("incus") ? Kind.INCUS : Kind.LXD;
    }

    /** Whether all is well. */
    private boolean print() {
        int total = 0;
        for (Kind kind : Kind.values()) {
            int count = passed.getOrDefault(kind, 0);
            total += count;
            System.out.printf("  %5d passed %s%n", count, kind.text);
        }
        System.out.printf("  %5d passed, %d failed, %d skipped%n", total, failed.size(), skipped.size());
        failed.forEach(path -> System.out.println("  failed:  " + path));
        skipped.forEach(path -> System.out.println("  skipped: " + path));
        return total > 0 && failed.isEmpty() && skipped.isEmpty();
    }
}
