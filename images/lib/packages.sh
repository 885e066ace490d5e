# shellcheck shell=bash
# What an image is made of: Debian packages, from the machine's own apt sources, of the machine's architecture or another.
# Tools are installed on the building machine; everything that goes into an image is downloaded, checked by apt and unpacked
# only, so that the image does not depend on what the machine has installed, and the machine gets no kernel and no SSH server.

# install_tools PACKAGE...: installs those that are missing.
install_tools() {
    local package missing=()
    for package in "$@"; do
        # shellcheck disable=SC2016 # dpkg expands it
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "installing ${missing[*]}"
    apt_lists_for "${missing[@]}"
    DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 --no-install-recommends install "${missing[@]}" \
        >"$CROFT_WORK/apt.log" 2>&1 || die "apt-get could not install ${missing[*]}: $(tail -n 5 "$CROFT_WORK/apt.log")"
}

# apt_lists_for PACKAGE...: fetches the package lists unless apt knows each of the packages already.
apt_lists_for() {
    apt-cache show --no-all-versions "$@" >/dev/null 2>&1 && return 0
    apt_update
}

apt_update() {
    say "fetching the package lists"
    apt-get -qq update || die "apt-get update failed: check the machine's apt sources"
}

# packages_of ARCHITECTURE: from now on, packages and lists are those of an architecture by Debian's name. Another one than the machine's has
# lists of its own, in the cache: the machine's dpkg and apt stay as they are. Tools are installed before this.
packages_of() {
    local own=$CROFT_CACHE/apt-$1
    [ "$1" != "$(dpkg --print-architecture)" ] || return 0
    mkdir -p "$own/lists/partial" "$own/archives/partial"
    : >"$own/status"
    cat >"$own/apt.conf" <<CONF
APT::Architecture "$1";
APT::Architectures { "$1"; };
Dir::State "$own";
Dir::State::status "$own/status";
Dir::Cache "$own";
CONF
    export APT_CONFIG=$own/apt.conf
}

# sources_of CODENAME: prints those of the machine's own apt sources that carry the release, its updates and its security updates.
sources_of() {
    local found
    # shellcheck disable=SC2016 # apt expands them
    found=$(apt-get indextargets --format '$(CODENAME) deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        sed -n "s/^$1\(-updates\|-security\)\? deb /deb /p" | LC_ALL=C sort -u)
    [ -n "$found" ] || die "the machine's apt sources have no $1"
    echo "$found"
}

# library_closure PACKAGE...: prints the packages and the library packages that they need to run.
library_closure() {
    local known='' all
    all=$(printf '%s\n' "$@" | sort -u)
    while [ "$all" != "$known" ]; do
        known=$all
        # shellcheck disable=SC2086 # a list of words
        all=$({ echo "$known" && depends $known | awk '$2 ~ /^(lib|zlib)/ { print $2 }'; } | sort -u)
    done
    echo "$all"
}

# depends PACKAGE...: prints "Depends: NAME" for what the packages depend on.
depends() {
    apt-cache depends --important --no-recommends --no-conflicts --no-breaks "$@" | sed -n 's/^ *|\{0,1\}\(Pre\)\{0,1\}Depends: /Depends: /p'
}

# kernel_packages ARCHITECTURE: prints the packages that hold the newest cloud kernel and its modules.
kernel_packages() {
    local meta image
    for meta in "linux-image-cloud-$1" linux-image-virtual; do
        apt-cache show --no-all-versions "$meta" >/dev/null 2>&1 || continue
        image=$(depends "$meta" | awk '$2 ~ /^linux-image-/ { print $2; exit }')
        echo "$image"
        depends "$image" | awk '$2 ~ /^linux-modules-/ { print $2 }'
        return 0
    done
    die "the machine's apt sources have neither linux-image-cloud-$1 (Debian) nor linux-image-virtual (Ubuntu) for $1"
}

# unpack DIRECTORY PACKAGE...: downloads the packages (kept in the cache) and unpacks them below DIRECTORY, where /bin, /sbin and /lib
# lead into /usr as on an installed system: releases differ in which of the two a package names.
# Adds "name version" of each to $CROFT_WORK/inputs.
unpack() {
    local target=$1 file directory
    shift
    mkdir -p "$target"/usr/{bin,sbin,lib,lib64} "$CROFT_CACHE"
    for directory in bin sbin lib lib64; do
        [ -L "$target/$directory" ] || ln -s "usr/$directory" "$target/$directory"
    done
    download "$@"
    while read -r file; do
        dpkg-deb --fsys-tarfile "$CROFT_CACHE/$file" | tar --extract --keep-directory-symlink --directory "$target"
        # shellcheck disable=SC2016 # dpkg expands them
        dpkg-deb --show --showformat '${Package} ${Version}\n' "$CROFT_CACHE/$file" >>"$CROFT_WORK/inputs"
    done <"$CROFT_WORK/files"
}

# download PACKAGE...: into the cache; apt verifies each file, also one that is there already. The names are left in $CROFT_WORK/files.
download() {
    local attempt empty
    empty=$(mktemp -d "$CROFT_WORK/uris.XXXX")
    for attempt in first second; do
        if (cd "$empty" && apt-get download --print-uris "$@" | awk '{ print $2 }' >"$CROFT_WORK/files") &&
            (cd "$CROFT_CACHE" && apt-get -qq -o APT::Sandbox::User=root download "$@"); then
            return 0
        fi
        [ "$attempt" = second ] || apt_update
    done
    die "apt-get could not download: $*"
}

# copy_with_libraries SYSROOT PROGRAM ROOT: copies a program, its loader and the shared libraries it needs from SYSROOT to the same place in
# ROOT. What it needs is read and not tried: the program may be of an architecture that this machine cannot run.
copy_with_libraries() {
    local sysroot=$1 program=$2 root=$3 loader
    install -D -m 0755 "$sysroot$program" "$root$program"
    loader=$(LC_ALL=C readelf -lW "$sysroot$program" | sed -n 's/.*program interpreter: \(.*\)]$/\1/p')
    install -D -m 0755 "$(library_file "$sysroot" "$loader" "$program")" "$root/usr$loader"
    copy_libraries "$@"
}

# copy_libraries SYSROOT FILE ROOT: copies the libraries that a program or a library needs, and theirs; the loader, which some name, is not one.
copy_libraries() {
    local sysroot=$1 library file target
    while read -r library; do
        file=$(library_file "$sysroot" "$library" "$2")
        target=$3${file#"$sysroot"}
        [ ! -e "$target" ] || continue
        install -D -m 0755 "$file" "$target"
        copy_libraries "$sysroot" "${file#"$sysroot"}" "$3"
    done < <(LC_ALL=C readelf -dW "$sysroot$2" | sed -n '/\[ld-linux/d; s/.*(NEEDED).*\[\(.*\)\]$/\1/p')
}

# library_file SYSROOT LIBRARY FILE: prints where the library is that FILE needs.
library_file() {
    local file
    file=$(find "$1"/usr/lib/*-linux-gnu -maxdepth 1 -name "${2##*/}" -print -quit)
    [ -n "$file" ] || die "$3 needs $2, which no unpacked package holds"
    echo "$file"
}
