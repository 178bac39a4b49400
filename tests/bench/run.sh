#!/bin/sh
# run.sh BULKHEAD: time and memory of `bulkhead lint`, and how they grow with the number of releases.
set -eu
bulkhead=$1
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Median of five runs in milliseconds, as the program itself measures them.
median() {
    for _ in 1 2 3 4 5; do
        "$bulkhead" lint --format json "$1" 2>/dev/null | sed -n 's/.*"milliseconds": \([0-9]*\).*/\1/p'
    done | sort -n | sed -n 3p
}

peak() {
    /usr/bin/time -f %M "$bulkhead" lint --quiet "$1" 2>&1 >/dev/null | tail -n 1
}

for applications in 34 334; do
    "$here/generate.sh" "$work/$applications" "$applications"
    time=$(median "$work/$applications")
    printf '%5d releases x 6 layers: %5d ms' "$((applications * 3))" "$time"
    if [ -x /usr/bin/time ]; then printf ', %d MB at most' "$(($(peak "$work/$applications") / 1024))"; fi
    printf '\n'
    eval "time_$applications=$time"
done
# shellcheck disable=SC2154 # set by eval above
awk -v small="$time_34" -v large="$time_334" 'BEGIN { printf "10 times the releases take %.1f times the time\n", large / (small ? small : 1) }'

# Releases that are rendered and looked at as objects.
"$here/environments.sh" "$work/ameide" 28
for repository in "$here/../../fixtures/ameide" "$work/ameide"; do
    releases=$("$bulkhead" lint --format json "$repository" 2>/dev/null | sed -n 's/.*"releases": \([0-9]*\),.*/\1/p' | head -n 1)
    printf '%5d rendered releases of fixtures/ameide: %5d ms\n' "$releases" "$(median "$repository")"
done

# The language server, in a repository of 501 releases.
if command -v python3 >/dev/null; then
    "$here/generate.sh" "$work/editor" 167
    PYTHONDONTWRITEBYTECODE=1 python3 "$here/lsp.py" "$bulkhead" "$work/editor" env/dev/apps/app-1.yaml
fi
