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
GADGET = r"""
for m in @MODULES@; do insmod /run/eq-test/$m.ko 2>/dev/null; done
insmod /run/eq-test/i2c-stub.ko chip_addr=0x70
mount -t configfs none /sys/kernel/config; mount -t tracefs none /sys/kernel/tracing
echo 1 > /sys/kernel/tracing/events/smbus/smbus_write/enable
g=/sys/kernel/config/usb_gadget/printer; mkdir -p $g/strings/0x409 $g/configs/c.1 $g/functions/printer.0
echo 0x04b8 > $g/idVendor; echo 0x0202 > $g/idProduct; echo 'MFG:EdgeQueue;MDL:Paper;CMD:ESC/POS;' > $g/functions/printer.0/pnp_string
ln -s $g/functions/printer.0 $g/configs/c.1/; echo dummy_udc.0 > $g/UDC
c=/sys/kernel/config/gpio-sim/header; mkdir -p $c/bank; echo 8 > $c/bank/num_lines; echo 1 > $c/live
ln -s /sys/devices/platform/$(cat $c/dev_name)/$(cat $c/bank/chip_name) /run/eq-test/pins
for i in $(seq 60); do [ -e /dev/usb/lp0 ] && [ -e /dev/g_printer0 ] && break; sleep 1; done
(cat /dev/g_printer0 > /run/eq-test/paper) > /dev/null 2>&1 &
ls -l /dev/usb/lp0 /dev/g_printer0 /dev/i2c-1 /dev/gpiochip0 /run/eq-test/pins/
"""

# HT16K33 datasheet, "Writing"; a backpack with seven segments has its digits at these places of the chip's memory.
PLACES = (0, 2, 6, 8)
SEGMENTS = {"0": 0x3F, "1": 0x06, "2": 0x5B, "3": 0x4F, "4": 0x66, "5": 0x6D, "6": 0x7D, "7": 0x07, "8": 0x7F, "9": 0x6F, "A": 0x77}
POINT = 0x80


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
    node = own.start_node(extra=modules(own.node_image), devices=[
        "-audiodev", f"wav,id=sound,path={own.sound}", "-device", "intel-hda,addr=6", "-device", "hda-output,audiodev=sound"])
    node.run(GADGET.replace("@MODULES@", " ".join(m for m in MODULES if m != "i2c-stub")), 1200)
    own.hub.until("systemctl is-active edgequeue-hub edgequeue-broker edgequeue-registrar | sort | uniq -c", r"3 active", 1800)
    code = own.code()
    digits = "".join(code)
    node.until("cat /sys/kernel/tracing/trace", lit(f"1-{digits[:2]}"))
    yield f"the display's chip was told the first page of the code, 1-{digits[:2]}"
    size = int(node.until("stat -c %s /run/eq-test/paper", r"^([1-9]\d+)").group(1))
    paper = base64.b64decode(node.run("base64 /run/eq-test/paper"))
    if digits[:4].encode() not in paper or digits[4:].encode() not in paper:
        raise Failed(f"the code {code} is not on the paper: {paper[:300]!r}")
    yield f"paper has the code: {size} bytes of ESC/POS through the kernel's USB printer"
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
    own.node.run(": > /run/eq-test/paper")
    before = exported(own.hub).count("ticketIssued")
    own.node.run("cd /run/eq-test/pins/sim_gpio0; cat pull; echo pull-down > pull; sleep 0.3; echo pull-up > pull")
    own.hub.until("edgequeue journal export /data/edgequeue/hub/branch.journal | grep -c ticketIssued", rf"^{before + 1}$", 900)
    rows = [json.loads(line) for line in exported(own.hub).splitlines()]
    branch.label = [row["event"]["label"] for row in rows if row["event"]["type"] == "ticketIssued"][-1]
    own.hub.until("edgequeue journal export /data/edgequeue/hub/branch.journal", r"ticketPrint\w+", 900)
    paper = base64.b64decode(own.node.run("base64 /run/eq-test/paper"))
    if b"\x1dv0" not in paper or not re.search(rb"\x1dV.", paper):
        raise Failed(f"no picture and no cut in the {len(paper)} bytes on paper: {paper[:100]!r}")
    printed = [row["event"] for row in (json.loads(line) for line in exported(own.hub).splitlines()) if row["event"]["type"].startswith("ticketPrint")][-1]
    yield f"{branch.label}: {len(paper)} bytes, a picture and a cut, at the other end of the USB cable; the journal: {printed}"


def a_call_lights_the_bytes_of_the_display_and_is_heard(branch):
    own = branch.devices
    press_until(own, PIN, "OpenCounter: accepted")
    own.node.run("echo > /sys/kernel/tracing/trace")
    heard = os.path.getsize(own.sound)
    yield "call: " + ", ".join(press_until(own, ("kp_enter",), "CallNext: accepted"))
    line = own.node.until("cat /sys/kernel/tracing/trace", lit(branch.label), 600).group(0)
    yield f"{branch.label} on the bus: {line}"
    end = time.time() + 900
    while time.time() < end:
        loud = seconds_of_sound(own.sound, heard)
        if loud >= 1.5:
            break
        time.sleep(2)
    else:
        raise Failed(f"{loud:.1f} s of sound\n{own.node.run('journalctl -u edgequeue-node@voice -o cat | tail -20')}")
    yield f"the announcement: more than {loud:.1f} s that are not silence in the machine's WAV"
    own.end()


def lit(text):
    """The kernel's trace of a block write that shows the text: register 0, then the chip's memory. A point may be lit beside each (stale)."""
    memory = ["[0-9a-f]{2}"] * 9
    for place, letter in zip(PLACES, text.ljust(4)):
        bits = SEGMENTS[letter] if letter in SEGMENTS else 0x40 if letter == "-" else 0
        memory[place] = f"(?:{bits:02x}|{bits | POINT:02x})"
    return r"smbus_write: i2c-1 a=070 .*\[(?:[0-9a-f]{2}-)?" + "-".join(memory) + r"[-0-9a-f]*\]"


def seconds_of_sound(path, since):
    """Of a WAV with 16 bits and two channels at 44.1 kHz: how many tenths of a second have a sample above a hundredth of the scale."""
    with open(path, "rb") as file:
        file.seek(max(44, since - since % 4))
        content = file.read()
    samples = array.array("h", content[:len(content) // 4 * 4])
    step = 4410 * 2
    return sum(0.1 for at in range(0, len(samples) - step, step) if max(samples[at:at + step]) > 327)


TESTS = [
    a_device_with_all_its_hardware_tells_its_code_and_is_claimed,
    a_button_at_a_gpiochip_brings_a_ticket_out_of_the_kernels_usb_printer,
    a_call_lights_the_bytes_of_the_display_and_is_heard,
]
