package io.boshcpi.conformance;

import io.boshcpi.conformance.cloud.Settings;
import io.boshcpi.conformance.cloud.SettingsException;
import io.boshcpi.conformance.cloud.Stemcell;
import io.boshcpi.conformance.cloud.World;
import io.boshcpi.conformance.rules.Rule;
import io.boshcpi.conformance.rules.Rules;
import io.boshcpi.conformance.wire.CpiProcess;
import io.boshcpi.conformance.wire.Secrets;
import io.boshcpi.json.Json;
import io.boshcpi.json.MalformedJsonException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The kit's command; a program of its own, or a command of another one. */
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        description = {
            "Holds any CPI, in whatever language, to the contract: starts its executable for each call as Director and"
                    + " create-env do, and judges the answers. Everything that it makes in the CPI's cloud it removes again,"
                    + " also after Ctrl-C, and says what it could not remove.",
            "",
            "Each finding tells the rule, who of BOSH relies on it, the request, the answer, and what was expected."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The CPI keeps all rules; what it does not offer and what the kit was not given is no finding.",
            "1:There are findings, rules that could not be judged, or things left behind.",
            "2:The command line is wrong, or the kit could not run."
        })
public class KitCommand implements Callable<Integer> {
    private static final int FINDINGS = 1;
    private static final int NOT_RUN = 2;

    private final Path folder;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--cpi",
            paramLabel = "COMMAND",
            description = "The CPI's executable and its arguments; {config} stands for the file of --config.")
    private @Nullable String cpi;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The CPI's configuration: takes the place of {config}, or is appended as --config FILE. Secrets in"
                            + " it, if it is JSON, must not come back.")
    private @Nullable Path config;

    @Option(names = "--stemcell", paramLabel = "TGZ", description = "A stemcell that the CPI takes.")
    private @Nullable Path stemcell;

    @Option(names = "--light-stemcell", paramLabel = "TGZ", description = "A light stemcell that the CPI takes.")
    private @Nullable Path lightStemcell;

    @Option(
            names = "--properties",
            paramLabel = "FILE",
            description =
                    "JSON: the cloud properties of VMs, disks and networks, and addresses that may be used. Without it"
                            + " there are none, and VMs are in a dynamic network.")
    private @Nullable Path properties;

    @Option(
            names = "--only",
            paramLabel = "RULE",
            split = ",",
            description = "Rules or groups of rules to judge, with commas in between; by default all.")
    private List<String> only = List.of();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "How long a call may take; by default ${DEFAULT-VALUE}. BOSH has no such limit.")
    private long timeout;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the result as JUnit's XML, too.")
    private @Nullable Path junit;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--list", description = "Print the rules and their sources, and judge nothing.")
    private boolean list;

    /** A program of its own. */
    public KitCommand() {
        this(Path.of(""));
    }

    /**
     * A command of another program.
     *
     * @param folder what relative paths count from
     */
    protected KitCommand(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** Runs the kit as a program of its own. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new KitCommand()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try {
            List<Rule> rules = chosen();
            if (list) {
                print(out, rules);
                return 0;
            }
            return judge(out, rules);
        } catch (SettingsException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return NOT_RUN;
        } finally {
            out.flush();
        }
    }

    private List<Rule> chosen() {
        List<Rule> all = Rules.all();
        for (String name : only) {
            if (all.stream().noneMatch(rule -> isNamed(rule, name))) {
                throw new SettingsException(
                        "--only names " + name + ", which is no rule and no group; --list lists them");
            }
        }
        return all.stream()
                .filter(rule -> only.isEmpty() || only.stream().anyMatch(name -> isNamed(rule, name)))
                .toList();
    }

    private static boolean isNamed(Rule rule, String name) {
        return rule.id().equals(name) || rule.group().equals(name);
    }

    private void print(PrintWriter out, List<Rule> rules) {
        if (json) {
            List<Object> rows = new ArrayList<>();
            rules.forEach(rule -> rows.add(Map.of("id", rule.id(), "text", rule.text(), "source", rule.source())));
            out.println(Json.write(rows));
            return;
        }
        for (Rule rule : rules) {
            out.printf("%s%n    %s%n    %s%n", rule.id(), rule.text(), rule.source());
        }
    }

    private int judge(PrintWriter out, List<Rule> rules) throws IOException {
        List<String> command =
                CpiCommandLine.of(given(cpi, "--cpi"), folder, config == null ? null : folder.resolve(config));
        StoppableCpi process = new StoppableCpi(new CpiProcess(command, Duration.ofSeconds(timeout)));
        Interruption interruption = new Interruption(process::stop);
        Path work = Files.createTempDirectory("cpi-conformance");
        try {
            Secrets secrets = new Secrets();
            Settings settings = settings(secrets);
            Stemcell full = Stemcell.unpack(folder.resolve(given(stemcell, "--stemcell")), work.resolve("stemcell"));
            Stemcell light = lightStemcell == null
                    ? null
                    : Stemcell.unpack(folder.resolve(lightStemcell), work.resolve("light"));
            World world = World.of(process, settings, secrets, full, light);
            Optional<String> obstacle = world.callers().obstacle();
            if (obstacle.isPresent()) {
                throw new SettingsException("The CPI does not start: " + obstacle.get());
            }
            return report(out, new Kit(world, process), rules, new Narration(secrets));
        } finally {
            delete(work);
            interruption.end();
        }
    }

    private int report(PrintWriter out, Kit kit, List<Rule> rules, Narration narration) throws IOException {
        TextReport text = new TextReport(out, narration);
        Report report = kit.run(rules, json ? judgement -> {} : text::print);
        if (json) {
            out.println(new JsonReport(narration).of(report));
            out.flush();
        } else {
            text.print(report);
        }
        if (junit != null) {
            new JUnitReport(narration).write(report, folder.resolve(junit));
        }
        return report.passed() ? 0 : FINDINGS;
    }

    private Settings settings(Secrets secrets) {
        Settings settings = properties == null ? Settings.of(Map.of()) : Settings.read(folder.resolve(properties));
        secrets.addConfiguration(settings.context());
        if (config != null) {
            try {
                secrets.addConfiguration(Json.read(Files.readAllBytes(folder.resolve(config))));
            } catch (MalformedJsonException e) {
                // Only of JSON it can be said what a secret is.
            } catch (IOException e) {
                throw new SettingsException("The configuration " + config + " cannot be read: " + e.getMessage());
            }
        }
        return settings;
    }

    private static <T> T given(@Nullable T value, String option) {
        if (value == null) {
            throw new SettingsException(option + " is missing; --help tells the options");
        }
        return value;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
