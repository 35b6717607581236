package io.boshcpi.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.spi.CpiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    private static final String CREATE_ENV = "/var/vcap/packages=/home/me/packages\n/var/vcap/jobs=/home/me/jobs=1\n";

    @TempDir
    private Path folder;

    @Test
    void foldersOfPackagesAndJobsAreWhereCreateEnvPutsThem() throws IOException {
        Configuration configuration = with("\"/var/vcap/packages/mine\",\"/var/vcap/jobs/mine/plugins\","
                + "\"/srv/plugins\",\"/var/vcap/packages_of_mine\"");

        assertThat(configuration.pluginFolders(CREATE_ENV))
                .containsExactly(
                        Path.of("/home/me/packages/mine"),
                        Path.of("/home/me/jobs=1/mine/plugins"),
                        Path.of("/srv/plugins"),
                        Path.of("/var/vcap/packages_of_mine"));
    }

    @Test
    void onADirectorTheyAreWhatTheyAreCalled() throws IOException {
        Configuration configuration = with("\"/var/vcap/packages/mine\",\"/srv/plugins\"");

        assertThat(configuration.pluginFolders(null))
                .containsExactly(Path.of("/var/vcap/packages/mine"), Path.of("/srv/plugins"));
    }

    @Test
    void aRelativeFolderIsRefused() throws IOException {
        Configuration configuration = with("\"plugins\"");

        assertThatThrownBy(() -> configuration.pluginFolders(CREATE_ENV))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("configuration.plugin_dirs must be a list of absolute paths");
    }

    private Configuration with(String folders) throws IOException {
        return Configuration.read(Files.writeString(folder.resolve("cpi.json"), "{\"plugin_dirs\":[" + folders + "]}"));
    }
}
