package io.boshcpi.lxd.provider.network;

import java.util.ArrayList;
import java.util.List;

/** Ranges of IPv4 addresses in the form of {@code ipv4.dhcp.ranges}: {@code 10.0.0.9-10.0.0.20,10.0.0.30-10.0.0.40}. */
public final class AddressRanges {
    private record Range(long first, long last) {}

    private final List<Range> ranges;

    private AddressRanges(List<Range> ranges) {
        this.ranges = ranges;
    }

    /** Reads them. */
    public static AddressRanges parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String range : text.split(",", -1)) {
            String[] ends = range.strip().split("-", -1);
            ranges.add(new Range(Subnet.number(ends[0]), Subnet.number(ends[ends.length - 1])));
        }
        return new AddressRanges(ranges);
    }

    /** The number of addresses. */
    public long size() {
        long size = 0;
        for (Range range : ranges) {
            size += range.last() - range.first() + 1;
        }
        return size;
    }

    /** Whether one of them contains the address. */
    public boolean contains(String address) {
        long number = Subnet.number(address);
        for (Range range : ranges) {
            if (number >= range.first() && number <= range.last()) {
                return true;
            }
        }
        return false;
    }
}
