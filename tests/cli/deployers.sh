#!/bin/sh
# The model that ApplicationSets give is the one that the configuration of fixtures/ameide spells out.
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

cp -R "$SOURCE/fixtures/ameide" ameide
awk '/^applications:/ { print "applications: {argocd: argocd/applicationsets/*.yaml}\n"; skip = 1 }
     /^pools:/ { skip = 0 }
     !skip' "$SOURCE/fixtures/ameide/.bulkhead.yaml" >ameide/.bulkhead.yaml

for what in environments applications releases layers files; do
    run list "$what" --path "$SOURCE/fixtures/ameide"
    expect_status 0
    mv out spelled-out
    run list "$what" --path ameide
    expect_status 0
    expect_no_err
    check "ApplicationSets give the same $what" 'cmp spelled-out out'
done
run lint ameide
expect_status 0
expect_out "no findings in 4 environments, 39 applications, 107 releases, 143 files"

finish
