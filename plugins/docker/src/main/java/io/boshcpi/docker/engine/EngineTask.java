package io.boshcpi.docker.engine;

import com.github.dockerjava.api.DockerClient;

/** What one call does with the engine. */
@FunctionalInterface
public interface EngineTask<T> {
    /**
     * Does it.
     *
     * @param docker the engine, within the call's deadline
     * @param undo what has to be undone if the task fails
     */
    T run(DockerClient docker, Undo undo);
}
