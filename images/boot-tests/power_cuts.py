"""The hub's power cut in the middle of tickets, again and again: its process is killed while presses are on their way, and it is started anew from its card.

The host would keep all that a killed machine had written. So that flushes matter, the card of each start is a new qcow2 layer in blocks of 4 kB: which blocks
it has stays in QEMU's memory until the guest flushes, and is gone with the process. What was written to a block for the first time since the start and
not flushed is lost, whole blocks and in no order of time; a block that was flushed once and written again is kept.
"""
import json
import os
import random
import struct
import subprocess
import time

from branch import card
from dispenser import BRANCH, NODE, Dispenser
from guest import Failed

CUTS = int(os.environ.get("EDGEQUEUE_CUTS", "10"))
BLOCK = 4096
# The four queues had given all their numbers of a day after 2,800 tickets, before a quick machine's last cut.
MOST_TICKETS = 2400 // CUTS


def no_cut_of_the_power_in_the_middle_of_tickets_loses_or_repeats_one(branch):
    branch.end()
    dispenser, chance = None, random.Random(11)
    if not os.path.exists(branch.hub_disk):
        card(branch.hub_image, branch.folder, os.path.basename(branch.hub_disk), branch.hub_files, branch.hub_size)
    below, below_format, waited, unanswered, lost, events = branch.hub_disk, "raw", [], 0, 0, 0
    for cut in range(CUTS + 1):
        layer = os.path.join(branch.folder, f"cut-{cut}.qcow2")
        subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", "-F", below_format, "-b", below, "-o", f"cluster_size={BLOCK},lazy_refcounts=on", layer], check=True)
        hub = branch.start_hub(drive=["-drive", f"file={layer},if=none,id=d0,format=qcow2,cache=writeback,l2-cache-size=8M", "-device", "virtio-blk-pci,drive=d0"])
        dispenser = dispenser or Dispenser(identity(branch, hub), branch.ssh_port + 2)
        serving(dispenser)
        waited.append(time.time() - hub.began)
        events = count(hub, dispenser, events)
        if cut < CUTS:
            # Counting takes longer than a silent client is kept.
            dispenser.connect(600)
            tickets(dispenser, chance.randint(4, 12))
            # The journal is written all the while, and the plug is pulled at any moment of that.
            until, enough = time.time() + chance.uniform(0.3, 4), len(dispenser.labels) + MOST_TICKETS
            while time.time() < until and len(dispenser.labels) < enough:
                while len(dispenser.open) < 8:
                    dispenser.press()
                dispenser.hear(min(0.1, max(0, until - time.time())))
            if cut % 2:
                # Every second one when the card has just been told something and not yet been told to keep it.
                written(layer, 10)
            hub.end()
            gone = blocks_lost(layer)
            yield f"cut {cut + 1}: {len(dispenser.labels)} tickets answered, {len(dispenser.open)} presses cut off, {gone} blocks gone; served {waited[-1]:.0f} s after power"
            unanswered, lost = unanswered + len(dispenser.open), lost + gone
        below, below_format = layer, "qcow2"
    hub.end()
    yield (f"{CUTS} cuts: {len(dispenser.labels)} tickets were answered, no label twice, none lost; {unanswered} presses were cut off and got their one ticket "
           f"at the next start; {lost} blocks that were written and not flushed were gone; the journal has {events} events")
    yield f"serving again after {min(waited[1:]):.0f} to {max(waited[1:]):.0f} s of emulation"


def identity(branch, hub):
    """The folder with a certificate for the branch's dispenser, from its authority. A claim would be another test."""
    # The shell is there before /tmp and /data are mounted.
    hub.run("until systemctl is-active -q edgequeue-setup; do sleep 1; done; "
            f"mkdir /tmp/made && cp /data/edgequeue/certificates/authority.* /tmp/made/ && edgequeue certificates --branch {BRANCH} --out /tmp/made --node {NODE}")
    for name in ("authority.crt", NODE + ".crt", NODE + ".key"):
        with open(os.path.join(branch.folder, name), "w", encoding="ascii") as file:
            file.write(hub.run(f"cat /tmp/made/{name}") + "\n")
    return branch.folder


def serving(dispenser):
    """Connected, and everything that was cut off is answered; then a press more."""
    dispenser.connect(1800)
    dispenser.press()
    end = time.time() + 1800
    while dispenser.open:
        if time.time() > end:
            raise Failed(f"{len(dispenser.open)} presses got no answer")
        if not dispenser.hear(5):
            dispenser.again()


def tickets(dispenser, number):
    wanted = len(dispenser.labels) + number
    while len(dispenser.labels) < wanted:
        while len(dispenser.open) < 4:
            dispenser.press()
        if not dispenser.hear(30):
            dispenser.again()


def written(layer, seconds):
    """Until a block is written that was not there before: the file grows before the guest flushes."""
    size, end = os.path.getsize(layer), time.time() + seconds
    while os.path.getsize(layer) == size and time.time() < end:
        pass


def count(hub, dispenser, least):
    """The journal against what was answered: each press has one ticket and each ticket its own label. How many events there are."""
    if hub.run("findmnt -rno OPTIONS /data").split(",")[0] != "rw":
        raise Failed("/data cannot be written")
    lines = hub.run("edgequeue journal export /data/edgequeue/hub/branch.journal").splitlines()
    rows = [json.loads(line) for line in lines]
    if [row["seq"] for row in rows] != list(range(1, len(rows) + 1)):
        raise Failed("the journal has a gap")
    issued = [row["event"] for row in rows if row["event"]["type"] == "ticketIssued"]
    labels, presses = [event["label"] for event in issued], {event["press"]: event["label"] for event in issued}
    if len(set(labels)) != len(labels):
        raise Failed(f"a label was given twice: {sorted(labels)}")
    if len(presses) != len(issued):
        raise Failed("one press has two tickets")
    missing = {press: label for press, label in dispenser.labels.items() if presses.get(press) != label}
    if missing:
        raise Failed(f"answered, and not in the journal: {missing}")
    if len(lines) < least:
        raise Failed(f"the journal had {least} events and has {len(lines)}")
    return len(lines)


def blocks_lost(layer):
    """Blocks that the file holds and no map of it names: data of the guest, and maps that went with them (docs/interop/qcow2.txt)."""
    known = json.loads(subprocess.run(["qemu-img", "check", "--output=json", layer], check=False, capture_output=True, text=True).stdout)
    with open(layer, "rb") as file:
        header = file.read(72)
        entries, first = struct.unpack(">IQ", header[36:48])
        references, reference_blocks = struct.unpack(">QI", header[48:60])
        file.seek(first)
        maps = sum(1 for entry in struct.unpack(f">{entries}Q", file.read(8 * entries)) if entry)
        file.seek(references)
        counts = sum(1 for entry in struct.unpack(f">{reference_blocks * BLOCK // 8}Q", file.read(reference_blocks * BLOCK)) if entry)
    own = 1 + -(-entries * 8 // BLOCK) + maps + reference_blocks + counts
    return max(0, -(-os.path.getsize(layer) // BLOCK) - known.get("allocated-clusters", 0) - own)


TESTS = [no_cut_of_the_power_in_the_middle_of_tickets_loses_or_repeats_one]
