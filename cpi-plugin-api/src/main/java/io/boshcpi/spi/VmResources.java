package io.boshcpi.spi;

import org.apiguardian.api.API;

/**
 * The size of a VM that an operator asks for without naming a VM type.
 *
 * @param cpu number of CPUs
 * @param ramMib memory in MiB
 * @param ephemeralDiskMib ephemeral disk in MiB
 */
@API(status = API.Status.STABLE, since = "1.0")
public record VmResources(int cpu, int ramMib, int ephemeralDiskMib) {}
