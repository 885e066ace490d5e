# Prints what a host has that instances leave behind when something goes wrong: one thing a line, its kind first.
STATE=/var/lib/croft/agent

virsh -q -c qemu:///system list --all | awk '{ name = $2; $1 = ""; $2 = ""; sub(/^ */, ""); print "domain " name " " $0 }'
virsh -q -c qemu:///system net-list --all --name | sed '/^$/d; s/^/libvirt-network /'

for directory in disks consoles seeds; do
  [ ! -d "$STATE/$directory" ] || find "$STATE/$directory" -mindepth 1 | sed 's/^/file /'
done
for directory in nvram save; do
  [ ! -d "/var/lib/libvirt/qemu/$directory" ] || find "/var/lib/libvirt/qemu/$directory" -mindepth 1 | sed 's/^/file /'
done
[ ! -d /run/croft ] || find /run/croft -mindepth 1 ! -name agent.status ! -name '*.pid' | sed 's/^/file /'

ip -o link show | sed -n 's/^[0-9]*: \(cft[^:@]*\).*/link \1/p'
ip netns list | awk '{ print "namespace " $1 }'
ip -4 rule show | sed 's/^/rule /'
ip -4 route show table all | grep -v -e ' dev eth0' -e ' dev lo' | sed 's/^/route /' || true
ip neigh show proxy | sed 's/^/proxy-neighbour /'

for tool in iptables ip6tables; do
  "$tool-save" | sed -n -e "s/^:\(CFT[^ ]*\).*/chain $tool \1/p" -e "s/^-A/rule-of $tool -A/p"
done
# The seed of a set's hash is another one each time that the set is made.
ipset save | sed 's/ initval 0x[0-9a-f]*//; s/^/set /'
nft list tables | grep -v -E ' (filter|nat|mangle|raw|security)$' | sed 's/^/nft /' || true
nft list tables | awk '$2 == "bridge"' | while read -r _ family name; do
  # It breaks the elements of a set into lines.
  nft list table "$family" "$name" | sed -e ':join' -e '/,$/{N;s/,\n[[:space:]]*/, /;b join' -e '}' |
    sed 's/^[[:space:]]*/nft-rule /; s/counter packets [0-9]* bytes [0-9]*/counter/'
done

ps -eo args= | grep -E '^[^ ]*(qemu-system-|qemu-img|dnsmasq )' | sed 's/^/process /' || true
awk '$2 ~ /croft/ { print "mount " $2 }' /proc/mounts
