# Sourced by images/build: the root as the device has it. Debian's, less what a device has no use for, plus ours.

stage=$work/stage

make_stage() {
    rm -rf "$stage"
    mkdir "$stage"
    tar -xf "$work/root.tar" -C "$stage" --exclude=./dev/*
    # Made by whoever builds, so its mode would be that of their umask.
    chmod 755 "$stage"
    take_out
    put_programs
    put_modules
    put_settings
    set_units
    # One time for everything: two builds differ in nothing else.
    find "$stage" -xdev -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

take_out() {
    # The package manager: what runs is the slot, and the slot is never changed.
    rm -rf "$stage"/usr/bin/{apt,apt-*,dpkg*,update-alternatives,debconf*,deb-systemd-*,perl*} "$stage"/usr/sbin/{dpkg*,debconf*} \
        "$stage"/usr/lib/{apt,dpkg,apt.systemd.daily} "$stage"/usr/lib/*/perl* "$stage"/usr/share/{perl*,debconf,dpkg} \
        "$stage"/etc/{apt,dpkg,cron.daily,cron.d,logrotate.d,debconf.conf} "$stage"/var/lib/{apt,dpkg,pam,ucf}
    rm -rf "$stage"/usr/share/{bash-completion,zsh,lintian,bug,pixmaps,icons,menu,doc-base,info,common-licenses/../initramfs-tools} \
        "$stage"/usr/lib/udev/hwdb.d "$stage"/usr/lib/udev/hwdb.bin "$stage"/etc/udev/hwdb.bin
    # What made the list of authorities that the world trusts, and is of no use where that list is never written.
    rm -f "$stage"/usr/bin/{openssl,c_rehash} "$stage"/usr/sbin/update-ca-certificates
    # Mounted, or of the machine that built.
    rm -rf "$stage"/{var,tmp,run,dev,boot,media,mnt,srv,opt,home}/* "$stage"/etc/{resolv.conf,hostname,*-} "$stage"/root/.[!.]*
    rm -rf "$stage"/etc/{init.d,rc?.d,insserv.conf.d,default/mosquitto}
    # SSH keys are the device's own.
    rm -f "$stage"/etc/ssh/ssh_host_*
    # What could become root: nobody here needs it.
    find "$stage" -xdev -perm /6000 -type f -exec chmod ug-s {} +
}

put_programs() {
    local library=$stage/usr/lib/edgequeue share=$stage/usr/share/edgequeue
    local needed=("$programs/tool/edgequeue" "$programs/hub/edgequeue-hub")
    [ "$role" = hub ] || needed=("$programs/tool/edgequeue" "$programs/node/edgequeue-node")
    local file
    for file in "${needed[@]}"; do
        if [ ! -x "$file" ]; then
            [ "$programs" = "$default" ] || die "$file is missing"
            build/install-packages "${linker[@]}"
            dotnet msbuild build/publish.proj -restore -m -nologo -v:q -p:RuntimeIdentifier=$platform
        fi
    done
    mkdir -p "$library" "$share"
    install -m 755 "$programs/tool/edgequeue" "$library/"
    if [ "$role" = hub ]; then
        install -m 755 "$programs/hub/edgequeue-hub" "$library/"
        install -m 644 "$programs/hub/libe_sqlite3.so" "$library/"
    else
        install -m 755 "$programs/node/edgequeue-node" "$library/"
        cp -r "$programs/node/assets" "$library/"
    fi
    for file in "$library"/edgequeue*; do
        ln -s "../lib/edgequeue/${file##*/}" "$stage/usr/bin/${file##*/}"
    done
    if [ "$role" = hub ]; then
        install -m 644 "$branch" "$share/branch.json"
        mkdir -p "$share/broker-config"
        install -m 644 broker-config/branch.{conf,acl} "$share/broker-config/"
    else
        install -m 644 "$device" "$share/device.json"
    fi
    cp "$out/packages.txt" "$share/packages.txt"
}

# Paths of modules with all that they need, in the order of loading.
modules_of() { # words of the first column
    local release words
    release=$(ls "$work/kernel-tree/lib/modules")
    words=$(awk -v w="$1" 'index(" " w " ", " " $1 " ") { for (i = 2; i <= NF; i++) print $i }' "$here/modules")
    local name found
    for name in $words; do
        if found=$(modprobe -d "$(readlink -f "$work/kernel-tree")" -S "$release" --show-depends "${name%\?}" 2>/dev/null); then
            awk '$1 == "insmod" { print $2 }' <<<"$found"
        elif [ "$name" = "${name%\?}" ] && [ "$arch" = amd64 ]; then
            echo "the kernel has no module '$name' (images/modules)" >&2
            return 1
        fi
    done | awk '!seen[$0]++'
}

put_modules() {
    local release tree file paths
    release=$(ls "$work/kernel-tree/lib/modules")
    tree=$(readlink -f "$work/kernel-tree")
    paths=$(modules_of "initrd common $role")
    for file in $paths; do
        install -D -m 644 "$file" "$stage/usr/lib/modules/$release/${file#*"/$release/"}"
    done
    install -m 644 "$tree/lib/modules/$release"/modules.{order,builtin,builtin.modinfo} "$stage/usr/lib/modules/$release/"
    depmod -b "$stage" "$release"
}

put_settings() {
    cp -r --no-preserve=ownership,timestamps "$here/system/common/." "$here/system/$role/." "$stage/"
    find "$stage"/etc/{systemd,rauc,sysctl.d} "$stage"/usr/lib/{systemd,sysusers.d,tmpfiles.d,repart.d,edgequeue} -type d -exec chmod 755 {} +
    find "$stage/usr/lib/edgequeue" -maxdepth 1 -type f ! -name services -exec chmod 755 {} +
    sed -i "s|@COMPATIBLE@|edgequeue-$role-$arch|" "$stage/etc/rauc/system.conf"
    signing_pair
    install -m 644 "$cert" "$stage/etc/rauc/keyring.pem"
    echo "$version" > "$stage/etc/edgequeue-version"
    printf '127.0.0.1 localhost\n::1 localhost\n127.0.1.1 %s\n' "$(cat "$stage/etc/hostname")" > "$stage/etc/hosts"
    ln -sfn ../run/systemd/resolve/stub-resolv.conf "$stage/etc/resolv.conf"
    ln -sfn ../usr/share/zoneinfo/UTC "$stage/etc/localtime"
    : > "$stage/etc/machine-id"
    mkdir -p "$stage"/{data,boot,run,proc,sys,dev,tmp,var}
    # systemd never sets the clock before this file's time: a first boot without a clock is at the image's date, not in 1970.
    : > "$stage/usr/lib/clock-epoch"
    # Not in Debian's rauc packages, and the package that has it brings a boot loader's tools. RAUC
    # and we call it through `boot-environment`, which says why.
    install -m 755 "$beside/usr/bin/grub-editenv" "$stage/usr/lib/edgequeue/grub-editenv"
    ln -s ../lib/edgequeue/boot-environment "$stage/usr/bin/grub-editenv"
    local needed
    # What Debian's root does not have of its libraries: libdevmapper at most.
    for needed in "$beside"/lib/*-linux-gnu/libdevmapper.so.1.02.1; do
        [ -e "$stage/usr/lib/${needed#*/lib/}" ] || install -m 755 "$needed" "$stage/usr/lib/${needed#"$beside/lib/"}"
    done
    systemd-sysusers --root="$stage"
    # '!' would shut out a key as well.
    sed -i 's/^technician:[^:]*:/technician:*:/' "$stage/etc/shadow"
    rm -f "$stage"/etc/{passwd,group,shadow,gshadow}- "$stage/etc/.pwd.lock"
}

set_units() {
    local root=(systemctl --root="$stage" --quiet)
    find "$stage/etc/systemd/system" -type l -delete
    "${root[@]}" set-default edgequeue-late.target
    "${root[@]}" enable systemd-networkd.service systemd-resolved.service nftables.service \
        edgequeue-boot-files.service edgequeue-known.service edgequeue-clock.timer edgequeue-setup.service edgequeue-health.service edgequeue-updater.service edgequeue-restart.path
    if [ "$role" = hub ]; then
        "${root[@]}" enable chrony.service avahi-daemon.service edgequeue-broker.service edgequeue-hub.service edgequeue-registrar.service edgequeue-revoked.path edgequeue-ssh.service edgequeue-updates.service edgequeue-join.service
        "${root[@]}" mask mosquitto.service ssh.service ssh.socket rescue-ssh.target
    else
        "${root[@]}" enable systemd-timesyncd.service edgequeue-time.path
    fi
    # No console to log in at, nothing that writes to the root, nothing that waits for a network that may not be there.
    "${root[@]}" mask getty.target getty@.service serial-getty@.service console-getty.service debug-shell.service emergency.service rescue.service \
        ldconfig.service systemd-hwdb-update.service systemd-journal-catalog-update.service systemd-update-done.service systemd-sysusers.service \
        systemd-machine-id-commit.service systemd-firstboot.service systemd-networkd-wait-online.service systemd-pstore.service \
        systemd-update-utmp.service systemd-update-utmp-runlevel.service e2scrub_reap.service e2scrub_all.timer fstrim.timer dpkg-db-backup.timer \
        apt-daily.timer apt-daily-upgrade.timer sys-kernel-debug.mount sys-kernel-tracing.mount dev-hugepages.mount dev-mqueue.mount sys-fs-fuse-connections.mount \
        proc-sys-fs-binfmt_misc.automount systemd-logind.service
}
