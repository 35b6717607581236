package io.boshcpi.lxd.provider.vm;

import io.boshcpi.spi.CpiException;

/**
 * A size by name: {@code c2-m4} has 2 CPUs and 4 GiB of memory.
 *
 * @param cpu number of CPUs
 * @param memoryMib memory in MiB
 */
record InstanceType(int cpu, int memoryMib) {
    static InstanceType parse(String name) {
        int dash = name.indexOf("-m");
        if (!name.startsWith("c") || dash < 0) {
            throw malformed(name);
        }
        return new InstanceType(
                number(name, name.substring(1, dash)),
                Math.multiplyExact(1024, number(name, name.substring(dash + 2))));
    }

    private static int number(String name, String digits) {
        if (digits.isEmpty() || digits.length() > 5 || digits.charAt(0) == '0') {
            throw malformed(name);
        }
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw malformed(name);
            }
            number = 10 * number + digit;
        }
        return number;
    }

    private static CpiException malformed(String name) {
        return CpiException.badRequest("cloud_properties.instance_type is \"" + name
                + "\"; expected is cN-mM for N CPUs and M GiB of memory, such as c2-m4");
    }
}
