# bare-launch.sh INSTANCE: says "ready" once it has its pattern, then reads counts on stdin; for each, makes that many machines like
# INSTANCE's at once with qemu-img and virsh alone, prints the milliseconds until the last one runs, and removes them. Taps and XML are made
# beforehand.
set -euo pipefail

PATTERN=$1
MOST=10
HOME_OF_ALL=$(mktemp -d /var/lib/croft/bare.XXXXXX)
trap 'remove_all; rm -rf "$HOME_OF_ALL"' EXIT

quietly() { virsh -q -c qemu:///system "$@"; }

remove_all() {
  local number
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

make_many() { # COUNT
  local number start end
  local -a jobs=()
  start=$EPOCHREALTIME
  if (($1 == 1)); then
    make 1
  else
    for ((number = 1; number <= $1; number++)); do
      make "$number" &
      jobs+=($!)
    done
    for number in "${jobs[@]}"; do wait "$number"; done
  fi
  end=$EPOCHREALTIME
  awk -v a="$start" -v b="$end" 'BEGIN { printf "%.1f\n", (b - a) * 1000 }'
}

remove_many() { # COUNT
  local number
  for ((number = 1; number <= $1; number++)); do
    quietly destroy "bare-$number" >/dev/null
    rm -f "$HOME_OF_ALL/$number.qcow2" "$HOME_OF_ALL/$number.log"
  done
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

while read -r count; do
  took=$(make_many "$count")
  remove_many "$count"
  echo "$took"
done
