#!/bin/sh
# Rooms use only rooms below them, through their doors; headers compile alone; calls that are banned are not made;
# files and functions stay readable.
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/../cli/lib.sh"
cd "$SOURCE"
out=$work/out
command="source tree"

rooms='base tree yaml values config chart template eval deploy repo infra kube engine report lsp cli'

# report NAME FILE: passes when the file of complaints is empty.
report() {
    checks=$((checks + 1))
    if [ ! -s "$2" ]; then
        echo "ok $checks - $1"
    else
        failures=$((failures + 1))
        echo "not ok $checks - $1"
        sed 's/^/# /' "$2"
    fi
}

# A door is <room>/<room>.h; within a room its own headers may be included by their bare names. Exceptions, each with
# its reason: pages of rules and the program that tests examples need engine/example.h, which rules must not see.
grep -n '^#include "' src/*/*.[ch] | awk -v rooms="$rooms" '
    BEGIN { n = split(rooms, names, " "); for (i = 1; i <= n; i++) number[names[i]] = i }
    {
        split($0, part, ":")
        split(part[1], path, "/")
        from = path[2]
        included = $0
        sub(/^[^"]*"/, "", included)
        sub(/".*/, "", included)
        if (split(included, to, "/") == 1) next
        if (!(to[1] in number)) { print part[1] ": " included ": there is no such room"; next }
        if (number[to[1]] > number[from]) print part[1] ": " from " may not use " to[1]
        exception = included == "engine/example.h" && from == "cli"
        if (to[2] != to[1] ".h" && to[1] != from && !exception) print part[1] ": " included " is not the door of " to[1]
    }' >"$work/doors"
report "rooms use only rooms below them, through their doors" "$work/doors"

grep -n '^#include "' rules/*/*.c | grep -v '"engine/engine.h"' >"$work/rules" || true
report "rules include engine/engine.h and nothing else" "$work/rules"

for header in src/*/*.h; do
    printf '#include "%s"\n' "${header#src/}" >"$work/alone.c"
    ${CC:-cc} -std=c17 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -fsyntax-only -Isrc "$work/alone.c" 2>&1 |
        sed "s|^|$header: |" | head -n 2
done >"$work/alone"
report "every header compiles alone" "$work/alone"

grep -nE '\b(strcpy|strcat|sprintf|vsprintf|strtok|gets|atoi|atol|atof|setlocale|localtime|gmtime)\(' \
    src/*/*.[ch] rules/*/*.c >"$work/banned" || true
report "calls without bounds, or that depend on place or time, are not made" "$work/banned"

grep -nE '\b(exit|abort|printf|fprintf|puts|perror)\(' src/*/*.c rules/*/*.c |
    grep -vE '^src/(cli/|base/arena\.c)' >"$work/prints" || true
report "nothing below cli prints or exits" "$work/prints"

grep -nE '\b(malloc|calloc|realloc|strdup)\(' src/*/*.c rules/*/*.c | grep -v '^src/base/arena\.c' >"$work/heap" || true
report "memory comes from arenas" "$work/heap"

grep -nE '^static [a-z_ ]+\*?[a-z_]+( =|;|\[)' src/*/*.c rules/*/*.c | grep -vE 'static (const|enum)|\(' |
    grep -vE 'struct [a-z_]+ \*?[a-z_]+\(' >"$work/globals" || true
report "there are no variables that live between calls" "$work/globals"

wc -l src/*/*.[ch] rules/*/*.c tools/*.c | awk '$2 != "total" && $1 > 600 { print $2 ": " $1 " lines" }' >"$work/files"
report "files have at most 600 lines" "$work/files"

awk 'FNR == 1 { start = 0 }
    /^[a-z].*[^;]$/ && !/^(struct|enum|union|typedef|static const|extern)[^(]*$/ { candidate = FNR }
    /^\{$/ { start = FNR }
    /^\}$/ && start { if (FNR - start > 80) print FILENAME ":" start ": " FNR - start " lines"; start = 0 }' \
    src/*/*.c rules/*/*.c >"$work/functions"
report "functions have at most 80 lines" "$work/functions"

for room in src/*/; do
    lines=$(wc -l <"${room}README.md" 2>/dev/null || echo 99)
    [ "$lines" -le 25 ] || echo "$room has no README of at most 25 lines"
done >"$work/readmes"
report "every room has a short README" "$work/readmes"

finish
