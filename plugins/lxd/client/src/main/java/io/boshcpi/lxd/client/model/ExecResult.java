package io.boshcpi.lxd.client.model;

/** How a command in a guest ended. Output is what it wrote, decoded as UTF-8. */
public record ExecResult(int exitCode, String stdout, String stderr) {}
