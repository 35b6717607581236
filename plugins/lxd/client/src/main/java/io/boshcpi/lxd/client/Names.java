package io.boshcpi.lxd.client;

import io.boshcpi.lxd.client.LxdException.Kind;

/**
 * Checks names before they become part of a URL. The server checks what it creates more strictly; what matters here is that
 * no name can turn one request into another.
 */
final class Names {
    private static final int LONGEST = 255;

    private Names() {}

    static String check(String what, String name) {
        if (name.isEmpty() || name.length() > LONGEST || name.equals(".") || name.equals("..") || hasForbidden(name)) {
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
        for (int i = 0; i < name.length() && i < LONGEST; i++) {
            char c = name.charAt(i);
            printable.append(Character.isISOControl(c) ? '\ufffd' : c);
        }
        return printable.toString();
    }
}
