# A PostgreSQL cluster to throw away. Needs common.sh.
#
#   need_postgres; install_missing; start_postgres    then $postgres_url is the superuser's URL

postgres_is_for=testing

# Debian keeps the server's programs out of PATH, a folder for each version: take the newest.
find_postgres() {
    for folder in /usr/lib/postgresql/*/bin; do
        [ -x "$folder/initdb" ] && printf '%s %s\n' "$(basename "$(dirname "$folder")")" "$folder"
    done | sort -n | tail -1 | cut -d' ' -f2
}

need_postgres() {
    [ -n "$(find_postgres)" ] || need initdb postgresql 'the PostgreSQL server, 14 or later, with its programs in PATH'
}

# A program of the server, as the user that owns the cluster: initdb and postgres refuse root.
as_postgres() {
    program=${postgres_bin:+$postgres_bin/}$1
    shift
    if [ "$(id -u)" -eq 0 ]; then
        # From /, because the user may not enter the folder we are in.
        (cd / && runuser -u "$postgres_user" -- "$program" "$@")
    else
        "$program" "$@"
    fi
}

start_postgres() {
    postgres_bin=$(find_postgres)
    postgres_user=nobody
    if id postgres >/dev/null 2>&1; then postgres_user=postgres; fi
    postgres_home=$work/postgres
    mkdir "$postgres_home"
    # A password even here: with `trust` every user of this machine could act as the cluster's owner.
    postgres_password=$(random_hex)
    (umask 077 && echo "$postgres_password" >"$postgres_home/password")
    [ "$(id -u)" -ne 0 ] || chown -R "$postgres_user" "$postgres_home"
    as_postgres initdb --pgdata="$postgres_home/data" --username=etalase --encoding=UTF8 --locale=C.UTF-8 \
        --auth=scram-sha-256 --pwfile="$postgres_home/password" --no-sync >"$work/initdb.log" 2>&1 ||
        { cat "$work/initdb.log" >&2; fail 'initdb failed'; }
    at_the_end stop_postgres
    start_on_free_port
    postgres_url="postgres://etalase:$postgres_password@127.0.0.1:$postgres_port/postgres"
}

# Tests need no row to survive a power cut, so nothing waits for the disk. Measurements do wait.
postgres_options() {
    echo "-p $postgres_port -h 127.0.0.1 -k '' -c max_connections=200"
    [ "$postgres_is_for" = measuring ] || echo '-c fsync=off -c full_page_writes=off -c synchronous_commit=off'
}

# Only the server itself can tell whether a port is free: try, and try another.
start_on_free_port() {
    for _ in 1 2 3 4 5; do
        postgres_port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 12000))
        as_postgres pg_ctl start --wait --silent --pgdata="$postgres_home/data" --log="$postgres_home/log" \
            --options="$(postgres_options | tr '\n' ' ')" >/dev/null 2>&1 && return
    done
    cat "$postgres_home/log" >&2
    fail 'PostgreSQL does not start'
}

stop_postgres() {
    [ -e "$postgres_home/data/postmaster.pid" ] || return 0
    as_postgres pg_ctl stop --wait --silent --mode=immediate --pgdata="$postgres_home/data"
}
