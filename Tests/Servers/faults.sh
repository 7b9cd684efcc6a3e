#!/usr/bin/env bash
# mitmdump in front of 127.0.0.1:$BACK, breaking requests by the rules of FOLDER/faults.json (see faults.py), read anew on change.
NAME=faults
. "$(dirname "${BASH_SOURCE[0]}")/_lib.sh"

install() { venv mitmproxy==11.0.2; }

start() {
    data "$2"
    echo "$1" >"$D/port"
    [ -f "$D/faults.json" ] || echo '[]' >"$D/faults.json"
    FAULTS=$D/faults.json FAULTLOG=$D/faults.log background server "$root/$NAME/bin/mitmdump" -q --set confdir="$D/conf" \
        --listen-host 127.0.0.1 -p "$1" --mode "reverse:http://127.0.0.1:$BACK" --set keep_host_header=true -s "$here/faults.py"
    try_for 30 listens "$1"
}

main "$@"
