package io.boshcpi.lxd.client.engine;

import io.boshcpi.lxd.client.transport.HttpReply;
import java.io.IOException;

/** Turns an answer into a value. The caller closes the answer. */
public interface ReplyReader<T> {
    /** Reads the answer, or throws what it says if it says that the request failed. */
    T read(Request request, HttpReply reply) throws IOException;
}
