package io.boshcpi.conformance.cloud;

import io.boshcpi.conformance.wire.Cpi;
import io.boshcpi.conformance.wire.Secrets;
import org.jspecify.annotations.Nullable;

/** Everything that rules are judged with. */
public record World(Settings settings, Secrets secrets, Callers callers, Stemcells stemcells, Vms vms, Disks disks) {
    /**
     * A CPI and what it is tested with.
     *
     * @param light the light stemcell, if there is one
     */
    public static World of(Cpi cpi, Settings settings, Secrets secrets, Stemcell stemcell, @Nullable Stemcell light) {
        Callers callers = new Callers(cpi, settings.context(), stemcell.apiVersion());
        Stemcells stemcells = new Stemcells(callers, settings, stemcell, light);
        Vms vms = new Vms(callers, settings, stemcells, secrets.planted());
        return new World(settings, secrets, callers, stemcells, vms, new Disks(callers, settings, vms));
    }
}
