"""What a thief finds: ports, accounts, files, rights."""
import re
import socket
import subprocess

from guest import Failed

# systemd's own scale, 0 to 10; our bound (README.md).
WORST = 2.5


def nothing_listens_but_what_is_used(branch):
    """By the guests' own sockets and by their firewalls: a socket that is not in the list is a fault even where the firewall is in front of it."""
    allowed = {"hub": {"22", "123", "5353", "8080", "8883", "8884", "53", "68", "546"}, "node": {"5353", "53", "68", "546"}}
    for guest in (branch.hub, branch.node):
        listing = guest.run("cat /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6 | awk '$4 == \"0A\" || $4 == \"07\" { print $2 }'")
        ports = {str(int(line.rsplit(":", 1)[1], 16)) for line in listing.split()}
        local = {str(int(line.rsplit(":", 1)[1], 16)) for line in listing.split() if line.startswith(("0100007F", "3500007F", "3600007F", "00000000000000000000000001000000"))}
        strange = ports - allowed[guest.name] - local
        yield f"{guest.name} listens on {', '.join(sorted(ports, key=int))}; only for itself: {', '.join(sorted(local, key=int)) or 'none'}"
        if strange:
            raise Failed(f"{guest.name} listens on {sorted(strange)}: {listing}")
        rules = guest.run("nft list ruleset")
        if rules.count("policy drop") != 3:
            raise Failed(f"{guest.name}: the firewall is not there:\n{rules}")
    # From outside: the status page is the hub's own, the broker and the enrolment port want TLS and the first a certificate.
    with socket.create_connection(("127.0.0.1", branch.ssh_port + 4), 20) as page:
        page.settimeout(20)
        try:
            page.sendall(b"GET / HTTP/1.0\r\n\r\n")
            answer = page.recv(100)
        except OSError:
            answer = b""
        if answer:
            raise Failed(f"the hub's page answers from outside: {answer!r}")


def nobody_can_log_in_with_a_password(branch):
    for guest in (branch.hub, branch.node):
        hashes = guest.run("cut -d: -f1,2 /etc/shadow")
        with_password = [line for line in hashes.splitlines() if not re.fullmatch(r"[^:]+:[!*]+", line)]
        if with_password:
            raise Failed(f"{guest.name}: {with_password}")
        gettys = guest.run("ps -e -o comm= 2>/dev/null | grep -cE 'getty|login' || true", check=False)
        if gettys.strip() not in ("0", ""):
            raise Failed(f"{guest.name}: a getty runs")
    said = branch.hub.run("sshd -T 2>/dev/null | grep -E '^(passwordauthentication|kbdinteractiveauthentication|permitrootlogin|usepam)'", check=False)
    if "passwordauthentication no" not in said or "permitrootlogin no" not in said or "kbdinteractiveauthentication no" not in said:
        raise Failed(said)
    yield said.replace("\n", ", ")


def the_root_cannot_be_written_and_has_no_suid_program(branch):
    for guest in (branch.hub, branch.node):
        if "Read-only" not in guest.run("touch /usr/lib/edgequeue/x /etc/x; true"):
            raise Failed(f"{guest.name}: the root can be written")
        if guest.run("find / -xdev -perm /6000 -type f"):
            raise Failed(f"{guest.name}: a program with the set-user-id bit")
        mounts = guest.run("findmnt -rn -o TARGET,OPTIONS /data /boot /var /tmp 2>/dev/null; findmnt -rn -o TARGET,OPTIONS | grep -E '^/(data|boot|var|tmp) '")
        for line in mounts.splitlines():
            if "noexec" not in line or "nosuid" not in line:
                raise Failed(f"{guest.name}: {line}")


def each_unit_is_as_closed_as_it_can_be(branch):
    units = {branch.hub: ["edgequeue-hub", "edgequeue-broker", "edgequeue-registrar", "edgequeue-setup"], branch.node: ["edgequeue-node@keypad"]}
    for guest, names in units.items():
        for name in names:
            said = guest.run(f"systemd-analyze security --no-pager {name} | tail -1")
            exposure = float(re.search(r": (\d+\.\d+)", said).group(1))
            yield f"{name}: {exposure}"
            if exposure > WORST:
                raise Failed(said)
            status = guest.run(f"cat /proc/$(systemctl show -P MainPID {name})/status | grep -E '^(Uid|CapEff|CapBnd|NoNewPrivs|Seccomp):'", check=False)
            if name != "edgequeue-setup" and ("CapEff:\t0000000000000000" not in status or "CapBnd:\t0000000000000000" not in status or "Seccomp:\t2" not in status):
                raise Failed(f"{name}: {status}")


def a_stranger_without_a_certificate_is_refused_by_the_broker(branch):
    done = subprocess.run(["mosquitto_pub", "-h", "127.0.0.1", "-p", str(branch.ssh_port + 2), "-t", "edgequeue/v1/demo/cmd/x/y", "-m", "x", "-i", "stranger"],
                          capture_output=True, text=True, timeout=120, check=False)
    if done.returncode == 0:
        raise Failed("the broker took a message in the clear")
    yield f"in the clear: {done.stderr.strip()}"


TESTS = [
    nothing_listens_but_what_is_used,
    nobody_can_log_in_with_a_password,
    the_root_cannot_be_written_and_has_no_suid_program,
    each_unit_is_as_closed_as_it_can_be,
    a_stranger_without_a_certificate_is_refused_by_the_broker,
]
