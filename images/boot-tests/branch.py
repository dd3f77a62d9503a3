"""A branch of two machines: a hub and a node, with a network between them that nobody else is on."""
import base64
import hashlib
import json
import os
import re
import shutil
import subprocess

from guest import PCI, Failed, Guest

KEYPAD = f"/dev/input/by-path/{PCI}-0000:00:04.0-usb-0:1:1.0-event-kbd"


def offset_of(disk, name):
    table = json.loads(subprocess.run(["sfdisk", "-J", disk], check=True, capture_output=True).stdout)["partitiontable"]["partitions"]
    return next(p["start"] for p in table if p["name"] == name) * 512


def card(image, folder, name, files=None, size="768M"):
    """A card with the image on it, larger than the image, and with what a technician writes on its boot partition."""
    disk = os.path.join(folder, name)
    subprocess.run(["cp", "--sparse=always", os.path.join(image, "disk.img"), disk], check=True)
    subprocess.run(["truncate", "-s", size, disk], check=True)
    on_card(disk, folder, files or {})
    return disk


def on_card(disk, folder, files):
    """As a technician writes them on the boot partition, on another computer."""
    for target, content in files.items():
        path = os.path.join(folder, "to-card")
        with open(path, "w") as file:
            file.write(content)
        esp, skip = f"{disk}@@{offset_of(disk, 'esp')}", {**os.environ, "MTOOLS_SKIP_CHECK": "1"}
        if "/" in target:
            subprocess.run(["mmd", "-D", "s", "-i", esp, f"::/edgequeue/{os.path.dirname(target)}"], check=False, env=skip, stdin=subprocess.DEVNULL, capture_output=True)
        subprocess.run(["mcopy", "-o", "-i", esp, path, f"::/edgequeue/{target}"], check=True, env=skip)


def demonstration():
    """The example branch with PINs that are cheap to check: a press is wanted for three seconds, and an emulated hub needs more for a real one."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples", "branch", "branch.json"), encoding="utf-8") as file:
        branch = json.load(file)
    salt = b"edgequeue-emulated"
    for operator, pin in zip(branch["operators"], (b"1111", b"2222", b"3333", b"4444")):
        digest = hashlib.pbkdf2_hmac("sha256", pin, salt, 1000)
        operator["pinHash"] = f"pbkdf2-sha256$1000${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"
    return branch


def outside(port, *further):
    """A network card of the hub by which this machine reaches its SSH, broker, enrolment and page, and nothing reaches out but by `further`."""
    ways = ",".join(f"hostfwd=tcp:127.0.0.1:{port + more}-:{inside}" for more, inside in ((0, 22), (2, 8883), (3, 8884), (4, 8080)))
    return ["-netdev", ",".join(["user,id=n0,restrict=on", ways, *further]), "-device", "virtio-net-pci,netdev=n0,romfile=,mac=52:54:00:00:00:01"]


class Branch:
    """Hub and node out of their boxes."""

    def __init__(self, hub_image, node_image, folder, port):
        self.folder, self.key = folder, os.path.join(folder, "technician")
        if not os.path.exists(self.key):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.key], check=True)
        self.ssh_port, self.lan_port = port, port + 1
        with open(self.key + ".pub") as file:
            public = file.read()
        device = {
            "v": 1, "model": "keypad of a counter, emulated", "state": "",
            "units": [{"unit": "keypad", "keypad": {"counter": "", "input": KEYPAD}}],
        }
        self.hub_image, self.node_image = hub_image, node_image
        self.hub_disk, self.node_disk = os.path.join(folder, "hub.img"), os.path.join(folder, "node.img")
        # Every write and flush of the hub's card, for crash_states. A small card, because each state is a copy of its data.
        self.hub_log, self.hub_size = os.path.join(folder, "hub.log"), "600M"
        self.hub_files, self.node_files = {"authorized_keys": public, "branch.json": json.dumps(demonstration())}, {"device.json": json.dumps(device)}
        self.hub = self.node = None
        self.is_frozen = False
        # How the hub reaches what is outside.
        self.ways = ()
        # Another branch that a set has built beside this one, and head office's programs: they end with it, however the set ended.
        self.devices, self.office = None, []

    def start_hub(self, further=(), **options):
        if not os.path.exists(self.hub_disk):
            card(self.hub_image, self.folder, "hub.img", self.hub_files, self.hub_size)
            open(self.hub_log, "w").close()
        # A log that is gone on with has its sectors' size in it.
        log = "log-append=on" if options.get("resume") else "log-sector-size=512"
        options.setdefault("drive", [
            "-blockdev", f"driver=file,filename={self.hub_disk},node-name=f0", "-blockdev", f"driver=file,filename={self.hub_log},node-name=l0",
            "-blockdev", f"driver=blklogwrites,node-name=d0,file=f0,log=l0,{log},log-super-update-interval=1",
            "-device", "virtio-blk-pci,drive=d0",
        ])
        self.hub = Guest("hub", self.folder, self.hub_image, self.hub_disk, [
            *outside(self.ssh_port, *self.ways),
            "-netdev", f"socket,id=lan,listen=127.0.0.1:{self.lan_port}", "-device", "virtio-net-pci,netdev=lan,romfile=,mac=52:54:00:00:00:02",
            *further,
        ], **options)
        return self.hub

    def start_node(self, devices=(), **options):
        """Its clock stands in 1970, and it has no network but the branch's."""
        if not os.path.exists(self.node_disk):
            card(self.node_image, self.folder, "node.img", self.node_files)
        # The hub's end of the line must be there: QEMU calls it once, and a machine without a line says nothing.
        self.hub.monitor("query-status")
        self.node = Guest("node", self.folder, self.node_image, self.node_disk, [
            "-rtc", "base=1970-01-01T00:00:00",
            "-device", "qemu-xhci,id=usb,addr=4", "-device", "usb-kbd,bus=usb.0,port=1",
            "-netdev", f"socket,id=lan,connect=127.0.0.1:{self.lan_port}", "-device", "virtio-net-pci,netdev=lan,romfile=,mac=52:54:00:00:00:03",
            *devices,
        ], **options)
        return self.node

    def freeze(self):
        """Keeps both machines as they stand, with their cards, to begin from there again and again."""
        for guest in (self.hub, self.node):
            guest.monitor("stop")
        for guest in (self.hub, self.node):
            guest.freeze(self._frozen(guest.name))
        for file in (self.hub_disk, self.hub_log, self.node_disk):
            subprocess.run(["cp", "--sparse=always", file, file + ".frozen"], check=True)
        self.is_frozen = True

    def thaw(self):
        """Both machines as they were frozen, whatever happened to them since; the line between them too."""
        for guest in (self.node, self.hub):
            guest.end()
        for file in (self.hub_disk, self.hub_log, self.node_disk):
            subprocess.run(["cp", "--sparse=always", file + ".frozen", file], check=True)
        self.start_hub(resume=self._frozen("hub"))
        self.start_node(resume=self._frozen("node"))
        for guest in (self.hub, self.node):
            guest.thaw()

    def _frozen(self, name):
        return os.path.join(self.folder, name + ".memory")

    def type(self, command, check=True):
        """What a technician types at the hub, by SSH with the key of the boot partition."""
        done = subprocess.run(
            ["ssh", "-i", self.key, "-p", str(self.ssh_port), "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR",
             "-o", "ConnectTimeout=120", "-o", "ConnectionAttempts=10", "technician@127.0.0.1", command],
            capture_output=True, text=True, timeout=900, check=False)
        if check and done.returncode != 0:
            raise Failed(f"'{command}' ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def code(self):
        """The claim code as it is read from the node's console."""
        found = self.node.wait(r"At the hub: edgequeue claim (\d{4}) (\d{4})")
        return re.findall(r"At the hub: edgequeue claim (\d{4}) (\d{4})", self.node.said())[-1] if found else None

    def end(self):
        for guest in (self.node, self.hub):
            if guest is not None:
                guest.end()
        if self.devices is not None:
            self.devices.end()
        while self.office:
            self.office.pop().end()

    def remove(self):
        self.end()
        shutil.rmtree(self.folder, ignore_errors=True)
