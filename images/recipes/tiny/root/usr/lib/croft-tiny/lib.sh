# What the guest's scripts share.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
# RUN lives as long as the boot, STATE as long as the disk.
# shellcheck disable=SC2034 # for those who read this file
RUN=/run/croft-tiny
# shellcheck disable=SC2034 # as above
STATE=/var/lib/croft-tiny

# say TEXT: a progress line on the serial console.
say() { echo "croft-tiny: $*" >/dev/console; }

# uptime_seconds: whole seconds since the kernel started.
uptime_seconds() { cut -d . -f 1 /proc/uptime; }
