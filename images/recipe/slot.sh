# Sourced by images/build: the initial ramdisk and the root slot.

make_initrd() {
    local tree=$work/initrd release file
    release=$(ls "$work/kernel-tree/lib/modules")
    rm -rf "$tree"
    mkdir -p "$tree/bin" "$tree/lib/modules"
    install -m 755 "$beside/bin/busybox" "$tree/bin/busybox"
    install -m 755 "$here/initramfs/init" "$tree/init"
    for file in $(modules_of initrd); do
        install -m 644 "$file" "$tree/lib/modules/"
        echo "${file##*/}" >> "$tree/lib/modules/order"
    done
    find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
    (cd "$tree" && find . -print0 | LC_ALL=C sort -z | cpio -0 -o -H newc --quiet --reproducible -R 0:0) | zstd -q -12 -T1 > "$out/initrd.img"
    install -m 644 "$work/kernel-tree/boot/vmlinuz-$release" "$out/vmlinuz"
    # amd64's kernel unpacks itself, arm64's does not: there the boot loader does it.
    [ "$arch" = amd64 ] || { gzip -9n "$out/vmlinuz" && mv "$out/vmlinuz.gz" "$out/vmlinuz"; }
}

make_slot() {
    rm -f "$out/root.squashfs"
    # The epoch is taken from the environment for the file system's own time.
    mksquashfs "$stage" "$out/root.squashfs" -comp zstd -Xcompression-level "${EDGEQUEUE_ZSTD:-15}" -all-root -noappend -no-progress -quiet -no-exports \
        -p "/dev d 755 0 0" -p "/proc d 555 0 0" -p "/sys d 555 0 0" -p "/run d 755 0 0" -p "/tmp d 1777 0 0"
}
