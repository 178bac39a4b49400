#!/bin/sh
# fixtures/ameide is clean; each of fixtures/incidents gives exactly what its file `expected` says.
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

run lint "$SOURCE/fixtures/ameide"
expect_status 0
expect_no_err
expect_out "no findings in 4 environments, 39 applications, 107 releases, 143 files"

for incident in "$SOURCE"/fixtures/incidents/*/; do
    run lint --severity info "$incident"
    grep -E '^[^ ]+:[0-9]+:[0-9]+: (error|warning|info)\[' out >found || true
    expected=${incident}expected
    check "${incident#"$SOURCE"/} gives what is expected" 'diff -u "$expected" found >&2'
    check "${incident#"$SOURCE"/} has a finding" '[ -s found ]'
    wanted=0
    if grep -q ': error\[' found; then wanted=1; fi
    expect_status $wanted
done

finish
