package io.boshcpi.lxd.fake.rules;

/** An IPv4 subnet, from the form {@code 10.0.0.1/24} in which networks have it. */
public record Subnet(int address, int prefix) {
    public static Subnet parse(String cidr) {
        int slash = cidr.indexOf('/');
        return new Subnet(number(cidr.substring(0, slash)), Integer.parseInt(cidr.substring(slash + 1)));
    }

    public boolean contains(String other) {
        int mask = prefix == 0 ? 0 : -1 << (32 - prefix);
        return (number(other) & mask) == (address & mask);
    }

    private static int number(String dotted) {
        int number = 0;
        for (String part : dotted.split("\\.", -1)) {
            number = number << 8 | Integer.parseInt(part);
        }
        return number;
    }
}
