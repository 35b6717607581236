package io.boshcpi.lxd.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.boshcpi.lxd.spi.PluginContext;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.lxd.spi.VolumeRequest.Content;
import io.boshcpi.lxd.spi.VolumeRequest.Purpose;
import io.boshcpi.lxd.spi.VolumeSizes;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
 * <p>What a driver does not do, such as block devices, root disks or options in any combination, say by overriding the
 * methods below. Sizes are those of {@link StorageDriver#sizes()}. Whether a volume can be made smaller is not asked here:
 * that is for the server, and a driver without {@code SHRINKS} is never asked.
 *
 * <p>The contract needs no server: a driver is a function of values.
 */
@API(status = API.Status.STABLE, since = "1.0")
public abstract class StorageDriverContract {
    /** 16 TiB. */
    private static final long LARGE_MIB = 16L << 20;

    /** Creates a contract. */
    protected StorageDriverContract() {}

    /** The driver. */
    protected abstract StorageDriver driver();

    /** A value for each of the driver's options, as an operator would write it. */
    protected abstract Map<String, Object> options();

    /**
     * Sets of options that a disk can have together, where {@link #options()} as a whole is none: each option is in one of
     * them at least.
     */
    protected List<Map<String, Object>> optionSets() {
        return List.of(options());
    }

    /** Sets of options that are refused together, such as one without another that it needs. */
    protected List<Map<String, Object>> refusedOptions() {
        return List.of();
    }

    /** The sizes in MiB that are asked for: the least, a small one and a large one that {@link StorageDriver#sizes()} allows. */
    protected List<Long> sizesMib() {
        VolumeSizes sizes = driver().sizes();
        long least = sizes.rounded(sizes.minimumMib());
        return List.of(least, sizes.rounded(least + 1), sizes.rounded(Math.max(LARGE_MIB, least)));
    }

    /** What volumes can hold. Everything else has to be refused. */
    protected Set<Content> contents() {
        return EnumSet.allOf(Content.class);
    }

    /** What volumes can be for. Everything else has to be refused. */
    protected Set<Purpose> purposes() {
        return EnumSet.allOf(Purpose.class);
    }

    /** The plugin's section of the configuration, as an operator would write it. */
    protected Map<String, Object> configuration() {
        return Map.of();
    }

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
    void theConfigurationIsAcceptedAndTheHealthIsTold() {
        OptionRules.checkSubPlugin(driver(), context());
    }

    @Test
    void thereIsAnExampleOfEachOption() {
        Set<String> shown = new TreeSet<>();
        for (Map<String, Object> set : optionSets()) {
            shown.addAll(set.keySet());
        }
        assertThat(options().keySet())
                .as("what options() has an example of")
                .isEqualTo(driver().options().names());
        assertThat(shown)
                .as("what optionSets() has an example of")
                .isEqualTo(options().keySet());
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

    @Test
    void theSizesCanBeAskedFor() {
        for (long size : sizesMib()) {
            assertThat(size)
                    .as("a size of sizesMib(), where the driver's sizes are " + driver().sizes())
                    .isGreaterThanOrEqualTo(driver().sizes().minimumMib())
                    .isEqualTo(driver().sizes().rounded(size));
        }
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void theSizeIsTheOneThatWasAskedFor(Purpose purpose) {
        for (Content content : contents()) {
            for (long size : sizesMib()) {
                VolumeRequest request = request(size, content, Map.of(), purpose);
                if (purposes().contains(purpose)) {
                    assertThat(volume(request)).as(shown(request)).containsEntry("size", size + "MiB");
                } else {
                    refused(request, "purposes() does not have it");
                }
            }
        }
    }

    @Test
    void whatAVolumeCannotHoldIsRefused() {
        for (Purpose purpose : purposes()) {
            for (Content content : EnumSet.complementOf(copy(contents()))) {
                refused(request(smallest(), content, Map.of(), purpose), "contents() does not have it");
            }
        }
    }

    @Test
    void aRootDiskMayLeaveItsSizeToTheServer() {
        if (purposes().contains(Purpose.ROOT)) {
            for (Content content : contents()) {
                assertThat(volume(request(0, content, Map.of(), Purpose.ROOT)))
                        .as("a root disk without a size")
                        .doesNotContainKey("size");
            }
        }
    }

    @Test
    void nothingIsSetThatNobodyAskedFor() {
        for (Purpose purpose : purposes()) {
            for (Content content : contents()) {
                VolumeRequest request = request(smallest(), content, Map.of(), purpose);
                assertThat(volume(request).keySet())
                        .as(shown(request))
                        .allMatch(key ->
                                key.equals("size") || driver().options().names().contains(key));
            }
        }
    }

    @Test
    void marksAreLeftToTheProvider() {
        assertThat(driver().options().names()).noneMatch(option -> option.startsWith("user.") || option.equals("size"));
    }

    @Test
    void optionsReachTheVolumeAsStrings() {
        for (Map<String, Object> set : optionSets()) {
            VolumeRequest request = request(smallest(), anyContent(), set, Purpose.PERSISTENT);
            Map<String, String> config = volume(request);
            set.forEach(
                    (key, value) -> assertThat(config).as(shown(request)).containsEntry(key, String.valueOf(value)));
        }
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefused() {
        for (Map<String, Object> set : refusedOptions()) {
            VolumeRequest request = request(smallest(), anyContent(), set, Purpose.PERSISTENT);
            CpiException refusal = refused(request, "refusedOptions() has them");
            assertThat(refusal)
                    .as("the refusal of " + shown(request) + ", which has to name one of the options")
                    .hasMessageMatching(".*\\Qcloud_properties\\E\\.(" + String.join("|", quoted(set)) + ").*");
        }
    }

    private static Set<String> quoted(Map<String, Object> options) {
        Set<String> names = new TreeSet<>();
        for (String name : options.keySet()) {
            names.add("\\Q" + name + "\\E");
        }
        return names;
    }

    private static EnumSet<Content> copy(Set<Content> contents) {
        EnumSet<Content> copy = EnumSet.noneOf(Content.class);
        copy.addAll(contents);
        return copy;
    }

    private long smallest() {
        return sizesMib().get(0);
    }

    private Content anyContent() {
        return contents().contains(Content.FILESYSTEM) ? Content.FILESYSTEM : Content.BLOCK;
    }

    private PluginContext context() {
        return OptionRules.context(configuration());
    }

    private VolumeRequest request(long sizeMib, Content content, Map<String, Object> options, Purpose purpose) {
        return new VolumeRequest(sizeMib, content, OptionRules.tree(options), purpose, context());
    }

    private static String shown(VolumeRequest request) {
        return "a volume for " + request.purpose() + " of " + request.sizeMib() + " MiB, "
                + request.content().apiName() + ", with the options "
                + request.options().asMap();
    }

    /** The configuration, which there has to be. */
    private Map<String, String> volume(VolumeRequest request) {
        try {
            Map<String, String> config = driver().volumeConfig(request);
            assertThat(config).as("the configuration of " + shown(request)).isNotNull();
            return config;
        } catch (CpiException e) {
            throw new AssertionError(
                    "The driver refuses " + shown(request) + ": " + e.getMessage()
                            + "\nIf it is right, say so: by sizes() of the driver, or by optionSets(), contents(),"
                            + " purposes() or sizesMib() of this test",
                    e);
        }
    }

    private CpiException refused(VolumeRequest request, String because) {
        try {
            Map<String, String> config = driver().volumeConfig(request);
            return fail(
                    "The driver has to refuse " + shown(request) + ", since " + because + ", but answers " + config);
        } catch (CpiException e) {
            assertThat(e.type())
                    .as("the type of the refusal of " + shown(request) + "; CpiException.badRequest is right")
                    .isEqualTo(ErrorType.CPI_ERROR);
            return e;
        }
    }
}
