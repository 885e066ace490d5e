# bare-host.sh INSTANCE: says "ready" once it has its pattern, then reads commands on stdin, does each with qemu-img, virsh and dd alone and prints
# what it took in milliseconds, or megabytes (10^6) a second of dd:
#
#   launch COUNT      makes that many machines like INSTANCE's at once, until the last one runs, and removes them; taps and XML are made beforehand
#   machine           makes one that stays
#   create, delete    a qcow2 file of 8 GiB
#   data              64 MiB into that file
#   attach, detach    that file to the machine that stays, whose guest has found it when the next command is read, and from it until it has let go
#   moment            an internal snapshot of the file, which is in no machine
#   clone             another file of what it was at that moment, which is removed
#   fill, read        64 MiB into a raw file and out of it, past the host's cache
set -euo pipefail

PATTERN=$1
MOST=10
HOME_OF_ALL=$(mktemp -d /var/lib/croft/bare.XXXXXX)
trap 'remove_all; rm -rf "$HOME_OF_ALL"' EXIT

quietly() { virsh -q -c qemu:///system "$@"; }

remove_all() {
  local number
  if quietly domstate bare-1 >/dev/null 2>&1; then quietly destroy bare-1 >/dev/null; fi
  for ((number = 1; number <= MOST; number++)); do
    if ip link show "bare$number" >/dev/null 2>&1; then ip link delete "bare$number"; fi
  done
}

prepare() { # NUMBER
  local uuid
  uuid=$(printf 'ec2bbbbb-0000-4000-8000-%012d' "$1")
  ip tuntap add "bare$1" mode tap
  ip link set "bare$1" up
  sed -e "s,$PATTERN_UUID,$uuid,g; s,$PATTERN,bare-$1,g; s,$PATTERN_DISK,$HOME_OF_ALL/$1.qcow2,g; s,$PATTERN_TAP,bare$1,g" \
    -e "s,<log file='[^']*',<log file='$HOME_OF_ALL/$1.log',; /<source mode='bind'/d" "$HOME_OF_ALL/pattern.xml" >"$HOME_OF_ALL/$1.xml"
}

make() { # NUMBER
  qemu-img create -q -f qcow2 -F qcow2 -b "$PATTERN_IMAGE" "$HOME_OF_ALL/$1.qcow2" "$PATTERN_SIZE"
  quietly create "$HOME_OF_ALL/$1.xml" >/dev/null
}

timed() { # CMD...
  local start=$EPOCHREALTIME end
  "$@"
  end=$EPOCHREALTIME
  awk -v a="$start" -v b="$end" 'BEGIN { printf "%.1f\n", (b - a) * 1000 }'
}

make_many() { # COUNT
  local number
  local -a jobs=()
  if (($1 == 1)); then
    make 1
  else
    for ((number = 1; number <= $1; number++)); do
      make "$number" &
      jobs+=($!)
    done
    for number in "${jobs[@]}"; do wait "$number"; done
  fi
}

remove_many() { # COUNT
  local number
  for ((number = 1; number <= $1; number++)); do
    quietly destroy "bare-$number" >/dev/null
    rm -f "$HOME_OF_ALL/$number.qcow2" "$HOME_OF_ALL/$number.log"
  done
}

attach() { quietly attach-device bare-1 "$HOME_OF_ALL/volume.xml" --live >/dev/null; }

# The guest reads a disk when it finds it; one that it has not found it cannot let go.
found() {
  local reads
  for ((tries = 0; tries < 1500; tries++)); do
    reads=$(quietly domblkstat bare-1 "$TARGET" | sed -n 's/.* rd_req //p')
    ((reads == 0)) || return 0
    sleep 0.02
  done
  return 1
}

detach() {
  quietly detach-device bare-1 "$HOME_OF_ALL/volume.xml" --live >/dev/null
  while quietly domblklist bare-1 | grep -q " $TARGET "; do sleep 0.02; done
}

copied() { # DD-ARGUMENTS: megabytes a second
  dd bs=1M count=64 "$@" 2>&1 | awk -F, '/copied/ { split($3, took, " "); printf "%.1f\n", 64 * 1.048576 / took[1] }'
}

quietly dumpxml --inactive "$PATTERN" >"$HOME_OF_ALL/pattern.xml"
PATTERN_UUID=$(quietly domuuid "$PATTERN")
PATTERN_DISK=$(sed -n "s/.*<source file='\([^']*\)'.*/\1/p" "$HOME_OF_ALL/pattern.xml" | head -n 1)
PATTERN_TAP=$(sed -n "s/.*<target dev='\(cft[^']*\)'.*/\1/p" "$HOME_OF_ALL/pattern.xml" | head -n 1)
# A name of its own, since the pattern's goes with the pattern.
PATTERN_IMAGE=$HOME_OF_ALL/image.qcow2
ln "$(qemu-img info -U --output json "$PATTERN_DISK" | jq -er '."full-backing-filename"')" "$PATTERN_IMAGE"
PATTERN_SIZE=$(qemu-img info -U --output json "$PATTERN_DISK" | jq -er '."virtual-size"')
for ((i = 1; i <= MOST; i++)); do prepare "$i"; done
echo ready

TARGET=vdt
cat >"$HOME_OF_ALL/volume.xml" <<XML
<disk type='file' device='disk'>
  <driver name='qemu' type='qcow2'/>
  <source file='$HOME_OF_ALL/volume.qcow2'/>
  <target dev='$TARGET' bus='virtio'/>
</disk>
XML

while read -r command count; do
  case $command in
    launch)
      took=$(timed make_many "$count")
      remove_many "$count"
      echo "$took"
      ;;
    machine) timed make 1 ;;
    create) timed qemu-img create -q -f qcow2 "$HOME_OF_ALL/volume.qcow2" 8G ;;
    data) timed qemu-io -f qcow2 -c 'write -q -P 7 0 64M' "$HOME_OF_ALL/volume.qcow2" ;;
    delete) timed rm "$HOME_OF_ALL/volume.qcow2" ;;
    attach)
      took=$(timed attach)
      found
      echo "$took"
      ;;
    detach) timed detach ;;
    moment) timed qemu-img snapshot -c moment "$HOME_OF_ALL/volume.qcow2" ;;
    clone)
      timed qemu-img convert -f qcow2 -l snapshot.name=moment -O qcow2 "$HOME_OF_ALL/volume.qcow2" "$HOME_OF_ALL/clone.qcow2"
      rm "$HOME_OF_ALL/clone.qcow2"
      ;;
    fill) copied if=/dev/zero of="$HOME_OF_ALL/raw" oflag=direct conv=fsync ;;
    read) copied if="$HOME_OF_ALL/raw" of=/dev/null iflag=direct ;;
    *) exit 2 ;;
  esac
done
