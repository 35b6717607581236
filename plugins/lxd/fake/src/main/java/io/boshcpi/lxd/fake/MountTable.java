package io.boshcpi.lxd.fake;

import java.util.Map;

/**
 * A guest's {@code mountinfo}: its root, the usual pseudo file systems, each attached volume at its device's path, and
 * the volumes that the guest mounted once more. Volumes of dir and btrfs pools share the pool's device and differ in the
 * root of the mount, others have a device of their own.
 */
final class MountTable {
    private final Instance instance;
    private final StringBuilder table = new StringBuilder();
    private int id = 93;

    private MountTable(Instance instance) {
        this.instance = instance;
    }

    static String of(Instance instance, Map<String, String> guestMounts) {
        MountTable table = new MountTable(instance);
        table.add("0:44", "/containers/" + instance.name + "/rootfs", "/", "btrfs", "/dev/loop0");
        table.add("0:53", "/", "/dev", "tmpfs", "none");
        table.add("0:54", "/", "/proc", "proc", "proc");
        table.add("0:55", "/", "/sys", "sysfs", "sysfs");
        instance.expandedDevices.values().forEach(table::addDevice);
        guestMounts.forEach((path, volume) -> table.addVolume(volume, path));
        return table.table.toString();
    }

    private void addDevice(Map<String, String> device) {
        String source = device.get("source");
        String path = device.get("path");
        if ("disk".equals(device.get("type")) && source != null && path != null) {
            addVolume(source, path);
        }
    }

    private void addVolume(String volume, String path) {
        boolean attached = instance.expandedDevices.values().stream().anyMatch(d -> volume.equals(d.get("source")));
        String root = "/custom/" + instance.project + "_" + volume;
        add("0:44", attached ? root : root + "//deleted", path, "btrfs", "/dev/loop0");
    }

    private void add(String device, String root, String path, String type, String source) {
        table.append(id)
                .append(id == 93 ? " 49 " : " 93 ")
                .append(device)
                .append(' ')
                .append(root)
                .append(' ')
                .append(path)
                .append(" rw,relatime - ")
                .append(type)
                .append(' ')
                .append(source)
                .append(" rw\n");
        id++;
    }
}
