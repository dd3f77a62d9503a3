"""From the card to the first key press."""
import re
import time

from guest import Failed

# The PIN of the demonstration's first operator and the key that ends it.
PIN = ("kp_1", "kp_1", "kp_1", "kp_1", "kp_decimal")


def both_machines_boot_and_grow_their_data(branch):
    hub, node = branch.start_hub(), branch.start_node()
    hub.until("systemctl is-active edgequeue-hub edgequeue-broker edgequeue-registrar | sort | uniq -c", r"3 active", 1800)
    ready = time.time() - hub.began
    yield f"hub: its queue serves {ready:.0f} s after power, by the guest's own clock {hub.run('cut -d. -f1 /proc/uptime')} s"
    yield "hub: " + hub.run("systemd-analyze | head -1", check=False)
    for guest in (hub, node):
        size = int(guest.until("df --output=size -m /data | tail -1", r"(\d+)").group(1))
        if size < 90:
            raise Failed(f"{guest.name}: /data has {size} MB: it did not grow")
        yield f"{guest.name}: /data has {size} MB, 64 in the image"
        if "squashfs" not in guest.run("findmnt -no FSTYPE,OPTIONS /"):
            raise Failed(f"{guest.name}: the root is not the squashfs")


both_machines_boot_and_grow_their_data.needed = True


def keys_are_made_on_the_device_and_only_their_service_reads_them(branch):
    listing = branch.hub.run("cd /data/edgequeue/certificates && stat -c '%a %U %n' *.key")
    yield listing.replace("\n", ", ")
    wanted = {"authority.key": "600 edgequeue-registrar", "registrar.key": "600 edgequeue-registrar", "hub.key": "600 edgequeue-hub", "broker.key": "640 edgequeue-registrar"}
    for name, rights in wanted.items():
        if f"{rights} {name}" not in listing:
            raise Failed(f"{name} should be {rights}:\n{listing}")
    if branch.hub.run("stat -c '%a' /data/edgequeue/hub") != "700":
        raise Failed("the journal's folder is open")


def a_node_in_1970_finds_its_hub_and_is_claimed_and_a_key_reaches_the_queue(branch):
    """The whole path of a technician: the code read from the device, typed at the hub by SSH, a key pressed."""
    code = branch.code()
    yield f"the node's clock says {branch.node.run('date -u +%Y-%m-%d')}, the hardware's said 1970; the code came {time.time() - branch.node.began:.0f} s after power"
    began = time.time()
    said = claim(branch, code)
    yield said.strip().replace("\n", "; ")
    branch.node.wait(r"this device is 'keypad-box' now")
    branch.node.until("systemctl is-active edgequeue-node@keypad", r"^active")
    yield f"claimed and at work {time.time() - began:.0f} s after the code was typed"
    branch.hub.until("journalctl -u edgequeue-broker -o cat", r"keypad-box/keypad")
    branch.node.wait(r"counter c1 is known: keys are taken")
    # Nobody has opened the counter: the hub says so, and only the hub can.
    yield "a key of the USB keypad: " + ", ".join(press_until(branch, ("kp_enter",), "CallNext: refused, counterClosed"))


a_node_in_1970_finds_its_hub_and_is_claimed_and_a_key_reaches_the_queue.needed = True


def an_operator_opens_a_counter_with_their_pin(branch):
    yield f"the keypad says: {', '.join(press_until(branch, PIN, 'OpenCounter: accepted'))}"
    opened = [line for line in exported(branch.hub).splitlines() if "counterOpened" in line]
    if len(opened) != 1:
        raise Failed(f"the counter was opened once, and the journal says: {opened}")
    yield f"the hub's journal: {opened[0][:200]}"


def claim(branch, code):
    """Typed again when the registrar did not answer, or heard nothing, within its five seconds: an emulated machine may need more than that
    between two lines."""
    for _ in range(10):
        said = branch.type(f"edgequeue claim {code[0]} {code[1]} --node keypad-box --role keypad --counter 1; echo rc=$?")
        if "rc=0" in said:
            return said.replace("rc=0", "")
        if "rc=5" not in said and "Nothing was asked." not in said:
            break
    raise Failed(f"the claim was refused: {said}")


def press_until(branch, keys, wanted):
    """The node's own words about a press. A press is wanted for three seconds, and an emulated hub on a busy host may need more: then it has been
    withdrawn and nothing came of it, or it never left, or the counter was not known yet; and an operator presses again. Any other answer than the wanted one is a failure."""
    end, answers = time.time() + 1800, []
    while time.time() < end:
        before = len(branch.node.said())
        branch.node.press(*keys)
        try:
            answer = branch.node.wait(r"\w+: (accepted|refused, \w+|not sent, \w+)|refused here: \w+", 120, before).group(0)
        except Failed:
            answers.append("no answer")
            continue
        answers.append(answer)
        if re.search(wanted, answer):
            return answers
        if not re.search(r"refused, (withdrawn|tooLate)|not sent, |refused here: (notSent|hubAway|busy|counterUnknown)", answer):
            break
    raise Failed(f"{keys}: never {wanted}, but {answers}\nnode: {branch.node.run('journalctl -u edgequeue-node@keypad -o cat | tail -20')}")


def exported(hub):
    """The events of the hub's journal, a line each."""
    return hub.run("edgequeue journal export /data/edgequeue/hub/branch.journal", check=False)


TESTS = [
    both_machines_boot_and_grow_their_data,
    keys_are_made_on_the_device_and_only_their_service_reads_them,
    a_node_in_1970_finds_its_hub_and_is_claimed_and_a_key_reaches_the_queue,
    an_operator_opens_a_counter_with_their_pin,
]
