"""What a thief finds: ports, accounts, files, rights."""
import os
import re
import socket
import ssl

from guest import Failed

# systemd's own scale, 0 to 10; our bound (README.md).
WORST = 2.5

# Seconds that an emulated broker on a busy host may need for an answer.
SLOW = 300

# MQTT 3.1.1, 3.1 and 3.2: a client that asks to come in, and the answer to one that may.
CONNECT = b"\x10\x14\x00\x04MQTT\x04\x02\x00\x3c\x00\x08stranger"
ACCEPTED = b"\x20\x02\x00\x00"


def nothing_listens_but_what_is_used(branch):
    """By the guests' own sockets and by their firewalls: a socket that is not in the list is a fault even where the firewall is in front of it."""
    allowed = {"hub": {"22", "123", "5353", "8080", "8883", "8884", "8885", "53", "68", "546"}, "node": {"5353", "53", "68", "546"}}
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
        # From /proc, because a node has no ps; the first process is in the list, or it is none.
        programs = guest.run("for p in /proc/[0-9]*; do read -r name < $p/comm && echo $name; done 2>/dev/null; true").split("\n")
        if "systemd" not in programs:
            raise Failed(f"{guest.name}: the processes cannot be seen: {programs}")
        logins = [name for name in programs if "getty" in name or "login" in name]
        if logins:
            raise Failed(f"{guest.name}: {logins} run")
        yield f"{guest.name}: {len(programs)} processes, none to log in at a console"
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
    units = {branch.hub: ["edgequeue-hub", "edgequeue-broker", "edgequeue-registrar", "edgequeue-setup", "edgequeue-updates", "edgequeue-updater"], branch.node: ["edgequeue-node@keypad", "edgequeue-updater"]}
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
    """From outside. The same handshake with a certificate of the branch is taken, so it is the broker that refuses, and for that reason."""
    folder = branch.folder
    for name in ("authority.crt", "watch.crt", "watch.key"):
        with open(os.path.join(folder, name), "w", encoding="ascii") as file:
            file.write(branch.hub.run(f"cat /data/edgequeue/certificates/{name}") + "\n")
    own = (os.path.join(folder, "watch.crt"), os.path.join(folder, "watch.key"))
    versions = (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3)
    for version in versions:
        answer = knock(branch, version, own)
        if answer != ACCEPTED:
            raise Failed(f"the broker does not take the technician's certificate by {version.name}: {answer!r}")
        try:
            answer = knock(branch, version, None)
        except ssl.SSLError as refusal:
            # TLS 1.2 has no alert of its own for it (RFC 8446, 6.2: certificate_required is new in 1.3).
            if refusal.reason not in ("TLSV13_ALERT_CERTIFICATE_REQUIRED", "SSLV3_ALERT_HANDSHAKE_FAILURE"):
                raise
            yield f"{version.name}: taken with a certificate of the branch; without one: {refusal.reason}"
        else:
            raise Failed(f"the broker answered somebody without a certificate by {version.name}: {answer!r}")
    logged = branch.hub.until("journalctl -u edgequeue-broker -o cat | grep -c 'peer did not return a certificate'", r"^([2-9]|\d\d+)$").group(1)
    if int(logged) != len(versions):
        raise Failed(f"refused {len(versions)} times, logged {logged} times")
    with socket.create_connection(("127.0.0.1", branch.ssh_port + 2), SLOW) as clear:
        clear.settimeout(SLOW)
        clear.sendall(CONNECT)
        try:
            answer = clear.recv(100)
        except ConnectionResetError:
            answer = b""
        # A TLS alert at most (its type is 21), and never MQTT.
        if answer and answer[0] != 21:
            raise Failed(f"the broker speaks in the clear: {answer!r}")
        yield f"in the clear: {answer!r}"


def knock(branch, version, own):
    """The broker's answer to a CONNECT by TLS, with a certificate or without. The broker's own certificate is checked against the branch's authority."""
    context = ssl.create_default_context(cafile=os.path.join(branch.folder, "authority.crt"))
    context.minimum_version = context.maximum_version = version
    if own:
        context.load_cert_chain(*own)
    with socket.create_connection(("127.0.0.1", branch.ssh_port + 2), SLOW) as plain:
        with context.wrap_socket(plain, server_hostname="edgequeue-hub.local") as secure:
            secure.sendall(CONNECT)
            return secure.recv(100)


TESTS = [
    nothing_listens_but_what_is_used,
    nobody_can_log_in_with_a_password,
    the_root_cannot_be_written_and_has_no_suid_program,
    each_unit_is_as_closed_as_it_can_be,
    a_stranger_without_a_certificate_is_refused_by_the_broker,
]
