#!/usr/bin/env bash
# jira820, somebody's imitation of Jira Data Center 8.20: http://127.0.0.1:PORT/rest/api/2/, project SYNC. It asks for no credentials.
# Its clock stands at JIRA820_DATE 09:00. JIRA820_LATENCY_MS=200 slows each answer, JIRA820_READONLY=true answers writes with 403.
NAME=jira820
. "$(dirname "${BASH_SOURCE[0]}")/_lib.sh"

install() { venv jira820==0.12.0; }

start() {
    data "$2"
    echo "$1" >"$D/port"
    # A project of no issues: what it makes up by itself is of no use here.
    [ -f "$D/state.json" ] || echo '{"users":{"admin":{"name":"admin","displayName":"Admin"}}}' >"$D/state.json"
    JIRA820_HOST=127.0.0.1 JIRA820_PORT=$1 JIRA820_SEED=1 JIRA820_PROJECT_KEY=SYNC JIRA820_DATE=${JIRA820_DATE:-2026-11-01} \
        JIRA820_PERSIST=$D/state.json background server "$root/$NAME/bin/jira820"
    try_for 30 answers "http://127.0.0.1:$1/rest/api/2/serverInfo"
}

seed() {
    data "$1"
    curl -sS --noproxy '*' -H 'Content-Type: application/json' -X POST "http://127.0.0.1:$(cat "$D/port")/rest/api/2/issue" \
        -d '{"fields":{"project":{"key":"SYNC"},"issuetype":{"name":"Task"},"summary":"Seed issue"}}'
}

main "$@"
