"""Speaks with a resident host as bin/cpi does, without a process for each call: many callers need little of the machine.

`python3 benchmarks/resident.py distribution/launcher/vectors.json` checks this against the protocol's test vectors.
"""

import json
import os
import socket
import struct
import sys
import time

import processes

CONTEXT = {"director_uuid": "1f4a0ac2-7c5e-4c4b-8f0c-5f8f7a8c7b11", "request_id": "benchmark"}


def request(method, *arguments, context=CONTEXT):
    """What a Director sends."""
    return json.dumps({"method": method, "arguments": arguments, "context": context, "api_version": 2}).encode()


class Refused(SystemExit):
    """An error as the answer of a call."""

    def __init__(self, method, error):
        super().__init__(f"{method}: {error}")
        self.ok_to_retry = error["ok_to_retry"]


def as_directors_do(repeated, call):
    """Makes a call up to five times if the error says that it may be repeated."""
    for _ in range(4):
        try:
            return call()
        except Refused as error:
            if not error.ok_to_retry:
                raise
            repeated.append(error)
    return call()


def result(method, response):
    """What a response says, if that is no error."""
    told = json.loads(response)
    if told["error"]:
        raise Refused(method, told["error"])
    return told["result"]


class Host:
    """A resident host that runs, and one configuration."""

    def __init__(self, home, configuration, path, process):
        self.path = path
        self.process = process
        self.fields = fields(home, configuration)

    def memory(self):
        return processes.memory(self.process.pid)

    def files(self):
        """How many descriptors it has open."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def ask(self, method, *arguments, context=CONTEXT):
        """Makes a call and returns its result."""
        return result(method, self.call(request(method, *arguments, context=context)))

    def call(self, content):
        """Makes one call and returns its response."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(self.path)
            connection.sendall(encoded((*self.fields, size(content))))
            if receive(connection)[0] != b"A":
                raise SystemExit("the host refused a call")
            connection.sendall(content)
            connection.shutdown(socket.SHUT_WR)
            response = b""
            while True:
                kind, part = receive(connection)
                if kind == b"O":
                    response += part
                elif kind == b"E":
                    return response

    def repeat(self, content, expected, count):
        for _ in range(count):
            response = self.call(content)
            if response != expected:
                raise SystemExit(f"not the expected response: {response!r}")

    def callers(self, content, number, calls):
        """Calls per second of several callers, each of which makes so many calls one after the other."""
        expected = self.call(content)
        gate, opener = os.pipe()
        children = []
        for _ in range(number):
            child = os.fork()
            if child == 0:
                os.close(opener)
                os.read(gate, 1)
                self.repeat(content, expected, calls)
                os._exit(0)
            children.append(child)
        os.close(gate)
        start = time.perf_counter()
        os.close(opener)
        for child in children:
            _, status = os.waitpid(child, 0)
            if status:
                raise SystemExit("a caller failed")
        return number * calls / (time.perf_counter() - start)


def fields(home, configuration):
    """The fields of a greeting that are the same for every call."""
    status = os.stat(configuration)
    state = f"{status.st_dev}:{status.st_ino}:{status.st_size}:{status.st_mtime_ns // 1000}"
    with open(os.path.join(home, "lib", "build"), encoding="utf-8") as build:
        return build.read(), os.path.realpath(home), os.path.realpath(configuration), state, os.getcwd()


def size(content):
    return f"{len(content)}:{sum(content.count(begin) for begin in b'{[,:')}"


def encoded(fields):
    body = b"".join(field.encode() + b"\0" for field in fields)
    return b"BOSHCPI2" + struct.pack(">I", len(body)) + body


def receive(connection):
    """Kind and content of a frame."""
    kind, length = struct.unpack(">cI", read(connection, 5))
    return kind, read(connection, length)


def read(connection, length):
    content = b""
    while len(content) < length:
        part = connection.recv(length - len(content))
        if not part:
            raise SystemExit("the host hung up")
        content += part
    return content


def check(vectors):
    """Fails if a greeting or a frame differs from the test vectors."""
    for greeted in vectors["greetings"]:
        assert encoded(greeted["fields"]).hex() == greeted["hex"], greeted
    for frame in vectors["frames"]:
        here, there = socket.socketpair()
        with here, there:
            here.sendall(bytes.fromhex(frame["hex"]))
            assert receive(there) == (frame["kind"].encode(), frame["content"].encode()), frame
    print(f"{len(vectors['greetings'])} greetings and {len(vectors['frames'])} frames are as they should be")


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        check(json.load(file))
