#!/bin/sh
# Findings that are known (--baseline, --write-baseline), and those that a change has to do with (--changed).
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

mkdir repository
cd repository
file .bulkhead.yaml <<'YAML'
version: 1
environments: {dev: {}, prod: {}}
applications: {list: [web, cart]}
layers: ['{env}.yaml', '{app}.yaml']
rules: {select: [values/duplicate-key], severity: {values/duplicate-key: warning}}
YAML
printf 'tolerations: [{key: a}]\n' >dev.yaml
printf 'tolerations: [{key: b}]\n' >prod.yaml
printf 'tolerations: []\na: 1\na: 2\n' >web.yaml
printf 'replicas: 1\n' >cart.yaml

# What is there is written down, and is not reported again.
run lint --write-baseline
expect_status 2
expect_err "--write-baseline does not know where"
run lint --baseline known.json
expect_status 2
expect_err "--baseline known.json: No such file or directory"
run lint --baseline known.json --write-baseline
expect_status 0
expect_out "no findings, 2 in the baseline"
expect_err "known.json: 2 findings, 2 of them new, 0 taken out"
check "it is JSON that says what is meant" 'jq -e ".schema == 1 and (.findings | map([.rule, .file]) == [[\"values/duplicate-key\", \"web.yaml\"], [\"values/empty-override\", \"web.yaml\"]]) and (.findings | all(.fingerprint and .message))" known.json >/dev/null'
run lint --baseline known.json
expect_status 0
expect_no_err
expect_out "no findings, 2 in the baseline"
run lint --baseline known.json --format json
check "JSON counts them" 'jq -e ".findings == [] and .summary.in_baseline == 2 and .summary.errors == 0" out >/dev/null'
run lint
expect_status 1

# Moved lines and other edits do not bring them back; a new one is reported, and it alone.
printf '# one\n\nb: 1\n# two\ntolerations:   []   # none\na: 1\na: 3\n' >web.yaml
run lint --baseline known.json
expect_status 0
expect_no_err
printf 'tolerations: []\n' >cart.yaml
run lint --baseline known.json
expect_status 1
expect_out "cart.yaml:1:14: error[values/empty-override]"
expect_out "1 finding (1 error, 0 warnings, 0 infos), 2 in the baseline"

# The same once more in the same file is new: entries count.
printf 'tolerations: []\na: 1\na: 2\na: 3\n' >web.yaml
run lint --baseline known.json --app web
expect_status 0
expect_out "1 finding (0 errors, 1 warning, 0 infos), 2 in the baseline"
printf 'tolerations: []\na: 1\na: 2 # bulkhead: ignore[values/duplicate-key] as it was\na: 3\n' >web.yaml
run lint --baseline known.json --app web
expect_out "1 finding (0 errors, 1 warning, 0 infos), 1 suppressed, 1 in the baseline"
printf 'tolerations: []\na: 1\na: 2\n' >web.yaml

# What is gone is said, and taken out when the file is written; what is new is added.
printf 'a: 1\na: 2\n' >web.yaml
run lint --baseline known.json
expect_status 1
expect_err "findings of known.json that are gone: 1; --write-baseline takes them out"
run lint --baseline known.json --quiet
expect_no_err
cp known.json before.json
run lint --baseline known.json --select values/duplicate-key
check "what no rule looked for is not gone" '! grep -q gone err'
run lint --baseline known.json --write-baseline --select values/duplicate-key
check "and stays in the file" 'cmp -s known.json before.json'
run lint --baseline known.json --write-baseline
expect_status 0
expect_err "known.json: 2 findings, 1 of them new, 1 taken out"
check "the file has what is there" '[ "$(jq -r ".findings[].file" known.json | tr "\n" " ")" = "cart.yaml web.yaml " ]'
run lint --baseline known.json --write-baseline
check "writing it again changes nothing" '[ "$(jq -r ".findings[].file" known.json | tr "\n" " ")" = "cart.yaml web.yaml " ]'
expect_err "known.json: 2 findings, 0 of them new, 0 taken out"

# What is shown changes no fingerprint: a file that was written for everything serves a part, and the other way round.
run lint --write-baseline=part.json --env dev
run lint --write-baseline=all.json
check "the same entries" 'cmp -s part.json all.json'
run lint --baseline all.json cart.yaml
expect_status 0
expect_out "no findings, 1 in the baseline"

# A finding that a comment covers is not in the file.
printf 'tolerations: [] # bulkhead: ignore[values/empty-override] anywhere\n' >cart.yaml
run lint --baseline known.json
expect_err "findings of known.json that are gone: 1;"
printf 'tolerations: []\n' >cart.yaml

# What is no baseline.
for text in '{}' '[1]' '{"schema": 1}' '{"schema": 2, "findings": []}' '{"schema": 1, "findings": [{}]}' '{"schema": 1, "findings": [' ''; do
    printf '%s' "$text" >bad.json
    run lint --baseline bad.json
    expect_status 2
    expect_err "--baseline bad.json: no baseline; --write-baseline makes one"
done
run lint --write-baseline=nowhere/known.json
expect_status 2
expect_err "nowhere/known.json: No such file or directory"
run lint --baseline .
expect_status 2
rm -- *.json

# --changed: nothing has changed, so nothing is shown, whatever there is.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
git() { command git -c user.name=A -c user.email=a@shop.example -c init.defaultBranch=main "$@" >/dev/null 2>&1; }
printf 'tolerations: []\na: 1\na: 2\n' >web.yaml
printf 'replicas: 1\n' >cart.yaml
git init .
git add -A .bulkhead.yaml ./*.yaml
git commit -m one
run lint
expect_status 1
run lint --changed HEAD
expect_status 0
expect_no_err
expect_out "no findings in 2 environments"

# What the change brings is shown where it is, also in a file that is the same.
printf 'nodeSelector: {a: b}\nreplicas: 1\n' >cart.yaml
printf 'tolerations: [{key: a}]\nreplicas: {least: 1}\n' >dev.yaml
run lint --changed HEAD
expect_status 1
expect_out "cart.yaml:2:11: error[values/type-change]"
check "what was there before in other files is not shown" '! grep -q "web.yaml" out'
run lint --changed HEAD --format json
check "other formats show the same" 'jq -e "(.findings | length > 0) and (.findings | all(.file != \"web.yaml\")) and .summary.errors == (.findings | map(select(.severity == \"error\")) | length)" out >/dev/null'
git checkout .

# What was there before is shown when its file is touched.
printf 'tolerations: []\na: 1\na: 2\nb: 1\n' >web.yaml
run lint --changed HEAD
expect_status 1
expect_out "web.yaml:1:14: error[values/empty-override]"
git checkout .

# A file that Git does not know yet is a change.
sed -i 's/\[web, cart\]/[web, cart, shop]/' .bulkhead.yaml
printf 'tolerations: []\n' >shop.yaml
run lint --changed HEAD
expect_status 1
expect_out "shop.yaml:1:14: error[values/empty-override]"
check "and nothing else is shown" '[ "$(grep -c "error\[" out)" -eq 1 ]'
rm shop.yaml
git checkout .

# Rules about changes run too.
mkdir -p charts/cart/templates
printf 'apiVersion: v2\nname: cart\nversion: 1.0.0\n' >charts/cart/Chart.yaml
printf 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {resources: {requests: {storage: {{ .Values.size }}}}}\n' >charts/cart/templates/claim.yaml
sed -i 's/list: .*]}/list: [web, {name: cart, chart: charts\/cart}]}/' .bulkhead.yaml
printf 'size: 2Gi\n' >cart.yaml
git add -A .
git commit -m two
printf 'size: 1Gi\n' >cart.yaml
run lint --changed HEAD --select objects/immutable-field
expect_status 1
expect_out "cart.yaml:1:7: error[objects/immutable-field]"
run lint --changed HEAD --select objects/immutable-field --write-baseline=known.json
run lint --changed HEAD --select objects/immutable-field --baseline known.json
expect_status 0
rm known.json
git checkout .

# An older revision in which nothing can be looked at leaves nothing out.
git rm -q -r --cached .
git commit -m empty
run lint --changed HEAD --select values/empty-override
expect_status 1
expect_out "web.yaml:1:14: error[values/empty-override]"

run lint --changed nosuch
expect_status 2
expect_err "nosuch"
expect_no_out

finish
