package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.server.LxdCloud;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.provider.server.ServerAction;
import io.boshcpi.lxd.provider.server.ServerTask;
import io.boshcpi.lxd.provider.server.Undo;
import io.boshcpi.lxd.spi.StorageCapability;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskHint;
import io.boshcpi.spi.DiskRequest;
import io.boshcpi.spi.Disks;
import io.boshcpi.spi.VmCid;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Persistent disks as custom volumes; a disk's CID is its volume's name. */
public final class LxdDisks implements Disks {
    private final LxdCloud cloud;

    public LxdDisks(LxdCloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public DiskCid create(Call call, DiskRequest request) {
        return cloud.run(call, new ServerTask<>() {
            @Override
            protected DiskCid run(LxdSession lxd, Undo undo) {
                String pool = request.properties()
                        .string("storage_pool")
                        .orElse(cloud.config().storagePoolName());
                StorageDriver driver = Pools.driver(cloud, lxd, pool);
                DiskCid disk = DiskName.create(pool, new SecureRandom());
                DiskProperties properties = request.properties().bind(DiskProperties.class, driver.options());
                Optional<Instance> user = request.vm().isPresent()
                        ? lxd.instances().find(request.vm().get().value())
                        : Optional.empty();
                VolumePlan plan = plan(call, disk, pool, driver, DiskContent.of(properties, user), request);
                boolean remote = driver.capabilities().contains(StorageCapability.REMOTE);
                // On a cluster, a disk that is local to a member has to be on the VM's.
                Optional<String> member = remote ? Optional.empty() : DiskMember.of(user);
                Pools.refuseLargerThanPool(
                        lxd, pool, member.orElse(null), driver.sizes().rounded(request.sizeMib()));
                undo.register(new VolumeRemoval(plan.pool(), plan.name()));
                Pools.create(lxd, plan, member);
                return disk;
            }
        });
    }

    @Override
    public void delete(Call call, DiskCid disk) {
        cloud.run(call, new DiskTask<>(disk) {
            @Override
            Boolean change(LxdSession lxd, Undo undo) {
                DiskLocator locator = locator(lxd);
                Optional<LocatedDisk> located = locator.find(disk);
                if (located.isPresent()) {
                    located.get().own().refuseWhileAttached("; it is not deleted before it is detached");
                    DiskMove.deleteCopies(lxd, locator, located.get().volume());
                    lxd.volumes(located.get().pool())
                            .delete(located.get().volume().name());
                }
                return true;
            }
        });
    }

    @Override
    public boolean exists(Call call, DiskCid disk) {
        return cloud.run(call, new ServerTask<>() {
            @Override
            protected Boolean run(LxdSession lxd, Undo undo) {
                return locator(lxd).exists(disk);
            }
        });
    }

    @Override
    public DiskHint attach(Call call, VmCid vm, DiskCid disk) {
        return cloud.run(call, new DiskTask<>(disk) {
            @Override
            DiskHint change(LxdSession lxd, Undo undo) {
                return new DiskHint(
                        new DiskAttachment(lxd, locator(lxd), vm, disk).attach(new DiskFollowing(cloud, undo)));
            }
        });
    }

    @Override
    public void detach(Call call, VmCid vm, DiskCid disk) {
        cloud.run(call, new DiskTask<>(disk) {
            @Override
            Boolean change(LxdSession lxd, Undo undo) {
                new DiskAttachment(lxd, locator(lxd), vm, disk).detach();
                return true;
            }
        });
    }

    @Override
    public void setMetadata(Call call, DiskCid disk, Map<String, String> metadata) {
        cloud.run(call, new ServerAction() {
            @Override
            protected void act(LxdSession lxd) {
                locator(lxd).patchMarks(disk, Marks.ofConfirmed(metadata));
            }
        });
    }

    private VolumePlan plan(
            Call call,
            DiskCid disk,
            String pool,
            StorageDriver driver,
            VolumeRequest.Content content,
            DiskRequest request) {
        Map<String, String> config = new TreeMap<>(driver.volumeConfig(new VolumeRequest(
                request.sizeMib(),
                content,
                request.properties().only(driver.options().names()))));
        config.putAll(Marks.of(Marks.KIND_PERSISTENT_DISK, cloud.origin(call)));
        config.put(Marks.SIZE, String.valueOf(request.sizeMib()));
        return new VolumePlan(pool, disk.value(), content, config);
    }

    private DiskLocator locator(LxdSession lxd) {
        return new DiskLocator(lxd, cloud.config().storagePoolName());
    }
}
