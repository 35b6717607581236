package io.boshcpi.lxd.provider.network;

import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * An IPv4 subnet.
 *
 * @param first its first address as a number
 * @param prefixLength 8 to 30
 * @param gateway its gateway's address
 */
public record Subnet(long first, int prefixLength, String gateway) {
    /** The search for free subnets goes through 10.128.0.0/9, which hosts themselves rarely use. */
    private static final long POOL_FIRST = 0x0a80_0000L;

    private static final int POOL_PREFIX = 9;
    private static final int TRIES = 4096;

    /** Reads CIDR notation. Without a gateway, the first address is the gateway. */
    static Subnet parse(String cidr, Optional<String> gateway) {
        Subnet subnet = containing(cidr);
        if (!cidr.startsWith(address(subnet.first) + "/")) {
            throw CpiException.badRequest(
                    "The range " + cidr + " is not the beginning of a subnet; that would be " + subnet);
        }
        return new Subnet(subnet.first, subnet.prefixLength, gateway.orElse(subnet.gateway));
    }

    /** The subnet of an address in CIDR notation. */
    public static Subnet containing(String cidr) {
        int slash = cidr.indexOf('/');
        try {
            int prefixLength = Integer.parseInt(cidr.substring(slash + 1));
            long address = number(cidr.substring(0, slash));
            if (slash > 0 && prefixLength >= 8 && prefixLength <= 30) {
                long first = address & mask(prefixLength);
                return new Subnet(first, prefixLength, address(first + 1));
            }
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new CpiException(ErrorType.CPI_ERROR, malformed(cidr), e);
        }
        throw CpiException.badRequest(malformed(cidr));
    }

    /** A subnet of that size that overlaps none of the others. */
    static Subnet free(int prefixLength, List<Subnet> taken, Random random) {
        if (prefixLength <= POOL_PREFIX || prefixLength > 30) {
            throw CpiException.badRequest("netmask_bits is " + prefixLength + "; 10 to 30 are possible");
        }
        for (int i = 0; i < TRIES; i++) {
            long first = (POOL_FIRST + (random.nextInt(1 << 23) & 0x7f_ffffL)) & mask(prefixLength);
            Subnet candidate = new Subnet(first, prefixLength, address(first + 1));
            if (!candidate.overlapsAny(taken)) {
                return candidate;
            }
        }
        throw new CpiException(
                ErrorType.CLOUD_ERROR, "No free subnet of " + prefixLength + " bits was found in 10.128.0.0/9");
    }

    private boolean overlapsAny(List<Subnet> others) {
        for (Subnet other : others) {
            if (overlaps(other)) {
                return true;
            }
        }
        return false;
    }

    boolean overlaps(Subnet other) {
        long mask = mask(Math.min(prefixLength, other.prefixLength));
        return (first & mask) == (other.first & mask);
    }

    private static long mask(int prefixLength) {
        return 0xffff_ffffL << (32 - prefixLength) & 0xffff_ffffL;
    }

    /** The number of addresses for hosts. */
    public long hosts() {
        return (1L << (32 - prefixLength)) - 2;
    }

    /** Whether it contains an IPv4 address; false for any other text with no dots. */
    public boolean contains(String address) {
        return address.indexOf('.') > 0 && (number(address) & mask(prefixLength)) == first;
    }

    /** Its last quarter as a range: {@code 10.30.0.192-10.30.0.254}. */
    public String upperQuarter() {
        long size = 1L << (32 - prefixLength);
        return address(first + size - size / 4) + "-" + address(first + size - 2);
    }

    /** An IPv4 address as a number. */
    static long number(String address) {
        String[] parts = address.split("\\.", -1);
        if (parts.length != 4) {
            throw new NumberFormatException(address);
        }
        long number = 0;
        for (String part : parts) {
            int octet = Integer.parseInt(part);
            if (octet < 0 || octet > 255) {
                throw new NumberFormatException(part);
            }
            number = number << 8 | octet;
        }
        return number;
    }

    private static String address(long number) {
        return (number >> 24) + "." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    }

    private static String malformed(String cidr) {
        return "The range \"" + cidr + "\" is no IPv4 subnet such as 10.30.0.0/24";
    }

    @Override
    public String toString() {
        return address(first) + "/" + prefixLength;
    }
}
