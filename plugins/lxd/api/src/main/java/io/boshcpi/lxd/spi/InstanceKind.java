package io.boshcpi.lxd.spi;

import org.apiguardian.api.API;

/** What a BOSH VM is on the server. */
@API(status = API.Status.STABLE, since = "1.0")
public enum InstanceKind {
    /** A system container, made from a stemcell that is a root file system. */
    CONTAINER("container"),
    /** A virtual machine, made from a stemcell that is a disk image. */
    @API(status = API.Status.EXPERIMENTAL, since = "1.0")
    VIRTUAL_MACHINE("virtual-machine");

    private final String apiName;

    InstanceKind(String apiName) {
        this.apiName = apiName;
    }

    /** The name in the server's API: {@code "container"}, {@code "virtual-machine"}. */
    public String apiName() {
        return apiName;
    }
}
