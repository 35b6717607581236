package io.boshcpi.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The picture of modules in docs/architecture.md shows what the poms say. */
class ArchitecturePictureTest {
    private static final Pattern ARROW = Pattern.compile(
            "^ +([a-z-]+)(?:\\[\"[^\"]*\"])? +(-->|-\\. assembles \\.->) +([a-z-]+)$", Pattern.MULTILINE);

    @Test
    void theArrowsOfThePictureAreTheDependenciesOfThePoms() throws IOException {
        assertThat(arrowsOfThePicture()).isEqualTo(arrowsOfThePoms());
    }

    @Test
    void everyModuleIsInThePicture() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (String arrow : arrowsOfThePicture()) {
            shown.addAll(List.of(arrow.split(" (--|assembles) ", -1)));
        }
        Set<String> modules = new TreeSet<>();
        for (Path pom : poms()) {
            String name = shown(child(root(pom), "artifactId"));
            modules.add(name);
        }
        modules.removeAll(Set.of("cpi-bom", "cpi-plugins", "bosh-lxd-cpi"));
        assertThat(shown).isEqualTo(modules);
    }

    private static Set<String> arrowsOfThePicture() {
        String page = Repository.read(Repository.root().resolve("docs/architecture.md"));
        String picture = page.substring(page.indexOf("flowchart"));
        Matcher matcher = ARROW.matcher(picture.substring(0, picture.indexOf("```")));
        Set<String> arrows = new TreeSet<>();
        while (matcher.find()) {
            arrows.add(matcher.group(1) + (matcher.group(2).equals("-->") ? " -- " : " assembles ") + matcher.group(3));
        }
        return arrows;
    }

    private static Set<String> arrowsOfThePoms() throws IOException {
        Set<String> arrows = new TreeSet<>();
        for (Path pom : poms()) {
            Element project = root(pom);
            String module = shown(child(project, "artifactId"));
            NodeList dependencies = project.getElementsByTagName("dependency");
            for (int i = 0; i < dependencies.getLength(); i++) {
                Element dependency = (Element) dependencies.item(i);
                boolean managed =
                        dependency.getParentNode().getParentNode().getNodeName().equals("dependencyManagement");
                String scope = child(dependency, "scope");
                boolean ours = child(dependency, "groupId").equals("io.boshcpi");
                if (ours && !managed && !scope.equals("test")) {
                    arrows.add(module
                            + (scope.equals("runtime") ? " assembles " : " -- ")
                            + shown(child(dependency, "artifactId")));
                }
            }
        }
        arrows.add("bosh-release -- distribution"); // The release packs what the distribution's build has made.
        return arrows;
    }

    private static String shown(String artifact) {
        return artifact.matches("lxd-(storage|network)-.*|lxd-project|lxd-devices") ? "sub-plugins" : artifact;
    }

    private static List<Path> poms() throws IOException {
        try (Stream<Path> files = Files.walk(Repository.root(), 4)) {
            return files.filter(file -> file.endsWith("pom.xml"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> !file.toString().contains("/docs/"))
                    .sorted()
                    .toList();
        }
    }

    private static Element root(Path pom) {
        try {
            Document document = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile());
            return document.getDocumentElement();
        } catch (IOException | ParserConfigurationException | SAXException e) {
            throw new AssertionError(pom + " cannot be read", e);
        }
    }

    private static String child(Element parent, String name) {
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return node.getTextContent().strip();
            }
        }
        return "";
    }
}
