package io.boshcpi.lxd.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.release.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/cloud-properties.md says what the code knows. */
class CloudPropertiesPageTest {
    @Test
    void the_page_is_the_codes() throws IOException {
        CloudPropertiesPage page = new CloudPropertiesPage();
        Path made = Path.of("target/cloud-properties.md");
        Files.writeString(made, page.text());

        assertThat(Repository.root().resolve("docs/cloud-properties.md"))
                .as("copy bosh-release/target/cloud-properties.md to docs/")
                .hasSameTextualContentAs(made);
    }

    @Test
    void no_sub_plugin_of_the_distribution_is_left_out() throws IOException {
        Set<String> described = new TreeSet<>();
        CloudPropertiesPage.DRIVERS.forEach(driver -> described.add(module("storage", driver)));
        CloudPropertiesPage.NETWORKS.forEach(network -> described.add(module("network", network)));

        Set<String> shipped = new TreeSet<>();
        try (Stream<Path> folders = Files.list(Repository.root().resolve("plugins"))) {
            folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.startsWith("lxd-storage-") || name.startsWith("lxd-network-"))
                    .forEach(shipped::add);
        }
        assertThat(described).isEqualTo(shipped);
    }

    private static String module(String kind, Object extension) {
        String packageName = extension.getClass().getPackageName();
        return "lxd-" + kind
                + packageName.substring(packageName.lastIndexOf('.')).replace('.', '-');
    }
}
