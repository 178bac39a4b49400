#!/bin/sh
# fixtures/ameide is clean; here it is broken in many ways, one at a time, as breakages.txt says. Each is found where it
# was made, and nothing else is reported.
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

table=$SOURCE/tests/cli/breakages.txt
title=
edits=0
unchanged=0

begin() {
    title=$1
    edits=0
    unchanged=0
    : >expected
    rm -rf broken
    cp -r "$SOURCE/fixtures/ameide" broken
}

edit() {
    edits=$((edits + 1))
    cp "broken/$1" before
    sed -i "$2" "broken/$1"
    if cmp -s before "broken/$1"; then unchanged=$((unchanged + 1)); fi
}

end() {
    [ -n "$title" ] || return 0
    run lint --severity info broken
    grep -E '^[^ ]+:[0-9]+:[0-9]+: (error|warning|info)\[' out | sed 's/\].*/]/' | LC_ALL=C sort >found || true
    LC_ALL=C sort -o expected expected
    check "$title: something was broken" '[ $edits -gt 0 ] && [ $unchanged -eq 0 ] && [ -s expected ]'
    check "$title" 'diff -u expected found >&2'
}

file=
while IFS= read -r line; do
    case $line in
    ": "*) end && begin "${line#: }" ;;
    "file "*) file=${line#file } ;;
    "sed "*) edit "$file" "${line#sed }" ;;
    "> "*) echo "${line#> }" >>expected ;;
    esac
done <"$table"
end
finish
