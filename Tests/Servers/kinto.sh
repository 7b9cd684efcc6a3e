#!/usr/bin/env bash
# Kinto on waitress: http://127.0.0.1:PORT/v1/buckets/main/collections/tasks/records, admin:adminpw once seeded.
# It keeps all in memory, or in the database KINTO_PG=postgresql://... names. PAGE=N is the size of a page.
NAME=kinto
. "$(dirname "${BASH_SOURCE[0]}")/_lib.sh"

install() { venv 'kinto[postgresql]==26.5.0'; }

settings() { # PORT
    local kept=memory
    [ -n "$KINTO_PG" ] && kept=postgresql
    cat <<I
[server:main]
use = egg:waitress#main
host = 127.0.0.1
port = $1
[app:main]
use = egg:kinto
kinto.userid_hmac_secret = 0123456789abcdef
kinto.bucket_create_principals = system.Authenticated
kinto.storage_backend = kinto.core.storage.$kept
kinto.cache_backend = kinto.core.cache.$kept
kinto.permission_backend = kinto.core.permission.$kept
${KINTO_PG:+kinto.storage_url = $KINTO_PG
kinto.cache_url = $KINTO_PG
kinto.permission_url = $KINTO_PG}
kinto.paginate_by = ${PAGE:-100}
kinto.includes = kinto.plugins.accounts kinto.plugins.history kinto.plugins.flush
kinto.flush_endpoint_enabled = true
multiauth.policies = account
multiauth.policy.account.use = kinto.plugins.accounts.authentication.AccountsAuthenticationPolicy
kinto.account_create_principals = system.Everyone
[loggers]
keys = root
[handlers]
keys = console
[formatters]
keys = plain
[logger_root]
level = WARN
handlers = console
[handler_console]
class = StreamHandler
args = (sys.stderr,)
formatter = plain
[formatter_plain]
format = %(levelname)s %(message)s
I
}

start() {
    data "$2"
    echo "$1" >"$D/port"
    local kinto=$root/$NAME/bin/kinto
    settings "$1" >"$D/kinto.ini"
    [ -z "$KINTO_PG" ] || "$kinto" migrate --ini "$D/kinto.ini" >>"$D/setup.log" 2>&1 || return
    background server "$kinto" start --ini "$D/kinto.ini" --port "$1"
    try_for 30 answers "http://127.0.0.1:$1/v1/" && account
}

account() {
    local url
    url=http://127.0.0.1:$(cat "$D/port")/v1
    ask -X PUT "$url/accounts/admin" -d '{"data":{"password":"adminpw"}}' -o /dev/null
    ask -X PUT "$url/buckets/main" -o /dev/null
}

ask() { curl -sS --noproxy '*' -u admin:adminpw -H 'Content-Type: application/json' "$@"; }

seed() {
    data "$1"
    local url
    url=http://127.0.0.1:$(cat "$D/port")/v1/buckets/main/collections/tasks
    ask -X PUT "$url" -o /dev/null
    ask -X POST "$url/records" -d '{"data":{"title":"Seed record","status":"open"}}'
}

main "$@"
