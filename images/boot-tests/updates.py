"""Updates of a hub that boots from its own disk, by firmware and boot loader: good, broken, unhealthy, and with the plug pulled.

The bundles differ in their initial ramdisks only: each brings the tests' shell, and says what release it is. A root slot of its own for each
would say no more and take minutes to pack.
"""
import os
import re
import shutil
import subprocess
import time

from branch import card, offset_of, outside
from dispenser import Dispenser
from guest import ARCH, HOOK, Failed, Guest, test_initrd
from power_cuts import identity, serving

# Seconds that a start may take under emulation on a busy host.
LONG = 3600

# How many seconds a release has to become healthy, here; in the images it is ten minutes. A healthy one has as long as an emulated machine
# may need, an unhealthy one is not waited for: it has no hub that could become healthy.
PATIENCE, NO_PATIENCE = 3000, 60

RELEASE = r"""
echo @VERSION@ > "$1/run/eq-test/version"
mount -o bind "$1/run/eq-test/version" "$1/etc/edgequeue-version"
mkdir -p "$units/edgequeue-health.service.d"
printf '[Service]\nEnvironment=EDGEQUEUE_HEALTH_SECONDS=@PATIENCE@\nTimeoutStartSec=1h\nStandardOutput=journal+console\n' > "$units/edgequeue-health.service.d/test.conf"
"""
BROKEN_HUB = r"""
mkdir -p "$units/edgequeue-hub.service.d"
printf '[Service]\nExecStart=\nExecStart=/bin/false\n' > "$units/edgequeue-hub.service.d/broken.conf"
"""


def boot_slot(branch, version, hook="", patience=PATIENCE, role="hub", says=None):
    """The image's boot slot with the tests' archive in its ramdisk."""
    image = branch.hub_image if role == "hub" else branch.node_image
    folder = os.path.join(branch.folder, f"release-{version}")
    os.makedirs(folder, exist_ok=True)
    text = HOOK + (RELEASE + hook).replace("@VERSION@", says or version).replace("@PATIENCE@", str(patience))
    initrd = test_initrd(image, folder, hook=text)
    slot = os.path.join(folder, "boot.vfat")
    subprocess.run(["cp", "--sparse=always", os.path.join(image, "work", "boot.vfat"), slot], check=True)
    subprocess.run(["mcopy", "-o", "-i", slot, initrd, "::/initrd.img"], check=True)
    return slot


def bundle(branch, version, slot, role="hub"):
    image = branch.hub_image if role == "hub" else branch.node_image
    folder, target = os.path.join(branch.folder, f"bundle-{version}"), os.path.join(branch.folder, f"{version}.raucb")
    os.makedirs(folder)
    os.link(slot, os.path.join(folder, "boot.vfat"))
    shutil.copyfile(os.path.join(image, "root.squashfs"), os.path.join(folder, "root.squashfs"))
    with open(os.path.join(folder, "manifest.raucm"), "w") as manifest:
        manifest.write(f"[update]\ncompatible=edgequeue-{role}-{ARCH}\nversion={version}\n\n[bundle]\nformat=verity\n\n"
                       "[image.rootfs]\nfilename=root.squashfs\n\n[image.boot]\nfilename=boot.vfat\n")
    signing = os.path.join(image, "..", "signing")
    subprocess.run(["rauc", f"--cert={signing}/cert.pem", f"--key={signing}/key.pem", "bundle", folder, target], check=True, capture_output=True)
    shutil.rmtree(folder)
    return target


def boot(branch, disk, bundles=()):
    """By SeaBIOS and GRUB, until it is healthy or gives up."""
    drives = outside(branch.ssh_port)
    for i, path in enumerate(bundles):
        drives += ["-drive", f"file={path},if=none,id=u{i},format=raw,readonly=on", "-device", f"virtio-blk-pci,drive=u{i},serial=update{i}"]
    return Guest("update", branch.folder, branch.hub_image, disk, drives, firmware=True)


def slot_of(guest):
    return re.findall(r"EQ-INIT slot=(\w)", guest.said())[-1]


def prepared(branch):
    """A hub's card whose two slots hold release 1, and the bundles: good, broken, unhealthy."""
    disk = card(branch.hub_image, branch.folder, "update.img", size="1G")
    first = boot_slot(branch, "release-1")
    for name in ("bootA", "bootB"):
        subprocess.run(["dd", f"if={first}", f"of={disk}", "bs=1M", f"seek={offset_of(disk, name)}", "oflag=seek_bytes", "conv=notrunc", "status=none"], check=True)
    good = bundle(branch, "release-2", boot_slot(branch, "release-2"))
    unhealthy = bundle(branch, "release-3", boot_slot(branch, "release-3", BROKEN_HUB, NO_PATIENCE))
    broken = os.path.join(branch.folder, "broken.raucb")
    shutil.copyfile(good, broken)
    with open(broken, "r+b") as file:
        file.seek(40_000_000)
        file.write(b"spoilt")
    return disk, good, broken, unhealthy


def a_good_bundle_is_taken_a_broken_one_refused_and_an_unhealthy_one_rolled_back(branch):
    branch.end()
    disk, good, broken, unhealthy = prepared(branch)
    guest = boot(branch, disk, [good])
    try:
        guest.wait("EQ-HEALTHY release-1", LONG)
        journal = exported(guest)
        yield f"release 1 healthy in slot {slot_of(guest)}, {time.time() - guest.began:.0f} s after power"
        yield f"the good bundle installed in {install(guest, good, 0)[1]:.0f} s"
        guest.say("systemctl reboot")
        guest.ended(LONG)

        # The plug is pulled while the new release is on trial: the old one is back, and the bundle is installed again.
        guest = boot(branch, disk)
        guest.wait("EQ-NEW slot=B", LONG)
        guest.end()
        guest = boot(branch, disk, [good])
        guest.wait("EQ-KNOWN slot=A", LONG)
        yield "cut in the first seconds of the new release: release 1 is back in slot A"
        install(guest, good, 0)
        guest.say("systemctl reboot")
        guest.ended(LONG)

        guest = boot(branch, disk, [broken, unhealthy])
        guest.wait("EQ-HEALTHY release-2", LONG)
        yield f"the good bundle: release 2 healthy in slot {slot_of(guest)}"
        if slot_of(guest) != "B":
            raise Failed("the good bundle is not in the other slot")
        same(journal, guest, "over the update")
        dispenser = Dispenser(identity(branch, guest), branch.ssh_port + 2)
        serves(guest, dispenser, "after the update")
        said, _ = install(guest, broken, 0, ends_well=False)
        yield f"the broken bundle: {said.splitlines()[-1]}"
        serves(guest, dispenser, "beside a broken bundle")
        same(journal, guest, "beside a broken bundle")
        install(guest, unhealthy, 1)
        guest.say("systemctl reboot")
        guest.ended(LONG)

        guest = boot(branch, disk)
        guest.wait("EQ-UNHEALTHY release-3", LONG)
        yield f"the unhealthy bundle: release 3 in slot {slot_of(guest)} gives up"
        guest.ended(LONG)

        # Release 2 is back by itself. It was healthy here: the plug pulled in its first seconds changes nothing.
        guest = boot(branch, disk)
        guest.wait("EQ-KNOWN slot=B", LONG)
        guest.end()
        guest = boot(branch, disk)
        guest.wait("EQ-KNOWN slot=B", LONG)
        guest.wait("EQ-HEALTHY release-2", LONG)
        yield f"release 2 is back by itself in slot {slot_of(guest)}, and stays when it is cut in its first seconds"
        serves(guest, dispenser, "after the roll-back")
        yield f"tickets meanwhile: {', '.join(dispenser.labels.values())}"
        same(journal, guest, "over the roll-back")
    finally:
        guest.end()


def exported(guest):
    return guest.run("edgequeue journal export /data/edgequeue/hub/branch.journal")


def serves(guest, dispenser, when):
    """From slot B, and not by the words of its services alone: a press of the dispenser gets its ticket."""
    if slot_of(guest) != "B" or guest.run("systemctl is-active edgequeue-hub edgequeue-broker") != "active\nactive":
        raise Failed(f"the branch does not serve on {when}")
    serving(dispenser)


def same(journal, guest, when):
    """Everything that the journal held is still in it."""
    if not journal or not exported(guest).startswith(journal):
        raise Failed(f"the journal has lost events {when}")


def install(guest, path, number, ends_well=True):
    device = f"/dev/disk/by-id/virtio-update{number}"
    guest.run(f"head -c {os.path.getsize(path)} {device} > /data/update.raucb", LONG)
    began = time.time()
    said = guest.run("rauc install /data/update.raucb 2>&1; echo rc=$?; rm /data/update.raucb; sync", LONG)
    if ("rc=0" in said) != ends_well:
        raise Failed(f"rauc install: {said[-1500:]}")
    return said.replace("\nrc=1", ""), time.time() - began


TESTS = [a_good_bundle_is_taken_a_broken_one_refused_and_an_unhealthy_one_rolled_back]
