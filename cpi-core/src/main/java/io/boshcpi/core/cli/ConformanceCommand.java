package io.boshcpi.core.cli;

import io.boshcpi.conformance.KitCommand;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** The door to the conformance kit, which knows nothing of this host. */
@Command(name = "conformance")
final class ConformanceCommand extends KitCommand {
    ConformanceCommand() {
        super(Commands.resolve(Path.of("")));
    }
}
