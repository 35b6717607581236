package io.boshcpi.conformance.rules;

import java.util.List;
import java.util.stream.Stream;

/** All rules, in the order in which they are judged. */
public final class Rules {
    private Rules() {}

    /** Stemcells come first, since the rules of their deletion want one that nothing uses; the wire comes last. */
    public static List<Rule> all() {
        return Stream.of(
                        InfoRules.all(),
                        ProtocolRules.all(),
                        StemcellRules.all(),
                        VmRules.all(),
                        DiskRules.all(),
                        SnapshotRules.all(),
                        NetworkRules.all(),
                        CreateEnvRules.all(),
                        ConcurrencyRules.all(),
                        WireRules.all())
                .flatMap(List::stream)
                .toList();
    }
}
