package io.boshcpi.conformance.rules;

import io.boshcpi.conformance.cloud.World;
import io.boshcpi.conformance.verdict.Expect;
import io.boshcpi.conformance.verdict.Ruling;
import io.boshcpi.conformance.wire.Caller;
import io.boshcpi.conformance.wire.Exchange;
import io.boshcpi.json.Json;
import java.util.List;

/** {@code info}, which comes before nearly every other call. */
final class InfoRules {
    private InfoRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "info.director",
                        "info without api_version, as the Director calls it, tells an api_version of 2 or more",
                        Sources.NEGOTIATES,
                        world -> version(world.callers().info())),
                new Rule(
                        "info.cli",
                        "info with api_version 1, as the CLI calls it, tells an api_version of 2 or more",
                        Sources.CLI_INFO,
                        world -> version(world.callers().cli().call("info"))),
                new Rule(
                        "info.stemcell-formats",
                        "info tells stemcell_formats, an array of strings",
                        Sources.CLI_INFO,
                        InfoRules::formats),
                new Rule(
                        "info.fits-stemcell",
                        "stemcell_formats has one of the stemcell's formats; otherwise its upload is refused",
                        Sources.UPLOADS,
                        InfoRules::fits));
    }

    private static void version(Exchange exchange) {
        Object version = Json.members(Expect.success(exchange, "a result")).get("api_version");
        Expect.that(
                version instanceof Integer number && number >= Caller.CLIS_VERSION,
                exchange,
                "a result with the key api_version, a number from 2 on");
    }

    private static List<?> formats(World world) {
        Exchange exchange = world.callers().info();
        Object formats = Json.members(Expect.success(exchange, "a result")).get("stemcell_formats");
        if (formats instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list;
        }
        throw Ruling.broken(exchange, "a result with the key stemcell_formats, an array of strings");
    }

    private static void fits(World world) {
        List<String> wanted = world.stemcells().file().formats();
        List<?> offered = formats(world);
        Expect.that(
                wanted.isEmpty() || wanted.stream().anyMatch(offered::contains),
                world.callers().info(),
                "one of " + String.join(", ", wanted) + " in stemcell_formats");
    }
}
