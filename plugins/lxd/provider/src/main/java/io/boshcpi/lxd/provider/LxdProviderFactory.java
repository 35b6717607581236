package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.provider.server.Contributors;
import io.boshcpi.lxd.provider.server.LxdConfig;
import io.boshcpi.lxd.provider.vm.VmProperties;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.OptionGroup;
import io.boshcpi.spi.ProviderContext;
import io.boshcpi.spi.ProviderFactory;
import java.util.List;
import org.pf4j.Extension;

/** The LXD provider's entry point. */
@Extension
public final class LxdProviderFactory implements ProviderFactory<LxdConfig> {
    @Override
    public String name() {
        return "lxd";
    }

    @Override
    public List<String> stemcellFormats() {
        return List.of("warden-tar", "general-tar", "openstack-qcow2", "openstack-raw", "lxd-light");
    }

    @Override
    public List<OptionGroup> options(ProviderContext context) {
        return LxdOptions.groups(context);
    }

    @Override
    public List<String> conflicts(ProviderContext context) {
        return new Contributors(context).conflicts(VmProperties.own());
    }

    @Override
    public Class<LxdConfig> configType() {
        return LxdConfig.class;
    }

    @Override
    public CloudProvider create(LxdConfig config, ProviderContext context) {
        return new LxdProvider(config, context);
    }
}
