package io.boshcpi.lxd.provider.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A small ISO 9660 file system as ECMA-119 describes it, without extensions. Linux shows its names in lower case and without
 * the version.
 */
final class Iso9660 {
    private static final int SECTOR = 2048;
    private static final int FIRST = 16;
    private static final int DIRECTORY_FLAG = 2;
    private static final String SELF = "\0";
    private static final String PARENT = "\1";

    private final String label;
    private final Directory root = new Directory("", null);

    /**
     * @param label of the volume; up to 32 characters
     */
    Iso9660(String label) {
        this.label = label;
    }

    /** Adds a file, and the directories on its path. Files of a directory have to fit into one sector with their names. */
    void add(String path, byte[] content) {
        String[] parts = path.split("/", -1);
        Directory directory = root;
        for (String part : Arrays.copyOf(parts, parts.length - 1)) {
            directory = directory.child(identifier(part));
        }
        directory.files.put(fileIdentifier(parts[parts.length - 1]), content);
    }

    /** The whole file system, a multiple of 2,048 bytes. */
    byte[] toBytes() {
        List<Directory> directories = new ArrayList<>(List.of(root));
        for (int i = 0; i < directories.size(); i++) { // Level by level, as the path table wants it.
            directories.addAll(directories.get(i).directories.values());
        }
        int littleTable = FIRST + 2;
        int bigTable = littleTable + 1;
        int next = bigTable + 1;
        for (Directory directory : directories) {
            directory.sector = next++;
        }
        int firstContent = next;
        for (Directory directory : directories) {
            for (byte[] content : directory.files.values()) {
                next += sectors(content);
            }
        }
        ByteBuffer iso = ByteBuffer.allocate(next * SECTOR);
        int tableLength = pathTable(iso, littleTable, directories, ByteOrder.LITTLE_ENDIAN);
        pathTable(iso, bigTable, directories, ByteOrder.BIG_ENDIAN);
        descriptors(iso, next, tableLength, littleTable, bigTable);
        contents(iso, directories, firstContent);
        return iso.array();
    }

    private void descriptors(ByteBuffer iso, int sectors, int tableLength, int littleTable, int bigTable) {
        int primary = FIRST * SECTOR;
        text(iso, primary + 8, " ".repeat(64));
        text(iso, primary + 190, " ".repeat(623));
        iso.put(primary, (byte) 1);
        text(iso, primary + 1, "CD001\1");
        text(iso, primary + 40, label);
        both(iso, primary + 80, sectors);
        bothShort(iso, primary + 120, 1);
        bothShort(iso, primary + 124, 1);
        bothShort(iso, primary + 128, SECTOR);
        both(iso, primary + 132, tableLength);
        iso.order(ByteOrder.LITTLE_ENDIAN).putInt(primary + 140, littleTable);
        iso.order(ByteOrder.BIG_ENDIAN).putInt(primary + 148, bigTable);
        record(iso, primary + 156, SELF, root.sector, SECTOR, DIRECTORY_FLAG);
        for (int date = 0; date < 4; date++) {
            text(iso, primary + 813 + 17 * date, "0".repeat(16)); // Not given.
        }
        iso.put(primary + 881, (byte) 1);
        int terminator = primary + SECTOR;
        iso.put(terminator, (byte) 255);
        text(iso, terminator + 1, "CD001\1");
    }

    /** Returns the table's length in bytes. */
    private static int pathTable(ByteBuffer iso, int sector, List<Directory> directories, ByteOrder order) {
        iso.order(order);
        int at = sector * SECTOR;
        for (Directory directory : directories) {
            String name = directory.parent == null ? SELF : directory.name;
            iso.put(at, (byte) name.length());
            iso.putInt(at + 2, directory.sector);
            iso.putShort(at + 6, (short) (Math.max(0, directories.indexOf(directory.parent)) + 1));
            text(iso, at + 8, name);
            at += 8 + even(name.length());
        }
        return at - sector * SECTOR;
    }

    private static void contents(ByteBuffer iso, List<Directory> directories, int firstContent) {
        int content = firstContent;
        for (Directory directory : directories) {
            int at = directory.sector * SECTOR;
            int parent = directory.parent == null ? directory.sector : directory.parent.sector;
            at = record(iso, at, SELF, directory.sector, SECTOR, DIRECTORY_FLAG);
            at = record(iso, at, PARENT, parent, SECTOR, DIRECTORY_FLAG);
            for (Directory child : directory.directories.values()) {
                at = record(iso, at, child.name, child.sector, SECTOR, DIRECTORY_FLAG);
            }
            for (Map.Entry<String, byte[]> file : directory.files.entrySet()) {
                byte[] bytes = file.getValue();
                at = record(iso, at, file.getKey(), content, bytes.length, 0);
                iso.put(content * SECTOR, bytes);
                content += sectors(bytes);
            }
        }
    }

    /** Writes the record of a file or directory, and returns where the next one begins. */
    private static int record(ByteBuffer iso, int at, String name, int sector, int length, int flags) {
        int size = even(33 + name.length());
        iso.put(at, (byte) size);
        both(iso, at + 2, sector);
        both(iso, at + 10, length);
        iso.put(at + 18, (byte) 70)
                .put(at + 19, (byte) 1)
                .put(at + 20, (byte) 1); // 1970-01-01: the same bytes each time
        iso.put(at + 25, (byte) flags);
        bothShort(iso, at + 28, 1);
        iso.put(at + 32, (byte) name.length());
        text(iso, at + 33, name);
        return at + size;
    }

    private static String identifier(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    private static String fileIdentifier(String name) {
        return identifier(name) + (name.indexOf('.') < 0 ? ".;1" : ";1");
    }

    private static void both(ByteBuffer iso, int at, int value) {
        iso.order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        iso.order(ByteOrder.BIG_ENDIAN).putInt(at + 4, value);
    }

    private static void bothShort(ByteBuffer iso, int at, int value) {
        iso.order(ByteOrder.LITTLE_ENDIAN).putShort(at, (short) value);
        iso.order(ByteOrder.BIG_ENDIAN).putShort(at + 2, (short) value);
    }

    private static void text(ByteBuffer iso, int at, String text) {
        iso.put(at, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static int even(int length) {
        return length + length % 2;
    }

    private static int sectors(byte[] content) {
        return (content.length + SECTOR - 1) / SECTOR;
    }

    private static final class Directory {
        private final String name;
        private final @Nullable Directory parent;
        private final Map<String, Directory> directories = new TreeMap<>();
        private final Map<String, byte[]> files = new TreeMap<>();
        private int sector;

        Directory(String name, @Nullable Directory parent) {
            this.name = name;
            this.parent = parent;
        }

        private Directory child(String identifier) {
            Directory child = directories.get(identifier);
            if (child == null) {
                child = new Directory(identifier, this);
                directories.put(identifier, child);
            }
            return child;
        }
    }
}
