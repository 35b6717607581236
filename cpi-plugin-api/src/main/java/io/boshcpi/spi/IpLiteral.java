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

    private static boolean isMask(String value) {
        byte[] bytes = bytes(value);
        BigInteger bits = new BigInteger(1, bytes);
        int ones = bits.bitCount();
        BigInteger expected =
                BigInteger.ONE.shiftLeft(ones).subtract(BigInteger.ONE).shiftLeft(bytes.length * 8 - ones);
        return bits.equals(expected);
    }

    private static boolean isLiteral(String value) {
        if (value.indexOf(':') >= 0) {
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
