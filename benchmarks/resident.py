"""Speaks with a resident host as bin/cpi does, without a process for each call: many callers need little of the machine."""

import os
import socket
import struct
import time


def greeting(home, configuration):
    status = os.stat(configuration)
    state = f"{status.st_dev}:{status.st_ino}:{status.st_size}:{status.st_mtime_ns // 1000}"
    with open(os.path.join(home, "lib", "build"), encoding="utf-8") as build:
        fields = (build.read(), os.path.realpath(home), os.path.realpath(configuration), state, os.getcwd())
    body = b"".join(field.encode() + b"\0" for field in fields)
    return b"BOSHCPI1" + struct.pack(">I", len(body)) + body


def call(path, hello, request):
    """Makes one call and returns its response."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(path)
        connection.sendall(hello)
        if read(connection, 5)[:1] != b"A":
            raise SystemExit("the host refused a call")
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        response = b""
        while True:
            kind, length = struct.unpack(">cI", read(connection, 5))
            content = read(connection, length)
            if kind == b"O":
                response += content
            elif kind == b"E":
                return response


def read(connection, length):
    content = b""
    while len(content) < length:
        part = connection.recv(length - len(content))
        if not part:
            raise SystemExit("the host hung up")
        content += part
    return content


def repeat(path, hello, request, expected, count):
    for _ in range(count):
        response = call(path, hello, request)
        if response != expected:
            raise SystemExit(f"not the expected response: {response!r}")


def callers(path, hello, request, number, calls):
    """Calls per second of several callers, each of which makes so many calls one after the other."""
    expected = call(path, hello, request)
    gate, opener = os.pipe()
    children = []
    for _ in range(number):
        child = os.fork()
        if child == 0:
            os.close(opener)
            os.read(gate, 1)
            repeat(path, hello, request, expected, calls)
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
