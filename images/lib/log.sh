# shellcheck shell=bash
# How the image tools talk: progress and elapsed seconds on stdout, trouble on stderr.

say() { printf '%s: %s\n' "${CROFT_IMAGE:-images}" "$*"; }

die() {
    printf '%s: %s\n' "${CROFT_IMAGE:-images}" "$*" >&2
    exit 1
}

require_root() { [ "$(id -u)" = 0 ] || die "needs root: run it with sudo"; }
