package io.boshcpi.lxd.provider.stemcell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.client.model.Bytes;
import io.boshcpi.lxd.client.model.Image;
import io.boshcpi.lxd.client.session.ImageUpload;
import io.boshcpi.lxd.fake.TestDisks;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.lxd.provider.testing.OnFakeLxd;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.StemcellImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fake")
@ParameterizedClass
@EnumSource(Dialect.class)
final class StemcellsTest {
    private final OnFakeLxd cloud;

    @TempDir
    private Path folder;

    StemcellsTest(Dialect dialect) throws IOException {
        this.cloud = new OnFakeLxd(dialect);
    }

    @AfterEach
    void close() throws IOException {
        cloud.close();
    }

    @Test
    void twoStemcellsWithOneImageAreTwoUsesOfIt() throws IOException {
        StemcellCid first = cloud.stemcell();
        StemcellCid second = cloud.stemcell("2");
        assertThat(second).isNotEqualTo(first);
        assertThat(cloud.stemcell()).isEqualTo(first);

        cloud.provider.stemcells().delete(cloud.call, first);
        cloud.provider.stemcells().delete(cloud.call, first);

        assertThat(cloud.operator().images().list()).hasSize(1);
        assertThat(cloud.vm(second, Map.of()).value()).startsWith("vm-");
        cloud.provider.stemcells().delete(cloud.call, second);
        assertThat(cloud.operator().images().list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 64})
    void aLightStemcellIsNamedByTheWholeFingerprint(int length) throws IOException {
        String fingerprint = cloud.stemcell().value().substring("sc-".length(), "sc-".length() + 64);

        StemcellCid light = light(fingerprint.substring(0, length));

        assertThat(light.value()).isEqualTo("light-" + fingerprint);
    }

    @Test
    void aLightStemcellNamesAnImageOfTheServer() throws IOException {
        String fingerprint = upload(ImageUpload.Kind.CONTAINER);

        StemcellCid stemcell = light(fingerprint);

        assertThat(stemcell.value()).isEqualTo("light-" + fingerprint);
        cloud.provider.stemcells().delete(cloud.call, stemcell);
        assertThat(cloud.operator().images().find(fingerprint))
                .as("after the delete")
                .isPresent();
    }

    @Test
    void aLightStemcellMayBeOfEitherKind() throws IOException {
        String fingerprint = upload(ImageUpload.Kind.VIRTUAL_MACHINE);

        assertThat(light(fingerprint).value()).isEqualTo("light-" + fingerprint);
        assertThat(light(fingerprint, "qcow2").value()).isEqualTo("light-" + fingerprint);
    }

    @Test
    void aLightStemcellOfAnotherKindThanItsFormatSaysIsRefusedByName() throws IOException {
        String machine = upload(ImageUpload.Kind.VIRTUAL_MACHINE);
        String container = upload(ImageUpload.Kind.CONTAINER);

        assertThatThrownBy(() -> light(machine, "files"))
                .isInstanceOfSatisfying(
                        CpiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.CPI_ERROR))
                .hasMessage("cloud_properties.disk_format is files, but the light stemcell's image_fingerprint "
                        + machine + " names an image of a virtual machine");
        assertThatThrownBy(() -> light(container, "raw"))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("names an image of a container");
    }

    @Test
    void aLightStemcellIsTheImageThatItsAliasStandsForAtTheUpload() throws IOException {
        String first = upload(ImageUpload.Kind.CONTAINER);
        String second = upload(ImageUpload.Kind.VIRTUAL_MACHINE);
        cloud.lxd.alias("team/base", first);
        assertThat(light(Map.of("image_alias", "team/base")).value()).isEqualTo("light-" + first);

        cloud.lxd.alias("team/base", second);

        assertThat(light(Map.of("image_alias", "team/base", "disk_format", "raw"))
                        .value())
                .isEqualTo("light-" + second);
        assertThatThrownBy(() -> light(Map.of("image_alias", "team/base", "disk_format", "tar")))
                .isInstanceOf(CpiException.class)
                .hasMessage(
                        "cloud_properties.disk_format is tar, but the light stemcell's image_alias team/base names an"
                                + " image of a virtual machine");
    }

    @Test
    void anAliasThatNamesNoImageOrStandsBesideAFingerprintIsRefused() throws IOException {
        String fingerprint = upload(ImageUpload.Kind.CONTAINER);

        assertThatThrownBy(() -> light(Map.of("image_alias", "../instances")))
                .isInstanceOf(CpiException.class)
                .hasMessage("The light stemcell's image_alias ../instances names no image in the project default");
        assertThatThrownBy(() -> light(Map.of("image_alias", "x", "image_fingerprint", fingerprint)))
                .isInstanceOf(CpiException.class)
                .hasMessage(
                        "cloud_properties.image_alias stands beside image_fingerprint; one of them says which image it"
                                + " is");
    }

    @Test
    void aLightStemcellWithoutItsImageIsRefusedByName() {
        assertThatThrownBy(() -> light("0".repeat(64)))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("names no image in the project default");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64\nproperties: {}", "x86_64 # amd", "", "null", "pdp11", "x86_64\u2028"})
    void anArchitectureThatIsNoneIsRefusedBeforeItReachesTheServer(String architecture) throws IOException {
        cloud.requests();

        assertThatThrownBy(() -> create(Map.of("architecture", architecture)))
                .isInstanceOf(CpiException.class)
                .hasMessageStartingWith("cloud_properties.architecture ")
                .hasMessageNotContaining("\n");

        assertThat(cloud.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "version"})
    void aTextThatCannotBePrintedIsRefusedByItsField(String field) throws IOException {
        assertThatThrownBy(() -> create(Map.of(field, "one\ntwo")))
                .isInstanceOf(CpiException.class)
                .hasMessage(
                        "cloud_properties." + field + " has characters that cannot be printed, such as a line break");
        assertThatThrownBy(() -> create(Map.of(field, "x".repeat(256))))
                .isInstanceOf(CpiException.class)
                .hasMessage("cloud_properties." + field + " is longer than 255 characters");
        assertThat(create(Map.of(field, "Größe 1.10+mine: \"a\" # b")).value()).startsWith("sc-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rawdisk", "ovf", "vhd", "vhdx", "ova"})
    void aStemcellOfAnotherFormatIsRefusedAtUpload(String format) {
        assertThatThrownBy(() -> create(Map.of("disk_format", format)))
                .isInstanceOf(CpiException.class)
                .hasMessage("cloud_properties.disk_format is " + format + "; this CPI takes files for containers"
                        + " (stemcells of the format warden-tar or general-tar), and disks in qcow2 or raw for virtual"
                        + " machines (openstack-qcow2, openstack-raw)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"qcow2", "raw"})
    void aStemcellThatSaysItIsADiskAndIsNoneIsRefused(String format) {
        assertThatThrownBy(() -> create(Map.of("disk_format", format)))
                .isInstanceOf(CpiException.class)
                .hasMessage("cloud_properties.disk_format is " + format
                        + ", but the stemcell's image is no gzipped tar around root.img");
    }

    @Test
    void anImageThatIsNotThereIsToldByItsName() {
        Path image = folder.resolve("image");
        StemcellImage stemcell =
                new StemcellImage(image, Harness.properties(Map.of("name", "vm", "version", "1")), Map.of());

        assertThatThrownBy(() -> cloud.provider.stemcells().create(cloud.call, stemcell))
                .isInstanceOf(CpiException.class)
                .hasMessage("The stemcell's image " + image + " cannot be read: no such file");
    }

    @Test
    void aStemcellThatIsADiskBecomesAnImageForVirtualMachines() throws IOException {
        Path image =
                TestDisks.archive(folder.resolve("disk"), Map.of("root.img", TestDisks.qcow2(TestDisks.uefi(1 << 20))));
        StemcellImage stemcell =
                new StemcellImage(image, Harness.properties(Map.of("name", "vm", "version", "1")), Map.of());

        StemcellCid cid = cloud.provider.stemcells().create(cloud.call, stemcell);

        String fingerprint = cid.value().substring("sc-".length(), "sc-".length() + 64);
        Image found = cloud.operator().images().find(fingerprint).orElseThrow();
        assertThat(found.type()).isEqualTo("virtual-machine");
        assertThat(found.properties()).containsEntry("user.bosh.boot_mode", "uefi");
        assertThat(cloud.provider.stemcells().create(cloud.call, stemcell)).isEqualTo(cid);
        assertThat(cloud.operator().images().list()).hasSize(1);
    }

    @Test
    void aWardenStemcellSaysThatItHasFiles() throws IOException {
        assertThat(create(Map.of("disk_format", "files", "architecture", "x86_64"))
                        .value())
                .startsWith("sc-");
    }

    @Test
    void aFingerprintThatIsNoneIsRefused() {
        assertThatThrownBy(() -> light("../instances"))
                .isInstanceOf(CpiException.class)
                .hasMessageStartingWith("cloud_properties.image_fingerprint is not the fingerprint of an image");
    }

    private StemcellCid create(Map<String, String> properties) throws IOException {
        Path image = folder.resolve("image");
        Files.writeString(image, "an image");
        return cloud.provider
                .stemcells()
                .create(cloud.call, new StemcellImage(image, Harness.properties(properties), Map.of()));
    }

    private StemcellCid light(String fingerprint) {
        return light(fingerprint, "");
    }

    private StemcellCid light(String fingerprint, String format) {
        return light(Map.of("image_fingerprint", fingerprint, "disk_format", format));
    }

    private StemcellCid light(Map<String, String> properties) {
        return cloud.provider
                .stemcells()
                .create(cloud.call, new StemcellImage(Path.of("none"), Harness.properties(properties), Map.of()));
    }

    private String upload(ImageUpload.Kind kind) throws IOException {
        Path image = folder.resolve("image");
        Files.writeString(image, "an image for a " + kind);
        Bytes metadata = Bytes.of(MetadataTarball.of("x86_64"));
        return cloud.operator()
                .images()
                .upload(new ImageUpload(kind, metadata, image, Map.of()))
                .fingerprint();
    }
}
