package io.boshcpi.lxd.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.lxd.spi.VolumeRequest.Content;
import java.util.Map;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every storage driver keeps. Extend it, and return the driver and a value for each of its options:
 *
 * <pre>{@code
 * final class NfsStorageDriverTest extends StorageDriverContract {
 *     protected StorageDriver driver() { return new NfsStorageDriver(); }
 *     protected Map<String, Object> options() { return Map.of("nfs.version", 4); }
 * }
 * }</pre>
 *
 * <p>The contract needs no server: a driver is a function of values.
 */
@API(status = API.Status.STABLE, since = "1.0")
public abstract class StorageDriverContract {
    /** Creates a contract. */
    protected StorageDriverContract() {}

    /** The driver. */
    protected abstract StorageDriver driver();

    /** A value for each of the driver's options, as an operator would write it. */
    protected abstract Map<String, Object> options();

    @Test
    void theNameIsThatOfAPoolsDriver() {
        assertThat(driver().name()).matches("[a-z][a-z0-9]*");
    }

    @Test
    void theDescriptionIsPresent() {
        assertThat(driver().description()).isNotBlank();
    }

    @Test
    void theCapabilitiesAreKnown() {
        assertThat(driver().capabilities()).doesNotContainNull();
    }

    @Test
    void thereIsAnExampleOfEachOption() {
        assertThat(options().keySet()).isEqualTo(driver().options().names());
    }

    @Test
    void theExamplesAreAccepted() {
        driver().options().check(OptionRules.tree(options()));
    }

    @Test
    void defaultsAndAllowedValuesOfOptionsAreAccepted() {
        OptionRules.checkValues(driver().options());
    }

    @Test
    void anUnknownOptionIsRefused() {
        OptionRules.checkRefusesUnknown(driver().options(), options());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1234, 16_777_216})
    void theSizeIsTheOneThatWasAskedFor(long sizeMib) {
        assertThat(driver().volumeConfig(request(sizeMib, Map.of()))).containsEntry("size", sizeMib + "MiB");
    }

    @Test
    void nothingIsSetThatNobodyAskedFor() {
        assertThat(driver().volumeConfig(request(64, Map.of())).keySet())
                .allMatch(
                        key -> key.equals("size") || driver().options().names().contains(key));
    }

    @Test
    void marksAreLeftToTheProvider() {
        assertThat(driver().options().names()).noneMatch(option -> option.startsWith("user.") || option.equals("size"));
    }

    @Test
    void optionsReachTheVolumeAsStrings() {
        Map<String, String> config = driver().volumeConfig(request(64, options()));

        options().forEach((key, value) -> assertThat(config).containsEntry(key, String.valueOf(value)));
    }

    private static VolumeRequest request(long sizeMib, Map<String, Object> options) {
        return new VolumeRequest(sizeMib, Content.FILESYSTEM, OptionRules.tree(options));
    }
}
