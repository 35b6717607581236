package example;

import io.boshcpi.spi.Call;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.CreatedVm;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskHint;
import io.boshcpi.spi.DiskRequest;
import io.boshcpi.spi.DiskUpdates;
import io.boshcpi.spi.Disks;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.Secret;
import io.boshcpi.spi.SnapshotCid;
import io.boshcpi.spi.Snapshots;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.StemcellImage;
import io.boshcpi.spi.Stemcells;
import io.boshcpi.spi.VmCid;
import io.boshcpi.spi.VmRequest;
import io.boshcpi.spi.VmResources;
import io.boshcpi.spi.Vms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cloud in a folder. The content of a disk's file is the VM that has it. */
final class ExampleCloud implements CloudProvider, Stemcells, Vms, Disks, Snapshots, DiskUpdates {
    private static final Logger LOG = LoggerFactory.getLogger(ExampleCloud.class);

    /** The cloud properties of a VM; {@code fail} makes it fail in a way of its own. */
    record VmProperties(
            Optional<String> cluster,
            Optional<Integer> cpu,
            Optional<Integer> ram,
            Optional<Integer> ephemeralDisk,
            Optional<Boolean> extra,
            Optional<String> tier,
            Optional<String> fail) {}

    private final Path folder;
    private final Optional<Secret> phrase;

    ExampleCloud(Path folder, Optional<Secret> phrase) {
        this.folder = folder;
        this.phrase = phrase;
    }

    @Override
    public Stemcells stemcells() {
        return this;
    }

    @Override
    public Vms vms() {
        return this;
    }

    @Override
    public Disks disks() {
        return this;
    }

    @Override
    public Optional<Snapshots> snapshots() {
        return Optional.of(this);
    }

    @Override
    public Optional<DiskUpdates> diskUpdates() {
        return Optional.of(this);
    }

    @Override
    public void close() {
        LOG.debug("closed");
    }

    @Override
    public StemcellCid create(Call call, StemcellImage image) {
        if (!Files.isReadable(image.path())) {
            throw new CpiException(ErrorType.CLOUD_ERROR, "The image " + image.path() + " cannot be read");
        }
        return new StemcellCid(make("sc", ""));
    }

    @Override
    public void delete(Call call, StemcellCid stemcell) {
        remove(stemcell.value());
    }

    @Override
    public CreatedVm create(Call call, VmRequest request) {
        VmProperties properties = request.properties().bind(VmProperties.class);
        LOG.info("the environment is {} and the phrase {}", request.agent().env(), phrase.map(Secret::value));
        properties.fail().ifPresent(how -> fail(how, request));
        Map<String, Map<String, Object>> networks = new LinkedHashMap<>();
        for (NetworkSpec network : request.networks()) {
            networks.put(network.name(), network.asMap());
        }
        return new CreatedVm(new VmCid(make("vm", "")), networks);
    }

    private void fail(String how, VmRequest request) {
        switch (how) {
            case "memory" -> throw new OutOfMemoryError("of the example");
            case "stack" -> fail(how, request);
            case "secret" -> throw new IllegalStateException("Cannot do with " + request.agent().env());
            case "print" -> System.out.println("The environment: " + request.agent().env());
            case "retry" -> throw new CpiException(ErrorType.VM_CREATION_FAILED, true, "Try again", null);
            default -> throw request.properties().wrong("fail", "is not a way to fail");
        }
    }

    @Override
    public boolean exists(Call call, VmCid vm) {
        return Files.exists(folder.resolve(vm.value()));
    }

    @Override
    public void delete(Call call, VmCid vm) {
        remove(vm.value());
        for (DiskCid disk : disks(vm)) {
            write(disk.value(), "");
        }
    }

    @Override
    public void reboot(Call call, VmCid vm) {
        require(vm);
    }

    @Override
    public void setMetadata(Call call, VmCid vm, Map<String, String> metadata) {
        require(vm);
    }

    @Override
    public Map<String, Object> cloudPropertiesFor(VmResources resources) {
        return Map.of("cpu", resources.cpu(), "ram", resources.ramMib());
    }

    @Override
    public List<DiskCid> disks(Call call, VmCid vm) {
        require(vm);
        return disks(vm);
    }

    private List<DiskCid> disks(VmCid vm) {
        List<DiskCid> disks = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.sorted().forEach(file -> {
                if (file.getFileName().toString().startsWith("disk-") && read(file).equals(vm.value())) {
                    disks.add(new DiskCid(file.getFileName().toString()));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return disks;
    }

    @Override
    public DiskCid create(Call call, DiskRequest request) {
        return new DiskCid(make("disk", ""));
    }

    @Override
    public void delete(Call call, DiskCid disk) {
        if (exists(call, disk) && !read(folder.resolve(disk.value())).isEmpty()) {
            throw new CpiException(ErrorType.CLOUD_ERROR, "The disk " + disk + " is attached");
        }
        remove(disk.value());
    }

    @Override
    public boolean exists(Call call, DiskCid disk) {
        return Files.exists(folder.resolve(disk.value()));
    }

    @Override
    public DiskHint attach(Call call, VmCid vm, DiskCid disk) {
        require(vm);
        require(disk);
        String owner = read(folder.resolve(disk.value()));
        if (!owner.isEmpty() && !owner.equals(vm.value())) {
            throw new CpiException(ErrorType.CLOUD_ERROR, "The disk " + disk + " is attached to " + owner);
        }
        write(disk.value(), vm.value());
        return new DiskHint("/dev/" + disk);
    }

    @Override
    public void detach(Call call, VmCid vm, DiskCid disk) {
        if (exists(call, disk) && read(folder.resolve(disk.value())).equals(vm.value())) {
            write(disk.value(), "");
        }
    }

    @Override
    public void setMetadata(Call call, DiskCid disk, Map<String, String> metadata) {
        require(disk);
    }

    @Override
    public void resize(Call call, DiskCid disk, long sizeMib) {
        require(disk);
    }

    @Override
    public DiskCid update(Call call, DiskCid disk, long sizeMib, PropertyTree properties) {
        require(disk);
        return disk;
    }

    @Override
    public SnapshotCid create(Call call, DiskCid disk, Map<String, String> metadata) {
        require(disk);
        return new SnapshotCid(make("snap", disk.value()));
    }

    @Override
    public void delete(Call call, SnapshotCid snapshot) {
        remove(snapshot.value());
    }

    private void require(VmCid vm) {
        if (!Files.exists(folder.resolve(vm.value()))) {
            throw new CpiException(ErrorType.VM_NOT_FOUND, "There is no VM " + vm);
        }
    }

    private void require(DiskCid disk) {
        if (!Files.exists(folder.resolve(disk.value()))) {
            throw new CpiException(ErrorType.DISK_NOT_FOUND, "There is no disk " + disk);
        }
    }

    private String make(String kind, String content) {
        String cid = kind + "-" + UUID.randomUUID();
        write(cid, content);
        return cid;
    }

    private void write(String name, String content) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remove(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
