package io.boshcpi.conformance.cloud;

import io.boshcpi.json.Json;
import io.boshcpi.json.MalformedJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a CPI needs to be told of its cloud; everything has a default but manual networks. */
public final class Settings {
    private static final Set<String> KEYS = Set.of(
            "stemcell",
            "vm",
            "disk",
            "other_disk",
            "disk_size",
            "network",
            "second_network",
            "dynamic_network",
            "managed_network",
            "context",
            "wrong_context",
            "vms_at_once");
    private static final int DEFAULT_DISK_MIB = 1024;
    private static final int DEFAULT_VMS_AT_ONCE = 3;

    private final Section section;
    private final @Nullable Network network;
    private final @Nullable Network secondNetwork;

    private Settings(Section section) {
        this.section = section;
        this.network = Network.of(section, "network");
        this.secondNetwork = Network.of(section, "second_network");
        for (String key : Set.of("stemcell", "vm", "disk", "context", "dynamic_network")) {
            section.hash(key);
        }
        diskMib();
        vmsAtOnce();
    }

    /** Reads a properties file. */
    public static Settings read(Path file) {
        try {
            return of(Json.read(Files.readAllBytes(file)));
        } catch (MalformedJsonException e) {
            throw new SettingsException("The properties file " + file + " " + e.getMessage());
        } catch (IOException e) {
            throw new SettingsException("The properties file " + file + " cannot be read: " + e.getMessage());
        }
    }

    /** Takes the content of a properties file. */
    public static Settings of(@Nullable Object properties) {
        return new Settings(new Section("", properties, KEYS));
    }

    /** Cloud properties that override those of the stemcell. */
    Map<String, ?> stemcell() {
        return section.hash("stemcell");
    }

    /** Cloud properties of VMs. */
    public Map<String, ?> vm() {
        return section.hash("vm");
    }

    /** Cloud properties of disks. */
    public Map<String, ?> disk() {
        return section.hash("disk");
    }

    /** Cloud properties that a disk is to be changed to. */
    public Map<String, ?> otherDisk() {
        return section.has("other_disk") ? section.hash("other_disk") : disk();
    }

    /** The size of disks in MiB. */
    public int diskMib() {
        return section.number("disk_size", DEFAULT_DISK_MIB);
    }

    /** How many VMs are made at once. */
    public int vmsAtOnce() {
        return section.number("vms_at_once", DEFAULT_VMS_AT_ONCE);
    }

    Optional<Network> network() {
        return Optional.ofNullable(network);
    }

    Optional<Network> secondNetwork() {
        return Optional.ofNullable(secondNetwork);
    }

    /** Cloud properties of a dynamic network. */
    Map<String, ?> dynamicNetwork() {
        return section.hash("dynamic_network");
    }

    /** The definition of a network that the CPI is to make. */
    public Optional<Map<String, ?>> managedNetwork() {
        return section.has("managed_network") ? Optional.of(section.hash("managed_network")) : Optional.empty();
    }

    /** Properties of a CPI config. */
    public Map<String, ?> context() {
        return section.hash("context");
    }

    /** Properties of a CPI config with which no cloud can be reached. */
    public Optional<Map<String, ?>> wrongContext() {
        return section.has("wrong_context") ? Optional.of(section.hash("wrong_context")) : Optional.empty();
    }
}
