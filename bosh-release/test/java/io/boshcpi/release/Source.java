package io.boshcpi.release;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What the comments of a Java source file say of a type in it. */
public final class Source {
    private static final Pattern CODE = Pattern.compile("\\{@code ([^}]*)}");

    private final String comment;

    private Source(String comment) {
        this.comment = comment;
    }

    /**
     * The comment of a type.
     *
     * @param declaration how its declaration begins: {@code "record DiskProperties("}
     */
    public static Source of(Path file, String declaration) {
        String text = Repository.read(file);
        int end = text.indexOf(declaration);
        int begin = text.lastIndexOf("/**", end);
        if (end < 0 || begin < 0) {
            throw new AssertionError("No comment of " + declaration + " in " + file);
        }
        String comment = text.substring(begin + 3, text.indexOf("*/", begin));
        return new Source(comment.replaceAll("\\s*\\n\\s*\\*? ?", " ").strip());
    }

    /** What the comment says of the type itself: its paragraphs. */
    public String description() {
        String words = comment.contains("@param") ? comment.substring(0, comment.indexOf("@param")) : comment;
        return markdown(words.replaceAll("\\{@link (\\w+)}", "$1")).replaceAll("\\s*<p>\\s*", "\n\n");
    }

    /** What it says of each component, by its name. */
    public Map<String, String> components() {
        Map<String, String> components = new LinkedHashMap<>();
        String[] tags = comment.split("@param ", -1);
        for (int i = 1; i < tags.length; i++) {
            int blank = tags[i].indexOf(' ');
            components.put(tags[i].substring(0, blank), markdown(tags[i].substring(blank)));
        }
        return components;
    }

    private static String markdown(String words) {
        return CODE.matcher(words).replaceAll("`$1`").replaceAll(" {2,}", " ").strip();
    }
}
