package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.provider.stemcell.StemcellTraits;
import io.boshcpi.lxd.provider.stemcell.StemcellTraits.Init;
import java.util.ArrayList;
import java.util.List;

/**
 * What a VM's guest needs before its first start, once the stemcell is known.
 *
 * @param lxcLines lines of {@code raw.lxc} for the stemcell's init
 * @param files what is pushed into the guest, in this order
 */
record GuestPlan(List<String> lxcLines, List<InitialFile> files) {
    /** {@code runsvdir} ignores LXC's usual signal; at SIGHUP it stops its services and ends. */
    private static final List<String> RUNIT_LINES =
            List.of("lxc.init.cmd = /usr/sbin/runsvdir-start", "lxc.signal.halt = SIGHUP");

    static GuestPlan of(GuestInputs inputs, StemcellTraits traits) {
        boolean startsRunit = inputs.usesRawLxc() && traits.init() == Init.RUNIT;
        return new GuestPlan(startsRunit ? RUNIT_LINES : List.of(), files(inputs, traits));
    }

    private static List<InitialFile> files(GuestInputs inputs, StemcellTraits traits) {
        List<InitialFile> files = new ArrayList<>();
        files.add(new InitialFile.Plain(traits.settingsPath(), 0600, inputs.settings()));
        if (traits.bindsDisks()) {
            files.addAll(DiskTools.files(traits.init()));
        }
        for (String directory : inputs.directories()) {
            files.add(new InitialFile.Directory(directory));
        }
        files.addAll(inputs.network().files(traits.init(), inputs.usesRawLxc()));
        return files;
    }
}
