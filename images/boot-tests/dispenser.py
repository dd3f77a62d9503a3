"""A dispenser as the hub hears it: MQTT 3.1.1 by TLS from outside the machine, with a certificate of the branch. It presses, and keeps what was answered."""
import json
import os
import secrets
import socket
import ssl
import time

from guest import Failed

NODE, UNIT, BRANCH = "dispenser-1", "tickets", "demo"
SERVICES = ("general", "cash", "family", "housing")
COMMANDS, REPLIES = f"edgequeue/v1/{BRANCH}/cmd/{NODE}/{UNIT}", f"edgequeue/v1/{BRANCH}/reply/{NODE}/{UNIT}"


def text(value):
    content = value if isinstance(value, bytes) else value.encode()
    return len(content).to_bytes(2, "big") + content


def packet(kind, body):
    length, rest = b"", len(body)
    while True:
        rest, digit = divmod(rest, 128)
        length += bytes([digit | (128 if rest else 0)])
        if not rest:
            return bytes([kind]) + length + body


class Dispenser:
    """Presses have ids; one that was not answered is said again, byte for byte the same, after the next connection (DESIGN.md §7)."""

    def __init__(self, folder, port):
        self.port, self.labels, self.open = port, {}, {}
        self._context = ssl.create_default_context(cafile=os.path.join(folder, "authority.crt"))
        self._context.load_cert_chain(os.path.join(folder, NODE + ".crt"), os.path.join(folder, NODE + ".key"))
        self._socket, self._heard, self._seen, self._sent, self._pressed = None, b"", None, 0, 0

    def connect(self, seconds):
        """Until the broker takes it in and gives it its replies."""
        end, why = time.time() + seconds, ""
        while time.time() < end:
            try:
                plain = socket.create_connection(("127.0.0.1", self.port), 60)
                self._socket, self._heard = self._context.wrap_socket(plain, server_hostname="edgequeue-hub.local"), b""
                self._socket.settimeout(60)
                self._socket.sendall(packet(0x10, text("MQTT") + b"\x04\x02\x00\x3c" + text(f"{NODE}/{UNIT}")))
                self._expect(0x20, b"\x00\x00")
                self._socket.sendall(packet(0x82, b"\x00\x01" + text(REPLIES) + b"\x00"))
                self._expect(0x90, b"\x00\x01\x00")
                for message in self.open.values():
                    self._publish(message)
                return
            except OSError as fault:
                why = str(fault)
                time.sleep(1)
        raise Failed(f"the broker does not take the dispenser in: {why}")

    def press(self):
        press = secrets.token_hex(16)
        message = {"v": 1, "id": press, "seen": self._seen, "command": {"type": "issueTicket", "press": press, "service": self._service(), "language": "nb"}, "withdraw": False}
        self.open[press] = json.dumps(message).encode()
        self._say([self.open[press]])

    def _service(self):
        """One after the other: a queue has not more than a thousand numbers a day."""
        self._pressed += 1
        return SERVICES[self._pressed % len(SERVICES)]

    def again(self):
        """What the hub did not hear, because it came after its broker, it hears now."""
        self._say(list(self.open.values()))

    def hear(self, seconds):
        """How many presses were answered meanwhile."""
        had, end = len(self.labels), time.time() + seconds
        while time.time() < end and len(self.labels) == had:
            self._socket.settimeout(max(0.01, end - time.time()))
            try:
                self._take(self._next())
            except TimeoutError:
                break
            except OSError:
                self.connect(600)
        return len(self.labels) - had

    def _take(self, heard):
        kind, body = heard
        if kind & 0xF0 != 0x30:
            return
        reply = json.loads(body[2 + int.from_bytes(body[:2], "big"):])
        if "ticket" not in reply:
            raise Failed(f"the hub refused a ticket: {reply}")
        press, label = reply["id"], reply["ticket"]["label"]
        if self.labels.setdefault(press, label) != label:
            raise Failed(f"one press, two answers: {self.labels[press]} and {label}")
        self.open.pop(press, None)
        self._seen = {"journal": reply["journal"], "seq": reply["seq"]}

    def _say(self, messages):
        try:
            self._socket.settimeout(60)
            for message in messages:
                self._publish(message)
        except OSError:
            # All that is open is said again there.
            self.connect(600)

    def _publish(self, message):
        self._sent += 1
        self._socket.sendall(packet(0x32, text(COMMANDS) + (self._sent % 65535 + 1).to_bytes(2, "big") + message))

    def _expect(self, kind, body):
        heard = self._next()
        if heard != (kind, body):
            raise OSError(f"the broker answered {heard}")

    def _next(self):
        while True:
            found = self._cut()
            if found:
                return found
            more = self._socket.recv(65536)
            if not more:
                raise ConnectionResetError("the broker hung up")
            self._heard += more

    def _cut(self):
        """The next whole packet, taken off what was heard; None: there is none yet."""
        length = shift = 0
        for at, digit in enumerate(self._heard[1:5], 1):
            length |= (digit & 127) << shift
            shift += 7
            if not digit & 128:
                if len(self._heard) < at + 1 + length:
                    return None
                found = self._heard[0], self._heard[at + 1:at + 1 + length]
                self._heard = self._heard[at + 1 + length:]
                return found
        return None
