# shellcheck shell=bash
# The manifest of an image: what it is, its digest, and what it was made of.

# recipe_digest IMAGES_DIRECTORY NAME: the digest of everything in the tree that shapes the image: names, modes and contents, also those of the
# recipe that this one is a variant of.
recipe_digest() {
    (
        cd "$1" || exit
        set -- build lib "recipes/$2"
        [ ! -L "$3/base" ] || set -- "$@" "$3/base/"
        find "$@" \( -type f -o -type l \) -printf '%p %m %l\n' | LC_ALL=C sort
        find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
    ) | sha256sum | cut -d ' ' -f 1
}

# manifest_field FILE FIELD: the value of a top-level string or number.
manifest_field() { sed -n 's/^  "'"$2"'": "\{0,1\}\([^",]*\)"\{0,1\},\{0,1\}$/\1/p' "$1"; }

# up_to_date MANIFEST IMAGE RECIPE: whether the image is whole and comes from this recipe.
up_to_date() {
    [ -f "$1" ] && [ -f "$2" ] && [ "$(manifest_field "$1" recipe)" = "$3" ] && intact "$1" "$2"
}

# intact MANIFEST IMAGE: whether the image has the digest that its manifest names.
intact() { [ "$(manifest_field "$1" sha256)" = "$(sha256sum "$2" | cut -d ' ' -f 1)" ]; }

# write_manifest NAME RECIPE: prints the manifest. Sizes are bytes. The recipe left its facts ("key value") in $CROFT_WORK/facts.
write_manifest() {
    local image=$CROFT_WORK/$1.qcow2 key value
    printf '{\n  "name": "%s",\n  "file": "%s.qcow2",\n  "format": "qcow2",\n' "$1" "$1"
    printf '  "sha256": "%s",\n  "size": %s,\n' "$(sha256sum "$image" | cut -d ' ' -f 1)" "$(stat -c %s "$image")"
    printf '  "virtualSize": %s,\n' "$(stat -c %s "$CROFT_WORK/disk.raw")"
    while read -r key value; do
        printf '  "%s": "%s",\n' "$key" "$value"
    done <"$CROFT_WORK/facts"
    printf '  "recipe": "%s",\n  "packages": {\n' "$2"
    LC_ALL=C sort -u "$CROFT_WORK/inputs" | sed 's/^\([^ ]*\) \(.*\)$/    "\1": "\2",/; $ s/,$//'
    printf '  }\n}\n'
}
