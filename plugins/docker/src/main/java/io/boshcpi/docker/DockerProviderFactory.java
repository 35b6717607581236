package io.boshcpi.docker;

import io.boshcpi.docker.disk.DockerDisks;
import io.boshcpi.docker.engine.DockerConfig;
import io.boshcpi.docker.engine.Engine;
import io.boshcpi.docker.network.DockerNetworks;
import io.boshcpi.docker.stemcell.DockerStemcells;
import io.boshcpi.docker.vm.DockerVms;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.OptionGroup;
import io.boshcpi.spi.ProviderContext;
import io.boshcpi.spi.ProviderFactory;
import java.util.List;
import org.pf4j.Extension;

/** The entry point of the provider for engines that speak the Docker Engine API. */
@Extension
public final class DockerProviderFactory implements ProviderFactory<DockerConfig> {
    private static final String PLACE = "Provider `docker`";

    @Override
    public String name() {
        return "docker";
    }

    @Override
    public List<String> stemcellFormats() {
        return List.of("warden-tar", "general-tar", "docker-light");
    }

    @Override
    public List<OptionGroup> options(ProviderContext context) {
        return List.of(
                OptionGroup.of(
                        "Configuration", PLACE, "The section `docker` of the configuration.", DockerConfig.OPTIONS),
                OptionGroup.of("VMs", PLACE, "", DockerVms.OPTIONS),
                OptionGroup.of("Persistent disks", PLACE, "", DockerDisks.OPTIONS),
                OptionGroup.of("Subnets", PLACE, "", DockerVms.SUBNET_OPTIONS),
                OptionGroup.of(
                        "Networks that BOSH makes",
                        PLACE,
                        "The subnets of a network with `managed: true`, which need a `range`.",
                        DockerNetworks.OPTIONS),
                OptionGroup.of(
                        "Light stemcells",
                        PLACE,
                        "`image_reference` in `stemcell.MF` makes a light stemcell, whose `image` is an empty file.",
                        DockerStemcells.OPTIONS));
    }

    @Override
    public Class<DockerConfig> configType() {
        return DockerConfig.class;
    }

    @Override
    public CloudProvider create(DockerConfig config, ProviderContext context) {
        return new DockerProvider(new Engine(config, context.clock()));
    }
}
