package io.boshcpi.conformance.rules;

import io.boshcpi.conformance.cloud.Prerequisite;
import io.boshcpi.conformance.cloud.Vms.Order;
import io.boshcpi.conformance.cloud.World;
import io.boshcpi.conformance.verdict.Expect;
import io.boshcpi.conformance.verdict.Ruling;
import io.boshcpi.conformance.wire.Caller;
import io.boshcpi.conformance.wire.Exchange;
import io.boshcpi.json.Json;
import java.util.List;
import java.util.Map;

/** Networks of VMs, and those that a CPI makes. */
final class NetworkRules {
    private static final Map<String, String> STALE =
            Map.of("ip", "192.0.2.77", "netmask", "255.255.255.0", "gateway", "192.0.2.1");

    private NetworkRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "networks.manual",
                        "A VM of a manual network has the address that BOSH chose, also in the result",
                        Sources.CREATES_VM,
                        NetworkRules::manual),
                new Rule(
                        "networks.address-again",
                        "After delete_vm its address can be used at once",
                        Sources.DELETES_VM,
                        NetworkRules::addressAgain),
                new Rule(
                        "networks.address-taken",
                        "create_vm with the address of another VM fails, and chooses no other one",
                        Sources.CREATES_VM,
                        NetworkRules::addressTaken),
                new Rule(
                        "networks.two",
                        "A VM can be in two manual networks, each with its address",
                        Sources.CREATES_VM,
                        NetworkRules::two),
                new Rule(
                        "networks.dynamic",
                        "A VM of a dynamic network is made, whatever address of an earlier VM its settings still have",
                        Sources.CREATES_VM,
                        NetworkRules::dynamic),
                new Rule(
                        "networks.create",
                        "create_network gives CID, a hash of addresses, and a hash of cloud properties; delete_network"
                                + " succeeds",
                        Sources.NETWORKS,
                        NetworkRules::create),
                new Rule(
                        "networks.delete-missing",
                        "delete_network of a network that is gone succeeds, or fails with Bosh::Clouds::NetworkNotFound",
                        Sources.ORPHANED_NETWORKS,
                        NetworkRules::deleteMissing));
    }

    private static String made(World world, Order order) {
        Exchange exchange = world.vms().create(world.callers().director(), order);
        String vm = VmRules.created(exchange);
        Object networks = exchange.answer().result() instanceof List<?> pair ? pair.get(1) : null;
        for (String name : order.networks().keySet()) {
            Object told = Json.members(Json.members(networks).get(name)).get("ip");
            String wanted = order.address(name).orElse("");
            Expect.that(
                    told == null || isDynamic(order, name) || told.equals(wanted),
                    exchange,
                    "the address " + wanted + " of network " + name + ", where the result has one");
        }
        return vm;
    }

    private static boolean isDynamic(Order order, String network) {
        return "dynamic".equals(Json.members(order.networks().get(network)).get("type"));
    }

    private static void manual(World world) {
        Order order = world.vms().order();
        if (order.address("default").isEmpty()) {
            throw Ruling.notRun("the properties file has no network");
        }
        Prerequisite.of(world.vms().delete(world.callers().director(), made(world, order)));
    }

    private static void addressAgain(World world) {
        Caller director = world.callers().director();
        Order order = world.vms().order();
        String address =
                order.address("default").orElseThrow(() -> Ruling.notRun("the properties file has no network"));
        Exchange first = world.vms().create(director, order);
        Prerequisite.of(first);
        Prerequisite.of(world.vms().delete(director, VmRules.created(first)));
        Exchange second = world.vms().create(director, world.vms().orderAt(address));
        Expect.success(second, "a VM at " + address + ", which delete_vm has set free");
        Prerequisite.of(world.vms().delete(director, VmRules.created(second)));
    }

    private static void addressTaken(World world) {
        Caller director = world.callers().director();
        Order order = world.vms().order();
        String address =
                order.address("default").orElseThrow(() -> Ruling.notRun("the properties file has no network"));
        Exchange first = world.vms().create(director, order);
        Prerequisite.of(first);
        Exchange second = world.vms().create(director, world.vms().orderAt(address));
        world.vms().delete(director, VmRules.created(first));
        if (second.answer().error().isEmpty()) {
            world.vms().delete(director, VmRules.created(second));
        }
        Expect.error(second, List.of(), "an error: " + address + " belongs to another VM");
    }

    private static void two(World world) {
        Prerequisite.of(world.vms()
                .delete(world.callers().director(), made(world, world.vms().orderInTwoNetworks())));
    }

    private static void dynamic(World world) {
        Order order = world.vms().orderInDynamicNetwork(STALE);
        Exchange exchange = world.vms().create(world.callers().director(), order);
        if (Expect.error(exchange).filter(error -> error.is("NotSupported")).isPresent()) {
            throw Ruling.notOffered(exchange);
        }
        Prerequisite.of(world.vms().delete(world.callers().director(), VmRules.created(exchange)));
    }

    private static Map<String, ?> definition(World world) {
        return world.settings()
                .managedNetwork()
                .orElseThrow(() -> Ruling.notRun("the properties file has no managed_network"));
    }

    private static String created(World world, Map<String, ?> definition) {
        String expected = "a result that is an array of CID, hash of addresses and hash of cloud properties";
        Exchange exchange = world.callers().director().call("create_network", definition);
        Object result = Expect.ifOffered(exchange, expected);
        if (!(result instanceof List<?> three)
                || three.size() < 3
                || !(three.get(1) instanceof Map)
                || !(three.get(2) instanceof Map)) {
            throw Ruling.broken(exchange, expected);
        }
        return Expect.cid(three.get(0), exchange, expected);
    }

    private static void create(World world) {
        String network = created(world, definition(world));
        Expect.success(world.callers().director().call("delete_network", network), "success");
    }

    private static void deleteMissing(World world) {
        Caller director = world.callers().director();
        String network = created(world, definition(world));
        Prerequisite.of(director.call("delete_network", network));
        Expect.successOr(
                "NetworkNotFound",
                director.call("delete_network", network),
                "success, or an error of type Bosh::Clouds::NetworkNotFound");
    }
}
