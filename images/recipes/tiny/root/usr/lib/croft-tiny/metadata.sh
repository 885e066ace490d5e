# Client of the instance metadata service, version 2 only.
METADATA=169.254.169.254
ABSENT=4
# How long a boot waits for the service, seconds.
METADATA_PATIENCE=60

# metadata_token: tries until the service gives a token, which is left in $token. Fails when time is up or the service is switched off.
metadata_token() {
    deadline=$(($(uptime_seconds) + METADATA_PATIENCE))
    while [ "$(uptime_seconds)" -lt "$deadline" ]; do
        rm -f "$RUN/token-answer"
        timeout 3 nc -w 2 "$METADATA" 80 -e /usr/lib/croft-tiny/metadata-token 2>/dev/null
        case $(head -n 1 "$RUN/token-answer" 2>/dev/null) in
        "HTTP/1."?" 200"*)
            token=$(sed -e '1,/^\r*$/d' "$RUN/token-answer" | tr -d '\r\n')
            rm -f "$RUN/token-answer"
            return 0
            ;;
        "HTTP/1."?" 403"*)
            return 1
            ;;
        esac
        sleep 0.1
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
