#!/bin/sh
# Builds downtime and takes it through its main job on the sample site beside this file.
set -eu
cd "$(dirname "$0")/.."
cargo build --release --quiet
PATH="$PWD/target/release:$PATH"
DOWNTIME_STORE="$PWD/target/tour"
DOWNTIME_TZ=UTC
export PATH DOWNTIME_STORE DOWNTIME_TZ
rm -rf "$DOWNTIME_STORE"
mkdir -p "$DOWNTIME_STORE"
cp examples/site/inventory.toml "$DOWNTIME_STORE/"

run() {
    printf '\n$ downtime'
    for word in "$@"; do
        case $word in *[\ \*]*) printf " '%s'" "$word" ;; *) printf ' %s' "$word" ;; esac
    done
    printf '\n'
    downtime "$@"
}

run schedule 'ip-10-114-237-165/*' -m 'new web release' --for 2h
run schedule localhost -m 'kernel update' --start 'sat 22:00' --end 'sun 06:00'
run list
run check ip-10-114-237-165/dogweb
run extend 1 --by 30m
run delete 2
run import examples/site/nagios.log
run report 'ip-10-*' 'ip-10-114-*/*' --from 2011-02-16 --until 2011-02-16
run timeline ip-10-114-89-59 --from 2011-02-16 --until 2011-02-16
run history --id 1
run doctor
