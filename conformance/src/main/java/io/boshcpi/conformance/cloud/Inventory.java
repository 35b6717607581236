package io.boshcpi.conformance.cloud;

import io.boshcpi.conformance.wire.Caller;
import io.boshcpi.conformance.wire.Exchange;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the kit has made in the cloud and not removed yet, by what the CPI answered. */
public final class Inventory {
    /** The kinds of objects, in the order of their removal. */
    private enum Kind {
        SNAPSHOT("snapshot_disk", "delete_snapshot"),
        VM("create_vm", "delete_vm"),
        DISK("create_disk", "delete_disk"),
        NETWORK("create_network", "delete_network"),
        STEMCELL("create_stemcell", "delete_stemcell");

        private final String making;
        private final String removing;

        Kind(String making, String removing) {
            this.making = making;
            this.removing = removing;
        }

        static Optional<Kind> madeBy(String method) {
            return List.of(values()).stream()
                    .filter(kind -> kind.making.equals(method))
                    .findFirst();
        }

        static Optional<Kind> removedBy(String method) {
            return List.of(values()).stream()
                    .filter(kind -> kind.removing.equals(method))
                    .findFirst();
        }
    }

    private final Map<Kind, Set<String>> objects = new EnumMap<>(Kind.class);
    private final List<String> unknown = new ArrayList<>();

    /** Starts empty. */
    public Inventory() {
        for (Kind kind : Kind.values()) {
            objects.put(kind, new LinkedHashSet<>());
        }
    }

    /** Takes note of what an exchange has made or removed. */
    public synchronized void note(Exchange exchange) {
        String method = exchange.request().method();
        Kind.madeBy(method).ifPresent(kind -> made(kind, exchange));
        if (exchange.answer().document().isPresent()
                && exchange.answer().error().isEmpty()
                && !exchange.request().arguments().isEmpty()) {
            String subject = String.valueOf(exchange.request().arguments().get(0));
            Kind.removedBy(method).ifPresent(kind -> cids(kind).remove(subject));
            if (method.equals("update_disk") && cid(exchange).isPresent()) {
                cids(Kind.DISK).remove(subject);
                cids(Kind.DISK).add(cid(exchange).get());
            }
        }
    }

    private void made(Kind kind, Exchange exchange) {
        Optional<String> cid = cid(exchange);
        if (cid.isPresent()) {
            cids(kind).add(cid.get());
        } else if (exchange.answer().document().isEmpty()) {
            unknown.add("what " + kind.making + " may have made in the call without a readable answer"
                    + first(exchange.request().arguments()));
        }
    }

    private static String first(List<? extends @Nullable Object> arguments) {
        return arguments.isEmpty() ? "" : " (first argument: " + arguments.get(0) + ")";
    }

    private Set<String> cids(Kind kind) {
        return Objects.requireNonNull(objects.get(kind));
    }

    /** The CID in the result of a method that makes something, also where it has the shape of another version. */
    static Optional<String> cid(Exchange exchange) {
        Object result =
                exchange.answer().error().isPresent() ? null : exchange.answer().result();
        Object cid = result instanceof List<?> list && !list.isEmpty() ? list.get(0) : result;
        return cid instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    /**
     * Removes everything, twice if need be: what another object held is free the second time.
     *
     * @return what could not be removed, and why
     */
    public List<String> removeAll(Caller caller) {
        sweep(caller);
        List<String> left = sweep(caller);
        synchronized (this) {
            left.addAll(unknown);
        }
        return left;
    }

    private List<String> sweep(Caller caller) {
        List<String> left = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (String cid : remaining(kind)) {
                why(caller.call(kind.removing, cid)).ifPresent(why -> left.add(kind.removing + " " + cid + ": " + why));
            }
        }
        return left;
    }

    private synchronized List<String> remaining(Kind kind) {
        return List.copyOf(cids(kind));
    }

    private static Optional<String> why(Exchange exchange) {
        Function<Exchange, String> noAnswer = e -> e.answer().flaw().orElse("no answer");
        if (exchange.answer().document().isEmpty()) {
            return Optional.of(noAnswer.apply(exchange));
        }
        return exchange.answer().error().map(error -> error.type() + ", " + error.message());
    }
}
