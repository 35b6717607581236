package io.boshcpi.lxd.provider;

import io.boshcpi.json.Json;
import io.boshcpi.json.MalformedJsonException;
import io.boshcpi.lxd.client.LxdSession;
import io.boshcpi.lxd.client.model.GuestFile;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads from a stemcell's own files what it needs of the CPI; the instance has not started yet. */
final class StemcellReader {
    private static final String AGENT_JSON = "/var/vcap/bosh/agent.json";

    /** The agent's unit, where the stemcell's init is systemd even if it has runit as well. */
    private static final List<String> AGENT_UNITS =
            List.of("/etc/systemd/system/bosh-agent.service", "/usr/lib/systemd/system/bosh-agent.service");

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
                settingsPath(agent).orElse(StemcellTraits.USUAL.settingsPath()),
                Boolean.TRUE.equals(linux.get("BindMountPersistentDisk")));
    }

    /** Newer stemcells say it in the agent's configuration; before, the files have to tell. */
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
        String text = file(AGENT_JSON)
                .map(GuestFile::text)
                .orElseThrow(() -> new CpiException(
                        ErrorType.CLOUD_ERROR, "The image is no BOSH stemcell: it has no " + AGENT_JSON));
        try {
            return Json.readObject(text.getBytes(StandardCharsets.UTF_8));
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
