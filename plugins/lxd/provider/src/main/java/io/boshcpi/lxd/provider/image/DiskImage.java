package io.boshcpi.lxd.provider.image;

import io.boshcpi.lxd.client.session.ImageContent;
import io.boshcpi.spi.CpiException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The disk of a stemcell for virtual machines, as a server takes it: a qcow2 as it is, a raw disk as a qcow2 that is made
 * on the way.
 */
public final class DiskImage implements ImageContent {
    private static final int SIGNATURE = 510;

    private final Path archive;
    private final PackedDisk packed;
    private final @Nullable RawAsQcow2 converted;
    private final BootMode bootMode;

    private DiskImage(Path archive, PackedDisk packed, @Nullable RawAsQcow2 converted, byte[] start) {
        this.archive = archive;
        this.packed = packed;
        this.converted = converted;
        this.bootMode = new PartitionTable(start).bootMode();
    }

    /**
     * The disk that the stemcell's file {@code image} contains, or empty if it is no gzipped tar around {@code root.img}. A
     * raw disk is read to its end.
     *
     * @throws IOException if the file cannot be read
     * @throws CpiException if the disk is of a format that is not supported
     */
    public static Optional<DiskImage> in(Path archive) throws IOException {
        Optional<PackedDisk> found = PackedDisk.in(archive);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        PackedDisk packed = found.get();
        byte[] start = startOf(packed);
        if (Qcow2.isAt(start)) {
            byte[] disk = Qcow2.of(packed).start(PartitionTable.BYTES);
            refuseUnbootable(disk, "a qcow2");
            return Optional.of(new DiskImage(archive, packed, null, disk));
        }
        refuseUnbootable(start, "which is no qcow2");
        return Optional.of(new DiskImage(archive, packed, RawAsQcow2.of(packed), start));
    }

    /** How the disk is booted, as its partition table tells. */
    public BootMode bootMode() {
        return bootMode;
    }

    @Override
    public String name() {
        return archive.toString();
    }

    @Override
    public long length() {
        return converted == null ? packed.length() : converted.length();
    }

    @Override
    public InputStream open() throws IOException {
        return converted == null ? packed.open() : converted.open();
    }

    private static byte[] startOf(PackedDisk packed) throws IOException {
        try (InputStream in = packed.open()) {
            return Arrays.copyOf(in.readNBytes(PartitionTable.BYTES), PartitionTable.BYTES);
        }
    }

    /** Without the signature of its first sector neither a BIOS nor a firmware for UEFI looks at a disk. */
    private static void refuseUnbootable(byte[] start, String what) {
        if ((start[SIGNATURE] & 0xFF) != 0x55 || (start[SIGNATURE + 1] & 0xFF) != 0xAA) {
            throw CpiException.badRequest("The stemcell's disk root.img, " + what
                    + ", has no partition table; it is to be a qcow2 or a raw disk that boots");
        }
    }
}
