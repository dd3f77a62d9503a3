"""A machine in QEMU, by software emulation: its console, its monitor, and a shell on its second serial port.

The shell is not in the image: an archive behind the initial ramdisk brings it, so what is tested is the image as it is.
"""
import json
import os
import re
import socket
import subprocess
import time

# One is the better number where the host gives a machine less than a whole core: two would wait for each other.
CPUS = os.environ.get("EDGEQUEUE_CPUS", "2")

# Which images are booted, and in what. Both boards have a PCI bus of the same form, so that what hangs at it is the same.
ARCH = os.environ.get("EDGEQUEUE_ARCH", "amd64")
if ARCH == "arm64":
    QEMU = ["qemu-system-aarch64", "-machine", "virt,gic-version=3", "-accel", "tcg,thread=multi,tb-size=512", "-cpu", "max,pauth-impdef=on"]
    FIRMWARE = ["-bios", "/usr/share/qemu-efi-aarch64/QEMU_EFI.fd"]
    CONSOLE, SHELL, PCI = "ttyAMA0", "ttyS0", "platform-4010000000.pcie-pci"
    SECOND_LINE = ["-device", "pci-serial,chardev=sh"]
else:
    QEMU = ["qemu-system-x86_64", "-machine", "q35", "-accel", "tcg,thread=multi,tb-size=512", "-cpu", "max"]
    FIRMWARE = []
    CONSOLE, SHELL, PCI = "ttyS0", "ttyS1", "pci"
    SECOND_LINE = ["-serial", "chardev:sh"]

HOOK = r"""#!/bin/busybox sh
# A shell for the tests on the second serial line; /run is where systemd looks for units beside the read-only root.
mount -t tmpfs -o mode=755 tmpfs "$1/run"
units=$1/run/systemd/system
mkdir -p "$units/sysinit.target.wants" "$1/run/eq-test"
cat > "$units/eq-test-shell.service" <<'UNIT'
[Unit]
DefaultDependencies=no
[Service]
ExecStart=/bin/bash --noprofile --norc
StandardInput=tty-force
StandardOutput=tty
StandardError=tty
TTYPath=/dev/@SHELL@
Environment=HOME=/tmp TERM=dumb PATH=/usr/sbin:/usr/bin:/sbin:/bin
Restart=always
UNIT
ln -s ../eq-test-shell.service "$units/sysinit.target.wants/"
# An emulated machine on a busy host is slower than any real one.
for unit in edgequeue-hub edgequeue-registrar edgequeue-updates; do
    mkdir -p "$units/$unit.service.d"
    printf '[Service]\nTimeoutStartSec=30min\n' > "$units/$unit.service.d/slow.conf"
done
[ ! -d /test/extra ] || cp -a /test/extra/. "$1/run/eq-test/"
# What the tests plug in is there before a device's own services are, as it is with a real box.
if [ -f "$1/run/eq-test/plug" ]; then
cat > "$units/eq-test-plug.service" <<'UNIT'
[Unit]
DefaultDependencies=no
After=systemd-udevd.service systemd-udev-trigger.service systemd-modules-load.service
Before=edgequeue-setup.service
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/bash /run/eq-test/plug
StandardOutput=journal+console
StandardError=journal+console
UNIT
ln -s ../eq-test-plug.service "$units/sysinit.target.wants/"
fi
""".replace("@SHELL@", SHELL)


class Failed(Exception):
    """A check that did not hold, or a machine that did not do what was waited for."""


def test_initrd(image, folder, extra=None, hook=HOOK):
    """The image's initial ramdisk with the tests' archive behind it."""
    tree = os.path.join(folder, "initrd-test")
    os.makedirs(os.path.join(tree, "test", "extra"), exist_ok=True)
    with open(os.path.join(tree, "test", "before-root"), "w") as file:
        file.write(hook)
    os.chmod(os.path.join(tree, "test", "before-root"), 0o755)
    for name, content in (extra or {}).items():
        with open(os.path.join(tree, "test", "extra", name), "wb") as file:
            file.write(content)
    target = os.path.join(folder, "initrd.img")
    archive = subprocess.run("find . | LC_ALL=C sort | cpio -o -H newc --quiet -R 0:0", shell=True, cwd=tree, check=True, capture_output=True).stdout
    with open(os.path.join(image, "initrd.img"), "rb") as real, open(target, "wb") as both:
        content = real.read()
        both.write(content + b"\0" * (-len(content) % 4) + archive)
    return target


class Guest:
    """One machine. Times are generous: under emulation on a busy host, a boot may take minutes."""

    def __init__(self, name, folder, image, disk, devices=(), append="", extra=None, firmware=False, memory=1024, drive=None, resume=None):
        self._place(name, folder, disk, keep=resume is not None)
        arguments = [
            *QEMU, "-smp", CPUS, "-m", str(memory),
            "-nodefaults", "-no-reboot", "-display", "none", "-chardev", f"file,id=con,path={self.console},append=on", "-serial", "chardev:con",
            "-chardev", f"socket,id=sh,path={self.shell_path},server=on,wait=off", *SECOND_LINE,
            "-qmp", f"unix:{self.monitor_path},server=on,wait=off",
            "-device", "virtio-rng-pci",
            *(drive or ["-drive", f"file={disk},if=none,id=d0,format=raw,cache=writeback", "-device", "virtio-blk-pci,drive=d0" + (",bootindex=0" if firmware else "")]),
        ]
        if firmware:
            arguments += FIRMWARE
        else:
            arguments += [
                "-kernel", os.path.join(image, "vmlinuz"), "-initrd", test_initrd(image, os.path.join(folder, name), extra),
                "-append", f"ro console={CONSOLE} quiet panic=10 systemd.gpt_auto=0 systemd.show_status=0 mitigations=off nokaslr tsc=reliable systemd.default_timeout_start_sec=900 systemd.default_device_timeout_sec=900 rauc.slot=A " + append,
            ]
        self._power([*arguments, *devices, *(["-incoming", f"exec:cat {resume}"] if resume else [])])

    def freeze(self, file):
        """What a machine that stands still remembers is in the file then: memory and devices, not its card."""
        self.monitor("migrate", uri=f"exec:cat > {file}")
        self._until("query-migrate", "completed", "failed")

    def thaw(self):
        """Goes on, when what it remembered was read; its clock stands where it stood."""
        self._until("query-status", "paused", "internal-error")
        self.monitor("cont")

    def _until(self, question, wanted, fault):
        end = time.time() + 600
        while (status := self.monitor(question).get("status")) != wanted:
            if status == fault or time.time() > end:
                raise Failed(f"{self.name}: {question} says {status}")
            time.sleep(0.1)

    def _place(self, name, folder, disk, keep=False):
        """Where its lines end: a file, and two sockets."""
        self.name, self.folder, self.disk = name, folder, disk
        self.console, self.monitor_path = os.path.join(folder, name + ".con"), os.path.join(folder, name + ".qmp")
        self.shell_path = os.path.join(folder, name + ".sh")
        for path in (*(() if keep else (self.console,)), self.monitor_path, self.shell_path):
            if os.path.exists(path):
                os.unlink(path)
        open(self.console, "a").close()

    def _power(self, arguments):
        self.began = time.time()
        with open(os.path.join(self.folder, self.name + ".qemu"), "w") as errors:
            self.process = subprocess.Popen(arguments, stdout=errors, stderr=subprocess.STDOUT)
        self._shell = self._monitor = None
        self._asked = 0

    def said(self):
        with open(self.console, errors="replace") as file:
            return file.read()

    def wait(self, pattern, seconds=1200, since=0):
        """The match of a pattern on the console, behind its first `since` characters."""
        end = time.time() + seconds
        while time.time() < end:
            found = re.search(pattern, self.said()[since:])
            if found:
                return found
            if self.process.poll() is not None:
                with open(os.path.join(self.folder, self.name + ".qemu")) as errors:
                    raise Failed(f"{self.name}: the machine ended with {self.process.returncode} while waiting for {pattern}\n{errors.read()}\n{self.said()[-2000:]}")
            time.sleep(0.2)
        raise Failed(f"{self.name}: nothing like {pattern} on the console within {seconds} s\n{self.said()[-3000:]}")

    def run(self, command, seconds=600, check=True):
        """What a command prints, in a root shell of the guest."""
        if self._shell is None:
            end = time.time() + seconds
            self._shell = self._connected(self.shell_path)
            self._shell.settimeout(1)
            heard = b""
            # Said again until the shell is there.
            while b"EQ-SHELL-1" not in heard:
                if time.time() > end:
                    raise Failed(f"{self.name}: no shell\n{self.said()[-3000:]}")
                self._shell.sendall(b"\nstty -echo -onlcr; PS1=; PS2=; echo EQ-SHELL-$((2-1))\n")
                until = time.time() + 5
                while time.time() < until and b"EQ-SHELL-1" not in heard:
                    heard += self._receive()
        self._asked += 1
        mark = f"EQM{self._asked}"
        self._shell.sendall(f'{{ {command}\n}} 2>&1 </dev/null; echo "{mark}""=$?="\n'.encode())
        heard, end = b"", time.time() + seconds
        while time.time() < end:
            heard += self._receive()
            found = re.search(rb"%s=(\d+)=" % mark.encode(), heard)
            if found:
                text = re.sub(r"^(EQ-SHELL-1\n)+", "", heard[:found.start()].decode(errors="replace").replace("\r", "")).strip("\n")
                if check and found.group(1) != b"0":
                    raise Failed(f"{self.name}: '{command}' ended with {found.group(1).decode()}: {text}")
                return text
        raise Failed(f"{self.name}: '{command}' did not end within {seconds} s: {heard.decode(errors='replace')[-2000:]}")

    def say(self, command):
        """Starts a command whose end nobody hears, such as a reboot."""
        self.run("true")
        self._shell.sendall(command.encode() + b"\n")

    def until(self, command, pattern, seconds=600):
        """Runs a command again and again until its output has the pattern."""
        end, text = time.time() + seconds, ""
        while time.time() < end:
            text = self.run(command, check=False)
            found = re.search(pattern, text)
            if found:
                return found
            time.sleep(1)
        raise Failed(f"{self.name}: '{command}' never said {pattern}, but: {text[-2000:]}")

    def monitor(self, execute, **arguments):
        if self._monitor is None:
            self._monitor = self._connected(self.monitor_path)
            self._lines = self._monitor.makefile("rw")
            self._lines.readline()
            self._order({"execute": "qmp_capabilities"})
        return self._order({"execute": execute, "arguments": arguments} if arguments else {"execute": execute})

    def press(self, *keys):
        """Keys of the emulated USB keypad, one after the other."""
        for key in keys:
            self.monitor("send-key", keys=[{"type": "qcode", "data": key}], **{"hold-time": 100})
            time.sleep(0.3)

    def end(self):
        """Pulls the plug."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def ended(self, seconds=300):
        """Waits until the machine has gone by itself (a reboot ends it)."""
        self.process.wait(seconds)

    def _order(self, order):
        self._lines.write(json.dumps(order) + "\n")
        self._lines.flush()
        while True:
            answer = json.loads(self._lines.readline())
            if "error" in answer:
                raise Failed(f"{self.name}: {order['execute']}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]

    def _connected(self, path):
        """QEMU makes its sockets when it has started."""
        end = time.time() + 60
        while True:
            line = socket.socket(socket.AF_UNIX)
            try:
                line.connect(path)
                return line
            except OSError:
                line.close()
                if self.process.poll() is not None:
                    with open(os.path.join(self.folder, self.name + ".qemu"), encoding="utf-8") as errors:
                        raise Failed(f"{self.name}: the machine ended with {self.process.returncode}: {errors.read()}") from None
                if time.time() > end:
                    raise
                time.sleep(0.1)

    def _receive(self):
        try:
            return self._shell.recv(65536)
        except socket.timeout:
            return b""
