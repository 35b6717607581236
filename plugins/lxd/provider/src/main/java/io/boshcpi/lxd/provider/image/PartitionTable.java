package io.boshcpi.lxd.provider.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/** The partition table at the start of a disk with sectors of 512 bytes. */
final class PartitionTable {
    /** A GPT and its usual 128 entries: the protective MBR, the header, and 32 sectors. */
    static final int BYTES = 34 * 512;

    private static final int SECTOR = 512;
    private static final int MBR_ENTRIES = 446;
    private static final int MBR_ENTRY = 16;
    private static final int MBR_TYPE = 4;
    private static final int MBR_SIGNATURE = 0xAA55;
    private static final int TYPE_EFI_SYSTEM = 0xEF;

    private static final long GPT_SIGNATURE = 0x5452415020494645L; // "EFI PART", little-endian
    private static final UUID GPT_EFI_SYSTEM = UUID.fromString("c12a7328-f81f-11d2-ba4b-00a0c93ec93b");
    private static final int GPT_MIN_ENTRY = 128;

    private final ByteBuffer start;

    /**
     * @param start the first {@link #BYTES} of the disk, or all of it if it is shorter
     */
    PartitionTable(byte[] start) {
        this.start = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** UEFI if there is an EFI system partition, even if the disk boots by BIOS as well. */
    BootMode bootMode() {
        return hasEfiSystemPartition() ? BootMode.UEFI : BootMode.BIOS;
    }

    private boolean hasEfiSystemPartition() {
        if (start.capacity() < SECTOR || (start.getShort(SECTOR - 2) & 0xFFFF) != MBR_SIGNATURE) {
            return false;
        }
        for (int entry = MBR_ENTRIES; entry < MBR_ENTRIES + 4 * MBR_ENTRY; entry += MBR_ENTRY) {
            if ((start.get(entry + MBR_TYPE) & 0xFF) == TYPE_EFI_SYSTEM) {
                return true;
            }
        }
        return start.capacity() >= 2 * SECTOR && start.getLong(SECTOR) == GPT_SIGNATURE && gptHasEfiSystemPartition();
    }

    private boolean gptHasEfiSystemPartition() {
        long entries = start.getLong(SECTOR + 72) * SECTOR;
        long count = start.getInt(SECTOR + 80) & 0xFFFFFFFFL;
        long size = start.getInt(SECTOR + 84) & 0xFFFFFFFFL;
        if (entries < 0 || entries > start.capacity() || size < GPT_MIN_ENTRY) {
            return false;
        }
        for (long i = 0; i < count && entries + (i + 1) * size <= start.capacity(); i++) {
            if (guid((int) (entries + i * size)).equals(GPT_EFI_SYSTEM)) {
                return true;
            }
        }
        return false;
    }

    /** A GUID, whose first three fields are little-endian and whose last eight bytes are not. */
    private UUID guid(int at) {
        long first = ((start.getInt(at) & 0xFFFFFFFFL) << 32)
                | ((start.getShort(at + 4) & 0xFFFFL) << 16)
                | (start.getShort(at + 6) & 0xFFFFL);
        return new UUID(first, Long.reverseBytes(start.getLong(at + 8)));
    }
}
