# shellcheck shell=sh
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# For the scripts of this folder: each runs in an empty directory of its own with $BULKHEAD set.
set -eu
BULKHEAD=$(CDPATH="" cd -- "$(dirname -- "$1")" && pwd)/$(basename -- "$1")
SOURCE=$2
export NO_COLOR=1
unset GITHUB_STEP_SUMMARY
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
cd "$work"
failures=0
checks=0

# run ARGUMENTS…: keeps standard output in out, standard error in err and the exit status in status.
run() {
    command="bulkhead $*"
    status=0
    timeout 20 "$BULKHEAD" "$@" >"$work/../out.$$" 2>"$work/../err.$$" </dev/null || status=$?
    mv "$work/../out.$$" out
    mv "$work/../err.$$" err
}

complain() {
    failures=$((failures + 1))
    echo "not ok $checks - $command: $1"
    sed 's/^/# out: /' out
    sed 's/^/# err: /' err
}

passed() { echo "ok $checks - $command: $1"; }

check() {
    checks=$((checks + 1))
    if eval "$2"; then passed "$1"; else complain "$1"; fi
}

expect_status() { check "exit status $1, it is $status" "[ $status -eq $1 ]"; }

# The pattern is passed by a variable, so that it may hold any character.
expect_out() {
    pattern=$1
    check "says: $1" 'grep -qF -- "$pattern" out'
}
expect_err() {
    pattern=$1
    check "complains: $1" 'grep -qF -- "$pattern" err'
}
expect_no_out() { check "prints nothing to standard output" '[ ! -s out ]'; }
expect_no_err() { check "prints nothing to standard error" '[ ! -s err ]'; }

# file PATH: writes standard input to the path.
file() {
    case $1 in */*) mkdir -p "${1%/*}" ;; esac
    cat >"$1"
}

finish() {
    echo "1..$checks"
    [ "$failures" -eq 0 ]
}
