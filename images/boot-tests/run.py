"""Runs the boot tests one after the other, in the order of this file: the first ones make what the later ones use."""
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback

import access
import boot_choice
import crash_states
import devices
import first_boot
import head_office
import node_update
import pi
import power_cuts
import roll_out
import updates
import watchdog
from branch import Branch
from guest import ARCH, Failed

IMAGES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "artifacts", "images")

# A set is a file. Those of OF_ONE_BOOT share the two machines that first_boot starts; the others bring their own. Each test of FROZEN begins with them
# as first_boot left them, memory and cards, whatever the test before did to them.
SETS = (boot_choice, first_boot, access, watchdog, crash_states, devices, head_office, power_cuts, updates, node_update, roll_out, pi)
OF_ONE_BOOT = (first_boot, access, watchdog, crash_states)
FROZEN = {module.__name__ for module in OF_ONE_BOOT if module is not first_boot}


def chosen(words):
    """The tests of the sets that are named, or those whose name holds a word; and of first_boot what they stand on."""
    sets = words[words.index("--sets") + 1].split(",") if "--sets" in words else []
    only = words[words.index("--only") + 1].split(",") if "--only" in words else []
    unknown = set(sets) - {module.__name__ for module in SETS}
    if unknown:
        sys.exit(f"images/test: no set is called {', '.join(sorted(unknown))}; there are {', '.join(module.__name__ for module in SETS)}")
    wanted = [(module, test) for module in SETS for test in module.TESTS
              if (not sets or module.__name__ in sets) and (not only or any(word in test.__name__ for word in only))]
    booted = any(module in OF_ONE_BOOT for module, _ in wanted)
    modules, asked = {module for module, _ in wanted} | ({first_boot} if booted else set()), [test for _, test in wanted]
    return [test for module in SETS for test in module.TESTS if test in asked or (module in modules and getattr(test, "needed", False))]


def standing_on(test):
    """Sets that are not worth running when this test, whose machines they use, has failed."""
    if not getattr(test, "needed", False):
        return ()
    return [module.__name__ for module in OF_ONE_BOOT] if test.__module__ == "first_boot" else [test.__module__]


def version(role):
    """Name and version of an image, as the build has noted it."""
    with open(os.path.join(IMAGES, f"{role}-{ARCH}", "sizes.txt"), encoding="ascii") as file:
        return file.readline().strip()


def main():
    words = sys.argv[1:]
    tests = chosen(words)
    if "--list" in words:
        print("\n".join(f"{test.__module__}: {test.__name__}" for test in tests))
        return 0
    # Asked to stop, it takes its machines with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = tempfile.mkdtemp(prefix="edgequeue-images-")
    branch = Branch(os.path.join(IMAGES, f"hub-{ARCH}"), os.path.join(IMAGES, f"node-{ARCH}"), folder, int(os.environ.get("EDGEQUEUE_PORTS", "21022")))
    passed = failed = 0
    print(f"{time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC, {version('hub')}, {version('node')}; {len(tests)} tests", flush=True)
    try:
        without = set()
        for test in tests:
            if test.__module__ in without:
                failed += 1
                print(f"FAIL  {test.__name__}: not run, because its machines are not there", flush=True)
                continue
            began = time.time()
            try:
                if test.__module__ in FROZEN:
                    if not branch.is_frozen:
                        branch.freeze()
                    branch.thaw()
                    print(f"{time.time() - began:4.1f} s  hub and node as they were after the first boot", flush=True)
                for line in test(branch) or []:
                    # When it was seen: a set that takes long says where.
                    print(f"{time.time() - began:4.0f} s  {line}", flush=True)
                passed += 1
                print(f"ok    {test.__name__} ({time.time() - began:.0f} s)", flush=True)
            except Exception as fault:  # pylint: disable=broad-except
                failed += 1
                print(f"FAIL  {test.__name__} ({time.time() - began:.0f} s): {fault}", flush=True)
                if not isinstance(fault, Failed):
                    traceback.print_exc()
                without.update(standing_on(test))
    finally:
        branch.end()
        if "--keep" in words:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
