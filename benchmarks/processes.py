"""Starts processes and measures them from the outside: wall time, processor time, memory."""

import os
import statistics
import time

CREATE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


class Command:
    """A program with its arguments, the file that it reads as stdin, and the file that gets its stdout."""

    def __init__(self, name, arguments, stdin="/dev/null", environment=None, stdout="/dev/null"):
        self.name = name
        self.arguments = [str(argument) for argument in arguments]
        self.stdin = str(stdin)
        self.stdout = str(stdout)
        self.environment = {**os.environ, **(environment or {})}

    def start(self):
        stdin = (os.POSIX_SPAWN_OPEN, 0, self.stdin, os.O_RDONLY, 0)
        stdout = (os.POSIX_SPAWN_OPEN, 1, self.stdout, CREATE, 0o600)
        stderr = (os.POSIX_SPAWN_OPEN, 2, "/dev/null", os.O_WRONLY, 0)
        files = (stdin, stdout, stderr)
        return os.posix_spawnp(self.arguments[0], self.arguments, self.environment, file_actions=files)

    def run(self):
        """Milliseconds from start to end."""
        start = time.perf_counter()
        wait(self.name, self.start())
        return (time.perf_counter() - start) * 1000


def wait(name, pid):
    _, status, _ = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"{name} ended with status {status}")


def together(command, count):
    """Milliseconds until the last of several processes that start at once has ended."""
    start = time.perf_counter()
    for pid in [command.start() for _ in range(count)]:
        wait(command.name, pid)
    return (time.perf_counter() - start) * 1000


def interleaved(rounds, measurements):
    """Calls each measurement once in each round, so that a busy spell of the machine hits all; returns name to values.

    The first round is thrown away: it finds cold caches.
    """
    values = {name: [] for name in measurements}
    for number in range(rounds + 1):
        for name, measure in measurements.items():
            value = measure()
            if number:
                values[name].append(value)
    return values


def median(values):
    return statistics.median(values)


def quartiles(values):
    if len(values) < 2:
        return values[0], values[0]
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, high


def memory(pid):
    """MiB of a process that are in memory."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    raise SystemExit(f"process {pid} is gone")
