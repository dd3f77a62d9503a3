# Sourced by images/build, for arm64: what a Raspberry Pi wants before it can be started by UEFI, on the boot partition. Its ROM and the
# firmware read bootcode.bin and start*.elf; that loads U-Boot with the board's device tree, and U-Boot is the UEFI that starts GRUB.

# Boards whose device tree Debian's kernel has: 3A+, 3B, 3B+, CM3, Zero 2 W; 4B, 400, CM4.
pi_firmware=(bootcode.bin start.elf fixup.dat start4.elf fixup4.dat)

# Where Debian's raspi-firmware is: a part of the archive that few machines have among their sources, because it is not free.
pi_source() {
    local site
    site=$(apt-get indextargets --format '$(SITE) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' | awk -v s=$suite '$2 == s && $3 == "main" { print $1; exit }')
    [ -n "$site" ] || die "no apt source for Debian $suite main on this machine, so nothing is known of where its firmware for the Raspberry Pi is"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $site $suite non-free-firmware"
}

pi_trees() {
    local tree name label free
    rm -rf "$work/pi"
    mkdir -p "$work/pi/overlays"
    for name in "$here"/boot/overlays/*.dts; do
        dtc -q -@ -I dts -O dtb -o "$work/pi/overlays/$(basename "$name" .dts).dtbo" "$name"
    done
    for tree in "$work"/kernel-tree/usr/lib/linux-image-*/broadcom/*.dtb; do
        name=$work/pi/${tree##*/}
        cp "$tree" "$name"
        # Debian's trees have no names of their nodes, and numbers only for those that it refers to itself: no overlay would find what it stands on.
        free=4096
        for label in gpio=gpio@7e200000 spi=spi@7e204000 i2c1=i2c@7e804000 uart0=serial@7e201000 uart1=serial@7e215040; do
            fdtput -p -t s "$name" /__symbols__ "${label%%=*}" "/soc/${label#*=}"
            fdtget "$name" "/soc/${label#*=}" phandle >/dev/null 2>&1 || fdtput -t i "$name" "/soc/${label#*=}" phandle $((free += 1))
        done
        # The bus at the pins 3 and 5 is /dev/i2c-1, whichever is found first.
        fdtput -t s "$name" /aliases i2c0 /soc/i2c@7e205000
        fdtput -t s "$name" /aliases i2c1 /soc/i2c@7e804000
        # Each overlay by itself and all at once: one that does not fit is found here, and not as a box that stays dark.
        for label in "$work"/pi/overlays/*.dtbo; do
            fdtoverlay -i "$name" -o "$work/pi-try" "$label"
        done
        fdtoverlay -i "$name" -o "$work/pi-try" "$work"/pi/overlays/*.dtbo
    done
}

put_pi() { # file system image
    local file
    pi_trees
    mkdir -p "$work/pi"
    for file in "${pi_firmware[@]}"; do
        cp "$beside/usr/lib/raspi-firmware/$file" "$work/pi/"
    done
    cp "$beside/usr/lib/u-boot/rpi_arm64/u-boot.bin" "$here/boot/config.txt" "$work/pi/"
    cp "$beside/usr/share/doc/raspi-firmware/copyright" "$work/pi/firmware-licence.txt"
    find "$work/pi" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
    mcopy -m -s -i "$1" "$work"/pi/* ::/
}

# The ROM of a Pi 3 knows no GPT: the boot partition has an entry in the old table too. What is behind a GPT begins with the entry 0xEE.
put_pi_table() { # disk
    local start size
    read -r start size < <(sfdisk -J "$1" | jq -r '.partitiontable.partitions[] | select(.name == "esp") | "\(.start) \(.size)"')
    patch "$1" $((446 + 16)) "\\x00\\xfe\\xff\\xff\\x0c\\xfe\\xff\\xff$(le "$start" 4)$(le "$size" 4)"
}
