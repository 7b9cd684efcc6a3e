#!/usr/bin/env bash
# Roundup with its classic tracker on SQLite: http://127.0.0.1:PORT/t/rest/data/issue, admin:adminpw.
# API_LIMIT=N at start allows N calls an hour. A write needs X-Requested-With: rest, Origin and Referer.
NAME=roundup
. "$(dirname "${BASH_SOURCE[0]}")/_lib.sh"

install() { venv roundup==2.6.0; }

start() {
    data "$2"
    echo "$1" >"$D/port"
    local at=$D/tracker bin=$root/$NAME/bin who=()
    if [ ! -f "$at/.ready" ]; then
        rm -rf "$at"
        "$bin/roundup-admin" -i "$at" install classic sqlite \
            "admin_email=admin@example.com,tracker_web=http://127.0.0.1:$1/t/,tracker_name=t" >>"$D/setup.log" 2>&1 || return
        # No mail server: its mail goes to a file.
        sed -i -e "/^\[mail\]/,/^\[[a-z]*\]\$/ {
            s|^#\?debug =.*|debug = $at/mail.txt|; s|^#\?domain =.*|domain = example.com|; s|^#\?host =.*|host = localhost| }" \
            -e "s|^#\?api_calls_per_interval =.*|api_calls_per_interval = ${API_LIMIT:-0}|" "$at/config.ini"
        "$bin/roundup-admin" -i "$at" initialise adminpw >>"$D/setup.log" 2>&1 || return
        touch "$at/.ready"
    fi
    sed -i "s|^#\?web = .*|web = http://127.0.0.1:$1/t/|" "$at/config.ini"
    # It refuses to run as root unless told so. As nobody it would not reach a folder of root's.
    if [ "$(id -u)" = 0 ]; then who=(-u root -g root); fi
    background server "$bin/roundup-server" "${who[@]}" -n 127.0.0.1 -p "$1" -t thread "t=$at"
    try_for 30 answers "http://127.0.0.1:$1/t/rest/"
}

seed() {
    data "$1"
    local url
    url=http://127.0.0.1:$(cat "$D/port")
    curl -sS --noproxy '*' -u admin:adminpw -H 'X-Requested-With: rest' -H "Origin: $url" -H "Referer: $url/t/" \
        -H 'Content-Type: application/json' -X POST "$url/t/rest/data/issue" -d '{"title":"Seed issue","priority":"bug"}'
}

main "$@"
