# Sourced by images/build: boot slot, boot loader (BIOS and EFI), disk, and the signed bundle.

# A machine with UEFI has the one of arm64's, a Raspberry Pi the other at its pins.
case "$arch" in amd64) consoles="console=ttyS0,115200" ;; arm64) consoles="console=ttyAMA0,115200 console=ttyS1,115200" ;; esac
cmdline="ro console=tty0 $consoles quiet panic=10 systemd.gpt_auto=0 systemd.show_status=0 slab_nomerge init_on_alloc=1"

# MiB. The first MiB is the partition table's, the second the BIOS boot loader's.
esp_size=16 boot_size=32 root_size=160 data_size=64

fat() { # file, MiB, label, volume id
    rm -f "$1"
    truncate -s "$2M" "$1"
    mkfs.vfat -F 16 -n "$3" -i "$4" --invariant "$1"
}

make_boot() {
    local name
    fat "$work/boot.vfat" $boot_size EQBOOT 45510001
    for name in vmlinuz initrd.img; do
        touch -d "@$SOURCE_DATE_EPOCH" "$out/$name"
        mcopy -m -i "$work/boot.vfat" "$out/$name" "::/$name"
    done
}

make_esp() {
    local modules="part_gpt fat ext2 normal linux loadenv test echo serial terminal reboot sleep configfile" file
    local efi console
    if [ "$arch" = amd64 ]; then
        grub-mkimage -O i386-pc -o "$work/core.img" -p '(hd0,gpt2)/grub' biosdisk $modules
        efi=BOOTX64.EFI
        grub-mkimage -O x86_64-efi -o "$work/$efi" -p '(hd0,gpt2)/grub' $modules
        console='serial --unit=0 --speed=115200\nterminal_output console serial\nterminal_input console serial'
    else
        efi=BOOTAA64.EFI
        # The firmware's console is the serial line, or has it. The kernel is packed.
        grub-mkimage -O arm64-efi -d "$beside/usr/lib/grub/arm64-efi" -o "$work/$efi" -p '(hd0,gpt2)/grub' ${modules/ serial/} gzio
        console='terminal_output console\nterminal_input console'
    fi
    sed -e "s|@CONSOLE@|$console|" -e "s|@CMDLINE@|$cmdline|" "$here/boot/grub.cfg" > "$work/grub.cfg"
    rm -f "$work/grubenv"
    grub-editenv "$work/grubenv" create
    grub-editenv "$work/grubenv" set ORDER="A B" A_OK=1 B_OK=1 A_TRY=0 B_TRY=0
    fat "$work/esp.vfat" $esp_size EQCONFIG 45510002
    mmd -i "$work/esp.vfat" ::/grub ::/EFI ::/EFI/BOOT ::/edgequeue
    cp "$here/boot/read-me.txt" "$work/"
    for file in grub.cfg grubenv "$efi" read-me.txt; do
        touch -d "@$SOURCE_DATE_EPOCH" "$work/$file"
    done
    mcopy -m -i "$work/esp.vfat" "$work/grub.cfg" "$work/grubenv" ::/grub/
    mcopy -m -i "$work/esp.vfat" "$work/$efi" ::/EFI/BOOT/
    mcopy -m -i "$work/esp.vfat" "$work/read-me.txt" ::/edgequeue/READ-ME.TXT
    [ "$arch" = amd64 ] || put_pi "$work/esp.vfat"
}

make_data() {
    rm -rf "$work/data" "$work/data.ext4"
    mkdir -p "$work/data/system" "$work/data/edgequeue"
    find "$work/data" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
    truncate -s ${data_size}M "$work/data.ext4"
    # metadata_csum with a seed of its own, so that the same image on two cards differs once each is mounted and given its own name.
    E2FSPROGS_FAKE_TIME=$SOURCE_DATE_EPOCH mkfs.ext4 -q -L data -U 6f2a4c1e-0000-4000-8000-000000000001 \
        -E root_owner=0:0,hash_seed=6f2a4c1e-0000-4000-8000-000000000002,lazy_itable_init=0 -J size=16 -d "$work/data" "$work/data.ext4"
    # Copied from the folders of this machine: when they were made here is nobody's business, and would make each image another one.
    local folder field
    for folder in system edgequeue; do
        for field in ctime crtime; do
            printf 'set_inode_field /%s %s @%s\nset_inode_field /%s %s_extra 0\n' $folder $field "$SOURCE_DATE_EPOCH" $folder $field
        done
    done | debugfs -w -f - "$work/data.ext4"
}

le() { # number, bytes: little-endian, as printf's escapes
    local value=$1 i
    for ((i = 0; i < $2; i++)); do
        printf '\\x%02x' $((value & 255))
        value=$((value >> 8))
    done
}
patch() { # file, offset, bytes as escapes
    # shellcheck disable=SC2059
    printf "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

make_disk() {
    make_boot
    make_esp
    make_data
    local disk=$out/disk.img start=2 name file
    rm -f "$disk"
    truncate -s $((2 + esp_size + 2 * boot_size + 2 * root_size + data_size + 1))M "$disk"
    sfdisk -q "$disk" <<TABLE
label: gpt
label-id: 6F2A4C1E-0000-4000-8000-000000000010
unit: sectors
start=2048, size=2048, type=21686148-6449-6E6F-744E-656564454649, uuid=6F2A4C1E-0000-4000-8000-000000000011, name=bios
size=${esp_size}M, type=U, uuid=6F2A4C1E-0000-4000-8000-000000000012, name=esp
size=${boot_size}M, type=L, uuid=6F2A4C1E-0000-4000-8000-000000000013, name=bootA
size=${boot_size}M, type=L, uuid=6F2A4C1E-0000-4000-8000-000000000014, name=bootB
size=${root_size}M, type=L, uuid=6F2A4C1E-0000-4000-8000-000000000015, name=rootA
size=${root_size}M, type=L, uuid=6F2A4C1E-0000-4000-8000-000000000016, name=rootB
size=${data_size}M, type=6F2A4C1E-7D0B-4B7E-9C55-3E1D0F8A2B64, uuid=6F2A4C1E-0000-4000-8000-000000000017, name=data
TABLE
    while read -r name file; do
        start=$(sfdisk -J "$disk" | jq -r --arg n "$name" '.partitiontable.partitions[] | select(.name == $n) | .start')
        dd if="$file" of="$disk" bs=64K seek=$((start * 512)) oflag=seek_bytes conv=notrunc,sparse status=none
    done <<PARTS
esp $work/esp.vfat
bootA $work/boot.vfat
bootB $work/boot.vfat
rootA $out/root.squashfs
rootB $out/root.squashfs
data $work/data.ext4
PARTS

    [ "$arch" = amd64 ] || { put_pi_table "$disk"; return 0; }
    # What grub-install would do (GRUB manual, "BIOS installation"), without a loop device: boot.img learns where the core is, the
    # core's first block list where its rest is. Sectors; the core begins where the partition `bios` does.
    local core=2048 blocks
    cp /usr/lib/grub/i386-pc/boot.img "$work/mbr.img"
    patch "$work/mbr.img" $((0x5c)) "$(le $core 8)"
    patch "$work/mbr.img" $((0x66)) '\x90\x90'
    blocks=$((($(stat -c %s "$work/core.img") + 511) / 512))
    patch "$work/core.img" $((0x1f4)) "$(le $((core + 1)) 8)$(le $((blocks - 1)) 2)$(le $((0x820)) 2)"
    dd if="$work/mbr.img" of="$disk" bs=440 count=1 conv=notrunc status=none
    dd if="$work/core.img" of="$disk" bs=512 seek=$core conv=notrunc status=none
}

signing_pair() {
    [ -z "$cert" ] || return 0
    local folder=$out/../signing
    if [ ! -s "$folder/cert.pem" ]; then
        echo "no --signing-cert: making a pair for trying in $folder"
        mkdir -p -m 700 "$folder"
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 7300 -subj "/CN=EdgeQueue bundles for trying" \
            -keyout "$folder/key.pem" -out "$folder/cert.pem"
    fi
    cert=$folder/cert.pem key=$folder/key.pem
}

make_bundle() {
    signing_pair
    rm -rf "$work/bundle" "$out/update.raucb"
    mkdir "$work/bundle"
    cp "$out/root.squashfs" "$work/bundle/root.squashfs"
    cp "$work/boot.vfat" "$work/bundle/boot.vfat"
    cat > "$work/bundle/manifest.raucm" <<MANIFEST
[update]
compatible=edgequeue-$role-$arch
version=$version

[bundle]
format=verity

[image.rootfs]
filename=root.squashfs

[image.boot]
filename=boot.vfat
MANIFEST
    rauc --cert="$cert" --key="$key" bundle "$work/bundle" "$out/update.raucb"
    rm -rf "$work/bundle"
}
