"""Runs the boot tests one after the other, in the order of this file: the first ones make what the later ones use."""
import os
import shutil
import sys
import tempfile
import time
import traceback

import access
import boot_choice
import crash_states
import first_boot
import power_cuts
import updates
import watchdog
from branch import Branch
from guest import Failed

IMAGES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "artifacts", "images")


def main():
    words = sys.argv[1:]
    tests = [test for module in (boot_choice, first_boot, access, watchdog, crash_states, power_cuts, updates) for test in module.TESTS]
    if "--list" in words:
        print("\n".join(test.__name__ for test in tests))
        return 0
    only = words[words.index("--only") + 1] if "--only" in words else ""
    folder = tempfile.mkdtemp(prefix="edgequeue-images-")
    branch = Branch(os.path.join(IMAGES, "hub-amd64"), os.path.join(IMAGES, "node-amd64"), folder, int(os.environ.get("EDGEQUEUE_PORTS", "21022")))
    passed = failed = 0
    try:
        for test in tests:
            if only and only not in test.__name__ and not getattr(test, "needed", False):
                continue
            began = time.time()
            try:
                for line in test(branch) or []:
                    print(f"      {line}", flush=True)
                passed += 1
                print(f"ok    {test.__name__} ({time.time() - began:.0f} s)", flush=True)
            except Exception as fault:  # pylint: disable=broad-except
                failed += 1
                print(f"FAIL  {test.__name__} ({time.time() - began:.0f} s): {fault}", flush=True)
                if not isinstance(fault, Failed):
                    traceback.print_exc()
                if getattr(test, "needed", False):
                    print("      the tests after it need what it makes: not run", flush=True)
                    break
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
