"""Which slot starts after which power cuts: the boot loader's own script and the device's own `known` and `health`, without a machine.

A cut may come before `known`, between `known` and `health`, or later. What RAUC writes into the boot loader's environment is played here;
`updates.py` has the real one.
"""
import os
import subprocess
import tempfile

from guest import Failed

IMAGES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
SCRIPTS = os.path.join(IMAGES, "system", "common", "usr")

# GRUB's script language is near enough to a shell's; what loads a kernel is left out.
LOADER = r"""
load_env() { while IFS== read -r name value; do declare -g "$name=$value"; done < <(grub-editenv "$ENVIRONMENT" list); }
save_env() { for name in "$@"; do grub-editenv "$ENVIRONMENT" set "$name=${!name}"; done; }
"""
RAUC = r"""#!/bin/bash
slot=$(sed -n 's/.*rauc.slot=//p' "$ROOT/proc/cmdline")
case "$2" in
    mark-good) grub-editenv "$ROOT/boot/grub/grubenv" set "${slot}_OK=1" "${slot}_TRY=0" ;;
    mark-bad) grub-editenv "$ROOT/boot/grub/grubenv" set "${slot}_OK=0" "${slot}_TRY=0" ;;
esac
"""


class Device:
    """Two slots with a version each, the boot loader's environment, and the data partition."""

    def __init__(self, root, version):
        self.root, self.slots = root, {"A": version, "B": version}
        for folder in ("bin", "boot/grub", "data/system", "etc", "proc", "run", "usr/lib/edgequeue"):
            os.makedirs(os.path.join(root, folder))
        self._environment = os.path.join(root, "boot/grub/grubenv")
        subprocess.run(["/usr/bin/grub-editenv", self._environment, "create"], check=True)
        subprocess.run(["/usr/bin/grub-editenv", self._environment, "set", "ORDER=A B", "A_OK=1", "B_OK=1", "A_TRY=0", "B_TRY=0"], check=True)
        with open(os.path.join(IMAGES, "boot", "grub.cfg"), encoding="utf-8") as file:
            lines = [line for line in file if not line.startswith(("@", "linux ", "initrd ", "boot\n"))]
        self._write("loader", LOADER + "".join(lines))
        self._write("bin/rauc", RAUC)
        self._write("bin/systemctl", "#!/bin/sh\n")
        self._write("bin/grub-editenv", self._script("lib/edgequeue/boot-environment").replace(f"{root}/usr/lib/edgequeue/grub-editenv", "/usr/bin/grub-editenv"))
        self._write("known", self._script("lib/edgequeue/known"))
        self._write("health", self._script("lib/edgequeue/health").replace("-ge 20", "-ge 0").replace("sleep 3", "sleep 0.01"))

    def start(self):
        """Power: the slot that the boot loader takes."""
        said = self._run("loader", {"ENVIRONMENT": self._environment})
        slot = said.split("EQ-GRUB slot=")[1][0]
        self._write("proc/cmdline", f"ro quiet rauc.slot={slot}")
        self._write("etc/edgequeue-version", self.slots[slot] + "\n")
        return self.slots[slot]

    def data_is_mounted(self):
        self._run("known")

    def becomes_healthy(self):
        self._write("usr/lib/edgequeue/services", "services_alive() { echo hub:1; }\n")
        if "EQ-HEALTHY" not in self._run("health"):
            raise Failed("health says nothing of a system that is healthy")

    def gives_up(self):
        self._write("usr/lib/edgequeue/services", "services_alive() { echo no >&2; return 1; }\n")
        if "EQ-UNHEALTHY" not in self._run("health", {"EDGEQUEUE_HEALTH_SECONDS": "0"}):
            raise Failed("health says nothing of a system that is not healthy")

    def install(self, version):
        """Into the slot that does not run, as RAUC does it: bad while it is written, then the first in the order."""
        with open(os.path.join(self.root, "proc/cmdline"), encoding="utf-8") as file:
            runs = file.read()[-1]
        other = "B" if runs == "A" else "A"
        self._edit(f"{other}_OK=0", f"{other}_TRY=0")
        self.slots[other] = version
        self._write("data/system/rauc.status", f"[slot.rootfs.{'AB'.index(other)}]\nbundle.compatible=x\nbundle.version={version}\nstatus=ok\n\n"
                                               f"[slot.boot.{'AB'.index(other)}]\nbundle.version={version}\nstatus=ok\n")
        self._edit(f"{other}_OK=1", f"{other}_TRY=0", f"ORDER={other} {runs}")

    def whole_start(self):
        version = self.start()
        self.data_is_mounted()
        self.becomes_healthy()
        return version

    def _edit(self, *pairs):
        subprocess.run(["/usr/bin/grub-editenv", self._environment, "set", *pairs], check=True)

    def _script(self, name):
        with open(os.path.join(SCRIPTS, name), encoding="utf-8") as file:
            text = file.read()
        for folder in ("/data/", "/boot/", "/etc/", "/proc/", "/run/", "/usr/lib/edgequeue/"):
            text = text.replace(folder, self.root + folder)
        return text

    def _write(self, name, text):
        path = os.path.join(self.root, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, 0o755)

    def _run(self, name, environment=None):
        done = subprocess.run(["/bin/bash", os.path.join(self.root, name)], capture_output=True, text=True, check=False, timeout=60,
                              env={"PATH": f"{self.root}/bin:/usr/bin:/bin", "ROOT": self.root, **(environment or {})})
        if done.stderr or (done.returncode != 0 and name != "health"):
            raise Failed(f"{name} ended with {done.returncode}: {done.stderr}")
        return done.stdout


def expect(wanted, found, after):
    if wanted != found:
        raise Failed(f"{after}: {found} starts, not {wanted}")


def updated(root, healthy):
    """Release 1 was healthy, release 2 is installed; and was healthy too, when said."""
    device = Device(root, "release-1")
    expect("release-1", device.whole_start(), "the first start")
    device.install("release-2")
    if healthy:
        expect("release-2", device.whole_start(), "the update")
    return device


def a_power_cut_decides_between_two_releases_only_while_the_new_one_is_on_trial(_):
    with tempfile.TemporaryDirectory() as root:
        device = updated(os.path.join(root, "known"), healthy=True)
        for cut in range(10):
            expect("release-2", device.start(), f"{cut} cuts in the first seconds of a release that was healthy")
            device.data_is_mounted()
        expect("release-2", device.whole_start(), "ten such cuts")
        yield "a release that was healthy here, cut ten times before it was so again: it stays"

        device.start()
        expect("release-1", device.start(), "a cut before the data partition was there")
        device.data_is_mounted()
        device.becomes_healthy()
        expect("release-2", device.whole_start(), "a start after that")
        yield "cut even before its data was mounted: the other one starts once, and at the next start it is there again"

        for point in ("before", "after"):
            device = updated(os.path.join(root, f"new-{point}"), healthy=False)
            expect("release-2", device.start(), "the update")
            if point == "after":
                device.data_is_mounted()
            for start in range(3):
                expect("release-1", device.whole_start(), f"a cut of a release that was never healthy, and {start} whole starts")
        yield "a release that was never healthy, cut before it was: the old one is back and stays"

        device = updated(os.path.join(root, "unhealthy"), healthy=False)
        expect("release-2", device.start(), "the update")
        device.data_is_mounted()
        device.gives_up()
        for cut in range(4):
            expect("release-1", device.start(), f"a release that gave up, and {cut} cuts before the data partition was there")
        expect("release-1", device.whole_start(), "a release that gave up")
        device.install("release-3")
        expect("release-3", device.whole_start(), "a third release")
        yield "a release that gave up never comes back, however often the old one is cut; the next update is taken"


TESTS = [a_power_cut_decides_between_two_releases_only_while_the_new_one_is_on_trial]
