# shellcheck shell=bash
# One guest with a network of its own: a tap with DHCP, DNS and metadata, QEMU under emulation, its console and its monitor.
# Runs inside the namespaces that images/verify made; nothing here outlives them.

readonly GATEWAY=172.31.0.1
readonly GUEST=172.31.0.5
readonly GUEST_MAC=02:00:00:00:00:05
readonly GUEST_MTU=1450
# EC2's own shape, by which cloud-init knows where it is: the identifier of the machine is its serial number, too.
readonly GUEST_UUID=ec2c40f7-0000-4000-8000-000000000005
# What a recipe may set otherwise, before power_on.
GUEST_MIB=${GUEST_MIB:-512}
GUEST_ARCHITECTURE=${GUEST_ARCHITECTURE:-x86_64}
rig=$CROFT_WORK

# rig_up: the network. Packets whose source is neither the guest's MAC nor its address are counted in the chain FOREIGN.
rig_up() {
    ip link set lo up
    ip tuntap add dev tap0 mode tap
    ip addr add "$GATEWAY/20" dev tap0
    ip addr add 169.254.169.254/32 dev tap0
    ip link set tap0 up
    iptables -t raw -N FOREIGN
    iptables -t raw -A PREROUTING -i tap0 -m mac ! --mac-source "$GUEST_MAC" -j FOREIGN
    iptables -t raw -A PREROUTING -i tap0 -s 0.0.0.0 -p udp --sport 68 --dport 67 -j RETURN
    iptables -t raw -A PREROUTING -i tap0 ! -s "$GUEST" -j FOREIGN
    iptables -t raw -A FOREIGN -j DROP
    dnsmasq --conf-file=/dev/null --keep-in-foreground --interface=tap0 --bind-interfaces --no-resolv --no-hosts --pid-file= \
        --dhcp-leasefile="$rig/leases" --dhcp-range=172.31.0.0,static,255.255.240.0 --dhcp-host="$GUEST_MAC,$GUEST" \
        --dhcp-option=option:router,"$GATEWAY" --dhcp-option=option:mtu,"$GUEST_MTU" --domain=ec2.internal \
        --dhcp-option=option:classless-static-route,0.0.0.0/0,"$GATEWAY" --address=/verify.ec2.internal/"$GATEWAY" \
        >"$rig/dnsmasq.log" 2>&1 &
    mkdir -p "$rig/items/meta-data/public-keys/0"
    "$(dirname "${BASH_SOURCE[0]}")/imds-stub" "$rig/items" >"$rig/imds.log" 2>&1 &
    ssh-keygen -q -t ed25519 -N '' -C verify -f "$rig/key"
    cp "$rig/key.pub" "$rig/items/meta-data/public-keys/0/openssh-key"
    put_item meta-data/local-hostname ip-172-31-0-5.ec2.internal
    put_item meta-data/local-ipv4 "$GUEST"
    put_item meta-data/mac "$GUEST_MAC"
    put_item meta-data/placement/availability-zone us-east-1a
    put_item "meta-data/network/interfaces/macs/$GUEST_MAC/device-number" 0
    put_item "meta-data/network/interfaces/macs/$GUEST_MAC/local-ipv4s" "$GUEST"
    put_item "meta-data/network/interfaces/macs/$GUEST_MAC/subnet-ipv4-cidr-block" 172.31.0.0/20
    put_item "meta-data/network/interfaces/macs/$GUEST_MAC/vpc-id" vpc-00000000000000001
}

# put_item PATH TEXT: what the metadata service answers for /latest/PATH from now on.
put_item() {
    mkdir -p "$(dirname "$rig/items/$1")"
    printf '%s' "$2" >"$rig/items/$1"
}

# instance_is ID: what the metadata service says from now on.
instance_is() {
    put_item meta-data/instance-id "$1"
    put_item dynamic/instance-identity/document "{\"instanceId\": \"$1\", \"region\": \"us-east-1\", \"availabilityZone\": \"us-east-1a\"}"
}

foreign_packets() { iptables -t raw -L FOREIGN -n -v -x | awk '/DROP/ { print $1 }'; }

# board: sets board, the emulator and what is its architecture's own.
board() {
    local firmware=/usr/share/AAVMF
    case $GUEST_ARCHITECTURE in
    x86_64) board=(qemu-system-x86_64 -machine q35) ;;
    arm64)
        [ -f "$rig/firmware" ] || cp --sparse=always "$firmware/AAVMF_VARS.fd" "$rig/firmware"
        board=(qemu-system-aarch64 -machine virt -cpu cortex-a57
            -drive "if=pflash,format=raw,readonly=on,file=$firmware/AAVMF_CODE.fd" -drive "if=pflash,format=raw,file=$rig/firmware")
        ;;
    *) die "no board for $GUEST_ARCHITECTURE" ;;
    esac
}

# A small cache of translated code: a reset leaves the old kernel's in it, and QEMU then writes to those pages slowly.
# power_on DISK [QEMU OPTION...]: starts the guest; its console goes to $rig/console. Sets qemu (process id) and powered_on.
power_on() {
    local disk=$1
    shift
    rm -f "$rig"/monitor.*
    mkfifo "$rig/monitor.in" "$rig/monitor.out"
    : >"$rig/console"
    # shellcheck disable=SC2034 # for recipes
    powered_on=$(now)
    board
    "${board[@]}" -accel tcg,tb-size=64 -m "$GUEST_MIB" -uuid "$GUEST_UUID" -smbios "type=1,serial=$GUEST_UUID" -nodefaults -display none \
        -chardev file,id=console,path="$rig/console" -serial chardev:console \
        -chardev pipe,id=monitor,path="$rig/monitor" -mon chardev=monitor,mode=control \
        -drive "file=$disk,format=qcow2,if=none,id=root,discard=unmap" -device virtio-blk-pci,drive=root,bootindex=1 \
        -netdev tap,id=net,ifname=tap0,script=no,downscript=no \
        -device "virtio-net-pci,netdev=net,mac=$GUEST_MAC,romfile=" -device virtio-rng-pci "$@" >"$rig/qemu.log" 2>&1 &
    qemu=$!
    exec {monitor}<>"$rig/monitor.in" {answers}<>"$rig/monitor.out"
    qmp qmp_capabilities
}

# qmp COMMAND: sends a command without arguments to QEMU's monitor.
qmp() { printf '{"execute":"%s"}\n' "$1" >&"$monitor"; }

now() { date +%s.%N; }

# since MOMENT: seconds, two decimals.
since() { awk -v from="$1" -v to="$(now)" 'BEGIN { printf "%.2f", to - from }'; }

# await_line TEXT SECONDS [COUNT]: until the console has shown TEXT (COUNT times).
await_line() {
    local deadline=$((SECONDS + $2))
    until [ "$(grep -c -F -e "$1" "$rig/console")" -ge "${3:-1}" ]; do
        [ "$SECONDS" -lt "$deadline" ] || miss "no '$1' on the console within $2 s"
        kill -0 "$qemu" 2>/dev/null || miss "QEMU ended: $(tail -n 2 "$rig/qemu.log")"
        sleep 0.05
    done
}

# await_power_off SECONDS: until QEMU has ended.
await_power_off() {
    local deadline=$((SECONDS + $1))
    while kill -0 "$qemu" 2>/dev/null; do
        [ "$SECONDS" -lt "$deadline" ] || miss "the guest did not power off within $1 s"
        sleep 0.05
    done
    wait "$qemu" || miss "QEMU failed: $(tail -n 2 "$rig/qemu.log")"
    exec {monitor}>&- {answers}>&-
}

# guest USER COMMAND...: runs a command in the guest over SSH.
guest() {
    local user=$1
    shift
    ssh -F none -i "$rig/key" -o IdentitiesOnly=yes -o StrictHostKeyChecking=accept-new -o "UserKnownHostsFile=$rig/known_hosts" \
        -o ConnectTimeout=10 -o BatchMode=yes -o LogLevel=ERROR "$user@$GUEST" "$@"
}

# guest_says USER COMMAND TEXT: whether the command prints just that.
guest_says() { [ "$(guest "$1" "$2")" = "$3" ]; }

host_key() { ssh-keyscan -t ed25519 "$GUEST" 2>/dev/null | cut -d ' ' -f 3; }

# only_version_2: whether every metadata request so far carried a token.
only_version_2() { ! grep -v -e ' 200$' -e ' 404$' "$rig/imds.log" && grep -q 'PUT /latest/api/token' "$rig/imds.log"; }

# key_installed USER FILE: whether the instance's key pair is all that lets the user in.
key_installed() { guest "$1" "cat $2" | cmp -s - "$rig/key.pub"; }

# stranger USER SSH OPTION...: tries without the instance's key; fails, and prints why.
stranger() {
    local user=$1
    shift
    ssh -F none -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR "$@" "$user@$GUEST" true 2>&1
}

password_refused() {
    local answer
    answer=$(stranger "$1" -o PreferredAuthentications=password,keyboard-interactive -o PubkeyAuthentication=no) && return 1
    [[ $answer == *"Permission denied (publickey)"* ]]
}

other_key_refused() {
    [ -f "$rig/stranger" ] || ssh-keygen -q -t ed25519 -N '' -f "$rig/stranger"
    ! stranger "$1" -i "$rig/stranger" -o IdentitiesOnly=yes >/dev/null
}

# own_key_refused USER: whether the key pair of the instance before opens nothing.
own_key_refused() { ! stranger "$1" -i "$rig/key" -o IdentitiesOnly=yes >/dev/null; }

# check TEXT COMMAND...: one line per promise.
check() {
    local text=$1
    shift
    "$@" || miss "$text"
    say "ok  $text"
}

miss() {
    sed 's/^/    console: /' "$rig/console" >&2
    sed 's/^/    metadata: /' "$rig/imds.log" >&2
    die "MISSED: $*"
}
