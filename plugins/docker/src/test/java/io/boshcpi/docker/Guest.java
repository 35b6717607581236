package io.boshcpi.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs commands in a VM. */
record Guest(DockerClient docker, String container) {
    private static final long PATIENCE_MILLIS = 60_000;

    private record Result(long status, String output) {}

    /** What a command prints. */
    String run(String... command) throws InterruptedException {
        Result result = result(command);
        if (result.status != 0) {
            throw new AssertionError(String.join(" ", command) + " ended with " + result.status + ": " + result.output);
        }
        return result.output;
    }

    /** The answer of the agent. */
    String agent(String... request) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("/var/vcap/bosh/bin/bosh-agent", "call"));
        command.addAll(List.of(request));
        return run(command.toArray(new String[0]));
    }

    /** Repeats a command until it prints that. */
    void await(String output, String... command) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        String last = "";
        while (System.nanoTime() < end) {
            last = result(command).output;
            if (last.equals(output)) {
                return;
            }
            Thread.sleep(200);
        }
        throw new AssertionError(String.join(" ", command) + " printed \"" + last + "\" to the end");
    }

    private Result result(String... command) throws InterruptedException {
        String exec;
        StringBuilder output = new StringBuilder();
        exec = docker.execCreateCmd(container)
                .withCmd(command)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        docker.execStartCmd(exec)
                .exec(new ResultCallback.Adapter<Frame>() {
                    @Override
                    public void onNext(Frame frame) {
                        output.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                    }
                })
                .awaitCompletion();
        Long status = docker.inspectExecCmd(exec).exec().getExitCodeLong();
        return new Result(status == null ? -1 : status, output.toString().strip());
    }
}
