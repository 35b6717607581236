"""A real LXD or Incus over its Unix socket or HTTPS: the least that a client can do, for comparison."""

import http.client
import io
import ipaddress
import json
import os
import socket
import subprocess
import tarfile


POOL = "default"
# What both servers do to single creations among many, whoever asks: see docs/performance.md.
FAULTS = ("forkfile.sock", "Failed to begin transaction")

DRIVE_BYTES = 1 << 20

INDEX = """name: {name}
backend: dir
pool: {pool}
optimized: false
optimized_header: false
type: custom
config:
  volume:
    config:
      size: "{size}"
    name: {name}
    type: custom
    content_type: block
"""


class Failure(SystemExit):
    """What a server refused."""


def fingerprint_of(cid):
    """The fingerprint of a stemcell's image."""
    return cid.removeprefix("sc-").split("-")[0]


def config_drive(name, settings):
    """A block volume with those bytes in it, as the backup from which a server makes it."""
    backup = io.BytesIO()
    with tarfile.open(fileobj=backup, mode="w") as tar:
        index = INDEX.format(name=name, pool=POOL, size=DRIVE_BYTES).encode()
        for path, content in (("backup/index.yaml", index), ("backup/volume.img", settings.ljust(DRIVE_BYTES, b"\0"))):
            entry = tarfile.TarInfo(path)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return backup.getvalue()


class Connection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


def is_fault(failure):
    return any(fault in str(failure) for fault in FAULTS)


class Https:
    """Where a server listens for HTTPS, and the files with the certificates and the key."""

    def __init__(self, url, server_certificate, client_certificate, client_key):
        self.url = url
        self.server_certificate = server_certificate
        self.client_certificate = client_certificate
        self.client_key = client_key

    def curl(self, path, *options):
        """The command with which curl asks for a path."""
        certificates = ("--cacert", self.server_certificate, "--cert", self.client_certificate, "--key", self.client_key)
        return ("curl", "-sS", *certificates, *options, self.url + path)

    def configuration(self):
        """The same for the CPI."""
        texts = {}
        for name in ("server_certificate", "client_certificate", "client_key"):
            with open(getattr(self, name), encoding="utf-8") as file:
                texts[name] = file.read()
        return {"url": self.url, **texts}


class Server:
    def __init__(self, name, path, network, subnet, runs_machines, https=None):
        self.runs_machines = runs_machines
        self.https = https
        self.name = name
        self.path = path
        self.network = network
        self.subnet = ipaddress.ip_network(subnet)
        self.connection = Connection(path)

    def another(self):
        """The same server over a connection of its own, as each thread needs it."""
        return Server(self.name, self.path, self.network, str(self.subnet), self.runs_machines, self.https)

    def networks(self, address):
        """What a Director says of the networks of a VM with that address."""
        network = {
            "type": "manual",
            "ip": str(address),
            "netmask": str(self.subnet.netmask),
            "gateway": str(self.subnet[1]),
            "default": ["dns", "gateway"],
            "dns": ["10.0.0.2"],
            "cloud_properties": {"name": self.network},
        }
        return {"default": network}

    def counts(self):
        """How much of what is on it."""
        self.connection.close()  # The server may have closed it meanwhile; the next request opens it again.
        paths = {"VMs": ["instances"], "images": ["images"], "networks": ["networks"], "volumes": []}
        for pool in self.send("GET", "/1.0/storage-pools")["metadata"]:
            paths["volumes"].append(f"storage-pools/{os.path.basename(pool)}/volumes/custom")
        return {kind: sum(len(self.send("GET", f"/1.0/{path}")["metadata"]) for path in of) for kind, of in paths.items()}

    def send(self, method, target, body=None, headers=None):
        content = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        self.connection.request(method, target, content, headers or {})
        reply = json.loads(self.connection.getresponse().read())
        if reply["type"] == "error":
            raise Failure(f"{method} {target}: {reply['error']}")
        return reply

    def finish(self, reply):
        """Waits for the operation, and returns its metadata."""
        operation = self.send("GET", reply["operation"] + "/wait")["metadata"]
        if operation["status_code"] != 200:
            raise Failure(f"{reply['operation']}: {operation['err']}")
        return operation.get("metadata")

    def make(self, name, fingerprint, address, settings):
        """Creates, and does so again after one of the server's own faults; returns those that it met."""
        met = []
        while True:
            try:
                self.create(name, fingerprint, address, settings)
                return met
            except Failure as failure:
                self.remove(name)
                if not is_fault(failure):
                    raise
                met.append(failure)

    def create(self, name, fingerprint, address, settings):
        """A bare creation: create, one file, start. Nothing is looked up, checked or tagged."""
        nic = {"type": "nic", "name": "eth0", "network": self.network, "ipv4.address": str(address)}
        self.finish(
            self.send(
                "POST",
                "/1.0/instances",
                {
                    "name": name,
                    "source": {"type": "image", "fingerprint": fingerprint},
                    "config": {
                        "security.nesting": "true",
                        "limits.cpu": "1",
                        "limits.memory": "1024MiB",
                        "raw.lxc": "lxc.init.cmd = /usr/sbin/runsvdir-start\n"
                        f"lxc.net.0.ipv4.address = {address}/{self.subnet.prefixlen}",
                    },
                    "profiles": [],
                    "devices": {"root": {"type": "disk", "path": "/", "pool": POOL}, "eth0": nic},
                },
            )
        )
        mode = {"X-LXD-mode": "0600", "X-LXD-type": "file", "X-Incus-mode": "0600", "X-Incus-type": "file"}
        path = "/var/vcap/bosh/warden-cpi-agent-env.json"
        self.send("POST", f"/1.0/instances/{name}/files?path={path}", settings, mode)
        self.finish(self.send("PUT", f"/1.0/instances/{name}/state", {"action": "start", "timeout": 30}))

    def make_machine(self, name, fingerprint, address, settings):
        """A bare creation of a virtual machine: import the config drive, create, start."""
        self.finish(
            self.send(
                "POST",
                f"/1.0/storage-pools/{POOL}/volumes/custom",
                config_drive(name, settings),
                {"Content-Type": "application/octet-stream", "X-LXD-name": name, "X-Incus-name": name},
            )
        )
        self.finish(
            self.send(
                "POST",
                "/1.0/instances",
                {
                    "name": name,
                    "type": "virtual-machine",
                    "source": {"type": "image", "fingerprint": fingerprint},
                    "config": {"limits.cpu": "1", "limits.memory": "256MiB", "security.secureboot": "false"},
                    "profiles": [],
                    "devices": {
                        "root": {"type": "disk", "path": "/", "pool": POOL},
                        "eth0": {"type": "nic", "name": "eth0", "network": self.network, "ipv4.address": str(address)},
                        "config": {"type": "disk", "pool": POOL, "source": name, "readonly": "true"},
                    },
                },
            )
        )
        self.finish(self.send("PUT", f"/1.0/instances/{name}/state", {"action": "start", "timeout": 30}))
        return []

    def remove(self, name):
        stop = {"action": "stop", "force": True, "timeout": 30}
        try:
            self.finish(self.send("PUT", f"/1.0/instances/{name}/state", stop))
        except Failure:
            pass  # It does not run.
        while True:
            try:
                self.finish(self.send("DELETE", f"/1.0/instances/{name}"))
                break
            except Failure as failure:
                if "not found" in str(failure):
                    break
                if not is_fault(failure):
                    raise
        try:
            self.send("DELETE", f"/1.0/storage-pools/{POOL}/volumes/custom/{name}")
        except Failure:
            pass  # It is a container and has none.

    def upload(self, metadata, image, part, https=False):
        """Uploads a split image with curl and waits until the server has it; returns the fingerprint."""
        form = ("-F", f"metadata=@{metadata};filename=metadata.tar", "-F", f"{part}=@{image};filename={part}")
        if https:
            command = self.https.curl("/1.0/images", *form)
        else:
            command = ("curl", "-sS", "--unix-socket", self.path, *form, "http://localhost/1.0/images")
        reply = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        return self.finish(reply)["fingerprint"]

    def delete_image(self, fingerprint):
        self.finish(self.send("DELETE", f"/1.0/images/{fingerprint}"))


def all_servers(state):
    """The servers that `.ci/servers up` brought up, or those of them that CPI_TEST_SERVERS names."""
    settings = {}
    with open(os.path.join(state, "env"), encoding="utf-8") as lines:
        for line in lines:
            key, _, value = line.strip().partition("=")
            settings[key] = value
    for name in os.environ.get("CPI_TEST_SERVERS", "lxd,incus").split(","):
        path = settings.get(f"CPI_TEST_{name.upper()}_SOCKET")
        if path and os.path.exists(path):
            prefix = f"CPI_TEST_{name.upper()}_"
            runs_machines = settings.get(prefix + "VMS") == "true"
            client = settings["CPI_TEST_CLIENT_CERT"], settings["CPI_TEST_CLIENT_KEY"]
            https = Https(settings[prefix + "URL"], settings[prefix + "SERVER_CERT"], *client)
            yield Server(name, path, settings[prefix + "NETWORK"], settings[prefix + "SUBNET"], runs_machines, https)
