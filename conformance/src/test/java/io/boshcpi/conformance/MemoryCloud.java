package io.boshcpi.conformance;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a cloud has. */
final class MemoryCloud {
    final Set<String> stemcells = new TreeSet<>();
    final Map<String, List<String>> vms = new TreeMap<>();
    final Map<String, Integer> disks = new TreeMap<>();
    final Map<String, String> attachments = new TreeMap<>();
    final Map<String, String> detached = new TreeMap<>();
    final Set<String> snapshots = new TreeSet<>();
    final Set<String> networks = new TreeSet<>();
    final Set<String> kept = new HashSet<>();
    int deletions;
    private int last;

    int next() {
        return ++last;
    }

    String make(String kind, Set<String> objects) {
        String cid = kind + "-" + next();
        objects.add(cid);
        return cid;
    }

    Set<String> addresses() {
        Set<String> addresses = new HashSet<>(kept);
        vms.values().forEach(addresses::addAll);
        return addresses;
    }

    /** Everything that is there. */
    synchronized Set<String> contents() {
        Set<String> contents = new TreeSet<>(stemcells);
        contents.addAll(vms.keySet());
        contents.addAll(disks.keySet());
        contents.addAll(snapshots);
        contents.addAll(networks);
        return contents;
    }
}
