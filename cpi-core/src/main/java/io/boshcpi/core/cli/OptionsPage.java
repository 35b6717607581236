package io.boshcpi.core.cli;

import io.boshcpi.spi.Option;
import io.boshcpi.spi.OptionGroup;
import java.util.List;

/** The options of providers and their sub-plugins as text for a terminal, and as the Markdown of the documentation. */
final class OptionsPage {
    private static final int NAME_WIDTH = 28;
    private static final int KIND_WIDTH = 16;

    private final List<OptionGroup> groups;

    OptionsPage(List<OptionGroup> groups) {
        this.groups = groups;
    }

    /** One option a line, below the place where it is written. */
    String text() {
        StringBuilder text = new StringBuilder();
        String place = "";
        for (OptionGroup group : groups) {
            if (!group.place().equals(place)) {
                place = group.place();
                text.append(text.isEmpty() ? "" : "\n").append(place).append('\n');
            }
            if (!group.title().isEmpty()) {
                text.append("\n  ").append(group.title()).append('\n');
            }
            for (Option option : group.options()) {
                text.append(String.format(
                        "    %-" + NAME_WIDTH + "s %-" + KIND_WIDTH + "s %s%n",
                        option.name(),
                        option.kind().words(),
                        meaning(option)));
            }
        }
        return text.toString();
    }

    /** A page with a table for each group. */
    String markdown() {
        StringBuilder page = new StringBuilder("""
                # Cloud properties

                <!-- Made by `bin/cpi plugins --options --markdown` from the options that the code declares; change those. -->

                What AZs, VM types, VM extensions, disk types and subnets can have under `cloud_properties` in a cloud config. An
                unknown key is refused by name, with the nearest known one. Sizes are in MiB.
                """);
        String place = "";
        for (OptionGroup group : groups) {
            if (!group.place().equals(place)) {
                place = group.place();
                page.append("\n## ").append(place).append('\n');
            }
            if (!group.title().isEmpty()) {
                page.append("\n### ").append(group.title()).append('\n');
            }
            if (!group.description().isEmpty()) {
                page.append('\n').append(group.description()).append('\n');
            }
            table(page, group.options());
        }
        return page.toString();
    }

    private static void table(StringBuilder page, List<Option> options) {
        if (options.isEmpty()) {
            return;
        }
        page.append("\n| Key | Value | Meaning |\n| --- | --- | --- |\n");
        for (Option option : options) {
            page.append("| `")
                    .append(option.name())
                    .append("` | ")
                    .append(option.kind().words())
                    .append(option.isRequired() ? ", required" : "")
                    .append(" | ")
                    .append(meaning(option).replace("|", "\\|"))
                    .append(" |\n");
        }
    }

    private static String meaning(Option option) {
        String limits = option.limits().isEmpty() ? "" : "; " + option.limits();
        String otherwise = option.defaultValue()
                .map(value -> "; `" + value + "` if not given")
                .orElse("");
        return option.description() + limits + otherwise;
    }
}
