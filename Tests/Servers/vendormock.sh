#!/usr/bin/env bash
# Mocks of the vendors' systems that no test can reach: http://127.0.0.1:PORT of SYSTEM, see mocks/vendor_mock.py. The descriptions
# that requests are held against lie in $LOCKSTEP_VENDORS; a request that one refuses is a line of FOLDER/violations.
NAME=vendormock
. "$(dirname "${BASH_SOURCE[0]}")/_lib.sh"

export LOCKSTEP_VENDORS=${LOCKSTEP_VENDORS:-$here/../../../shared/vendors}
# The folder of the mocks stays as it is.
export PYTHONDONTWRITEBYTECODE=1

install() { venv werkzeug==3.1.3 openapi-core==0.23.1; }

start() {
    data "$2"
    echo "$1" >"$D/port"
    background server "$root/$NAME/bin/python" "$here/mocks/vendor_mock.py" "$SYSTEM" "$1" "$D/violations"
    try_for 60 answers "http://127.0.0.1:$1/__control"
}

exercise() { "$root/$NAME/bin/python" "$here/mocks/exercise.py"; }

main "$@"
