package io.boshcpi.lxd.provider.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.spi.CpiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InstanceTypeTest {
    @Test
    void aNameTellsCpusAndGibibytes() {
        assertThat(InstanceType.parse("c2-m4")).isEqualTo(new InstanceType(2, 4096));
        assertThat(InstanceType.parse("c16-m128")).isEqualTo(new InstanceType(16, 131072));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "m4", "c-m4", "c2-m", "c2-m4.5", "c0-m1", "c2m4", "t2.micro", "c2-m4-x", "c99999999999-m1"})
    void anythingElseIsRefusedAndSaidHowItShouldBe(String name) {
        assertThatThrownBy(() -> InstanceType.parse(name))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("cloud_properties.instance_type")
                .hasMessageContaining("c2-m4");
    }
}
