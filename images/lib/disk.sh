# shellcheck shell=bash
# Disk images written by tools alone: no mount, no loop device, no partition table support in the building kernel.
# Every time stamp, identifier and order is fixed, so that equal inputs give equal bytes.

# The moment that every file of every image carries (seconds).
export SOURCE_DATE_EPOCH=1767225600
export E2FSPROGS_FAKE_TIME=$SOURCE_DATE_EPOCH
# shellcheck disable=SC2034 # for recipes
readonly SECTORS_PER_MIB=2048

# put_partition IMAGE DISK START_MIB: copies a partition's image to its place.
put_partition() {
    dd if="$1" of="$2" bs=1M seek="$3" conv=notrunc,sparse status=none
}

# make_ext4 IMAGE MIB LABEL UUID [MKFS OPTION...]: an ext4 file system with room in its tables to grow online to 1 TiB.
make_ext4() {
    local image=$1 mib=$2 label=$3 uuid=$4
    shift 4
    rm -f "$image"
    mkfs.ext4 -q -b 4096 -m 1 -L "$label" -U "$uuid" -E "hash_seed=$uuid,resize=268435456,root_owner=0:0,lazy_itable_init=0,nodiscard" \
        "$@" "$image" "${mib}M" >"$CROFT_WORK/mkfs.log" 2>&1 || die "mkfs.ext4 failed: $(tail -n 3 "$CROFT_WORK/mkfs.log")"
}

require_sound() {
    e2fsck -f -n "$1" >"$CROFT_WORK/e2fsck.log" 2>&1 || die "e2fsck found faults in the new file system: $(tail -n 3 "$CROFT_WORK/e2fsck.log")"
}

# ext4_from_tree TREE IMAGE MIB LABEL UUID: a small ext4 file system with the content of TREE, owned by root
# except for what a line "path uid:gid" in $CROFT_WORK/owners says. Equal trees give equal bytes, which mkfs.ext4 -d does not promise.
ext4_from_tree() {
    local tree=$1 image=$2
    make_ext4 "$image" "$3" "$4" "$5" -i 32768 -J size=4
    debugfs_commands "$tree" >"$CROFT_WORK/debugfs.commands"
    debugfs -w -f "$CROFT_WORK/debugfs.commands" "$image" >"$CROFT_WORK/debugfs.log" 2>&1
    require_sound "$image"
    complete_tree "$tree" "$image"
}

# debugfs_commands TREE: the commands that write TREE into an empty file system, in an order that depends on the names alone.
debugfs_commands() {
    local tree=$1 path kind mode field
    (cd "$tree" && find . -mindepth 1 -printf '%P\t%y\t%m\n') | LC_ALL=C sort | while IFS=$'\t' read -r path kind mode; do
        case $kind in
        d) printf 'mkdir "/%s"\nset_inode_field "/%s" mode 0%o\n' "$path" "$path" $((0040000 | 0$mode)) ;;
        f) printf 'write "%s/%s" "/%s"\nset_inode_field "/%s" mode 0%o\n' "$tree" "$path" "$path" "$path" $((0100000 | 0$mode)) ;;
        l) printf 'symlink "/%s" "%s"\n' "$path" "$(readlink "$tree/$path")" ;;
        *) die "$path is neither a directory, a file nor a link" ;;
        esac
        for field in atime ctime mtime crtime; do
            printf 'set_inode_field "/%s" %s @%s\n' "$path" "$field" "$SOURCE_DATE_EPOCH"
        done
    done
    [ ! -e "$CROFT_WORK/owners" ] || while read -r path owner; do
        printf 'set_inode_field "/%s" uid %s\nset_inode_field "/%s" gid %s\n' "$path" "${owner%:*}" "$path" "${owner#*:}"
    done <"$CROFT_WORK/owners"
}

# complete_tree TREE IMAGE: debugfs has no exit status for a failed command, so count what arrived.
complete_tree() {
    local wanted found
    wanted=$(find "$1" -mindepth 1 -type f -printf '%s\n' | awk '{ files++; bytes += $1 } END { print files, bytes }')
    mkdir "$CROFT_WORK/readback"
    debugfs -R "rdump / $CROFT_WORK/readback" "$2" >>"$CROFT_WORK/debugfs.log" 2>&1
    found=$(find "$CROFT_WORK/readback" -mindepth 1 -type f -printf '%s\n' | awk '{ files++; bytes += $1 } END { print files, bytes }')
    rm -rf "$CROFT_WORK/readback"
    [ "$wanted" = "$found" ] || die "the file system holds $found files and bytes instead of $wanted: $(tail -n 3 "$CROFT_WORK/debugfs.log")"
}
