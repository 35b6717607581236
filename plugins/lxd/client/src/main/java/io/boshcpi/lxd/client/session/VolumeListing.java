package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.client.model.VolumeSnapshot;
import java.util.List;

/** The custom volumes of a pool with their snapshots, which the servers list together. */
public record VolumeListing(List<Volume> volumes, List<VolumeSnapshot> snapshots) {}
