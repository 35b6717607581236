package io.boshcpi.lxd.client.engine;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A path below {@code /1.0} and its query, encoded as they are added. Immutable. */
public final class Url {
    private final String path;
    private final String query;

    private Url(String path, String query) {
        this.path = path;
        this.query = query;
    }

    /**
     * A URL without a query.
     *
     * @param path a constant, or one that the server itself gave
     */
    public static Url of(String path) {
        return new Url(path, "");
    }

    /** Appends one more name to the path; it must have been checked by {@link Names}. */
    public Url child(String name) {
        return new Url(path + '/' + encoded(name), query);
    }

    /** Appends constant text, such as {@code "/state"}. */
    public Url plus(String suffix) {
        return new Url(path + suffix, query);
    }

    /** Adds a parameter. */
    public Url with(String parameter, String value) {
        return new Url(path, query + (query.isEmpty() ? '?' : '&') + parameter + '=' + encoded(value));
    }

    /** Adds a parameter unless its value is null. */
    public Url withIf(String parameter, @Nullable String value) {
        return value == null ? this : with(parameter, value);
    }

    /** The path without the query. */
    public String path() {
        return path;
    }

    /** What goes into the request line. */
    String target() {
        return path + query;
    }

    /** The decoded last name of a URL that the server gave, without its query. */
    public static String lastSegment(String url) {
        int query = url.indexOf('?');
        String path = query < 0 ? url : url.substring(0, query);
        return URLDecoder.decode(path.substring(path.lastIndexOf('/') + 1), StandardCharsets.UTF_8);
    }

    /** Encodes text for a path or a query. */
    public static String encoded(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                // Made for forms, it writes a space as '+', which means '+' in a path.
                return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
            }
        }
        return text;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.';
    }

    @Override
    public String toString() {
        return target();
    }
}
