"""A hub whose boot partition names head office: it is there by itself, and a configuration that head office tells takes the place of the branch's.

Head office is mosquitto on this machine with the project's own configuration and certificates; what the cloud would say is said by its clients.
"""
import base64
import gzip
import hashlib
import json
import os
import socket
import subprocess
import sys
import time

from branch import card, demonstration, outside
from guest import Failed, Guest

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
BRANCH, ADDRESS, INSIDE = "demo", "10.0.2.100", 8883
TOPICS = f"edgequeue/v1/{BRANCH}/"

# The emulated network gives each connection of the hub to this program.
THROUGH = """
import os, socket, sys, threading
line = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
def up():
    while data := os.read(0, 65536):
        line.sendall(data)
    line.shutdown(socket.SHUT_WR)
threading.Thread(target=up, daemon=True).start()
while data := line.recv(65536):
    while data:
        data = data[os.write(1, data):]
"""


class HeadOffice:
    """The cloud's broker, and an ear at it."""

    def __init__(self, folder, port, branches=(BRANCH,)):
        self.folder, self.port, self.certificates = folder, port, os.path.join(folder, "cloud")
        with open(os.path.join(folder, "through.py"), "w", encoding="ascii") as file:
            file.write(THROUGH)
        tool = os.path.join(ROOT, "artifacts", "publish", "tool", "edgequeue")
        subprocess.run([tool, "cloud-certificates", "--out", self.certificates, *(w for b in branches for w in ("--branch", b)), "--host", "127.0.0.1", "--host", ADDRESS],
                       check=True, capture_output=True)
        for name in ("cloud.conf", "cloud.acl"):
            with open(os.path.join(ROOT, "broker-config", name), encoding="utf-8") as file:
                text = file.read()
            for word, value in (("@PORT@", f"{port} 127.0.0.1"), ("@CONFIG@", folder), ("@CERTIFICATES@", self.certificates)):
                text = text.replace(word, value)
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                # The folder is root's alone; without this line mosquitto would become somebody else.
                file.write(text + ("\nuser root\n" if name == "cloud.conf" else ""))
        self._log, self._heard = os.path.join(folder, "office.log"), os.path.join(folder, "office.heard")
        self._broker = subprocess.Popen(["mosquitto", "-c", os.path.join(folder, "cloud.conf")], stderr=open(self._log, "w", encoding="utf-8"))
        end = time.time() + 60
        while not self._listens():
            if time.time() > end or self._broker.poll() is not None:
                raise Failed(f"the cloud's broker does not start: {self._read(self._log)}")
            time.sleep(0.1)
        # The hub's `events` are listened to, so that its broker does not say that nobody is there; they are not acknowledged here.
        self._ear = subprocess.Popen(self._client("mosquitto_sub", "ear") + [w for t in ("config/held", "update/held", "live", "events") for w in ("-t", TOPICS + t)] + ["-F", "%t %p"],
                                     stdout=open(self._heard, "w", encoding="utf-8"))

    def way(self, inside=INSIDE, port=None, address=ADDRESS):
        """How a hub reaches a port of this machine: head office's broker, unless it is said which."""
        return f"guestfwd=tcp:{address}:{inside}-cmd:{sys.executable} {self.folder}/through.py {port or self.port}"

    def card(self):
        """The folder `cloud` of the boot partition."""
        files = {"cloud/address": f"# head office\n{ADDRESS}:{INSIDE}\n"}
        for name in ("authority.crt", f"{BRANCH}.crt", f"{BRANCH}.key"):
            files["cloud/" + name] = self._read(os.path.join(self.certificates, name))
        return files

    def reports(self, topic="config/held"):
        """What the hub said on it, oldest first."""
        start = f"{TOPICS}{topic} "
        return [json.loads(line[len(start):]) for line in self._read(self._heard).splitlines() if line.startswith(start)]

    def wait(self, guest, what, accepted, since=0, seconds=1800, topic="config/held"):
        end = time.time() + seconds
        while time.time() < end:
            found = [report for report in self.reports(topic)[since:] if accepted(report)]
            if found:
                return found[-1]
            time.sleep(0.5)
        raise Failed(f"{what} was never said; heard: {self.reports(topic)[-1:]}\n{self._read(self._log)[-1000:]}\n{guest.run('journalctl -u edgequeue-hub -u edgequeue-setup -o cat | tail -20')}")

    def tell(self, document, over):
        """A configuration as the cloud tells it (device/EdgeQueue.Core/Contracts/Cloud/ConfigurationMessage.cs)."""
        content = json.dumps(document, ensure_ascii=False, indent=2).encode()
        message = {"v": 1, "revision": document["revision"], "sha256": hashlib.sha256(content).hexdigest(),
                   "document": base64.b64encode(gzip.compress(content)).decode(), "over": over}
        self._say("config", message)

    def wish(self, number):
        """A release for a kind of device that this branch has none of (device/EdgeQueue.Core/Contracts/Updates/WishMessages.cs)."""
        self._say("update", {"v": 1, "number": number, "bundles": [{"compatible": "edgequeue-node-none", "version": "release-2", "size": 1000, "sha256": "0" * 64}]})

    def _say(self, topic, message):
        subprocess.run(self._client("mosquitto_pub", "mouth") + ["-t", TOPICS + topic, "-q", "1", "-s"], input=json.dumps(message).encode(), check=True, timeout=60)

    def end(self):
        for process in (self._ear, self._broker):
            process.terminate()
            process.wait()

    def _listens(self):
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.port)) == 0

    def _client(self, program, name):
        own = os.path.join(self.certificates, "_cloud")
        return [program, "-V", "5", "-i", f"_cloud/{name}", "-h", "127.0.0.1", "-p", str(self.port),
                "--cafile", os.path.join(self.certificates, "authority.crt"), "--cert", own + ".crt", "--key", own + ".key"]

    @staticmethod
    def _read(path):
        with open(path, encoding="utf-8") as file:
            return file.read()


def head_office_is_found_by_the_boot_partition_and_its_configuration_is_in_force_and_stays(branch):
    branch.end()
    folder = os.path.join(branch.folder, "office")
    os.makedirs(folder)
    office = HeadOffice(folder, branch.ssh_port + 5)
    disk = card(branch.hub_image, branch.folder, "office.img", {**branch.hub_files, **office.card()}, branch.hub_size)
    hub = None
    try:
        hub = Guest("office", branch.folder, branch.hub_image, disk, outside(branch.ssh_port, office.way()))
        first = office.wait(hub, "the configuration of the first boot", lambda report: report["revision"] == 1)
        yield f"the hub is at head office {time.time() - hub.began:.0f} s after power, with revision {first['revision']}"
        key = hub.run(f"ls /boot/edgequeue/cloud; stat -c '%a %U' /data/edgequeue/cloud /data/edgequeue/cloud/{BRANCH}.key")
        if f"{BRANCH}.key" in key.split("700")[0] or "700 edgequeue-hub\n600 edgequeue-hub" not in key:
            raise Failed(f"the key did not move into the device: {key}")

        told = demonstration()
        told["revision"], told["name"]["en"] = 7, "Told by head office"
        office.tell(told, first["sha256"])
        held = office.wait(hub, "revision 7", lambda report: report["revision"] == 7 or "rejected" in report)
        if held["revision"] != 7:
            raise Failed(f"the hub rejects it: {held['rejected']}")
        yield "a configuration that head office tells: in force"
        listing = hub.run("stat -c '%a %U:%G %n' /data/edgequeue/branch /data/edgequeue/branch/*")
        yield listing.replace("\n", ", ")
        inside = hub.run("jq -cM '[.revision, .name.en]' /data/edgequeue/branch/branch.json")
        if json.loads(inside) != [7, "Told by head office"]:
            raise Failed(f"branch.json is not what head office told: {inside!r}")
        # Both services read it at their start, and the registrar is another user.
        hub.run("systemctl stop edgequeue-registrar edgequeue-hub", 1800)
        said = len(office.reports())
        hub.run("systemctl start edgequeue-registrar edgequeue-hub", 1800)
        hub.until("systemctl is-active edgequeue-registrar edgequeue-hub | sort | uniq -c", r"2 active", 1800)
        office.wait(hub, "revision 7 after a restart", lambda report: report["revision"] == 7, said)
        yield "hub and registrar started anew: it stays"

        broken = dict(told, revision=8, timeZone="Europe/Nowhere")
        office.tell(broken, held["sha256"])
        rejected = office.wait(hub, "why revision 8 is rejected", lambda report: "rejected" in report)
        if rejected["revision"] != 7 or hub.run("jq -rM .revision /data/edgequeue/branch/branch.json") != "7":
            raise Failed(f"a faulty configuration: {rejected}")
        yield f"a faulty one: {rejected['rejected']['faults'][0]}"

        # By the hub into the desk's folder, and the desk's answer back: three users' files.
        office.wish(3)
        report = office.wait(hub, "how far wish 3 is", lambda report: report["number"] == 3, topic="update/held")
        yield f"a roll-out that head office wishes reaches the desk, and its report head office: {report}"
    finally:
        if hub is not None:
            hub.end()
        office.end()


def a_hub_shows_a_code_and_head_office_that_types_it_has_a_branch_more(branch):
    """Nothing but head office's address is on the card: the key is made in the hub and stays there."""
    branch.end()
    folder = os.path.join(branch.folder, "office-by-code")
    os.makedirs(folder)
    office, hearing = HeadOffice(folder, branch.ssh_port + 5, ()), branch.ssh_port + 1
    published = os.path.join(ROOT, "artifacts", "publish")
    with open(os.path.join(folder, "desk.said"), "w", encoding="utf-8") as said:
        desk = subprocess.Popen([os.path.join(published, "hub", "edgequeue-hub"), "head-office", "--certificates", office.certificates, "--broker", f"{ADDRESS}:{INSIDE}",
                                 "--listen", f"127.0.0.1:{hearing}"], stdin=subprocess.PIPE, stdout=said, stderr=subprocess.STDOUT, text=True)
    disk = card(branch.hub_image, branch.folder, "joining.img", {**branch.hub_files, "cloud/head-office": f"{ADDRESS}\n"}, branch.hub_size)
    hub = None
    try:
        hub = Guest("joining", branch.folder, branch.hub_image, disk, outside(branch.ssh_port, office.way(), office.way(8884, hearing)))
        code = hub.wait(r"At head office, type: (\d{4} \d{4}) demo", 1800).group(1)
        yield f"the hub shows its code {time.time() - hub.began:.0f} s after power"
        desk.stdin.write(f"{code} {BRANCH}\n")
        desk.stdin.flush()
        began = time.time()
        office.wait(hub, "the configuration of a branch that has joined", lambda report: report["revision"] == 1)
        with open(os.path.join(folder, "desk.said"), encoding="utf-8") as file:
            yield f"head office: {[line for line in file.read().splitlines() if 'is one of' in line][-1]}; the hub speaks to it {time.time() - began:.0f} s after the code was typed"
        kept = hub.run("stat -c '%a %U %n' /data/edgequeue/cloud/* && ls /boot/edgequeue/cloud")
        if f"600 edgequeue-hub /data/edgequeue/cloud/{BRANCH}.key" not in kept or kept.endswith(".key"):
            raise Failed(f"what is kept of it: {kept}")
        yield kept.replace("\n", ", ")
        yield "edgequeue-join: " + hub.run("systemd-analyze security --no-pager edgequeue-join.service | tail -1")
        said = len(office.reports())
        hub.run("systemctl restart edgequeue-setup", 1800)
        office.wait(hub, "the same after all services began anew", lambda report: report["revision"] == 1, said)
        yield "all services started anew: it is head office's still, and nobody is asked"
    finally:
        if hub is not None:
            hub.end()
        desk.terminate()
        desk.wait()
        office.end()


TESTS = [a_hub_shows_a_code_and_head_office_that_types_it_has_a_branch_more, head_office_is_found_by_the_boot_partition_and_its_configuration_is_in_force_and_stays]
