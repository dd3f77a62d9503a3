"""What the hub's card may hold after the power is cut, at any moment of its first boot and of the key presses after it.

QEMU writes down every write and flush of the disk (blklogwrites). Of what was written since the last flush, any part may be on the card: here a
random half, at forty-four flushes and at the last four commands, beside the state with everything. Each state is mended as the device would (e2fsck -p), and its journal opened.
"""
import glob
import os
import random
import sqlite3
import struct
import subprocess

from branch import card, offset_of
from first_boot import PIN, exported, press_until
from guest import Failed

STATES = 88
FLUSH, DISCARD = 1, 4


def written(log):
    """Entries that the log's superblock counts so far (include/linux/dm-log-writes, version 1)."""
    with open(log, "rb") as file:
        _, _, entries, size = struct.unpack("<QQQI", file.read(28))
    return entries, size


def entries_of(log):
    count, size = written(log)
    with open(log, "rb") as file:
        at = size
        for _ in range(count):
            file.seek(at)
            sector, sectors, flags, _ = struct.unpack("<QQQQ", file.read(32))
            at += size
            length = 0 if flags & DISCARD else sectors * size
            yield sector * size, length, flags, at
            at += length


def no_crash_state_loses_what_was_acknowledged(branch):
    hub = branch.hub
    if "counterOpened" not in exported(hub):
        press_until(branch, PIN, "OpenCounter: accepted")
    before, _ = written(branch.hub_log)
    marks = []
    # Sign out and in again: each is a command that the hub has acknowledged when its event can be read.
    for _ in range(4):
        for keys, order, event in ((("kp_0", "kp_0", "kp_decimal"), "CloseCounter", "counterClosed"), (PIN, "OpenCounter", "counterOpened")):
            press_until(branch, keys, f"{order}: accepted")
            lines = exported(hub).splitlines()
            if not any(event in line for line in lines[-3:]):
                raise Failed(f"{order} was accepted, and the journal ends with {lines[-3:]}")
            marks.append((written(branch.hub_log)[0], len(lines)))
    yield f"{len(marks)} acknowledged commands, {written(branch.hub_log)[0] - before} writes and flushes of the disk meanwhile"
    hub.monitor("stop")
    count = replay(branch, marks)
    hub.monitor("cont")
    yield from count


def replay(branch, marks):
    folder = os.path.join(branch.folder, "states")
    os.makedirs(folder)
    base = card(branch.hub_image, folder, "base.img", branch.hub_files, branch.hub_size)
    start = offset_of(base, "data")
    current, state = os.path.join(folder, "current.img"), os.path.join(folder, "state.img")
    subprocess.run(["dd", f"if={base}", f"of={current}", "bs=1M", f"skip={start}", "iflag=skip_bytes", "conv=sparse", "status=none"], check=True)
    entries = list(entries_of(branch.hub_log))
    flushes = [i for i, e in enumerate(entries) if e[2] & FLUSH]
    chance = random.Random(5)
    chosen = set(chance.sample(flushes, min(STATES // 2, len(flushes)))) | {max(f for f in flushes if f < mark) for mark, _ in marks[-4:]}
    pending, torn, whole, before_first, most = [], 0, 0, 0, 0
    with open(branch.hub_log, "rb") as log, open(current, "r+b") as disk:
        def put(file, entry):
            offset, length, _, at = entry
            log.seek(at)
            if offset >= start and length:
                file.seek(offset - start)
                file.write(log.read(length))
        for i, entry in enumerate(entries):
            pending.append(entry)
            if not entry[2] & FLUSH:
                continue
            least = max([events for mark, events in marks if mark <= i - len(pending)], default=0)
            if i in chosen:
                disk.flush()
                subprocess.run(["cp", "--sparse=always", current, state], check=True)
                with open(state, "r+b") as cut:
                    for some in pending:
                        if chance.random() < 0.5:
                            put(cut, some)
                held = look(state, folder, least)
                torn += 1
                before_first += held is None
            for some in pending:
                put(disk, some)
            pending = []
            if i in chosen:
                disk.flush()
                subprocess.run(["cp", "--sparse=always", current, state], check=True)
                held = look(state, folder, max([events for mark, events in marks if mark <= i], default=0))
                whole += 1
                before_first += held is None
                if held is not None:
                    if held < most:
                        raise Failed(f"a later state holds {held} events, an earlier one {most}")
                    most = held
    return [f"{torn + whole} crash states ({torn} torn, {whole} at a flush) of {len(flushes)} flushes: all mended, all journals whole, "
            f"up to {most} events; {before_first} of them before the journal was made"]


def look(state, folder, least):
    """How many events the state's journal has; None: there is none yet."""
    mended = subprocess.run(["e2fsck", "-p", "-f", state], capture_output=True, text=True, check=False)
    if mended.returncode > 1:
        raise Failed(f"e2fsck -p: {mended.stdout[-800:]}")
    for old in glob.glob(os.path.join(folder, "branch.journal*")):
        os.unlink(old)
    for name in ("branch.journal", "branch.journal-wal"):
        subprocess.run(["debugfs", "-R", f"dump /edgequeue/hub/{name} {folder}/{name}", state], capture_output=True, check=False)
    provisioned = subprocess.run(["debugfs", "-R", "stat /edgequeue/provisioned", state], capture_output=True, text=True, check=False)
    journal = os.path.join(folder, "branch.journal")
    if "Inode:" not in provisioned.stdout:
        if least:
            raise Failed("a state after the first boot is not provisioned")
        return None
    if not os.path.exists(journal):
        raise Failed("provisioned, and no journal")
    database = sqlite3.connect(journal)
    try:
        whole = database.execute("pragma integrity_check").fetchone()[0]
        first, last, count = database.execute("select min(seq), max(seq), count(*) from journal").fetchone()
    finally:
        database.close()
    if whole != "ok" or (count and last - first + 1 != count):
        raise Failed(f"the journal: {whole}, {first} to {last}, {count} events")
    if count < least:
        raise Failed(f"{count} events, {least} were acknowledged")
    return count


TESTS = [no_crash_state_loses_what_was_acknowledged]
