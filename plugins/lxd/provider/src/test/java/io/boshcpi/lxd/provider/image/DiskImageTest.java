package io.boshcpi.lxd.provider.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.fake.TestDisks;
import io.boshcpi.spi.CpiException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DiskImageTest {
    @TempDir
    private Path folder;

    @Test
    void aQcow2IsSentAsItIs() throws IOException {
        byte[] qcow2 = TestDisks.qcow2(TestDisks.bios(1 << 20));

        DiskImage image = image(qcow2);

        assertThat(sent(image)).isEqualTo(qcow2);
        assertThat(image.length()).isEqualTo(qcow2.length);
        assertThat(image.bootMode()).isEqualTo(BootMode.BIOS);
    }

    @Test
    void howAQcow2BootsIsReadThroughItsCompressedClusters() throws IOException {
        assertThat(image(TestDisks.qcow2(TestDisks.uefi(1 << 20))).bootMode()).isEqualTo(BootMode.UEFI);
    }

    @Test
    void aRawDiskBecomesAQcow2WithTheSameContent() throws IOException {
        byte[] disk = TestDisks.uefi(5 * TestDisks.CLUSTER + 512);
        Arrays.fill(disk, 3 * TestDisks.CLUSTER + 7, 3 * TestDisks.CLUSTER + 99, (byte) 'x');
        disk[disk.length - 1] = 'y';

        DiskImage image = image(disk);
        byte[] qcow2 = sent(image);

        assertThat(image.length()).isEqualTo(qcow2.length);
        assertThat(image.bootMode()).isEqualTo(BootMode.UEFI);
        assertThat(unpacked(qcow2)).isEqualTo(disk);
        assertThat(qcow2.length)
                .as("header, two of counts, two of tables, three of data")
                .isEqualTo(8 * TestDisks.CLUSTER);
    }

    @Test
    void aLargeRawDiskOfZerosIsSmall() throws IOException {
        Path archive = folder.resolve("image");
        long size = 3L << 30; // beyond one second level of tables
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
            out.write(header("root.img", size));
            out.write(TestDisks.bios(1 << 20));
            byte[] zeros = new byte[1 << 20];
            for (long sent = 1 << 20; sent < size; sent += zeros.length) {
                if (sent == size - zeros.length) {
                    zeros[zeros.length - 1] = 'z';
                }
                out.write(zeros);
            }
        }

        DiskImage image = DiskImage.in(archive).orElseThrow();
        byte[] qcow2 = sent(image);

        assertThat(image.length()).isEqualTo(qcow2.length).isLessThan(16 * TestDisks.CLUSTER);
        assertThat(ByteBuffer.wrap(qcow2).getLong(24)).isEqualTo(size);
        assertThat(byteOf(qcow2, size - 1)).isEqualTo((byte) 'z');
        assertThat(byteOf(qcow2, size / 2)).isZero();
    }

    @Test
    void theFilesOfAContainerAreNoDisk() throws IOException {
        Path archive = TestDisks.archive(folder.resolve("image"), Map.of("bin/sh", new byte[10]));
        Path plain = Files.write(folder.resolve("plain"), new byte[2000]);
        Path empty = Files.write(folder.resolve("empty"), new byte[0]);

        assertThat(DiskImage.in(archive)).isEmpty();
        assertThat(DiskImage.in(plain)).isEmpty();
        assertThat(DiskImage.in(empty)).isEmpty();
    }

    @Test
    void aDiskThatEndsEarlyIsAnError() throws IOException {
        Path archive = TestDisks.archive(folder.resolve("image"), Map.of("root.img", TestDisks.qcow2(noise())));
        byte[] whole = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(whole, whole.length / 2));

        DiskImage image = DiskImage.in(archive).orElseThrow();

        assertThatThrownBy(() -> sent(image)).isInstanceOf(EOFException.class);
    }

    @Test
    void aDiskWithoutPartitionTableIsRefused() {
        assertThatThrownBy(() -> image(new byte[1 << 20]))
                .isInstanceOf(CpiException.class)
                .hasMessage(
                        "The stemcell's disk root.img, which is no qcow2, has no partition table; it is to be a qcow2"
                                + " or a raw disk that boots");
        assertThatThrownBy(() -> image(TestDisks.qcow2(new byte[1 << 20])))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("root.img, a qcow2, has no partition table");
    }

    /** A server that follows the reference puts a file of its host into the stemcell's disk. */
    @Test
    void aQcow2ThatRefersToAnotherFileIsRefused() {
        byte[] overlay = TestDisks.qcow2(TestDisks.bios(1 << 20));
        ByteBuffer.wrap(overlay).putLong(8, 400).putInt(16, 11);
        byte[] external = version3(1 << 2);

        assertThatThrownBy(() -> image(overlay))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("backing file");
        assertThatThrownBy(() -> image(external))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("has its data in another file");
    }

    @ParameterizedTest
    @CsvSource({"16, is encrypted", "8, compat=0.10", "4096, compat=0.10"})
    void aQcow2ThatAServerCannotReadIsRefused(long feature, String problem) {
        byte[] qcow2 = version3(feature == 16 ? 0 : feature);
        if (feature == 16) {
            ByteBuffer.wrap(qcow2).putInt(32, 1);
        }

        assertThatThrownBy(() -> image(qcow2)).isInstanceOf(CpiException.class).hasMessageContaining(problem);
    }

    /** The offsets of a hostile image point anywhere. */
    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 40, Long.MAX_VALUE, 327_680})
    void aQcow2WhoseTablesAreBeyondItsEndIsRefused(long offset) {
        byte[] qcow2 = TestDisks.qcow2(TestDisks.bios(1 << 20));
        ByteBuffer.wrap(qcow2).putLong(40, offset == 327_680 ? qcow2.length - 4 : offset);

        assertThatThrownBy(() -> image(qcow2)).isInstanceOf(CpiException.class).hasMessageContaining("beyond its end");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 20, 60})
    void aQcow2WithABrokenHeaderIsRefused(int length) {
        byte[] qcow2 = Arrays.copyOf(TestDisks.qcow2(TestDisks.bios(1 << 20)), length);

        assertThatThrownBy(() -> image(qcow2)).isInstanceOf(CpiException.class).hasMessageContaining("header");
    }

    private static byte[] version3(long features) {
        byte[] qcow2 = TestDisks.qcow2(TestDisks.bios(1 << 20));
        ByteBuffer.wrap(qcow2).putInt(4, 3).putLong(72, features).putInt(96, 4).putInt(100, 104);
        return qcow2;
    }

    private static byte[] noise() {
        byte[] disk = TestDisks.bios(1 << 20);
        byte[] noise = new byte[disk.length - 1024];
        new Random(1).nextBytes(noise);
        System.arraycopy(noise, 0, disk, 1024, noise.length);
        return disk;
    }

    private DiskImage image(byte[] disk) throws IOException {
        return DiskImage.in(TestDisks.archive(folder.resolve("image"), Map.of("root.img", disk)))
                .orElseThrow();
    }

    private static byte[] sent(DiskImage image) throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (var in = image.open()) {
            in.transferTo(sent);
        }
        return sent.toByteArray();
    }

    private static byte[] unpacked(byte[] qcow2) {
        byte[] disk = new byte[(int) ByteBuffer.wrap(qcow2).getLong(24)];
        for (int i = 0; i < disk.length; i++) {
            disk[i] = byteOf(qcow2, i);
        }
        return disk;
    }

    /** Reads as the format's description says, without regard to how the image was made. */
    private static byte byteOf(byte[] qcow2, long position) {
        ByteBuffer file = ByteBuffer.wrap(qcow2);
        int cluster = 1 << file.getInt(20);
        long entries = cluster / 8;
        long index = position / cluster;
        long table = file.getLong((int) (file.getLong(40) + index / entries * 8)) & 0x00FFFFFFFFFFFE00L;
        long data = table == 0 ? 0 : file.getLong((int) (table + index % entries * 8)) & 0x00FFFFFFFFFFFE00L;
        return data == 0 ? 0 : file.get((int) (data + position % cluster));
    }

    /** A header whose size does not fit into an int. */
    private static byte[] header(String name, long size) {
        byte[] header = Arrays.copyOf(new SmallTar().add(name, new byte[0]).toBytes(), 512);
        byte[] octal = String.format("%011o", size).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        System.arraycopy(octal, 0, header, 124, octal.length);
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xFF;
        }
        byte[] checksum = String.format("%06o\0 ", sum).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        System.arraycopy(checksum, 0, header, 148, checksum.length);
        return header;
    }
}
