# Sourced by each server's script: where things lie, one background process a data folder, and its end by its PID alone.
#
#     SCRIPT install              puts the server below $LOCKSTEP_SERVERS, or by apt; done already: nothing
#     SCRIPT start PORT FOLDER    starts it on 127.0.0.1 with its data in FOLDER, and waits for its first answer
#     SCRIPT seed FOLDER          makes accounts and one record
#     SCRIPT stop FOLDER          ends what start started
#     SCRIPT hold PORT FOLDER     starts it, says `ready`, and stops it and removes FOLDER once standard input ends
#     SCRIPT ready                whether it is installed; silent
#
# FOLDER/NAME.pid has the PID and the start time of a process, so that a PID in use again is never ended.

# Debian's servers lie where an ordinary user's PATH does not always reach.
PATH=$PATH:/usr/sbin:/usr/lib/postgresql/15/bin
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=${LOCKSTEP_SERVERS:-${XDG_CACHE_HOME:-$HOME/.cache}/lockstep-servers}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
data() { D=$1; mkdir -p "$D" && D=$(cd "$D" && pwd); }

# venv PACKAGE...: a Python of the server's own with these, made once; others make it anew.
venv() {
    local place=$root/$NAME
    [ "$(cat "$place/installed" 2>/dev/null)" = "$*" ] && return
    mkdir -p "$root"
    rm -rf "$place"
    /usr/bin/python3 -m venv "$place" &&
        "$place/bin/pip" install -q --disable-pip-version-check "$@" && echo "$*" >"$place/installed"
}

# packages PACKAGE...: of Debian, one call at a time.
packages() {
    mkdir -p "$root"
    dpkg -s "$@" 2>/dev/null | grep -c '^Status: install ok installed' | grep -qx "$#" && return
    as_root env DEBIAN_FRONTEND=noninteractive ${BUNDLER_VERSION:+BUNDLER_VERSION="$BUNDLER_VERSION"} \
        flock "$root/apt.lock" apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# When a process started, in ticks; nothing where it is gone or a zombie.
ticks() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" { print $20 }'; }

alive() {
    local pid started
    [ -f "$D/${1:-server}.pid" ] && read -r pid started <"$D/${1:-server}.pid" && [ -n "$started" ] &&
        [ "$(ticks "$pid")" = "$started" ]
}

# background NAME COMMAND...: logs to FOLDER/NAME.log.
background() {
    local name=$1 pid started i
    shift
    alive "$name" && return
    setsid "$@" >>"$D/$name.log" 2>&1 </dev/null &
    pid=$!
    for i in 1 2 3 4 5 6 7 8 9 10; do
        started=$(ticks "$pid")
        [ -n "$started" ] && break
        sleep 0.05
    done
    echo "$pid $started" >"$D/$name.pid"
}

# finish [NAME] [SIGNAL]: ten seconds of grace, then by force.
finish() {
    local name=${1:-server} pid started i
    alive "$name" || { rm -f "$D/$name.pid"; return 0; }
    read -r pid started <"$D/$name.pid"
    kill -"${2:-TERM}" "$pid" 2>/dev/null
    for i in $(seq 100); do
        alive "$name" || break
        sleep 0.1
    done
    alive "$name" && kill -KILL "$pid" && sleep 0.2
    rm -f "$D/$name.pid"
}

# try_for SECONDS COMMAND...: again and again until it succeeds, as long as the server is there.
try_for() {
    local i last=$(($1 * 10))
    shift
    for i in $(seq "$last"); do
        # The server is asked last: an answer of somebody else on its port does not count.
        "$@" >/dev/null 2>&1 && alive server && return
        alive server || { echo "$NAME ended:" >&2; tail -n 5 "$D/server.log" >&2; return 1; }
        sleep 0.1
    done
    echo "$NAME gives no answer" >&2
    tail -n 5 "$D/server.log" >&2
    return 1
}

# Any answer of HTTP counts, a 401 or 404 too.
answers() { curl -s -o /dev/null --noproxy '*' --max-time 5 "$1"; }
listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1"); }

hold() {
    # Who started it may be gone at any moment: that ends its input, and nobody reads what is said.
    trap : INT HUP TERM PIPE
    if start "$1" "$2" >&2; then
        echo ready
        exec >/dev/null 2>&1
        (trap '' INT HUP TERM; exec cat)
    fi
    exec >/dev/null 2>&1
    stop "$2"
    rm -rf "$2"
}

stop() { data "$1" && finish; }
seed() { :; }
ready() { [ -f "$root/$NAME/installed" ]; }

main() {
    [ $# -gt 0 ] || { sed -n 's/^#     //p' "$here/_lib.sh"; return 2; }
    "$@"
}
