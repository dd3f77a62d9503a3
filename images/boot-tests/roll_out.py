"""A roll-out from head office's page down to the image in the other slot, of a hub and of a node, and back to the page. Real: cloud, both brokers, hub, desk, updaters, RAUC.

Head office's bundles lie on a server with a certificate of an authority of its own, and its first connection breaks off in the middle, as connections do.
"""
import hashlib
import http.client
import http.server
import os
import re
import ssl
import subprocess
import threading
import time
import urllib.parse

from branch import on_card
from guest import ARCH, Failed
from head_office import BRANCH, ROOT, HeadOffice
from node_update import BROKEN_NODE, boxes, gives_up, healthy, ready_and_claimed, start_hub, started_anew, works
from updates import LONG, NO_PATIENCE, boot_slot, bundle, slot_of

SERVER, PASSWORD = "10.0.2.101", "correct horse battery staple"
CUT_AT = 30_000_000


class Bundles:
    """Files by HTTPS, from a byte on where it is asked for so."""

    def __init__(self, folder, port):
        self.authority, key = os.path.join(folder, "bundles.crt"), os.path.join(folder, "bundles.key")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=bundles",
                        "-addext", f"subjectAltName=IP:{SERVER}", "-keyout", key, "-out", self.authority], check=True, capture_output=True)
        self.begun = begun = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                path = os.path.join(folder, os.path.basename(self.path))
                first = int(re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", "bytes=0-")).group(1))
                size = os.path.getsize(path)
                self.send_response(206 if first else 200)
                if first:
                    self.send_header("Content-Range", f"bytes {first}-{size - 1}/{size}")
                self.send_header("Content-Length", str(size - first))
                self.end_headers()
                begun.append(first)
                with open(path, "rb") as file:
                    file.seek(first)
                    self.wfile.write(file.read(CUT_AT if len(begun) == 1 else size))
                self.close_connection = True

            def log_message(self, format, *words):  # pylint: disable=redefined-builtin
                pass

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.authority, key)
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        # The handshake is a connection's own affair: one that is refused must not keep the next one waiting.
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def end(self):
        self._server.shutdown()
        self._server.server_close()


class Cloud:
    """The cloud with a database of its own, and somebody of head office at its pages."""

    def __init__(self, folder, port, office):
        self._program = os.path.join(ROOT, "cloud", "EdgeQueue.Cloud", "bin", "Release", "net10.0", "edgequeue-cloud")
        # Never an older one than the source.
        built = subprocess.run(["dotnet", "build", os.path.join(ROOT, "cloud", "EdgeQueue.Cloud"), "-c", "Release", "-nologo", "-v", "q"], capture_output=True, text=True, check=False)
        if built.returncode != 0:
            raise Failed(f"the cloud does not build: {built.stdout[-2000:]}")
        self._address, self._cookie = f"127.0.0.1:{port}", ""
        self._settings = {**os.environ, "EDGEQUEUE_CLOUD_DATABASE": "sqlite:" + os.path.join(folder, "cloud.db"), "EDGEQUEUE_CLOUD_LISTEN": f"http://{self._address}",
                          "EDGEQUEUE_CLOUD_INGEST__BROKERS": f"127.0.0.1:{office.port}", "EDGEQUEUE_CLOUD_INGEST__CERTIFICATES": office.certificates}
        self._log = os.path.join(folder, "cloud.log")
        subprocess.run([self._program, "account", "add", "anna", "--role", "head-office", "--password-stdin"], input=PASSWORD.encode(), env=self._settings, check=True, capture_output=True)
        self._process = subprocess.Popen([self._program, "run"], env=self._settings, stdout=open(self._log, "w", encoding="utf-8"), stderr=subprocess.STDOUT)
        end = time.time() + 120
        while not self._is_ready():
            if time.time() > end or self._process.poll() is not None:
                raise Failed(f"the cloud does not start: {self._said()}")
            time.sleep(0.2)
        entered = self._ask("POST", "/sign-in", {"name": "anna", "password": PASSWORD})
        self._cookie = (entered.headers["Set-Cookie"] or "").split(";")[0]
        if entered.status != 303 or not self._cookie:
            raise Failed(f"signing in: {entered.status}")

    def page(self, path):
        answer = self._ask("GET", path)
        if answer.status != 200:
            raise Failed(f"{path}: {answer.status}")
        return answer.text

    def until(self, path, pattern, seconds, hub):
        end, text = time.time() + seconds, ""
        while time.time() < end:
            text = self.page(path)
            found = re.search(pattern, text)
            if found:
                return found
            time.sleep(1)
        words = " ".join(re.sub(r"<[^>]*>", " ", text).split())
        raise Failed(f"{path} never said {pattern}, but: {words[-2000:]}\n{self._said()[-1000:]}\n{hub.run('journalctl -u edgequeue-updates -u edgequeue-updater -o cat | tail -20', check=False)}")

    def roll_out(self, title, role, version, path):
        """As head office fills in the form; the page of it."""
        with open(path, "rb") as file:
            content = file.read()
        answer = self._ask("POST", "/rollouts", {
            "title": title, "stages": "100", "failures": "0", "pause": "0",
            "bundles": f"edgequeue-{role}-{ARCH} {version} {len(content)} {hashlib.sha256(content).hexdigest()} https://{SERVER}/{os.path.basename(path)}"})
        if answer.status != 303:
            raise Failed(f"the roll-out was refused: {answer.status} {answer.text[-2000:]}")
        return answer.headers["Location"]

    def end(self):
        self._process.terminate()
        self._process.wait()

    def _is_ready(self):
        try:
            return self._ask("GET", "/readyz").status == 200
        except OSError:
            return False

    def _ask(self, method, path, form=None):
        line = http.client.HTTPConnection(self._address, timeout=60)
        try:
            line.request(method, path, urllib.parse.urlencode(form) if form else None,
                         {"Cookie": self._cookie, **({"Content-Type": "application/x-www-form-urlencoded"} if form else {})})
            answer = line.getresponse()
            answer.text = answer.read().decode()
            return answer
        finally:
            line.close()

    def _said(self):
        with open(self._log, encoding="utf-8") as file:
            return file.read()


def done(state):
    return rf'<span class="pill[^"]*">{state}</span>'


def a_roll_out_of_head_office_brings_a_hub_its_image(branch):
    branch.end()
    folder = os.path.join(branch.folder, "roll-out")
    os.makedirs(folder)
    office = HeadOffice(folder, branch.ssh_port + 5)
    branch.office = [office]
    own = boxes(branch, folder, office.card())
    branch.office += [bundles := Bundles(folder, branch.ssh_port + 7), cloud := Cloud(folder, branch.ssh_port + 6, office)]
    own.cloud = cloud
    own.ways = (office.way(), office.way(443, branch.ssh_port + 7, SERVER))
    image = bundle(own, "hub-2", boot_slot(own, "hub-2", role="hub"), role="hub")

    hub = start_hub(own)
    hub.wait("EQ-HEALTHY release-1", LONG)
    hub.until("systemctl is-active edgequeue-updates edgequeue-updater | sort | uniq -c", "2 active", 1800)
    cloud.until("/network", BRANCH, 1800, hub)
    yield f"hub healthy with release 1 in slot {slot_of(hub)}, and head office's page has its branch, {time.time() - hub.began:.0f} s after power"
    page = cloud.roll_out("The hubs, second release", "hub", "hub-2", image)
    said = cloud.until(page, r"A bundle could not be fetched, it is tried again: ([^<]+)", 1800, hub).group(1)
    if bundles.begun or "UntrustedRoot" not in said and "PartialChain" not in said:
        raise Failed(f"a server of an authority that nobody named: {said}, {bundles.begun}")
    yield f"its server's authority is nobody's whom the hub believes, and head office's page says: {said}"

    hub.end()
    with open(bundles.authority, encoding="ascii") as file:
        on_card(own.hub_disk, folder, {"cloud/bundles.crt": file.read()})
    hub = start_hub(own)
    hub.wait("EQ-KNOWN slot=A", LONG)
    began = time.time()
    started_anew(own, hub)
    if len(bundles.begun) != 2 or bundles.begun[0] != 0 or not 0 < bundles.begun[1] <= CUT_AT:
        raise Failed(f"the bundle was asked for from {bundles.begun}")
    yield f"with that authority on the boot partition: asked for from byte {bundles.begun[0]}, cut off, from byte {bundles.begun[1]} on; installed and started anew by itself {time.time() - began:.0f} s after the start"
    hub = start_hub(own)
    healthy(hub, "hub-2", "B")
    cloud.until(page, done("done"), LONG, hub)
    cloud.until("/versions", r"<td>hub-2<", 600, hub)
    yield "healthy in slot B; the roll-out's page says done, and /versions hub-2"


a_roll_out_of_head_office_brings_a_hub_its_image.needed = True


def the_next_brings_a_node_its_image(branch):
    own = branch.devices
    hub, cloud = own.hub, own.cloud
    image = bundle(own, "release-2", boot_slot(own, "release-2", role="node"), role="node")
    node = own.start_node(firmware=True)
    ready_and_claimed(own, node)
    page = cloud.roll_out("The keypads, second release", "node", "release-2", image)
    began = time.time()
    started_anew(own, node)
    yield f"fetched by the hub, then by the node, installed and started anew by itself {time.time() - began:.0f} s after head office's word"
    healthy(own.start_node(firmware=True), "release-2", "B")
    cloud.until(page, done("done"), LONG, hub)
    cloud.until("/versions", r"<td>release-2<", 600, hub)
    yield "release 2 healthy in slot B; the roll-out's page says done, and /versions release-2"
    yield works(own)


the_next_brings_a_node_its_image.needed = True


def one_that_does_not_become_healthy_is_stopped_at_head_office(branch):
    own = branch.devices
    hub, cloud = own.hub, own.cloud
    image = bundle(own, "release-3", boot_slot(own, "release-3", BROKEN_NODE, NO_PATIENCE, role="node"), role="node")
    page = cloud.roll_out("The keypads, third release", "node", "release-3", image)
    node = gives_up(own, "release-3", "release-2")
    yield f"release 3 gives up, release 2 is back by itself in slot {slot_of(node)}"
    cloud.until(page, done("stopped"), LONG, hub)
    why = cloud.until(page, r"came back with version [^<]+", 600, hub).group(0)
    yield f"the roll-out's page says stopped: 'keypad-box' {why}"
    node.wait(r"counter c1 is known: keys are taken", LONG)
    yield works(own)


TESTS = [
    a_roll_out_of_head_office_brings_a_hub_its_image,
    the_next_brings_a_node_its_image,
    one_that_does_not_become_healthy_is_stopped_at_head_office,
]
