#!/bin/sh
# What is generated is fresh, what the documentation quotes runs, links lead somewhere.
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/../cli/lib.sh"

"$SOURCE/tools/write-rule-pages.sh" "$BULKHEAD" "$work/rules" >out 2>err
command="./dev docs"
check "docs/rules is what ./dev docs writes" 'diff -r "$SOURCE/docs/rules" "$work/rules" >&2'

# The findings that README shows are what the program prints.
sed -n 's/^\$ \.\/dev lint \(fixtures.*\)/\1/p' "$SOURCE/README.md" >shown
while read -r repository; do
    run lint "$SOURCE/$repository"
    awk -v command="\$ ./dev lint $repository" '$0 == command { inside = 1; next } /^…/ { inside = 0 } inside' \
        "$SOURCE/README.md" >quoted
    check "README quotes real findings of $repository" '(while IFS= read -r line; do grep -qxF -- "$line" out || exit 1; done <quoted)'
    check "README quotes something of $repository" '[ "$(wc -l <quoted)" -gt 3 ]'
done <shown
check "README shows several repositories" '[ "$(wc -l <shown)" -gt 1 ]'

# The commands on the fixtures that the manual shows print what it quotes.
mkdir .git
cp -R "$SOURCE/fixtures" fixtures
mkdir bin
ln -s "$BULKHEAD" bin/bulkhead
awk '/^\$ bulkhead .*fixtures\// { print substr($0, 3) }' "$SOURCE"/docs/manual/*.md >shown
while read -r line; do
    command=$line
    status=0
    PATH="$work/bin:$PATH" sh -c "$line" >out 2>err || status=$?
    check "the manual shows a command that runs" '[ "$status" -le 1 ]'
    awk -v command="\$ $line" '$0 == command { inside = 1; next } /^(```|\$ )/ { inside = 0 } inside && $0 != "…"' \
        "$SOURCE"/docs/manual/*.md >quoted
    check "the manual quotes its output" '(while IFS= read -r line; do grep -qxF -- "$line" out || exit 1; done <quoted)'
done <shown
check "the manual shows several commands" '[ "$(wc -l <shown)" -gt 3 ]'
check "files are written where the manual says" '[ -s bulkhead.sarif ] && [ -s bulkhead.xml ]'

# The configuration that README and the manual show is read without complaint about its keys.
for page in README.md docs/manual/configuration.md; do
    awk '/^```yaml/ { inside = 1; next } /^```/ { inside = 0 } inside' "$SOURCE/$page" |
        awk '/^version: 1/ { keep = 1 } /^# \.pre-commit/ { keep = 0 } keep' >.bulkhead.yaml
    mkdir -p charts/web
    printf 'apiVersion: v2\nname: web\nversion: 1.0.0\n' >charts/web/Chart.yaml
    printf 'name: cart\n' | file components/cart/component.yaml
    run list
    check "$page shows a configuration that is understood" '! grep -q "error: unknown\|must be a" err'
done

# Every rule of the catalogue that is built has a page, and every page a rule.
run rules
while read -r rule rest; do
    page=$SOURCE/docs/rules/$rule.md
    check "$rule has a page" '[ -s "$page" ]'
done <out

# Relative links.
cd "$SOURCE"
grep -oE '\]\([^)#]+' README.md CONTRIBUTING.md docs/*.md docs/manual/*.md docs/rules/README.md |
    sed 's/:\](/ /' | while read -r page link; do
    case $link in http*) continue ;; esac
    [ -e "$(dirname "$page")/$link" ] || echo "$page: $link"
done >"$work/dead"
check "links lead somewhere" '[ ! -s "$work/dead" ] || { cat "$work/dead" >&2; false; }'
cd "$work"

finish
