"""Many VMs and many calls at once, on a real server, and what is left of them: objects, descriptors, memory."""

import concurrent.futures
import os
import random
import time

from resident import as_directors_do

CALLERS = 32


def load(bench, server, host, stemcell):
    before = server.counts()
    many_vms(bench, server, host, stemcell)
    many_calls(bench, server, host)
    for kind, count in server.counts().items():
        bench.row(f"{kind} left on {server.name}", [count - before[kind]], "", limit=0, target="0")


def at_once(number, work, items):
    """Seconds until all is done; whatever fails fails this, once all have ended."""
    start = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(number) as threads:
        results = [threads.submit(work, item) for item in items]
    for result in results:
        result.result()
    return time.perf_counter() - start


def many_vms(bench, server, host, stemcell):
    """Each VM has an ephemeral disk and a fixed address; all are made at once, and deleted at once."""
    count, made, repeated = bench.size.vms, [], []

    def create(number):
        agent, networks = f"load-{os.getpid()}-{number}", server.networks(server.subnet[2 + number])
        properties = {"cpu": 1, "memory": 128, "ephemeral_disk": 64}
        arguments = agent, cid, properties, networks, [], {}
        made.append(as_directors_do(repeated, lambda: host.ask("create_vm", *arguments))[0])

    cid = host.ask("create_stemcell", stemcell, {"name": "load", "version": "1"})
    try:
        try:
            taken = at_once(count, create, range(count))
        finally:
            deleted = at_once(count, lambda vm: host.ask("delete_vm", vm), made)
    finally:
        host.ask("delete_stemcell", cid)
    bench.row(f"{count} `create_vm` at once, {server.name}", [taken], "s")
    bench.row("of them repeated, since the answer was `ok_to_retry`", [len(repeated)], "")
    bench.row(f"{count} `delete_vm` at once, {server.name}", [deleted], "s")


def many_calls(bench, server, host):
    """Calls of many Directors with many CPI configurations. The first half is the measure of the second."""
    count, dice = bench.size.load_calls, random.Random(1)

    def context():
        """As a CPI config brings it: the host keeps a cloud for each of the last 16."""
        return {
            "director_uuid": f"load-{dice.randrange(100)}",
            "request_id": f"load-{dice.randrange(10**9)}",
            "log_level": dice.choice(("debug", "info", "warn", "error")),
            "call_timeout": dice.randrange(60, 3600),
            "lxd": {"storage_pool": dice.choice(("default", "dir")), "network": f"{server.network}{dice.randrange(20)}"},
        }

    def call(chosen):
        method, given = chosen
        if method == "create_disk":
            disk = host.ask(method, 16, {}, None, context=given)
            host.ask("delete_disk", disk, context=given)
        else:
            host.ask(method, *({"has_vm": ["vm-1"], "has_disk": ["disk-1"]}.get(method, [])), context=given)

    def half():
        kinds = ("has_vm",) * 12 + ("has_disk",) * 4 + ("info",) * 3 + ("create_disk",)
        return at_once(CALLERS, call, [(dice.choice(kinds), context()) for _ in range(count // 2)])

    half()
    files, memory = host.files(), host.memory()
    taken = half()
    bench.row(f"calls with random contexts, {server.name}", [count / 2 / taken], "calls/s")
    title = f"descriptors of the host after {count // 2:,} of them, {server.name}"
    bench.row(title, [files], "")
    # How many connections are idle at that moment varies by some; a leak of one in a hundred calls goes beyond this.
    bench.row(f"descriptors after {count:,}", [host.files()], "", limit=200, target="≤ 200")
    bench.row(f"memory of the host after {count // 2:,}", [memory], "MiB", limit=120, target="≤ 120 MiB")
    bench.row(f"memory after {count:,}", [host.memory()], "MiB", memory, limit=1.1, target="≤ 1.1 of before")
