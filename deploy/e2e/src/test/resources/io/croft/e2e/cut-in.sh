#!/bin/bash
# Makes a host's agent and libvirtd stop where they are told to. Over each program that the agent's drivers run stands one of the same name that first waits, or last, where the
# armed cut names it and its input; libvirt's hook does the same at the stages of a machine's start and end.
#
# /run/cut/armed   "SIDE PROGRAM TEXT": the next call of PROGRAM whose arguments or input have TEXT is held at that SIDE, before or after
# /run/cut/hit     the call that is held now; it goes on once /run/cut/go is there, or after 60 s
# /run/cut/arm     arms a cut
# /run/cut/strike  waits for a call that is held, kills a victim of this host's, and lets go
set -euo pipefail
mkdir -p /run/cut /etc/libvirt/hooks
rm -f /run/cut/armed
touch /run/cut/go
mountpoint -q /usr/local/sbin || mount -t tmpfs -o mode=0755 tmpfs /usr/local/sbin

program() { # FILE: executable, with the text on stdin
  cat >"$1.new"
  chmod 0755 "$1.new"
  mv "$1.new" "$1"
}

program /run/cut/hold <<'HOLD'
hold() { # SIDE PROGRAM WHAT
  local side program text i
  read -r side program text 2>/dev/null </run/cut/armed || return 0
  [[ $side == "$1" && $program == "$2" && $3 == *"$text"* ]] || return 0
  mv /run/cut/armed /run/cut/hit 2>/dev/null || return 0
  for ((i = 0; i < 1200; i++)); do
    [[ ! -e /run/cut/go ]] || return 0
    sleep 0.05
  done
}
HOLD

program /run/cut/arm <<'ARM'
#!/bin/bash
set -euo pipefail
rm -f /run/cut/hit /run/cut/go
echo "$*" >/run/cut/new
mv /run/cut/new /run/cut/armed
ARM

program /run/cut/strike <<'STRIKE'
#!/bin/bash
# strike SECONDS VICTIM
set -euo pipefail
shopt -s nullglob
for ((i = 0; i < $1 * 20; i++)); do
  [[ ! -e /run/cut/hit ]] || break
  sleep 0.05
done
[[ -e /run/cut/hit ]] || { echo "nothing came to: $(cat /run/cut/armed)" >&2; exit 1; }

# One whose process is not there just now has none to lose.
end() { # PID-FILE...
  local file
  for file in "$@"; do kill -KILL "$(cat "$file")" || true; done
}

case $2 in
  AGENT) sv kill /var/lib/croft/service/croft-agent ;;
  LIBVIRTD) sv kill /var/lib/croft/service/libvirtd ;;
  VIRTLOGD) sv kill /var/lib/croft/service/virtlogd ;;
  QEMU) end /run/libvirt/qemu/i-*.pid ;;
  DNSMASQ) end /run/croft/network/*/dnsmasq.pid ;;
  *) exit 0 ;;
esac
touch /run/cut/go
STRIKE

program /run/cut/program <<'PROGRAM'
#!/bin/bash
. /run/cut/hold
name=${0##*/}
real=$(PATH=/usr/bin:/usr/sbin:/bin:/sbin type -P "$name")
[[ -e /run/cut/armed ]] || exec "$real" "$@"
input=$(cat; echo .)
input=${input%.}
hold before "$name" "$* $input"
code=0
printf %s "$input" | "$real" "$@" || code=$?
hold after "$name" "$* $input"
exit $code
PROGRAM

program /etc/libvirt/hooks/qemu <<'HOOK'
#!/bin/bash
. /run/cut/hold
cat >/dev/null
hold before libvirt "$2 $1"
HOOK

for name in ip nft iptables-restore ipset conntrack qemu-img dnsmasq; do
  install -m 0755 /run/cut/program "/usr/local/sbin/$name"
done
