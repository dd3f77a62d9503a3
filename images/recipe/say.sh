# Sourced by images/build. One line a step; what a step says is shown only when it fails.

log=$(mktemp)
trap 'rm -f "$log"' EXIT
steps=7

step() { # number, name, function
    printf '[%s/%s] %-28s' "$1" "$steps" "$2 …"
    local began=$SECONDS
    # A subshell of its own, because `set -e` does not reach into what stands before a `||`.
    set +e
    ( set -e; "$3" ) >"$log" 2>&1
    local code=$?
    set -e
    if [ $code -ne 0 ]; then
        echo
        tail -40 "$log" >&2
        die "$2 failed with code $code; the lines above say why."
    fi
    echo "$((SECONDS - began)) s"
}

megabytes() { awk -v b="$(stat -c %s "$1")" 'BEGIN { printf "%.1f MB", b / 1e6 }'; }

# The budgets: a root slot of at most 120 MB, a bundle of at most 130.
within() { # file, megabytes
    [ "$(stat -c %s "$1")" -le $(($2 * 1000000)) ] || die "$1 has $(megabytes "$1"), the budget is $2 MB"
}

report() {
    {
        echo "$role-$arch $version"
        for file in root.squashfs initrd.img vmlinuz update.raucb disk.img; do
            [ ! -e "$out/$file" ] || printf '%-14s %10s  sha256 %s\n' "$file" "$(megabytes "$out/$file")" "$(sha256sum < "$out/$file" | cut -c1-64)"
        done
    } | tee "$out/sizes.txt"
    within "$out/root.squashfs" 120
    [ ! -e "$out/update.raucb" ] || within "$out/update.raucb" 130
}
