package io.boshcpi.lxd.provider.server;

import io.boshcpi.lxd.spi.PluginContext;
import io.boshcpi.lxd.spi.StorageCapability;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.lxd.spi.VolumeSizes;
import io.boshcpi.spi.Options;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A storage driver that is asked only for sizes that it says it has, and whose volumes are checked before they are made.
 */
final class CheckedDriver implements StorageDriver {
    private static final Logger LOG = LoggerFactory.getLogger(CheckedDriver.class);

    private final StorageDriver driver;
    private final Answers answers;
    private final PluginContext context;

    CheckedDriver(StorageDriver driver, Answers answers, PluginContext context) {
        this.driver = driver;
        this.answers = answers;
        this.context = context;
    }

    @Override
    public String name() {
        return driver.name();
    }

    @Override
    public String description() {
        return driver.description();
    }

    @Override
    public Set<StorageCapability> capabilities() {
        return driver.capabilities();
    }

    @Override
    public Options options() {
        return driver.options();
    }

    @Override
    public VolumeSizes sizes() {
        return answers.sizes(driver.sizes());
    }

    @Override
    public Map<String, String> volumeConfig(VolumeRequest asked) {
        VolumeRequest request = asked.sizeMib() == 0 ? asked : asked.ofSize(VolumeSize.of(this, asked));
        if (request.sizeMib() != asked.sizeMib()) {
            LOG.info(
                    "A volume of {} MiB gets {} MiB, since the driver {} has sizes {}",
                    asked.sizeMib(),
                    request.sizeMib(),
                    name(),
                    sizes());
        }
        return answers.volume(request, driver.volumeConfig(request.in(context)));
    }
}
