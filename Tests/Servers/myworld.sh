#!/usr/bin/env bash
# myworld, somebody's imitation of GitHub: http://127.0.0.1:PORT/gw/api.github.com/repos/acme/api/issues, the token is in FOLDER/token.
# Its pages' links point to https://api.github.com, as GitHub's do. REPOSITORIES=N at start makes acme/api1 to acme/apiN too, all empty.
NAME=myworld
. "$(dirname "${BASH_SOURCE[0]}")/_lib.sh"

install() { venv 'myworld[gateway]==0.2.1'; }

world() {
    local more='' i
    for i in $(seq "${REPOSITORIES:-0}"); do more+=",{\"name\":\"acme/api$i\",\"labels\":[\"bug\"]}"; done
    echo '{"spec":{"name":"sync","task":"none","servers":{"github":{"seed":{"viewer":"alex",
        "users":[{"login":"alex"},{"login":"acme","type":"Organization"}],
        "repos":[{"name":"acme/api","labels":["bug"]}'"$more"']}}}}}'
}

start() {
    data "$2"
    echo "$1" >"$D/port"
    background server env HOME="$D" "$root/$NAME/bin/myworld" serve --host 127.0.0.1 --port "$1" --time realtime --no-passthrough
    try_for 30 answers "http://127.0.0.1:$1/healthz" || return
    world | curl -sS --noproxy '*' -X POST "http://127.0.0.1:$1/envs" -H 'Content-Type: application/json' -d @- >"$D/env.json"
    grep -o '"github_token": *"[^"]*"' "$D/env.json" | sed 's/.*"\(.*\)"/\1/' >"$D/token"
    [ -s "$D/token" ]
}

seed() {
    data "$1"
    curl -sS --noproxy '*' -X POST "http://127.0.0.1:$(cat "$D/port")/gw/api.github.com/repos/acme/api/issues" \
        -H "Authorization: Bearer $(cat "$D/token")" -H 'Content-Type: application/json' -d '{"title":"Seed issue"}'
}

main "$@"
