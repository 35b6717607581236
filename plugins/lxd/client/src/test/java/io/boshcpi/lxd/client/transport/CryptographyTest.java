package io.boshcpi.lxd.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CryptographyTest {
    /** What all other tests of BoringSSL take for granted. */
    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void boringSslIsThereOnTheUsualMachines() {
        assertThat(Cryptography.fastest().isNative()).isTrue();
    }

    @Test
    void theRestOfTheProcessKeepsItsProviders() {
        Cryptography.fastest();

        assertThat(Security.getProviders())
                .noneMatch(provider -> provider.getName().contains("Conscrypt"));
    }
}
