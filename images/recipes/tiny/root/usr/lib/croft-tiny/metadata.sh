# Client of the instance metadata service, version 2 only.
METADATA=169.254.169.254
ABSENT=4
# How long a boot waits for the service, seconds.
METADATA_PATIENCE=60

# metadata_token: tries until the service gives a token, which is left in $token. Fails when time is up or the service is switched off.
metadata_token() {
    uptime
    deadline=$((${seconds%.*} + METADATA_PATIENCE))
    while [ "${seconds%.*}" -lt "$deadline" ]; do
        rm -f "$RUN/token" "$RUN/token-status"
        timeout 3 nc -w 2 "$METADATA" 80 -e /usr/lib/croft-tiny/metadata-token 2>/dev/null
        first_line "$RUN/token-status"
        case $line in
        200)
            first_line "$RUN/token"
            token=$line
            return 0
            ;;
        403)
            return 1
            ;;
        esac
        sleep 0.1
        uptime
    done
    return 1
}

# metadata PATH FILE: fetches /latest/PATH. Status ABSENT: there is no such item. Other failures are retried, ten times.
metadata() {
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        if timeout 5 wget -q -O "$2" --header "X-aws-ec2-metadata-token: $token" "http://$METADATA/latest/$1" 2>"$RUN/wget.log"; then
            return 0
        fi
        rm -f "$2"
        ! grep -q ' 404 ' "$RUN/wget.log" || return "$ABSENT"
        sleep 0.5
    done
    say "metadata $1: $(tail -n 1 "$RUN/wget.log")"
    return 1
}
