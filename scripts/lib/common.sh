# For the scripts beside this folder: a work folder, cleaning up, and what must be installed.
# Sourced after `cd` to the root of the repository.

work=$(mktemp -d "${TMPDIR:-/tmp}/etalase.XXXXXX")
# Another user (PostgreSQL, when we are root) has to pass through, and sees only what is made for her.
chmod 711 "$work"
clean_up_steps=''

# Remembers a function to call at the end, whatever the end is. The last one is called first.
at_the_end() {
    clean_up_steps="$1 $clean_up_steps"
}

clean_up() {
    status=$?
    trap - EXIT
    trap '' INT TERM HUP
    for clean_up_step in $clean_up_steps; do
        "$clean_up_step" || status=1
    done
    rm -rf "$work"
    exit "$status"
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

say() {
    printf '\n== %s\n' "$*"
}

fail() {
    printf '%s: %s\n' "$0" "$*" >&2
    exit 2
}

has() {
    command -v "$1" >/dev/null 2>&1
}

# need PROGRAM PACKAGE WHAT: notes a program that is missing, with its Debian package.
missing_packages=''
missing_programs=''
need() {
    has "$1" && return
    missing_packages="$missing_packages $2"
    missing_programs="$missing_programs
  $1: $3"
}

# Installs what `need` found missing, or says what it is.
install_missing() {
    [ -n "$missing_packages" ] || return 0
    say "installing:$missing_packages"
    has apt-get || fail "please install these programs and run this again:$missing_programs"
    if [ "$(id -u)" -eq 0 ]; then
        as_root=env
    elif has sudo; then
        as_root='sudo env'
    else
        fail "please run as root: apt-get install$missing_packages"
    fi
    $as_root apt-get update -q
    case $missing_packages in *postgresql*) without_main_cluster ;; esac
    # shellcheck disable=SC2086 # words on purpose
    $as_root DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $missing_packages
}

# Debian starts a server for whoever installs PostgreSQL. Only the program is wanted here.
without_main_cluster() {
    [ -e /etc/postgresql-common/createcluster.conf ] ||
        $as_root DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends postgresql-common
    $as_root sed -i 's/^#*create_main_cluster.*/create_main_cluster = false/' \
        /etc/postgresql-common/createcluster.conf
}

need_rust() {
    has cargo || fail 'please install Rust 1.92 or later, see https://rustup.rs'
    need cc build-essential 'a C compiler, for SQLite and the PostgreSQL client'
}

random_hex() {
    od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}
