package io.boshcpi.core.cli;

import io.boshcpi.core.plugin.PluginHost;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.OptionGroup;
import io.boshcpi.spi.PropertyTree;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a cloud property means, from the options that the code declares. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Says what cloud properties mean: one of them, those of a place such as disk_types, or those whose"
                        + " heading has the word. The status is 1 if nothing has it.")
final class ExplainCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "WORD",
            arity = "0..1",
            description =
                    "A cloud property, such as zfs.blocksize, or a word of a heading; without one, all are shown.")
    private @Nullable String word;

    @Mixin
    private final PluginFolders folders = new PluginFolders();

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try {
            List<OptionGroup> groups = groups();
            List<OptionGroup> found = word == null ? groups : having(word, groups);
            if (word != null && found.isEmpty()) {
                throw PropertyTree.of("cloud_properties", Map.of()).unknown(word, names(groups));
            }
            out.print(new OptionsPage(found).text());
            return 0;
        } catch (CpiException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        } finally {
            out.flush();
        }
    }

    private List<OptionGroup> groups() {
        try (PluginHost host = folders.inspect()) {
            PluginHost.requireNone(host.problems());
            return PluginsCommand.groups(host);
        }
    }

    /** The option of that name wherever it stands, or the groups whose place or title has the word. */
    private static List<OptionGroup> having(String word, List<OptionGroup> groups) {
        List<OptionGroup> found = new ArrayList<>();
        for (OptionGroup group : groups) {
            List<Option> named = group.options().stream()
                    .filter(option -> option.name().equals(word))
                    .toList();
            if (!named.isEmpty()) {
                found.add(new OptionGroup(group.title(), group.place(), group.description(), named));
            }
        }
        String part = word.toLowerCase(Locale.ROOT);
        return found.isEmpty()
                ? groups.stream()
                        .filter(group -> (group.place() + ' ' + group.title())
                                .toLowerCase(Locale.ROOT)
                                .contains(part))
                        .toList()
                : found;
    }

    private static Set<String> names(List<OptionGroup> groups) {
        Set<String> names = new TreeSet<>();
        groups.forEach(group -> group.options().forEach(option -> names.add(option.name())));
        return names;
    }
}
