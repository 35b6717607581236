package io.boshcpi.lxd.fake.guest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A guest's files by their absolute paths, in memory; the root's path is empty. */
public final class GuestFiles {
    /** What a guest of an image that is too large to be kept has: enough to start and to push a BOSH agent's files. */
    private static final String SKELETON = "/bin /dev /etc/systemd/network /etc/systemd/system /proc /root /run /sys"
            + " /tmp /usr/bin /usr/sbin /var/log /var/vcap/bosh/bin /var/vcap/data /warden-cpi-dev";

    /**
     * A file, directory or link.
     *
     * @param type {@code file}, {@code directory} or {@code symlink}
     * @param content the target of a link
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Node(String type, int mode, long uid, long gid, byte[] content) {
        public static Node directory() {
            return new Node("directory", 0755, 0, 0, new byte[0]);
        }

        public boolean is(String wanted) {
            return type.equals(wanted);
        }

        public String text() {
            return new String(content, StandardCharsets.UTF_8);
        }

        public Node withContent(byte[] changed) {
            return new Node(type, mode, uid, gid, changed);
        }
    }

    private final Map<String, Node> nodes = new LinkedHashMap<>();

    /** Nothing but the root. */
    public GuestFiles() {
        nodes.put("", Node.directory());
    }

    public static GuestFiles skeleton() {
        GuestFiles files = new GuestFiles();
        for (String directory : SKELETON.split(" ", -1)) {
            files.put(directory, Node.directory());
        }
        files.put("/sbin/init", new Node("file", 0755, 0, 0, "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8)));
        files.put("/var/vcap/bosh/agent.json", new Node("file", 0644, 0, 0, "{}".getBytes(StandardCharsets.UTF_8)));
        return files;
    }

    public GuestFiles copy() {
        GuestFiles copy = new GuestFiles();
        copy.nodes.putAll(nodes);
        return copy;
    }

    /** Puts the node there, and directories above it where there are none. */
    public void put(String path, Node node) {
        nodes.put(path, node);
        for (String above = parent(path); !nodes.containsKey(above); above = parent(above)) {
            nodes.put(above, Node.directory());
        }
    }

    /** The node at the path, as {@link #resolve} gives it. */
    public @Nullable Node find(String path) {
        return nodes.get(path);
    }

    /** The names in a directory. */
    public List<String> names(String directory) {
        List<String> names = new ArrayList<>();
        for (String path : nodes.keySet()) {
            if (!path.isEmpty() && parent(path).equals(directory)) {
                names.add(path.substring(directory.length() + 1));
            }
        }
        return names;
    }

    /** Where a path leads through the links on its way; the one in last place is followed only if asked. */
    public String resolve(String path, boolean follow) {
        List<String> parts = Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toList();
        String way = "";
        for (int i = 0; i < parts.size(); i++) {
            way = parts.get(i).equals("..") ? parent(way) : way + "/" + parts.get(i);
            Node node = nodes.get(way);
            if (node != null && node.is("symlink") && (follow || i < parts.size() - 1)) {
                String target = node.text();
                way = resolve(target.startsWith("/") ? target : parent(way) + "/" + target, true);
            }
        }
        return way;
    }

    public static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
