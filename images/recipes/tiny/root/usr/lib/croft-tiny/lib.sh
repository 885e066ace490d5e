# What the guest's scripts share. They start few programs on the way to SSH: under emulation each costs some 10 ms.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
# RUN lives as long as the boot, STATE as long as the disk.
# shellcheck disable=SC2034 # for those who read this file
RUN=/run/croft-tiny
# shellcheck disable=SC2034 # as above
STATE=/var/lib/croft-tiny

# say TEXT: a progress line on the serial console.
say() { echo "croft-tiny: $*" >/dev/console; }

# first_line FILE: its first line in $line; empty, and status 1, if there is none. The line may lack its end.
first_line() {
    line=''
    [ ! -r "$1" ] || read -r line <"$1"
    [ -n "$line" ]
}

# load_modules FILE: which names them in one line.
load_modules() {
    first_line "$1"
    # shellcheck disable=SC2086 # a list of words
    modprobe -a $line
}

# uptime: seconds since the kernel started, in $seconds.
uptime() {
    # shellcheck disable=SC2034 # for those who read this file
    read -r seconds _ </proc/uptime
}
