#!/usr/bin/env bash
# PostgreSQL at 127.0.0.1:PORT, postgres:postgres, database demo; as nobody when root starts it. FSYNC=off for speed.
NAME=postgres
. "$(dirname "${BASH_SOURCE[0]}")/_lib.sh"
export PGPASSWORD=postgres

install() { command -v initdb psql >/dev/null || packages postgresql-15; }
ready() { command -v initdb >/dev/null && command -v psql >/dev/null; }

sql() { psql -q -h 127.0.0.1 -p "$(cat "$D/port")" -U postgres "$@"; }

start() {
    data "$2"
    echo "$1" >"$D/port"
    local who=()
    if [ "$(id -u)" = 0 ]; then who=(setpriv --reuid=nobody --regid=nogroup --clear-groups env -C / HOME=/); fi
    if [ ! -f "$D/.ready" ]; then
        rm -rf "$D/db"
        mkdir -p "$D/db"
        chmod 700 "$D/db"
        [ "$(id -u)" = 0 ] && chown nobody:nogroup "$D/db"
        echo postgres >"$D/pw"
        "${who[@]}" initdb -D "$D/db" -U postgres -A scram-sha-256 --pwfile="$D/pw" -E UTF8 --locale=C \
            >>"$D/setup.log" 2>&1 || return
    fi
    background server "${who[@]}" postgres -D "$D/db" -h 127.0.0.1 -p "$1" -k "$D/db" -c fsync="${FSYNC:-on}"
    try_for 30 sql -c '' || return
    [ -f "$D/.ready" ] || { sql -c 'create database demo' && touch "$D/.ready"; }
}

seed() {
    data "$1"
    sql demo -c "create table if not exists tasks (id bigserial primary key, title text, status text,
        updated timestamptz not null default clock_timestamp()); insert into tasks (title, status) values ('Seed', 'open')"
}

stop() { data "$1" && finish server INT; }
main "$@"
