#!/bin/sh
# Every release of fixtures/ comes out as Helm 4 and Helm 3 printed it. record.py wrote fixtures.txt, and with Helm at
# hand `record.py --check` shows what differs.
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/../cli/lib.sh"

grep -v '^#' "$SOURCE/tests/oracle/fixtures.txt" >wanted
while read -r four three fixture release; do
    for version in 4 3; do
        run template --path "$SOURCE/$fixture" "$release" --helm-version "$version"
        if [ "$version" = 4 ]; then sum=$four; else sum=$three; fi
        case $sum in
        refused) check "is refused as by Helm $version" '[ $status -ne 0 ]' ;;
        varies) check "renders as with Helm $version" '[ $status -eq 0 ]' ;;
        *) check "prints what Helm $version printed" '[ "$(sha256sum <out)" = "$sum  -" ]' ;;
        esac
    done
done <wanted
check "there are releases" '[ "$checks" -gt 200 ]'

finish
