package io.boshcpi.core.plugin;

/**
 * What every plugin gets from the host, whatever its own jar holds: the SPI and its annotations, SLF4J, PF4J, and the
 * heavy libraries that the distribution brings once. Everything else of the host is out of sight.
 */
final class SharedPackages {
    private static final String[] PREFIXES = {
        "io.boshcpi.spi.",
        "org.pf4j.",
        "org.slf4j.",
        "org.jspecify.annotations.",
        "org.apiguardian.api.",
        "io.boshcpi.json.",
        "com.fasterxml.jackson.",
        "org.apache.hc.",
        "org.conscrypt.",
        "org.newsclub.net.unix.",
        "com.kohlschutter.",
    };

    private SharedPackages() {}

    /** Whether a class comes from the host. */
    static boolean contain(String className) {
        for (String prefix : PREFIXES) {
            if (className.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** The package of a class. */
    static String packageOf(String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? "" : className.substring(0, dot);
    }
}
