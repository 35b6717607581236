package io.boshcpi.lxd.client.engine;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;

/**
 * Checks names before they become part of a URL, so that no name can turn one request into another. The server checks
 * the names of what it creates more strictly.
 */
public final class Names {
    private static final int MAX_LENGTH = 255;

    private Names() {}

    /**
     * Returns the name, or fails with {@link Kind#INVALID}.
     *
     * @param what has the name: {@code "instance"}
     */
    public static String check(String what, String name) {
        if (name.isEmpty()
                || name.length() > MAX_LENGTH
                || name.equals(".")
                || name.equals("..")
                || hasForbidden(name)) {
            throw new LxdException(
                    Kind.INVALID, 0, "", "\"" + printable(name) + "\" cannot be the name of a " + what, null);
        }
        return name;
    }

    private static boolean hasForbidden(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c == 0x7f || "/\\?#%&".indexOf(c) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static String printable(String name) {
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < name.length() && i < MAX_LENGTH; i++) {
            char c = name.charAt(i);
            printable.append(Character.isISOControl(c) ? '\ufffd' : c);
        }
        return printable.toString();
    }
}
