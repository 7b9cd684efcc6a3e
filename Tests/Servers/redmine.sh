#!/usr/bin/env bash
# Redmine 5 of Debian on WEBrick and SQLite: http://127.0.0.1:PORT/issues.json, with the key below as X-Redmine-API-Key.
NAME=redmine
. "$(dirname "${BASH_SOURCE[0]}")/_lib.sh"
key=0123456789abcdef0123456789abcdef01234567
template=$root/redmine.sqlite3

install() {
    packages ruby-bundler || return
    # The Bundler that comes with a newer Ruby does not see Debian's gems; Debian's own does.
    export BUNDLER_VERSION=$(dpkg-query -W -f '${Version}' ruby-bundler | sed 's/-.*//')
    echo 'redmine redmine/instances/default/dbconfig-install boolean false' | as_root debconf-set-selections
    packages redmine redmine-sqlite || return
    [ -f "$template" ] || prepare
}
ready() { [ -f "$template" ] && [ -d /usr/share/redmine ]; }

# Debian's Redmine looks for its instance's folder below one of its own: from there up to the root, and down again.
environment() {
    export REDMINE_INSTANCE=../../../..$D/instance RAILS_ENV=production SCHEMA=/dev/null REDMINE_LANG=en RAILS_LOG_TO_STDOUT=1
    export BUNDLER_VERSION=$(dpkg-query -W -f '${Version}' ruby-bundler | sed 's/-.*//') BUNDLE_SILENCE_ROOT_WARNING=1
    export RUBYOPT="-W0 -I$(echo /usr/share/rubygems-integration/all/gems/webrick-*/lib)"
    cd /usr/share/redmine || return
}

instance() { # FOLDER
    data "$1"
    local at=$D/instance
    mkdir -p "$at"/{config,files,log,tmp/cache,public/plugin_assets}
    [ -f "$at/config/secret_key.txt" ] || od -An -N16 -tx1 /dev/urandom | tr -d ' \n' >"$at/config/secret_key.txt"
    # One connection that requests share: with several, a request that waits for another's transaction keeps that from its end.
    printf 'production:\n  adapter: sqlite3\n  database: %s\n  timeout: 20000\n  pool: 1\n  checkout_timeout: 60\n' \
        "$at/db.sqlite3" >"$at/config/database.yml"
}

# A database with Redmine's default data, made once and copied for each folder. Without login_required a wrong key is taken for none.
prepare() {
    local made
    made=$(mktemp -d)
    instance "$made"
    (
        environment
        bundle exec rake db:migrate && bundle exec rake redmine:load_default_data && bundle exec rails runner '
            Setting.rest_api_enabled = "1"; Setting.login_required = "1"; Setting.default_language = "en"
            admin = User.find_by_login("admin")
            admin.must_change_passwd = false; admin.password = admin.password_confirmation = "adminpw1"; admin.save!
            Token.where(user_id: admin.id, action: "api").delete_all
            Token.create!(user: admin, action: "api").update_column(:value, "'$key'")
            # On SQLite, Redmine'"'"'s migrations lose that the number of a removed issue is not given again, which other databases keep.
            tables = ActiveRecord::Base.connection
            tables.execute "CREATE TABLE counted (id integer PRIMARY KEY AUTOINCREMENT)"
            tables.execute "DROP TABLE counted"
            tables.execute "PRAGMA writable_schema = 1"
            tables.execute "UPDATE sqlite_master SET sql = replace(sql, '"'"'\"id\" integer NOT NULL PRIMARY KEY'"'"', '"'"'\"id\" integer PRIMARY KEY AUTOINCREMENT NOT NULL'"'"')"'
    ) >"$made/setup.log" 2>&1 || { tail -n 5 "$made/setup.log" >&2; return 1; }
    mv "$made/instance/db.sqlite3" "$template"
    chmod 644 "$template"
    rm -rf "$made"
}

start() {
    instance "$2"
    echo "$1" >"$D/port"
    [ -f "$D/instance/db.sqlite3" ] || cp "$template" "$D/instance/db.sqlite3"
    (environment && background server bundle exec rails server -u webrick -b 127.0.0.1 -p "$1" -P "$D/instance/tmp/rails.pid")
    try_for 90 answers "http://127.0.0.1:$1/login"
}

ask() { curl -sS --noproxy '*' -H "X-Redmine-API-Key: $key" -H 'Content-Type: application/json' "$@"; }

seed() {
    data "$1"
    local url
    url=http://127.0.0.1:$(cat "$D/port")
    ask -X POST "$url/projects.json" -d '{"project":{"name":"Demo","identifier":"demo","tracker_ids":[1,2,3]}}' -o /dev/null
    ask -X POST "$url/issues.json" -d '{"issue":{"project_id":"demo","tracker_id":1,"subject":"Seed issue"}}'
}

stop() { data "$1" && finish server INT; }
main "$@"
