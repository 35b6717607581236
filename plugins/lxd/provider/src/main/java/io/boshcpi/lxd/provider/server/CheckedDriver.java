package io.boshcpi.lxd.provider.server;

import io.boshcpi.lxd.spi.StorageCapability;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.spi.Options;
import java.util.Map;
import java.util.Set;

/** A storage driver whose volumes are checked before they are made. */
final class CheckedDriver implements StorageDriver {
    private final StorageDriver driver;
    private final Answers answers;

    CheckedDriver(StorageDriver driver, Answers answers) {
        this.driver = driver;
        this.answers = answers;
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
    public Map<String, String> volumeConfig(VolumeRequest request) {
        return answers.volume(driver.volumeConfig(request));
    }
}
