"""A service that hangs is ended and started anew, and loses nothing."""
import time

from first_boot import exported
from guest import Failed


def a_service_that_hangs_is_bitten_and_comes_back(branch):
    for guest, unit in ((branch.hub, "edgequeue-hub"), (branch.hub, "edgequeue-registrar"), (branch.node, "edgequeue-node@keypad")):
        before = exported(branch.hub) if unit == "edgequeue-hub" else ""
        pid = guest.run(f"systemctl show -P MainPID {unit}")
        guest.run(f"kill -STOP {pid}")
        began = time.time()
        guest.until(f"systemctl show -P MainPID,ActiveState {unit} | tr '\\n' ' '", rf"^(?!{pid} )([1-9]\d*) active", 900)
        log = guest.run(f"journalctl -u {unit} -o cat | grep -iE 'watchdog' | tail -2")
        if "atchdog" not in log:
            raise Failed(f"{unit} came back, but not by the watchdog: {log}")
        yield f"{unit}: hung, bitten, at work again after {time.time() - began:.0f} s"
        if before and not exported(branch.hub).startswith(before):
            raise Failed("the journal has lost events")


TESTS = [a_service_that_hangs_is_bitten_and_comes_back]
