# shellcheck shell=bash
# GRUB for BIOS on a GPT disk, written into the disk's image: grub-install wants a device with partitions, which the building kernel may not offer.
# The places of its fields are those of GRUB's include/grub/i386/pc/boot.h.

readonly GRUB_PREFIX='(,gpt1)/boot/grub'
# In the boot sector: where the core image starts, in sectors (64 bits). The code before the partition table has 440 bytes.
readonly GRUB_BOOT_KERNEL_SECTOR=$((0x5c))
readonly GRUB_BOOT_CODE=440
# In the core image's first sector: where its second one is.
readonly GRUB_CORE_NEXT_SECTOR=$((0x200 - 12))

# add_grub_modules ROOT: GRUB's own files, which grub-install would have copied.
add_grub_modules() {
    mkdir -p "$1/boot/grub/i386-pc"
    cp "$1"/usr/lib/grub/i386-pc/*.mod "$1"/usr/lib/grub/i386-pc/*.lst "$1/boot/grub/i386-pc/"
}

# put_grub ROOT DISK START_MIB: boot sector and core image, made by the GRUB that is in ROOT, the core image at START_MIB.
# The sectors of the image that the core finds itself by are its own: START_MIB must be where the partition for it is.
put_grub() {
    local root=$1 disk=$2 mib=$3 boot=$CROFT_WORK/boot.img core=$CROFT_WORK/core.img
    chroot "$root" grub-mkimage -O i386-pc -p "$GRUB_PREFIX" biosdisk part_gpt ext2 >"$core"
    head -c "$GRUB_BOOT_CODE" "$root/usr/lib/grub/i386-pc/boot.img" >"$boot"
    patch_number "$boot" "$GRUB_BOOT_KERNEL_SECTOR" $((mib * SECTORS_PER_MIB))
    patch_number "$core" "$GRUB_CORE_NEXT_SECTOR" $((mib * SECTORS_PER_MIB + 1))
    dd if="$boot" of="$disk" conv=notrunc status=none
    put_partition "$core" "$disk" "$mib"
}

# patch_number FILE OFFSET NUMBER: writes a number of 32 bits, little endian.
patch_number() {
    local bytes
    bytes=$(printf '\\x%02x\\x%02x\\x%02x\\x%02x' $(($3 & 255)) $(($3 >> 8 & 255)) $(($3 >> 16 & 255)) $(($3 >> 24 & 255)))
    # shellcheck disable=SC2059 # the format holds the escapes of four bytes
    printf "$bytes" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
