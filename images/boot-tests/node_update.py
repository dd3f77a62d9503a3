"""A branch whose system images come from its own desk at a quiet hour: fetched from the hub, installed by RAUC, started anew by the desk's word. Nobody logs in."""
import json
import os
import shutil
import subprocess
import time

from branch import Branch, card, demonstration, offset_of
from first_boot import claim, press_until
from guest import ARCH, Failed
from updates import LONG, NO_PATIENCE, boot_slot, bundle, slot_of

STATUS = "edgequeue-hub updates status --folder /data/edgequeue/updates"
UPDATER = "/data/edgequeue/updater"

# Its keypad works. Called good, it would be the last release that this node ever gets.
BROKEN_NODE = r"""
mkdir -p "$units/edgequeue-updater.service.d"
printf '[Service]\nExecStart=\nExecStart=/bin/false\n' > "$units/edgequeue-updater.service.d/broken.conf"
"""

# What lies at the hub as a disk each, in this order: for whom, which release, and as what it is offered.
GOOD, BROKEN, CUT, HUB, UNHEALTHY = range(5)


def at_night():
    """The demonstration where it is eleven in the evening now, with a clock that it believes: the machines have no internet to ask."""
    branch = demonstration()
    ahead = 23 - time.gmtime().tm_hour
    ahead -= 24 if ahead > 14 else 0
    # POSIX counts west: five hours ahead of UTC is Etc/GMT-5.
    branch["timeZone"] = f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
    branch["policy"]["clockTrust"] = "always"
    return branch


def boxes(branch, folder, further=None):
    """Cards of a hub and a node with release 1 in both slots."""
    own = branch.devices = Branch(branch.hub_image, branch.node_image, folder, branch.ssh_port)
    # A bundle is copied twice on its way to the shelf and once more for the hub's own updater, and leaves room to the queue.
    own.hub_size = "2G"
    own.hub_files.update({"branch.json": json.dumps(at_night()), **(further or {})})
    for role, image, disk, files, size in (("hub", own.hub_image, own.hub_disk, own.hub_files, own.hub_size), ("node", own.node_image, own.node_disk, own.node_files, "768M")):
        card(image, folder, role + ".img", files, size)
        first = boot_slot(own, f"{role}-release-1", role=role, says="release-1")
        for name in ("bootA", "bootB"):
            subprocess.run(["dd", f"if={first}", f"of={disk}", "bs=1M", f"seek={offset_of(disk, name)}", "oflag=seek_bytes", "conv=notrunc", "status=none"], check=True)
    own.bundles = []
    return own


def with_bundles(own):
    own.bundles = [
        bundle(own, "release-2", boot_slot(own, "release-2", role="node"), role="node"),
        os.path.join(own.folder, "broken.raucb"),
        bundle(own, "release-3", boot_slot(own, "release-3", role="node"), role="node"),
        bundle(own, "hub-2", boot_slot(own, "hub-2", role="hub"), role="hub"),
        bundle(own, "release-4", boot_slot(own, "release-4", BROKEN_NODE, NO_PATIENCE, role="node"), role="node"),
    ]
    shutil.copyfile(own.bundles[CUT], own.bundles[BROKEN])
    with open(own.bundles[BROKEN], "r+b") as file:
        file.seek(40_000_000)
        file.write(b"spoilt")


def start_hub(own):
    """By SeaBIOS and GRUB, as the node is: its own image is to be changed, too."""
    bundles = []
    for i, path in enumerate(own.bundles):
        bundles += ["-drive", f"file={path},if=none,id=u{i},format=raw,readonly=on", "-device", f"virtio-blk-pci,drive=u{i},serial=update{i}"]
    drive = ["-drive", f"file={own.hub_disk},if=none,id=d0,format=raw,cache=writeback", "-device", "virtio-blk-pci,drive=d0,bootindex=0"]
    return own.start_hub(further=bundles, firmware=True, drive=drive)


def offer(own, number, version, role="node"):
    """As a technician does it in a branch without head office."""
    size = os.path.getsize(own.bundles[number])
    own.hub.run(f"head -c {size} /dev/disk/by-id/virtio-update{number} > /data/update.raucb", LONG)
    said = own.hub.run("systemd-run -q --wait --pipe -p User=edgequeue-updates edgequeue-hub updates offer --folder /data/edgequeue/updates "
                       f"--bundle /data/update.raucb --compatible edgequeue-{role}-{ARCH} --image-version {version}; rm /data/update.raucb", LONG)
    if not said.startswith("wish "):
        raise Failed(f"the offer was not taken: {said}")
    return said


def started_anew(own, guest):
    """Waits for the restart that nobody asked for but the desk."""
    try:
        guest.ended(LONG)
    except subprocess.TimeoutExpired:
        raise Failed(f"{guest.name} was not started anew\n{own.hub.run(STATUS, check=False)}\n{own.hub.run('journalctl -u edgequeue-updates -o cat | tail -20')}"
                     f"\n{guest.run('journalctl -u edgequeue-updater -u rauc -o cat | tail -30')}") from None


def ready_and_claimed(own, node):
    node.wait("EQ-HEALTHY release-1", LONG)
    claim(own, own.code())
    node.wait(r"counter c1 is known: keys are taken", LONG)
    node.until("journalctl -u edgequeue-updater -o cat", "updater of demo/keypad-box")


def healthy(guest, release, slot):
    guest.wait(f"EQ-HEALTHY {release}", LONG)
    if slot_of(guest) != slot:
        raise Failed(f"{guest.name} runs {release} in slot {slot_of(guest)}, where the release before was")


def gives_up(own, release, before):
    """The node is started anew with a release that does not become healthy; the node as it is afterwards."""
    started_anew(own, own.node)
    node = own.start_node(firmware=True)
    node.wait(f"EQ-UNHEALTHY {release}", LONG)
    node.ended(LONG)
    node = own.start_node(firmware=True)
    node.wait(f"EQ-HEALTHY {before}", LONG)
    return node


def works(own):
    """Nobody has opened the counter, and only a hub that serves says so."""
    return "a key of the USB keypad: " + ", ".join(press_until(own, ("kp_enter",), "CallNext: refused, counterClosed"))


def a_node_gets_its_image_from_the_hub_at_a_quiet_hour(branch):
    branch.end()
    folder = os.path.join(branch.folder, "node-update")
    os.makedirs(folder)
    own = boxes(branch, folder)
    with_bundles(own)
    hub, node = start_hub(own), own.start_node(firmware=True)
    hub.wait("EQ-HEALTHY release-1", LONG)
    hub.until("systemctl is-active edgequeue-updates edgequeue-updater | sort | uniq -c", "2 active", 1800)
    yield f"hub healthy with release 1 in slot {slot_of(hub)}, {time.time() - hub.began:.0f} s after power; its desk was started anew {hub.run('systemctl show -P NRestarts edgequeue-updates')} times"
    ready_and_claimed(own, node)
    yield f"node healthy with release 1 in slot {slot_of(node)} and claimed, {time.time() - node.began:.0f} s after power"
    yield offer(own, GOOD, "release-2")
    began = time.time()
    started_anew(own, node)
    yield f"fetched, installed and started anew by itself {time.time() - began:.0f} s after the offer"
    healthy(own.start_node(firmware=True), "release-2", "B")
    yield f"release 2 healthy in slot B; the desk says: {hub.until(STATUS, r'keypad-box: Done, version release-2', 1200).group(0)}"
    yield works(own)


a_node_gets_its_image_from_the_hub_at_a_quiet_hour.needed = True


def a_broken_bundle_is_refused_and_the_branch_serves_on(branch):
    """Six bytes are spoilt before the hub has it, so its hash is right and RAUC is who finds out."""
    own = branch.devices
    hub, node = own.hub, own.node
    offer(own, BROKEN, "release-3")
    said = hub.until(STATUS, r"keypad-box: Failed, version release-3, (.+)\nstopped: (.+)", LONG)
    yield f"the desk says: {said.group(0)}"
    if "the bundle" in said.group(1) and "is for" in said.group(1):
        raise Failed("it was refused for another reason than its bytes")
    if node.run("cat /etc/edgequeue-version") != "release-2" or hub.run("systemctl is-active edgequeue-hub edgequeue-updates") != "active\nactive":
        raise Failed("the branch is not what it was")
    report = hub.run("cat /data/edgequeue/updates/report.json")
    yield f"head office would hear: {report}"
    yield works(own)


def an_update_that_is_cut_off_goes_on(branch):
    """The node's plug is pulled while the bundle comes, and again while it is written. One of the branch's own images, whole this time."""
    own = branch.devices
    hub, node = own.hub, own.node
    offer(own, CUT, "release-3")
    node.run(f'until size=$(stat -c %s {UPDATER}/*.part 2>/dev/null) && [ "$size" -gt 20000000 ]; do sleep 0.1; done', LONG)
    node.end()
    node = own.start_node(firmware=True)
    node.wait("EQ-KNOWN slot=B", LONG)
    node.run(f"until grep -qi installing {UPDATER}/updater.json; do sleep 0.1; done; sleep 3; grep -qi installing {UPDATER}/updater.json", LONG)
    node.end()
    yield f"cut while {os.path.getsize(own.bundles[CUT]) / 1e6:.0f} MB were fetched, and while they were written"
    node = own.start_node(firmware=True)
    node.wait("EQ-KNOWN slot=B", LONG)
    yield "after both, release 2 is there at once"
    began = time.time()
    started_anew(own, node)
    yield f"installed and started anew by itself {time.time() - began:.0f} s after it was back"
    healthy(own.start_node(firmware=True), "release-3", "A")
    yield f"release 3 healthy in slot A; the desk says: {hub.until(STATUS, r'keypad-box: Done, version release-3', 1200).group(0)}"
    yield works(own)


def a_hub_installs_its_own_image(branch):
    own = branch.devices
    hub = own.hub
    journal = hub.run("edgequeue journal export /data/edgequeue/hub/branch.journal")
    yield offer(own, HUB, "hub-2", role="hub")
    began = time.time()
    started_anew(own, hub)
    yield f"fetched from itself, installed and started anew by itself {time.time() - began:.0f} s after the offer"
    # The network of the two hangs at the hub's end.
    own.node.end()
    hub = start_hub(own)
    own.start_node(firmware=True)
    healthy(hub, "hub-2", "B")
    yield f"healthy in slot B; the desk says: {hub.until(STATUS, r'updates: Done, version hub-2', LONG).group(0)}"
    if not journal or not hub.run("edgequeue journal export /data/edgequeue/hub/branch.journal").startswith(journal):
        raise Failed("the journal has lost events")
    own.node.wait(r"counter c1 is known: keys are taken", LONG)
    yield works(own)


def an_unhealthy_image_rolls_back_and_stops_the_desk(branch):
    own = branch.devices
    hub, node = own.hub, own.node
    before = node.run("cat /etc/edgequeue-version")
    offer(own, UNHEALTHY, "release-4")
    node = gives_up(own, "release-4", before)
    yield f"release 4 gives up, {before} is back by itself in slot {slot_of(node)}"
    yield f"the desk says: {hub.until(STATUS, r'keypad-box: Failed, version release-4, .+(?s:.*)stopped: .+', LONG).group(0)}"
    yield f"head office would hear: {hub.run('cat /data/edgequeue/updates/report.json')}"
    node.wait(r"counter c1 is known: keys are taken", LONG)
    yield works(own)
    own.end()


TESTS = [
    a_node_gets_its_image_from_the_hub_at_a_quiet_hour,
    a_broken_bundle_is_refused_and_the_branch_serves_on,
    an_update_that_is_cut_off_goes_on,
    a_hub_installs_its_own_image,
    an_unhealthy_image_rolls_back_and_stops_the_desk,
]
