package io.boshcpi.core.rpc;

import io.boshcpi.json.Json;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.VmCid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The positional arguments of a call by the names that the contract gives them, so that each error can name one.
 *
 * <p>Extra trailing arguments are accepted: newer versions of BOSH may send them.
 */
public final class Arguments {
    private final PropertyTree tree;
    private final List<@Nullable Object> more;

    private Arguments(PropertyTree tree, List<@Nullable Object> more) {
        this.tree = tree;
        this.more = more;
    }

    /**
     * Names the arguments.
     *
     * @param method whose arguments they are
     * @param names the arguments that must be there
     * @param values what came
     */
    public static Arguments of(String method, List<String> names, List<@Nullable Object> values) {
        if (values.size() < names.size()) {
            throw CpiException.badRequest(method + " needs " + names.size() + " arguments (" + String.join(", ", names)
                    + "), but the request has " + values.size());
        }
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            named.put(names.get(i), values.get(i));
        }
        return new Arguments(PropertyTree.of("", named), values.subList(names.size(), values.size()));
    }

    /** A string. */
    public String text(String name) {
        if (tree.get(name).orElse(null) instanceof String text) {
            return text;
        }
        throw tree.wrong(name, tree.has(name) ? "must be a string" : "is missing or null");
    }

    /** The CID of a VM. */
    public VmCid vmCid(String name) {
        return new VmCid(text(name));
    }

    /** The CID of a disk. */
    public DiskCid diskCid(String name) {
        return new DiskCid(text(name));
    }

    /** The CID of a VM that may be {@code null} or empty. */
    public Optional<VmCid> optionalVmCid(String name) {
        return tree.get(name).isEmpty() || text(name).isEmpty() ? Optional.empty() : Optional.of(vmCid(name));
    }

    /** A size in MiB, at least 1. */
    public long sizeMib(String name) {
        long size = tree.integer(name).orElseThrow(() -> tree.wrong(name, "is missing or null"));
        if (size < 1) {
            throw tree.wrong(name, "must be at least 1 MiB");
        }
        return size;
    }

    /** A hash; {@code null} counts as an empty one. */
    public PropertyTree hash(String name) {
        return tree.section(name);
    }

    /** The hash after the named arguments, if there is one. */
    public PropertyTree trailingHash(String name) {
        return PropertyTree.of("", Collections.singletonMap(name, more.isEmpty() ? null : more.get(0)))
                .section(name);
    }

    /** The CIDs of disks; {@code null} counts as none. */
    public List<DiskCid> diskCids(String name) {
        Object value = tree.get(name).orElse(List.of());
        if (!(value instanceof List<?> elements)) {
            throw tree.wrong(name, "must be a list of strings");
        }
        List<DiskCid> cids = new ArrayList<>();
        for (Object element : elements) {
            if (!(element instanceof String cid)) {
                throw tree.wrong(name, "must be a list of strings");
            }
            cids.add(new DiskCid(cid));
        }
        return cids;
    }

    /** Metadata or tags: values of any type become strings. */
    public Map<String, String> metadata(String name) {
        return asStrings(tree.section(name));
    }

    /** A hash with its values as strings; nested ones as JSON, {@code null} as the empty string. */
    public static Map<String, String> asStrings(PropertyTree hash) {
        Map<String, String> strings = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> entry : hash.asMap().entrySet()) {
            strings.put(entry.getKey(), asString(entry.getValue()));
        }
        return strings;
    }

    private static String asString(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof Map || value instanceof List ? Json.write(value) : value.toString();
    }
}
