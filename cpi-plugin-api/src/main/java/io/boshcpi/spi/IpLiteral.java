package io.boshcpi.spi;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses as literals: nothing here ever asks a name server. */
final class IpLiteral {
    private IpLiteral() {}

    static String check(PropertyTree settings, String key, String value) {
        if (!isLiteral(value)) {
            throw settings.wrong(key, "is not an IP address");
        }
        return value;
    }

    static String checkMask(PropertyTree settings, String value) {
        if (!isLiteral(value) || !isMask(value)) {
            throw settings.wrong("netmask", "is not a netmask such as 255.255.255.0");
        }
        return value;
    }

    static int prefixLength(String mask) {
        return new BigInteger(1, bytes(mask)).bitCount();
    }

    static boolean isIpv6(String literal) {
        return literal.indexOf(':') >= 0;
    }

    /** Whether that {@code prefix} of a network is a single address: Directors say 32 or 128 then. */
    static boolean isSingleAddress(String prefix) {
        return prefix.equals("32") || prefix.equals("128");
    }

    /** A network in CIDR notation, after checking that its first address is the one given. */
    static String network(PropertyTree settings, String ip, String prefix) {
        byte[] address = bytes(ip);
        int bits = address.length * 8;
        int length = length(prefix);
        if (length < 1 || length > bits) {
            throw settings.wrong("prefix", "is not a length from 1 to " + bits);
        }
        if (new BigInteger(1, address).getLowestSetBit() < bits - length && new BigInteger(1, address).signum() != 0) {
            throw settings.wrong("prefix", "is " + length + ", but ip is not the first address of such a prefix");
        }
        return ip + "/" + length;
    }

    /** The text as a length, or 0 if it is none. */
    private static int length(String text) {
        boolean isNumber = !text.isEmpty() && text.length() <= 3;
        for (int i = 0; i < text.length(); i++) {
            isNumber &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return isNumber ? Integer.parseInt(text) : 0;
    }

    /** The last address of an IPv4 subnet. */
    static String broadcast(String ip, String mask) {
        byte[] address = bytes(ip);
        byte[] network = bytes(mask);
        StringBuilder last = new StringBuilder();
        for (int i = 0; i < address.length; i++) {
            last.append(i == 0 ? "" : ".").append((address[i] | ~network[i]) & 0xff);
        }
        return last.toString();
    }

    private static boolean isMask(String value) {
        byte[] bytes = bytes(value);
        BigInteger bits = new BigInteger(1, bytes);
        int ones = bits.bitCount();
        BigInteger expected =
                BigInteger.ONE.shiftLeft(ones).subtract(BigInteger.ONE).shiftLeft(bytes.length * 8 - ones);
        return bits.equals(expected);
    }

    private static boolean isLiteral(String value) {
        if (isIpv6(value)) {
            return value.chars().allMatch(c -> "0123456789abcdefABCDEF:.".indexOf(c) >= 0) && parses(value);
        }
        String[] parts = value.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (part.isEmpty()
                    || part.length() > 3
                    || !part.chars().allMatch(c -> c >= '0' && c <= '9')
                    || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    private static boolean parses(String literal) {
        try {
            InetAddress.getByName(literal);
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static byte[] bytes(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("Not an address: " + literal, e);
        }
    }
}
