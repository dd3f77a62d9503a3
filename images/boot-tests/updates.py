"""Updates of a hub that boots from its own disk, by firmware and boot loader: good, broken, unhealthy.

The bundles differ in their initial ramdisks only: each brings the tests' shell, and says what release it is. A root slot of its own for each
would say no more and take minutes to pack.
"""
import os
import re
import shutil
import subprocess

from branch import card, offset_of
from guest import HOOK, Failed, Guest, test_initrd

# How long a new release has to become healthy, here; in the images it is ten minutes.
PATIENCE = 300

RELEASE = r"""
echo @VERSION@ > "$1/run/eq-test/version"
mount -o bind "$1/run/eq-test/version" "$1/etc/edgequeue-version"
mkdir -p "$units/edgequeue-health.service.d"
printf '[Service]\nEnvironment=EDGEQUEUE_HEALTH_SECONDS=@PATIENCE@\nStandardOutput=journal+console\n' > "$units/edgequeue-health.service.d/test.conf"
"""
BROKEN_HUB = r"""
mkdir -p "$units/edgequeue-hub.service.d"
printf '[Service]\nExecStart=\nExecStart=/bin/false\n' > "$units/edgequeue-hub.service.d/broken.conf"
"""


def boot_slot(branch, version, hook=""):
    """The image's boot slot with the tests' archive in its ramdisk."""
    folder = os.path.join(branch.folder, f"release-{version}")
    os.makedirs(folder, exist_ok=True)
    text = HOOK + (RELEASE + hook).replace("@VERSION@", version).replace("@PATIENCE@", str(PATIENCE))
    initrd = test_initrd(branch.hub_image, folder, hook=text)
    slot = os.path.join(folder, "boot.vfat")
    subprocess.run(["cp", "--sparse=always", os.path.join(branch.hub_image, "work", "boot.vfat"), slot], check=True)
    subprocess.run(["mcopy", "-o", "-i", slot, initrd, "::/initrd.img"], check=True)
    return slot


def bundle(branch, version, slot):
    folder, target = os.path.join(branch.folder, f"bundle-{version}"), os.path.join(branch.folder, f"{version}.raucb")
    os.makedirs(folder)
    os.link(slot, os.path.join(folder, "boot.vfat"))
    shutil.copyfile(os.path.join(branch.hub_image, "root.squashfs"), os.path.join(folder, "root.squashfs"))
    with open(os.path.join(folder, "manifest.raucm"), "w") as manifest:
        manifest.write(f"[update]\ncompatible=edgequeue-hub-amd64\nversion={version}\n\n[bundle]\nformat=verity\n\n"
                       "[image.rootfs]\nfilename=root.squashfs\n\n[image.boot]\nfilename=boot.vfat\n")
    signing = os.path.join(branch.hub_image, "..", "signing")
    subprocess.run(["rauc", f"--cert={signing}/cert.pem", f"--key={signing}/key.pem", "bundle", folder, target], check=True, capture_output=True)
    shutil.rmtree(folder)
    return target


def boot(branch, disk, bundles=()):
    """By SeaBIOS and GRUB, until it is healthy or gives up."""
    drives = []
    for i, path in enumerate(bundles):
        drives += ["-drive", f"file={path},if=none,id=u{i},format=raw,readonly=on", "-device", f"virtio-blk-pci,drive=u{i},serial=update{i}"]
    return Guest("update", branch.folder, branch.hub_image, disk, drives, firmware=True)


def slot_of(guest):
    return re.findall(r"EQ-INIT slot=(\w)", guest.said())[-1]


def a_good_bundle_is_taken_a_broken_one_refused_and_an_unhealthy_one_rolled_back(branch):
    branch.end()
    disk = card(branch.hub_image, branch.folder, "update.img", size="1G")
    first = boot_slot(branch, "release-1")
    for name in ("bootA", "bootB"):
        subprocess.run(["dd", f"if={first}", f"of={disk}", "bs=1M", f"seek={offset_of(disk, name)}", "oflag=seek_bytes", "conv=notrunc", "status=none"], check=True)
    good = bundle(branch, "release-2", boot_slot(branch, "release-2"))
    unhealthy = bundle(branch, "release-3", boot_slot(branch, "release-3", BROKEN_HUB))
    broken = os.path.join(branch.folder, "broken.raucb")
    shutil.copyfile(good, broken)
    with open(broken, "r+b") as file:
        file.seek(40_000_000)
        file.write(b"spoilt")

    guest = boot(branch, disk, [good])
    try:
        guest.wait("EQ-HEALTHY release-1", 2400)
        journal = guest.run("edgequeue journal export /data/edgequeue/hub/branch.journal")
        yield f"release 1 healthy in slot {slot_of(guest)}"
        install(guest, good, 0)
        guest.say("systemctl reboot")
        guest.ended(900)

        guest = boot(branch, disk, [broken, unhealthy])
        guest.wait("EQ-HEALTHY release-2", 2400)
        yield f"the good bundle: release 2 healthy in slot {slot_of(guest)}"
        if slot_of(guest) != "B":
            raise Failed("the good bundle is not in the other slot")
        if not guest.run("edgequeue journal export /data/edgequeue/hub/branch.journal").startswith(journal):
            raise Failed("the journal has lost events over the update")
        said = install(guest, broken, 0, ends_well=False)
        yield f"the broken bundle: {said.splitlines()[-1]}"
        if "EQ-INIT slot=B" not in guest.said() or guest.run("systemctl is-active edgequeue-hub") != "active":
            raise Failed("the branch does not serve on beside a broken bundle")
        install(guest, unhealthy, 1)
        guest.say("systemctl reboot")
        guest.ended(900)

        guest = boot(branch, disk)
        guest.wait("EQ-UNHEALTHY release-3", 2400)
        yield f"the unhealthy bundle: release 3 in slot {slot_of(guest)} gives up"
        guest.ended(900)

        guest = boot(branch, disk)
        guest.wait("EQ-HEALTHY release-2", 2400)
        yield f"release 2 is back by itself in slot {slot_of(guest)}"
        if not guest.run("edgequeue journal export /data/edgequeue/hub/branch.journal").startswith(journal):
            raise Failed("the journal has lost events over the roll-back")
    finally:
        guest.end()


def install(guest, path, number, ends_well=True):
    device = f"/dev/disk/by-id/virtio-update{number}"
    guest.run(f"head -c {os.path.getsize(path)} {device} > /data/update.raucb", 900)
    said = guest.run("rauc install /data/update.raucb 2>&1; echo rc=$?; rm /data/update.raucb; sync", 1800)
    if ("rc=0" in said) != ends_well:
        raise Failed(f"rauc install: {said[-1500:]}")
    return said.replace("\nrc=1", "")


TESTS = [a_good_bundle_is_taken_a_broken_one_refused_and_an_unhealthy_one_rolled_back]
