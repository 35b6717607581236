package io.boshcpi.conformance.cloud;

import io.boshcpi.conformance.verdict.Ruling;
import io.boshcpi.conformance.wire.Caller;
import io.boshcpi.conformance.wire.Exchange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The VMs of the run and their addresses. */
public final class Vms {
    private final Callers callers;
    private final Settings settings;
    private final Stemcells stemcells;
    private final String secret;
    private final Map<String, Runnable> releases = new ConcurrentHashMap<>();
    private final Fixture vm = new Fixture(this::make);
    private final Fixture other = new Fixture(this::make);
    private final Doomed doomed;

    Vms(Callers callers, Settings settings, Stemcells stemcells, String secret) {
        this.callers = callers;
        this.settings = settings;
        this.stemcells = stemcells;
        this.secret = secret;
        this.doomed = new Doomed(this::make, cid -> delete(callers.director(), cid));
    }

    /**
     * What {@code create_vm} is called with.
     *
     * @param networks a part of the arguments
     * @param release gives the addresses back
     */
    public record Order(List<? extends @Nullable Object> arguments, Map<String, Object> networks, Runnable release) {
        /** The address in a network, if it is a manual one. */
        public Optional<String> address(String network) {
            return networks.get(network) instanceof Map<?, ?> one && one.get("ip") instanceof String address
                    ? Optional.of(address)
                    : Optional.empty();
        }
    }

    /**
     * An order for a VM of the usual kind in the usual network.
     *
     * @param disks the hint of where to place it
     */
    public Order order(Caller caller, String stemcell, Map<String, ?> properties, List<String> disks) {
        boolean byDirector = caller == callers.director();
        Optional<Network> network = settings.network();
        if (network.isEmpty()) {
            return order(stemcell, properties, disks, dynamic(Map.of(), byDirector), () -> {}, byDirector);
        }
        String address = network.get().take();
        Map<String, Object> networks = Map.of("default", network.get().settings(address, byDirector, true));
        return order(stemcell, properties, disks, networks, () -> network.get().giveBack(address), byDirector);
    }

    private Order order(
            String stemcell,
            Map<String, ?> properties,
            List<String> disks,
            Map<String, Object> networks,
            Runnable release,
            boolean byDirector) {
        List<? extends @Nullable Object> arguments = List.of(
                UUID.randomUUID().toString(), stemcell, properties, networks, disks, Env.of(secret, byDirector));
        return new Order(arguments, networks, release);
    }

    /** The usual order of the Director. */
    public Order order() {
        return order(callers.director(), stemcells.stemcell().cid(), settings.vm(), List.of());
    }

    /** An order in a dynamic network whose settings have, from an earlier VM, more than they should. */
    public Order orderInDynamicNetwork(Map<String, ?> stale) {
        return in(dynamic(stale, true), () -> {});
    }

    /** An order in both manual networks. */
    public Order orderInTwoNetworks() {
        Network first = manual();
        Network second =
                settings.secondNetwork().orElseThrow(() -> Ruling.notRun("the properties file has no second_network"));
        String one = first.take();
        String two = second.take();
        Map<String, Object> networks = new LinkedHashMap<>();
        networks.put("first", first.settings(one, true, true));
        networks.put("second", second.settings(two, true, false));
        return in(networks, () -> {
            first.giveBack(one);
            second.giveBack(two);
        });
    }

    /** An order for an address of the manual network that is not the order's to give back. */
    public Order orderAt(String address) {
        return in(Map.of("default", manual().settings(address, true, true)), () -> {});
    }

    private Order in(Map<String, Object> networks, Runnable release) {
        return order(stemcells.stemcell().cid(), settings.vm(), List.of(), networks, release, true);
    }

    private Network manual() {
        return settings.network().orElseThrow(() -> Ruling.notRun("the properties file has no network"));
    }

    private Map<String, Object> dynamic(Map<String, ?> more, boolean byDirector) {
        Map<String, Object> network = new LinkedHashMap<>();
        network.put("type", "dynamic");
        if (byDirector) {
            network.put("prefix", "32");
        }
        network.put("default", List.of("dns", "gateway"));
        network.put("cloud_properties", settings.dynamicNetwork());
        network.putAll(more);
        return Map.of("default", network);
    }

    /** Makes a VM, whose addresses come back when it is deleted or was not made. */
    public Exchange create(Caller caller, Order order) {
        Exchange exchange = caller.callWith("create_vm", order.arguments());
        Optional<String> cid = Inventory.cid(exchange);
        if (cid.isPresent()) {
            releases.put(cid.get(), order.release());
        } else if (exchange.answer().document().isPresent()) {
            order.release().run();
        }
        return exchange;
    }

    private Exchange make() {
        return create(callers.director(), order());
    }

    /** Deletes a VM. */
    public Exchange delete(Caller caller, String cid) {
        Exchange exchange = caller.call("delete_vm", cid);
        Runnable release = Prerequisite.isMet(exchange) ? releases.remove(cid) : null;
        if (release != null) {
            release.run();
        }
        return exchange;
    }

    /** The VM that most rules use. */
    public Fixture vm() {
        return vm;
    }

    /** A second VM. */
    public Fixture other() {
        return other;
    }

    /** A VM that is deleted. */
    public Doomed doomed() {
        return doomed;
    }
}
