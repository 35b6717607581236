package io.boshcpi.distribution.training;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the IDs that a provider generates: they differ from one run to the next. */
final class GeneratedIds {
    private final Pattern pattern;

    /** Takes a regular expression for each kind of ID. */
    GeneratedIds(List<String> expressions) {
        pattern = Pattern.compile(String.join("|", expressions));
    }

    /** The IDs of a text in the order of their appearance. */
    List<String> in(String text) {
        Set<String> ids = new LinkedHashSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            ids.add(matcher.group());
        }
        return new ArrayList<>(ids);
    }

    /** The IDs in a JSON body; those of a file's content are its own affair. */
    List<String> inBodyOf(HttpMessage request) {
        return request.isJson() ? in(request.text()) : List.of();
    }

    /** The text with a mark in place of each ID. */
    String blanked(String text) {
        return pattern.matcher(text).replaceAll("#");
    }
}
