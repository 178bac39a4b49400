#!/bin/sh
# diff.sh BULKHEAD: `bulkhead diff` after one line of a shared file was changed, in a repository of about five hundred
# releases, as a ratio to `bulkhead lint` of the same repository in the same run.
set -eu
bulkhead=$(CDPATH='' cd -- "$(dirname -- "$1")" && pwd)/$(basename -- "$1")
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$here/environments.sh" "$work/ameide" 12
cd "$work/ameide"
# Nothing of the person who runs this counts.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
git init -q -b main .
git add -A
git -c user.name=bench -c user.email=bench@example.org commit -q -m before
sed -i 's/^imagePullPolicy: IfNotPresent$/imagePullPolicy: Always/' sources/values/base/globals.yaml
if git diff --quiet; then
    echo "diff.sh: sources/values/base/globals.yaml has no line imagePullPolicy: IfNotPresent" >&2
    exit 1
fi

# milliseconds COMMAND…: the median of five whole runs.
milliseconds() {
    for _ in 1 2 3 4 5; do
        start=$(date +%s%N)
        "$@" >/dev/null 2>&1 || true # findings are no failure
        echo $((($(date +%s%N) - start) / 1000000))
    done | sort -n | sed -n 3p
}

lint=$(milliseconds "$bulkhead" lint)
diff=$(milliseconds "$bulkhead" diff HEAD)
"$bulkhead" lint --format json >"$work/lint.json" || true
releases=$(sed -n 's/.*"releases": \([0-9]*\),.*/\1/p' "$work/lint.json" | head -n 1)
"$bulkhead" diff HEAD >"$work/diff.txt" || true
changes=$(sed -n 's/.*: \([0-9]* objects in [0-9]* releases\) change.*/\1/p' "$work/diff.txt")
awk -v releases="$releases" -v changes="$changes" -v lint="$lint" -v diff="$diff" 'BEGIN {
    printf "%5d releases, a shared line changed (%s): diff %d ms, %.1f times a lint\n", releases, changes, diff, diff / (lint ? lint : 1)
}'
