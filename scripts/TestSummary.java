import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Counts tests by what they ran against, from JUnit's Open Test Reporting files below a folder. Surefire's own reports do
 * not tell the display names of parameterized classes, which is where the server stands.
 *
 * <p>Exit code 1 if a test failed or was skipped, or if there was none.
 */
final class TestSummary {
    /** What a test ran against. */
    private enum Kind {
        UNIT("unit tests"),
        FAKE("against FakeLxd"),
        DISTRIBUTION("of the built distribution and the release"),
        LXD("against a real LXD"),
        INCUS("against a real Incus");

        final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    private record Node(String name, String parent, boolean test) {}

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
        boolean integration = report.getParent().endsWith("failsafe");
        Map<String, Node> nodes = new HashMap<>();
        try (InputStream in = Files.newInputStream(report)) {
            XMLStreamReader xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(in);
            String id = "";
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (xml.getLocalName()) {
                    case "started" -> {
                        id = xml.getAttributeValue(null, "id");
                        String name = xml.getAttributeValue(null, "name");
                        nodes.put(id, new Node(name, xml.getAttributeValue(null, "parentId"), false));
                    }
                    case "type" -> {
                        Node node = nodes.get(id);
                        nodes.put(id, new Node(node.name(), node.parent(), xml.getElementText().equals("TEST")));
                    }
                    case "finished" -> id = xml.getAttributeValue(null, "id");
                    case "result" -> count(nodes, id, xml.getAttributeValue(null, "status"), integration);
                    default -> {}
                }
            }
        }
    }

    private void count(Map<String, Node> nodes, String id, String status, boolean integration) {
        String path = path(nodes, id);
        if (status.equals("SKIPPED") || status.equals("ABORTED")) {
            skipped.add(path);
        } else if (!status.equals("SUCCESSFUL")) {
            failed.add(path);
        } else if (nodes.get(id).test()) {
            passed.merge(kind(path, integration), 1, Integer::sum);
        }
    }

    /** The display names from the class down. */
    private static String path(Map<String, Node> nodes, String id) {
        Node node = nodes.get(id);
        Node parent = nodes.get(node.parent());
        boolean isClass = parent == null || parent.parent() == null;
        return isClass ? node.name() : path(nodes, node.parent()) + " > " + node.name();
    }

    /** Told by the words in the names: "ContainersIT > incus > ...", "FakeLxdHttpsClientTest > ...". */
    private static Kind kind(String path, boolean integration) {
        String names = path.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        if (names.matches(".*\\bfake\\b.*")) {
            return Kind.FAKE;
        } else if (!integration) {
            return Kind.UNIT;
        } else if (names.matches(".*\\bincus\\b.*")) {
            return Kind.INCUS;
        }
        return names.matches(".*\\blxd\\b.*") ? Kind.LXD : Kind.DISTRIBUTION;
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
