#!/bin/sh
# The formats that forges and their tools read, each by a parser that is not ours; several in one run; the summary of a job.
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

json() {
    filter=$1
    check "jq $1" 'jq -e "$filter" out >/dev/null'
}

# Every element on a line, as Python's parser of XML reads it: tag, attributes by name, text.
elements() {
    python3 -c '
import sys, xml.etree.ElementTree as tree
for element in tree.parse(sys.argv[1]).iter():
    print(element.tag, *(f"{k}={v!r}" for k, v in sorted(element.attrib.items())), repr((element.text or "").strip()))
' "$1" >xml 2>>err || echo "no XML" >xml
}
expect_element() {
    pattern=$1
    check "has the element: $1" 'grep -qxF -- "$pattern" xml || { sed "s/^/# /" xml; false; }'
}
expect_no_element() {
    pattern=$1
    check "has no element: $1" '! grep -qF -- "$pattern" xml'
}

# A repository below the root of the Git repository, as forges read its paths from there.
mkdir -p .git shop
cd shop
file .bulkhead.yaml <<'YAML'
version: 1
environments: {dev: {}, prod: {}}
applications: {list: [web, cart]}
layers: ['{env}.yaml', '{app}.yaml']
rules: {select: [values/empty-override, values/duplicate-key], severity: {values/duplicate-key: warning}}
YAML
printf 'tolerations: [{key: a}]\n' >dev.yaml
printf 'tolerations: [{key: b}]\n' >prod.yaml
printf 'ä: 1\ntolerations: []\n' >web.yaml
printf '"<&'"'"'>": 1\n"<&'"'"'>": 2\n' >cart.yaml
select='--select values/empty-override,values/duplicate-key'

# shellcheck disable=SC2086 # options
run lint --format checkstyle $select
expect_status 1
elements out
expect_element "checkstyle version='8.0' ''"
expect_element "file name='shop/web.yaml' ''"
check "a file for each path" '[ "$(grep -c "^file" xml)" -eq 2 ]'
expect_element "error column='14' line='2' message='tolerations is empty and hides the list that dev and prod would inherit' severity='error' source='bulkhead.values/empty-override' ''"
expect_element "error column='1' line='2' message='the key \"<&\\'>\" is written twice in this mapping, helm drops the first one' severity='warning' source='bulkhead.values/duplicate-key' ''"
run lint --format checkstyle --select values/type-change
elements out
check "nothing found is an empty report" '[ "$(cat xml)" = "checkstyle version='"'8.0' ''"'" ]'

# JUnit: a suite per environment, a case per application; only what fails the run fails a case.
run lint --format junit
elements out
expect_element "testsuites errors='0' failures='2' name='bulkhead' skipped='2' tests='4' $(grep -o "time='[0-9.]*'" xml | head -n 1) ''"
expect_element "testsuite errors='0' failures='1' name='dev' skipped='1' tests='2' time='0' ''"
expect_element "testsuite errors='0' failures='1' name='prod' skipped='1' tests='2' time='0' ''"
expect_element "testcase classname='dev' name='web' time='0' ''"
check "the failure has rule, message, place and chain" "grep -q \"^failure message='tolerations is empty and hides .*' type='values/empty-override' 'shop/web.yaml:2:14: error\[values/empty-override\] .*shop/dev.yaml:1: hides this list\" xml"
expect_element "skipped message='its chart is not in the repository' ''"
check "a warning is told and does not fail" "grep -q \"^system-out 'shop/cart.yaml:2:1: warning\[values/duplicate-key\]\" xml"
run lint --format junit --fail-on warning
elements out
expect_element "testsuite errors='0' failures='2' name='dev' skipped='0' tests='2' time='0' ''"
run lint --format junit --fail-on never
expect_status 0
elements out
expect_no_element "failure message"
run lint --format junit --env dev --app web
elements out
expect_element "testsuites errors='0' failures='1' name='bulkhead' skipped='0' tests='1' $(grep -o "time='[0-9.]*'" xml | head -n 1) ''"

# What is about no release has a suite of its own.
printf 'a: 1 # bulkhead: ignore[values/empty-override] nothing\n' >>web.yaml
run lint --format junit --fail-on info
elements out
expect_element "testcase classname='repository' name='shop/web.yaml' time='0' ''"
check "its case fails" "grep -q \"type='engine/unused-suppression'\" xml"
sed -i '$d' web.yaml

# GitLab.
# shellcheck disable=SC2086 # options
run lint --format gitlab $select
json 'map(keys) | unique == [["check_name", "description", "fingerprint", "location", "severity"]]'
json '.[] | select(.check_name == "values/empty-override") | .location == {path: "shop/web.yaml", lines: {begin: 2}} and .severity == "major" and (.description | startswith("values/empty-override: tolerations is empty"))'
json 'map(select(.check_name == "values/duplicate-key") | .severity) == ["minor"]'
run lint --format gitlab --app cart --select values/empty-override
expect_status 0
json '. == []'
# shellcheck disable=SC2086 # options
run lint --format gitlab $select
json '(map(.fingerprint) | unique | length) == length'
run lint --format gitlab --select values/type-change
json '. == []'

# Several formats in one run, each to its file.
run lint --format sarif --output a.sarif --format junit --output b.xml --format gitlab --output c.json --format text
expect_status 1
check "SARIF is in its file" 'jq -e .runs a.sarif >/dev/null'
check "GitLab is in its file" 'jq -e "length > 0" c.json >/dev/null'
elements b.xml
check "JUnit is in its file" 'grep -q "^testsuites" xml'
expect_out "error[values/empty-override]"
rm a.sarif b.xml c.json
run lint --format sarfi
expect_status 2
expect_err "unknown format sarfi, did you mean sarif?"
run lint --format yaml
expect_status 2
expect_err "unknown format yaml; known are text, json, sarif, junit, github, gitlab, checkstyle, markdown"

# Markdown, in which nothing of the texts has a meaning.
printf '"a|b*": 1\n"a|b*": 2\n' >cart.yaml
# shellcheck disable=SC2086 # options
run lint --format markdown $select
expect_out "### bulkhead: 1 error, 1 warning, 0 infos in 4 releases"
expect_out "| error | [values/empty-override](https://github.com/ameideio/bulkhead/blob/main/docs/rules/values/empty-override.md) | shop/web.yaml:2 | tolerations is empty "
expect_out 'a\|b\*'
check "the errors come first" '[ "$(grep -c "^| error" out)" -eq 1 ] && grep "^| " out | sed -n 3p | grep -q "^| error"'

# GitHub: ten annotations of a level, the rest as lines; the summary of the job has all of them.
awk 'BEGIN { for (i = 0; i < 13; i++) print "k" i ": 1\nk" i ": 2" }' >cart.yaml
export GITHUB_STEP_SUMMARY="$work/summary.md"
echo before >"$GITHUB_STEP_SUMMARY"
run lint --format github
check "ten warnings are annotations" '[ "$(grep -c "^::warning file=shop/cart.yaml" out)" -eq 10 ]'
check "three are lines" '[ "$(grep -c "^shop/cart.yaml:[0-9]*:1: warning\[values/duplicate-key\]" out)" -eq 3 ]'
check "the summary is added to what is there" 'head -n 1 "$GITHUB_STEP_SUMMARY" | grep -qx before'
check "the summary has all findings" '[ "$(grep -c "^| warning | \[values/duplicate-key\]" "$GITHUB_STEP_SUMMARY")" -eq 13 ]'
cp "$GITHUB_STEP_SUMMARY" "$work/kept.md"
run lint
run lint --format github --output annotations
check "other formats and files add nothing to it" 'cmp -s "$GITHUB_STEP_SUMMARY" "$work/kept.md"'
export GITHUB_STEP_SUMMARY="$work/nowhere/summary.md"
run lint --format github
expect_status 2
expect_err "nowhere/summary.md: No such file or directory"
unset GITHUB_STEP_SUMMARY
rm annotations

# A change is its new findings, in every format that is about findings.
cd ..
rm -r .git
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
git -c init.defaultBranch=main init -q .
printf 'replicas: 1\n' >shop/cart.yaml
git add shop
git -c user.name=A -c user.email=a@shop.example commit -q -m one
printf 'tolerations: []\n' >shop/cart.yaml
cd shop
run diff HEAD --format gitlab
expect_status 1
json 'map(.location.path) == ["shop/cart.yaml"]'
run diff HEAD --format sarif --output a.sarif --format checkstyle
check "the results are new" 'jq -e ".runs[0].results | length == 1 and .[0].baselineState == \"new\"" a.sarif >/dev/null'
elements out
expect_element "file name='shop/cart.yaml' ''"
expect_no_element "shop/web.yaml"

finish
