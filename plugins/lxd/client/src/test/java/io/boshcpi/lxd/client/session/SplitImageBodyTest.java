package io.boshcpi.lxd.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.model.Bytes;
import io.boshcpi.lxd.client.session.ImageUpload.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitImageBodyTest {
    @TempDir
    Path folder;

    private Path rootfs;

    @BeforeEach
    void makeRootfs() throws IOException {
        rootfs = Files.writeString(folder.resolve("rootfs"), "root file system");
    }

    @Test
    void theMetadataComesFirstAndTheLengthIsRight() throws IOException {
        SplitImageBody body = SplitImageBody.of(upload(Kind.CONTAINER));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        body.writeTo(out);

        String text = out.toString(StandardCharsets.US_ASCII);
        assertThat(text).containsSubsequence("name=\"metadata\"", "meta", "name=\"rootfs\"", "root file system");
        assertThat(body.length()).isEqualTo(out.size());
        String boundary = body.contentType().substring("multipart/form-data; boundary=".length());
        assertThat(text).startsWith("--" + boundary + "\r\n").endsWith("\r\n--" + boundary + "--\r\n");
    }

    @Test
    void aVirtualMachinesPartIsNamedAsTheServersWantIt() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        SplitImageBody.of(upload(Kind.VIRTUAL_MACHINE)).writeTo(out);

        assertThat(out.toString(StandardCharsets.US_ASCII)).contains("name=\"rootfs.img\"");
    }

    @Test
    void theFingerprintIsTheDigestOfBothParts() throws IOException {
        SplitImageBody body = SplitImageBody.of(upload(Kind.CONTAINER));
        assertThat(body.isComplete()).isFalse();

        body.writeTo(OutputStream.nullOutputStream());

        assertThat(body.isComplete()).isTrue();
        // printf 'metaroot file system' | sha256sum
        assertThat(body.fingerprint()).isEqualTo("5d84796f33a33df17e3918fd3542ec3ebeb5205c692b314989e472ec8b0c6aea");
    }

    @Test
    void aFileThatChangesWhileItIsReadIsNoticed() throws IOException {
        SplitImageBody body = SplitImageBody.of(upload(Kind.CONTAINER));
        Files.writeString(rootfs, "short");

        assertThatThrownBy(() -> body.writeTo(OutputStream.nullOutputStream())).isInstanceOf(IOException.class);

        assertThat(body.failure()).hasMessageContaining("changed");
        assertThat(body.isComplete()).isFalse();
    }

    @Test
    void aDirectoryIsRefusedByName() {
        LxdException e = catchThrowableOfType(LxdException.class, () -> SplitImageBody.of(upload(folder)));

        assertThat(e).hasMessage("cannot read the image " + folder + ": not a regular file");
        assertThat(e.kind()).isEqualTo(LxdException.Kind.INVALID);
    }

    @Test
    void aMissingFileIsRefusedByName() {
        Path nothing = folder.resolve("nothing");

        LxdException e = catchThrowableOfType(LxdException.class, () -> SplitImageBody.of(upload(nothing)));

        assertThat(e).hasMessage("cannot read the image " + nothing + ": no such file");
    }

    @Test
    void progressIsToldAboutOnceForEachMebibyte() throws IOException {
        Files.write(rootfs, new byte[(5 << 20) + 1]);
        List<Long> told = new ArrayList<>();
        ImageUpload silent = upload(Kind.CONTAINER);
        ImageUpload upload = new ImageUpload(
                silent.kind(), silent.metadata(), silent.rootfs(), Map.of(), (sent, total) -> told.add(sent));

        SplitImageBody.of(upload).writeTo(OutputStream.nullOutputStream());

        assertThat(told).hasSize(6).isSorted().endsWith((5L << 20) + 1);
    }

    private static ImageUpload upload(Path rootfs) {
        return new ImageUpload(Kind.CONTAINER, Bytes.of(new byte[1]), rootfs, Map.of());
    }

    private ImageUpload upload(Kind kind) {
        return new ImageUpload(kind, Bytes.of("meta".getBytes(StandardCharsets.US_ASCII)), rootfs, Map.of());
    }
}
