"""A node with all its hardware on the kernel's own subsystems: a button and a lamp at a gpiochip, a USB printer, a display's chip on an I2C bus, a sound
card, a USB keypad.

The kernel's stand-ins (gpio-sim, i2c-stub, dummy_hcd with the printer gadget) are modules of the same kernel; they lie beside the tests' shell and not in
the image. What the display's chip gets is read from the kernel's own trace of the bus, paper at the gadget's end of the USB cable, the voice in the file
that the emulated sound card writes.
"""
import array
import base64
import glob
import json
import math
import os
import re
import subprocess
import time

from branch import KEYPAD, Branch
from first_boot import PIN, exported, press_until
from guest import Failed

MODULES = ("configfs", "udc-core", "dummy_hcd", "libcomposite", "usb_f_printer", "irq_sim", "gpio-sim", "i2c-stub")
HARDWARE = {
    "v": 1, "model": "a device with everything, emulated", "state": "",
    "units": [
        {"unit": "keypad", "keypad": {"counter": "", "input": KEYPAD}},
        {"unit": "display", "display": {"counter": "", "chip": "ht16k33-7", "path": "/dev/i2c-1", "address": 112, "size": 4, "blinkSeconds": 0}},
        {"unit": "tickets", "dispenser": {"input": "/dev/gpiochip0:0:KEY_1", "lamp": "/dev/gpiochip0:1", "buttons": [{"key": "KEY_1", "service": "general", "language": "en"}],
                                          "printer": {"path": "/dev/usb/lp0", "widthDots": 384}}},
        {"unit": "voice", "audio": {"zone": "", "device": "plughw:0,0"}},
    ],
}
PLUG = r"""
set -e
cd /run/eq-test
# The board's own bus has the first number.
udevadm settle; modprobe i2c_i801; modprobe i2c-dev
for m in @MODULES@; do modprobe -q $m || insmod $m.ko; done
insmod i2c-stub.ko chip_addr=0x70
[ -d /sys/kernel/config/usb_gadget ] || mount -t configfs none /sys/kernel/config
mount -t tracefs none /sys/kernel/tracing
echo 1 > /sys/kernel/tracing/events/smbus/smbus_write/enable
g=/sys/kernel/config/usb_gadget/printer; mkdir $g; mkdir $g/strings/0x409 $g/configs/c.1 $g/functions/printer.0
echo 0x04b8 > $g/idVendor; echo 0x0202 > $g/idProduct; echo 'MFG:EdgeQueue;MDL:Paper;CMD:ESC/POS;' > $g/functions/printer.0/pnp_string
ln -s $g/functions/printer.0 $g/configs/c.1/; echo dummy_udc.0 > $g/UDC
c=/sys/kernel/config/gpio-sim/header; mkdir $c; mkdir $c/bank; echo 8 > $c/bank/num_lines; echo 1 > $c/live
ln -s /sys/devices/platform/$(cat $c/dev_name)/$(cat $c/bank/chip_name) pins
for i in $(seq 60); do [ -e /dev/usb/lp0 ] && [ -e /dev/g_printer0 ] && break; sleep 1; done
chmod 755 printer; ./printer /dev/g_printer0 paper > printer.said 2>&1 &
udevadm settle
grep -H stub /sys/bus/i2c/devices/i2c-1/name
ls -l /dev/usb/lp0 /dev/g_printer0 /dev/i2c-1 /dev/gpiochip0 /dev/snd pins/
"""

# HT16K33 datasheet, "Writing"; a backpack with seven segments has its digits at these places of the chip's memory.
PLACES = (0, 2, 6, 8)
SEGMENTS = {"0": 0x3F, "1": 0x06, "2": 0x5B, "3": 0x4F, "4": 0x66, "5": 0x6D, "6": 0x7D, "7": 0x07, "8": 0x7F, "9": 0x6F, "A": 0x77}
POINT = 0x80

# GS V 66 0: feed and cut.
CUT = b"\x1dVB\x00"


def modules(image):
    """What the build of the image has left of its kernel, and the simulated gpiochip made for it."""
    found, left, built = {}, os.path.join(image, "work"), os.path.join(image, "..", "gpio-sim")
    package = glob.glob(os.path.join(left, "kernel", "linux-image-*.deb"))
    subprocess.run([os.path.join(os.path.dirname(os.path.abspath(__file__)), "gpio-sim"), *package, built], check=True)
    for name in MODULES:
        # A file of Debian's may be written with either.
        names = {name, name.replace("-", "_"), name.replace("_", "-")}
        paths = glob.glob(os.path.join(built, name + ".ko")) or [
            p for n in names for p in glob.glob(os.path.join(left, "kernel-tree", "lib", "modules", "*", "kernel", "**", n + ".ko"), recursive=True)]
        if paths:
            with open(paths[0], "rb") as file:
                found[name + ".ko"] = file.read()
    return found


def a_device_with_all_its_hardware_tells_its_code_and_is_claimed(branch):
    branch.end()
    folder = os.path.join(branch.folder, "devices")
    os.makedirs(folder)
    own = branch.devices = Branch(branch.hub_image, branch.node_image, folder, branch.ssh_port)
    own.sound = os.path.join(folder, "sound.wav")
    own.node_files["device.json"] = json.dumps(HARDWARE)
    own.start_hub()
    node = own.start_node(extra={
        **modules(own.node_image), "printer": printer(folder),
        "plug": PLUG.replace("@MODULES@", " ".join(m for m in MODULES if m != "i2c-stub")).encode(),
    }, devices=["-audiodev", f"wav,id=sound,path={own.sound}", "-device", "intel-hda,addr=6", "-device", "hda-output,audiodev=sound"])
    plugged = node.until("systemctl is-active eq-test-plug", r"^(active|failed)", 1800).group(1)
    if plugged != "active":
        raise Failed(f"the hardware was not plugged in: {node.run('journalctl -u eq-test-plug -o cat | tail -n 30')}\n{node.run('dmesg | tail -n 20')}")
    yield node.run("journalctl -u eq-test-plug -o cat | grep -E '^c' | tr -s ' ' | tr '\\n' ';'")
    own.hub.until("systemctl is-active edgequeue-hub edgequeue-broker edgequeue-registrar | sort | uniq -c", r"3 active", 1800)
    code = own.code()
    digits = "".join(code)
    node.until("cat /sys/kernel/tracing/trace", lit(f"1-{digits[:2]}"), 1200)
    yield f"the display's chip was told the first page of the code, 1-{digits[:2]}"
    node.until("cat /run/eq-test/paper", digits[4:] + "\n(?s:.*)minutes", 1200)
    paper = printed(node)
    if f"{digits[:4]} {digits[4:]}".encode() not in paper or not paper.endswith(CUT):
        raise Failed(f"the code {code} is not on the paper: {paper!r}")
    yield f"paper has the code and a cut: {len(paper)} bytes of ESC/POS through the kernel's USB printer"
    yield f"the code is said: {heard(own, 0, 4):.1f} s that are not silence in the machine's WAV"
    for _ in range(10):
        said = own.type(f"edgequeue claim {code[0]} {code[1]} --node box --counter 1 --zone hall; echo rc=$?")
        if "rc=0" in said:
            break
        if "rc=5" not in said and "Nothing was asked." not in said:
            raise Failed(f"the claim was refused: {said}")
    yield said.replace("rc=0", "").strip()
    for unit in ("keypad", "display", "tickets", "voice"):
        node.until(f"systemctl is-active edgequeue-node@{unit}", "^active", 1200)


a_device_with_all_its_hardware_tells_its_code_and_is_claimed.needed = True


def a_button_at_a_gpiochip_brings_a_ticket_out_of_the_kernels_usb_printer(branch):
    own = branch.devices
    # Steady light: press.
    own.node.until("cat /run/eq-test/pins/sim_gpio1/value; sleep 1; cat /run/eq-test/pins/sim_gpio1/value; sleep 1; cat /run/eq-test/pins/sim_gpio1/value", r"^1\n1\n1$", 1200)
    yield "the lamp at its pin is lit steadily: press"
    # The chip begins with its pins pulled down: this is the button's own resistor.
    own.node.until("cat /run/eq-test/pins/sim_gpio0/pull", "^pull-up$")
    own.node.run(": > /run/eq-test/paper")
    for presses in range(1, 6):
        own.node.run("cd /run/eq-test/pins/sim_gpio0; echo pull-down > pull; sleep 0.3; echo pull-up > pull")
        try:
            own.hub.until("edgequeue journal export /data/edgequeue/hub/branch.journal", "ticketPrintReported", 300)
            break
        except Failed:
            # A press that is read more than three seconds late is nobody's, and an emulated machine may need them.
            if presses == 5 or "ticketIssued" in exported(own.hub):
                raise Failed(f"no ticket: {own.node.run('journalctl -u edgequeue-node@tickets -o cat | tail -20')}") from None
    issued, report = events(own.hub, "ticketIssued"), events(own.hub, "ticketPrintReported")
    paper = printed(own.node)
    width, rows, dots = picture(paper)
    if len(issued) != 1 or width != 384 // 8 or dots == 0 or not paper.endswith(CUT):
        raise Failed(f"{len(issued)} tickets, and no picture of 384 dots, or no cut, in the {len(paper)} bytes on paper: {paper[:100]!r} … {paper[-20:]!r}")
    branch.label = ([row["to"] for row in events(own.hub, "ticketRelabelled")] or [issued[0]["label"]])[-1]
    yield (f"{branch.label}, with {presses} presses: a picture of {8 * width} × {rows} dots, {dots} of them black, and a cut, at the other end of the USB cable; "
           f"the journal: {report[-1]['outcome']}")
    if report[-1]["outcome"] != "Printed":
        raise Failed(f"the printer confirmed it, and the journal says {report}")


def a_call_lights_the_bytes_of_the_display_and_is_heard(branch):
    own = branch.devices
    press_until(own, PIN, "OpenCounter: accepted")
    own.node.run("echo > /sys/kernel/tracing/trace")
    before = os.path.getsize(own.sound)
    yield "call: " + ", ".join(press_until(own, ("kp_enter",), "CallNext: accepted"))
    line = own.node.until("cat /sys/kernel/tracing/trace", lit(branch.label), 600).group(0)
    yield f"{branch.label} on the bus: {line}"
    loud = heard(own, before, 6)
    if not chimed(own.sound, before):
        raise Failed("there is sound, and no chime in it")
    yield f"the announcement: the chime's two tones, and more than {loud:.1f} s that are not silence in the machine's WAV"
    own.end()


def printer(folder):
    """The program that plays the printer, for a machine that has no C library of this one."""
    program = os.path.join(folder, "printer")
    subprocess.run(["gcc", "-Wall", "-Werror", "-O2", "-static", "-o", program, os.path.join(os.path.dirname(os.path.abspath(__file__)), "printer.c")], check=True)
    with open(program, "rb") as file:
        return file.read()


def printed(node):
    """What has come to the printer, less the questions that it was asked (DLE EOT n, GS r n)."""
    return re.sub(rb"\x10\x04[\x01-\x04]|\x1dr\x01", b"", base64.b64decode(node.run("base64 /run/eq-test/paper")))


def events(hub, kind):
    """Of the hub's journal, in their order."""
    return [event for event in (json.loads(line)["event"] for line in exported(hub).splitlines()) if event["type"] == kind]


def picture(paper):
    """GS v 0 m xL xH yL yH d…: bytes of a row, rows and black dots, of all pictures together that follow each other."""
    width = rows = dots = at = 0
    while (at := paper.find(b"\x1dv0", at)) >= 0:
        width, height = int.from_bytes(paper[at + 4:at + 6], "little"), int.from_bytes(paper[at + 6:at + 8], "little")
        dots += sum(byte.bit_count() for byte in paper[at + 8:at + 8 + width * height])
        rows, at = rows + height, at + 8 + width * height
    return width, rows, dots


def heard(branch, since, wanted):
    """Seconds of sound behind a place of the machine's WAV, as soon as there are as many as wanted."""
    end, loud = time.time() + 900, 0
    while time.time() < end:
        loud = seconds_of_sound(branch.sound, since)
        if loud >= wanted:
            return loud
        time.sleep(2)
    raise Failed(f"{loud:.1f} s of sound\n{branch.node.run('journalctl -u edgequeue-node@voice -o cat | tail -20')}")


def lit(text):
    """The kernel's trace of a block write that shows the text: register 0, then the chip's memory. A point may be lit beside each (stale)."""
    memory = ["[0-9a-f]{2}"] * 9
    for place, letter in zip(PLACES, text.ljust(4)):
        bits = SEGMENTS[letter] if letter in SEGMENTS else 0x40 if letter == "-" else 0
        memory[place] = f"(?:{bits:02x}|{bits | POINT:02x})"
    return r"smbus_write: i2c-1 a=070 .*\[(?:[0-9a-f]{2}-)?" + "-".join(memory) + r"[-0-9a-f]*\]"


def seconds_of_sound(path, since):
    """How many tenths of a second have a sample above a hundredth of the scale."""
    return sum(0.1 for tenth in tenths(path, since) if max(tenth) > 327)


def chimed(path, since):
    """The sound before a call (Node/Speech/Chime.cs): E5, then C5, each so alone for a tenth of a second as no voice is."""
    wanted = [659.255, 523.251]
    for tenth in tenths(path, since):
        energy = sum(x * x for x in tenth) / len(tenth)
        turn = 2 * math.pi * wanted[0] / 44100
        tone = math.hypot(sum(x * math.cos(turn * i) for i, x in enumerate(tenth)), sum(x * math.sin(turn * i) for i, x in enumerate(tenth))) * 2 / len(tenth)
        if tone > 327 and tone * tone / 2 > 0.75 * energy:
            wanted.pop(0)
            if not wanted:
                return True
    return False


def tenths(path, since):
    """Of a WAV with 16 bits and two channels at 44.1 kHz, its left channel by tenths of a second from that byte on."""
    with open(path, "rb") as file:
        file.seek(max(44, since - since % 4))
        content = file.read()
    left = array.array("h", content[:len(content) // 4 * 4])[::2]
    return [left[at:at + 4410] for at in range(0, len(left) - 4410, 4410)]


TESTS = [
    a_device_with_all_its_hardware_tells_its_code_and_is_claimed,
    a_button_at_a_gpiochip_brings_a_ticket_out_of_the_kernels_usb_printer,
    a_call_lights_the_bytes_of_the_display_and_is_heard,
]
