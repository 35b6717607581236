package io.boshcpi.lxd.fake.guest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A guest's files: a tree in memory that is copied from the image to each instance. */
public final class GuestFiles {
    private static final int MAX_LINKS = 40;

    /** What a node is, by the name that the API gives it. */
    public enum Type {
        FILE("file"),
        DIRECTORY("directory"),
        SYMLINK("symlink");

        public final String title;

        Type(String title) {
            this.title = title;
        }
    }

    /** A file, directory or link. The content of a link is its target. */
    public static final class Node {
        public final Type type;
        public int mode;
        public long uid;
        public long gid;
        public byte[] content = new byte[0];
        public Instant modified = Instant.now();
        public final Map<String, Node> children = new LinkedHashMap<>();

        public Node(Type type, int mode, long uid, long gid) {
            this.type = type;
            this.mode = mode;
            this.uid = uid;
            this.gid = gid;
        }

        public String target() {
            return new String(content, StandardCharsets.UTF_8);
        }

        private Node copy() {
            Node copy = new Node(type, mode, uid, gid);
            copy.content = content;
            copy.modified = modified;
            children.forEach((name, child) -> copy.children.put(name, child.copy()));
            return copy;
        }
    }

    private final Node root;

    private GuestFiles(Node root) {
        this.root = root;
    }

    public static GuestFiles empty() {
        return new GuestFiles(new Node(Type.DIRECTORY, 0755, 0, 0));
    }

    /** What a guest of an image that is too large to be kept has: enough to start and to push a BOSH agent's files. */
    public static GuestFiles skeleton() {
        GuestFiles files = empty();
        for (String directory : List.of(
                "/bin",
                "/dev",
                "/etc/systemd/network",
                "/etc/systemd/system",
                "/proc",
                "/root",
                "/run",
                "/sys",
                "/tmp",
                "/usr/bin",
                "/usr/sbin",
                "/var/log",
                "/var/vcap/bosh/bin",
                "/var/vcap/data",
                "/warden-cpi-dev")) {
            files.directory(directory, 0755, 0, 0);
        }
        files.node("/sbin/init", Type.FILE, 0755, 0, 0).content = "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8);
        files.node("/var/vcap/bosh/agent.json", Type.FILE, 0644, 0, 0).content = "{}".getBytes(StandardCharsets.UTF_8);
        return files;
    }

    public GuestFiles copy() {
        return new GuestFiles(root.copy());
    }

    /** Makes the directory and those above it. */
    public Node directory(String path, int mode, long uid, long gid) {
        Node node = root;
        for (String part : parts(path)) {
            Node child = node.children.get(part);
            if (child == null || child.type != Type.DIRECTORY) {
                child = new Node(Type.DIRECTORY, mode, uid, gid);
                node.children.put(part, child);
            }
            node = child;
        }
        return node;
    }

    /** Puts a node there, making the directories above it. */
    public Node node(String path, Type type, int mode, long uid, long gid) {
        Deque<String> parts = parts(path);
        String name = parts.removeLast();
        Node node = new Node(type, mode, uid, gid);
        directory(String.join("/", parts), 0755, 0, 0).children.put(name, node);
        return node;
    }

    /** The node at the path, null if there is none; a link in last place is followed only if asked. */
    @Nullable
    public Node find(String path, boolean follow) {
        Place place = locate(path, follow);
        return place == null ? null : place.node();
    }

    /**
     * Where a path leads.
     *
     * @param parent the directory that has or would have it, null for the root itself
     * @param node what is there, null if nothing is
     */
    public record Place(
            @Nullable Node parent, String name, @Nullable Node node) {}

    /** The place of the path, null if a directory on the way is missing. */
    @Nullable
    public Place locate(String path, boolean follow) {
        Deque<String> left = parts(path);
        Deque<Node> way = new ArrayDeque<>();
        way.push(root);
        Place place = new Place(null, "/", root);
        int links = 0;
        while (!left.isEmpty()) {
            String name = left.removeFirst();
            if (name.equals("..")) {
                if (way.size() > 1) {
                    way.pop();
                }
                place = new Place(null, name, way.getFirst());
                continue;
            }
            Node directory = way.getFirst();
            Node node = directory.children.get(name);
            place = new Place(directory, name, node);
            if (node != null && node.type == Type.SYMLINK && (follow || !left.isEmpty())) {
                if (++links > MAX_LINKS) {
                    return null;
                }
                redirect(node.target(), left, way);
                place = new Place(null, name, way.getFirst());
            } else if (node != null && node.type == Type.DIRECTORY) {
                way.push(node);
            } else if (!left.isEmpty()) {
                return null;
            }
        }
        return place;
    }

    private void redirect(String target, Deque<String> left, Deque<Node> way) {
        Deque<String> parts = parts(target);
        while (!parts.isEmpty()) {
            left.addFirst(parts.removeLast());
        }
        if (target.startsWith("/")) {
            way.clear();
            way.push(root);
        }
    }

    private static Deque<String> parts(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return parts;
    }
}
