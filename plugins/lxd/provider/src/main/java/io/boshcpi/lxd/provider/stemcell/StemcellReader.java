package io.boshcpi.lxd.provider.stemcell;

import io.boshcpi.json.Json;
import io.boshcpi.json.MalformedJsonException;
import io.boshcpi.lxd.client.model.GuestFile;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the traits of a stemcell from the files of an instance that has not started yet. */
final class StemcellReader {
    private static final String AGENT_JSON = "/var/vcap/bosh/agent.json";

    /** The agent's unit: with one of them the stemcell's init is systemd, even if it has runit as well. */
    private static final List<String> AGENT_UNITS =
            List.of("/etc/systemd/system/bosh-agent.service", "/usr/lib/systemd/system/bosh-agent.service");

    /** Where agents read their settings that do not say so. */
    private static final String USUAL_SETTINGS_PATH = "/var/vcap/bosh/warden-cpi-agent-env.json";

    private static final String RUNIT_ENTRY = "/usr/sbin/runsvdir-start";

    private final LxdSession lxd;
    private final String instance;

    private StemcellReader(LxdSession lxd, String instance) {
        this.lxd = lxd;
        this.instance = instance;
    }

    static StemcellTraits read(LxdSession lxd, String instance) {
        return new StemcellReader(lxd, instance).read();
    }

    private StemcellTraits read() {
        Map<?, ?> agent = agentJson();
        Map<?, ?> linux = hash(hash(agent, "Platform"), "Linux");
        return new StemcellTraits(
                init(linux),
                settingsPath(agent).orElse(USUAL_SETTINGS_PATH),
                Boolean.TRUE.equals(linux.get("BindMountPersistentDisk")));
    }

    /** Newer stemcells say it in the agent's configuration; for older ones the files have to tell. */
    private StemcellTraits.Init init(Map<?, ?> linux) {
        if ("systemd".equals(linux.get("ServiceManager"))) {
            return StemcellTraits.Init.SYSTEMD;
        }
        for (String unit : AGENT_UNITS) {
            if (file(unit).isPresent()) {
                return StemcellTraits.Init.SYSTEMD;
            }
        }
        return file(RUNIT_ENTRY).isPresent() ? StemcellTraits.Init.RUNIT : StemcellTraits.Init.SYSTEMD;
    }

    private Map<?, ?> agentJson() {
        Optional<GuestFile> file = file(AGENT_JSON);
        if (file.isEmpty()) {
            throw new CpiException(ErrorType.CLOUD_ERROR, "The image is no BOSH stemcell: it has no " + AGENT_JSON);
        }
        try {
            return Json.readObject(file.get().text().getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw new CpiException(ErrorType.CLOUD_ERROR, "The stemcell's " + AGENT_JSON + " is not JSON", e);
        }
    }

    private static Optional<String> settingsPath(Map<?, ?> agent) {
        if (hash(hash(agent, "Infrastructure"), "Settings").get("Sources") instanceof List<?> sources) {
            for (Object source : sources) {
                if (source instanceof Map<?, ?> map
                        && "File".equals(map.get("Type"))
                        && map.get("SettingsPath") instanceof String path) {
                    return Optional.of(path);
                }
            }
        }
        return Optional.empty();
    }

    private static Map<?, ?> hash(Map<?, ?> parent, String key) {
        return parent.get(key) instanceof Map<?, ?> map ? map : Map.of();
    }

    private Optional<GuestFile> file(String path) {
        return lxd.instances().files(instance).read(path);
    }
}
