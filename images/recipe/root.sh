# Sourced by images/build: a Debian root from the apt sources of this machine, and its kernel.

suite=bookworm
# Of the device's architecture, and not in its root.
beside_packages=(busybox-static grub-common "grub-efi-$arch-bin" libdevmapper1.02.1 u-boot-rpi raspi-firmware)

sources() {
    local found=no file
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources}; do
        # Only Debian's own of this suite: what else a machine gets its packages from does not belong into a device.
        if [ -s "$file" ] && grep -qsE "(^|[[:space:]])$suite" "$file" && grep -qsiE 'debian' "$file" && ! grep -qsE "$suite-backports" "$file"; then
            echo "$file"
            found=yes
        fi
    done
    [ $found = yes ] || die "no apt source for Debian $suite on this machine (/etc/apt/sources.list.d)"
}

make_root() {
    local wanted list
    list=$(awk -v r="$role" '$1 == "common" || $1 == r { for (i = 2; i <= NF; i++) printf "%s%s", n++ ? "," : "", $i }' "$here/packages")
    wanted=$(echo "$suite $arch $list$([ "$arch" = amd64 ] || echo " ${beside_packages[*]}")" | sha256sum)
    if [ $fresh = no ] && [ -s "$work/root.tar" ] && [ "$(cat "$work/root.of" 2>/dev/null)" = "$wanted" ]; then
        return
    fi
    if [ "$arch" != "$(dpkg --print-architecture)" ]; then
        build/install-packages qemu-user-static binfmt-support arch-test
        arch-test "$arch" || die "this machine cannot run $arch programs: binfmt_misc has no $arch (qemu-user-static)"
    fi

    mkdir -p "$out/../debs" "$work/kernel" "$work/foreign"
    # Downloaded packages are kept, so that the next bootstrap does not ask the network again for what it has.
    local debs kernel foreign
    debs=$(readlink -f "$out/../debs") kernel=$(readlink -f "$work/kernel") foreign=$(readlink -f "$work/foreign")
    rm -f "$kernel"/*.deb "$foreign"/*.deb
    # What the recipe takes from this machine itself where the device is of the same architecture.
    local hooks=() more=()
    [ "$arch" = amd64 ] || more=("$(pi_source)")
    # shellcheck disable=SC2016
    [ "$arch" = amd64 ] || hooks=(--customize-hook='cd '"$foreign"' && export APT_CONFIG=$MMDEBSTRAP_APT_CONFIG && apt-get download '"${beside_packages[*]}")
    # shellcheck disable=SC2046,SC2016
    mmdebstrap --mode=root --architectures="$arch" --variant=apt --include="$list" \
        --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr \
        --aptopt='Apt::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
        --dpkgopt='path-exclude=/usr/lib/*/gconv/*' \
        --skip=download/empty --skip=essential/unlink \
        --setup-hook='mkdir -p "$1"/var/cache/apt/archives/partial; cp '"$debs"'/*.deb "$1"/var/cache/apt/archives/ 2>/dev/null || true' \
        --customize-hook='cp -n "$1"/var/cache/apt/archives/*.deb '"$debs"'/ || true' \
        --customize-hook='cd '"$kernel"' && export APT_CONFIG=$MMDEBSTRAP_APT_CONFIG && k=$(apt-cache depends linux-image-'"$arch"' | sed -n "s/.*Depends: *//p;" | head -1) && { cp '"$debs"'/${k}_*.deb . 2>/dev/null || { apt-get download $k && cp ${k}_*.deb '"$debs"'/; }; }' \
        "${hooks[@]}" \
        --customize-hook='chroot "$1" dpkg-query -W > '"$(readlink -f "$out")"'/packages.txt' \
        "$suite" "$work/root.tar" $(sources) "${more[@]}"
    echo "$wanted" > "$work/root.of"
}

unpack_kernel() {
    local deb from
    deb=$(ls "$work"/kernel/*.deb)
    from=$(find "$work/kernel" "$work/foreign" -name '*.deb' | sort)
    if [ "$(cat "$work/kernel.of" 2>/dev/null)" = "$from" ]; then
        return
    fi
    rm -rf "$work/kernel-tree"
    mkdir "$work/kernel-tree"
    dpkg-deb -x "$deb" "$work/kernel-tree"
    depmod -b "$work/kernel-tree" "$(ls "$work/kernel-tree/lib/modules")"
    rm -rf "$work/foreign-tree"
    mkdir "$work/foreign-tree"
    local other
    for other in "$work"/foreign/*.deb; do
        [ ! -e "$other" ] || dpkg-deb -x "$other" "$work/foreign-tree"
    done
    echo "$from" > "$work/kernel.of"
}
