"""A node's card in a Raspberry Pi 3B: QEMU's board, from U-Boot on.

What comes before, the ROM and the firmware in the graphics processor, nobody emulates. It is played here by what it does: it puts the overlays of
config.txt into the board's device tree and loads U-Boot. There is no second line for a shell: only what a technician sees is looked at.
"""
import json
import os
import subprocess
import time

from branch import Branch, card, demonstration, offset_of
from first_boot import PIN, claim, press_until
from guest import ARCH, CPUS, Failed, Guest

LONG = 2400
OVERLAYS = ("lamp", "buttons", "spi-display")
DEVICE = {
    "v": 1, "model": "Raspberry Pi 3B, emulated", "state": "",
    "units": [{"unit": "keypad", "keypad": {
        "counter": "", "input": "/dev/input/by-path/platform-3f980000.usb-usb-0:1.1:1.0-event-kbd", "lamp": "/sys/class/leds/lamp",
    }}],
}


class Pi(Guest):
    """QEMU's raspi3b with the card in it: four processors and 1 GiB, whatever is asked for."""

    def __init__(self, folder, image, disk):
        self._place("pi", folder, disk)
        work, tree, loader = os.path.join(image, "work"), os.path.join(folder, "pi.dtb"), os.path.join(folder, "u-boot.bin")
        parts = os.path.join(work, "pi")
        subprocess.run(["fdtoverlay", "-i", os.path.join(parts, "bcm2837-rpi-3-b.dtb"), "-o", tree, *(os.path.join(parts, "overlays", name + ".dtbo") for name in OVERLAYS)], check=True)
        # As it lies on the card.
        subprocess.run(["mcopy", "-o", "-i", os.path.join(work, "esp.vfat"), "::/u-boot.bin", loader], check=True)
        self._power([
            "qemu-system-aarch64", "-machine", "raspi3b", "-accel", f"tcg,thread={'single' if CPUS == '1' else 'multi'},tb-size=512", "-kernel", loader, "-dtb", tree,
            "-drive", f"file={disk},if=sd,format=raw,cache=writeback", "-nodefaults", "-no-reboot", "-display", "none",
            # The first line is the one of Bluetooth, the second the one at the pins.
            "-serial", "null", "-serial", "file:" + self.console, "-qmp", f"unix:{self.monitor_path},server=on,wait=off",
        ])

    def plug_in(self, lan_port):
        """Keypad and network, when the kernel runs: after U-Boot has looked at an emulated USB socket, what hung there before is lost to Linux."""
        self.wait("EQ-INIT slot=", LONG)
        self.monitor("netdev_add", type="socket", id="lan", connect=f"127.0.0.1:{lan_port}")
        for number, device in enumerate(({"driver": "usb-hub"}, {"driver": "usb-kbd"}, {"driver": "usb-net", "netdev": "lan", "mac": "52:54:00:00:00:03"})):
            self.monitor("device_add", id=f"plug{number}", bus="usb-bus.0", port="1" if number == 0 else f"1.{number}", **device)

    def run(self, command, seconds=600, check=True):
        return "a Pi has no second line for a shell"


def a_card_starts_a_raspberry_pi_which_is_claimed_and_serves(branch):
    folder = os.path.join(branch.folder, "pi")
    os.makedirs(folder)
    own = branch.devices = Branch(branch.hub_image, branch.node_image, folder, branch.ssh_port)
    # The branch of the sets before has the same ports.
    for guest in (branch.node, branch.hub):
        if guest is not None:
            guest.end()
    hub = own.start_hub()
    own.node_files["device.json"] = json.dumps(DEVICE)
    # QEMU takes no card whose size is no power of two.
    without_what_is_not_emulated(card(own.node_image, folder, "node.img", own.node_files, "1G"))
    pi = own.node = Pi(folder, own.node_image, own.node_disk)
    yield "U-Boot: " + pi.wait(r"Found EFI removable media binary \S+", LONG).group(0)
    yield pi.wait("EQ-GRUB slot=A.*", LONG).group(0).strip()
    hub.until("systemctl is-active edgequeue-hub edgequeue-broker edgequeue-registrar | sort | uniq -c", r"3 active", LONG)
    pi.plug_in(own.lan_port)
    code = own.code()
    yield f"the code came {seconds(pi)} s after power"
    yield claim(own, code).strip().replace("\n", "; ")
    pi.wait("this device is 'keypad-box' now", LONG)
    pi.wait("counter c1 is known: keys are taken", LONG)
    if "lampMissing" in pi.said():
        raise Failed("the overlay's lamp is not to be lit")
    yield f"at work {seconds(pi)} s after power; a key of its keypad: " + ", ".join(press_until(own, ("kp_enter",), "CallNext: refused, counterClosed"))
    yield "an operator's PIN: " + ", ".join(press_until(own, PIN, "OpenCounter: accepted"))
    # Its lamp is the overlay's: were it not there, the keypad would say so.
    lines = [line for line in own.type(f"edgequeue status --branch-name {demonstration()['branch']} --certificates /data/edgequeue/certificates --once", check=False).splitlines()
             if "keypad-box" in line]
    yield "; ".join(line.strip() for line in lines)
    if len(lines) != 1 or " there " not in lines[0]:
        raise Failed(f"the branch says of the Pi: {lines}")
    # GRUB has noted its try through U-Boot; health, by RAUC, takes it back.
    until_good(own.node_disk)
    yield f"healthy, and its slot marked as good on the card, {seconds(pi)} s after power"

    pi.end()
    with open(own.node_disk, "rb") as file:
        table = file.read(512)[446:510]
    if (table[4], table[20]) != (0xEE, 0x0C):
        raise Failed(f"the old partition table is another one after the first boot: {table.hex()}")
    pi = own.node = Pi(folder, own.node_image, own.node_disk)
    yield "the plug pulled, and power again: " + pi.wait("EQ-GRUB slot=A.*", LONG).group(0).strip()
    pi.plug_in(own.lan_port)
    pi.wait("counter c1 is known: keys are taken", LONG)
    yield f"at work again {seconds(pi)} s after power: " + ", ".join(press_until(own, ("kp_enter",), "CallNext: (accepted|refused, nobodyWaiting)"))


def without_what_is_not_emulated(disk):
    """QEMU's board is reset as soon as its watchdog is started; and it has no graphics processor to talk to, of which the kernel's driver for the jack's
    sound dies. Here nobody loads either."""
    esp, script = f"{disk}@@{offset_of(disk, 'esp')}", disk + ".grub"
    skip = {**os.environ, "MTOOLS_SKIP_CHECK": "1"}
    subprocess.run(["mcopy", "-o", "-i", esp, "::/grub/grub.cfg", script], check=True, env=skip)
    with open(script, encoding="utf-8") as file:
        text = file.read()
    with open(script, "w", encoding="utf-8") as file:
        file.write(text.replace(" rauc.slot=", " modprobe.blacklist=bcm2835_wdt,vchiq rauc.slot="))
    subprocess.run(["mcopy", "-o", "-i", esp, script, "::/grub/grub.cfg"], check=True, env=skip)


def until_good(disk):
    esp, end, text = f"{disk}@@{offset_of(disk, 'esp')}", time.time() + LONG, ""
    while time.time() < end:
        text = subprocess.run(["mtype", "-i", esp, "::/grub/grubenv"], check=True, capture_output=True, text=True, env={**os.environ, "MTOOLS_SKIP_CHECK": "1"}).stdout
        if "A_OK=1\n" in text and "A_TRY=0\n" in text:
            return
        time.sleep(1)
    raise Failed(f"the boot loader's environment on the card: {text.splitlines()[:8]}")


def seconds(guest):
    return round(time.time() - guest.began)


# On amd64 there is no such card.
TESTS = [a_card_starts_a_raspberry_pi_which_is_claimed_and_serves] if ARCH == "arm64" else []
