package io.boshcpi.lxd.provider.testing;

import io.boshcpi.spi.VmCid;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a guest with systemd believes of its time, in seconds. */
public final class Uptime {
    private static final Pattern MONIT_UPTIME =
            Pattern.compile("<service type=\"3\">.*?<uptime>(-?\\d+)</uptime>", Pattern.DOTALL);
    private static final String MONIT_STATUS = "exec 3<> /dev/tcp/127.0.0.1/2822;"
            + " printf 'GET /_status?format=xml HTTP/1.0\\r\\nAuthorization: Basic %s\\r\\n\\r\\n'"
            + " \"$(printf %s \"$(cat /var/vcap/monit/monit.user)\" | base64)\" >&3; cat <&3";

    private final Lab lab;
    private final VmCid vm;

    public Uptime(Lab lab, VmCid vm) {
        this.lab = lab;
        this.vm = vm;
    }

    /** Gives monit two processes to watch. */
    public static void letMonitWatchServices(Lab lab, VmCid vm) {
        lab.push(
                vm,
                "/var/vcap/monit/services.monitrc",
                0600,
                "check process cron with pidfile /run/crond.pid\ncheck process rsyslogd matching rsyslogd");
        lab.sh(vm, "systemctl restart monit");
    }

    /** What the guest takes for the time since its start. */
    public long seconds() {
        return Long.parseLong(lab.sh(vm, "cut -d. -f1 /proc/uptime"));
    }

    /** When a process was started that is started now, on the clock that uptime is taken for. */
    public long youngestProcessStart() {
        return Long.parseLong(lab.sh(vm, "awk '{ print int($22 / 100) }' /proc/self/stat"));
    }

    /** How long monit takes the processes to run that it watches. */
    public List<Long> ofServicesInMonit() {
        List<Long> uptimes = new ArrayList<>();
        Lab.await("monit to look at its services", () -> {
            uptimes.clear();
            Matcher matcher = MONIT_UPTIME.matcher(lab.sh(vm, "bash -c '" + MONIT_STATUS.replace("'", "'\\''") + "'"));
            while (matcher.find()) {
                uptimes.add(Long.parseLong(matcher.group(1)));
            }
            return uptimes.size() == 2;
        });
        return uptimes;
    }
}
