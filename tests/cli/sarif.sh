#!/bin/sh
# SARIF as GitHub's code scanning takes it: read by jq, and by the validator of its authors where SARIF_MULTITOOL names it
# (.ci/sarif.sh fetches it).
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

json() {
    filter=$1
    check "jq $1" 'jq -e "$filter" out >/dev/null'
}

# The validator writes SARIF itself; what it only notes is taste.
valid() {
    [ -n "${SARIF_MULTITOOL:-}" ] || return 0
    cp out "$work/checked.sarif"
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 timeout 120 "$SARIF_MULTITOOL" validate --rule-kind 'Sarif;Ghas' \
        --level 'Error;Warning' --output "$work/verdict.sarif" "$work/checked.sarif" >"$work/verdict" 2>&1 || true
    check "the validator: $1" 'jq -e ".runs[0].results == []" "$work/verdict.sarif" >/dev/null || { cat "$work/verdict" >&2; false; }'
    rm -f "$work/verdict.sarif"
}

# A repository below the root of the Git repository, and a file whose name needs escapes in a URI.
mkdir -p .git shop/values
cd shop
file .bulkhead.yaml <<'YAML'
version: 1
environments: {dev: {}, prod: {}}
applications: {list: [web]}
layers: ['{env}.yaml', 'values/{app} [1]%.yaml']
YAML
printf 'tolerations: [{key: a}]\nbox: [1]\n' >dev.yaml
printf 'tolerations: [{key: b}]\nbox: [1]\n' >prod.yaml
printf 'ä: 1\ntolerations: []\nbox:\n  a: 1\n  b: 2\n' >'values/web [1]%.yaml'

run lint --format sarif --select values/empty-override,values/type-change
expect_status 1
expect_no_err
valid "two findings"
json '."$schema" | endswith("sarif-2.1.0.json")'
json '.version == "2.1.0" and (.runs | length == 1)'
json '.runs[0].tool.driver | .name == "bulkhead" and (.version | length > 0) and .informationUri'
json '.runs[0].tool.driver.rules | map(.id) == ["values/empty-override", "values/type-change"]'
json '.runs[0].tool.driver.rules | all(.shortDescription.text and .fullDescription.text and .help.text and .help.markdown)'
json '.runs[0].tool.driver.rules | all(.helpUri | test("^https://.*/docs/rules/values/[a-z-]+[.]md$"))'
json '.runs[0].tool.driver.rules[0] | .defaultConfiguration.level == "error" and .properties.problem.severity == "error"'
json '.runs[0].columnKind == "unicodeCodePoints"'
json '.runs[0].results | map([.ruleId, .ruleIndex]) == [["values/empty-override", 0], ["values/type-change", 1]]'
json '.runs[0].results[0].level == "error"'
# The place: from the root of the Git repository, escaped, columns as in the other formats.
json '.runs[0].results[0].locations | length == 1'
json '.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri == "shop/values/web%20%5B1%5D%25.yaml"'
json '.runs[0].results[0].locations[0].physicalLocation.region == {startLine: 2, startColumn: 14, endLine: 2, endColumn: 16}'
# A place of several lines is cut to the first: GitHub shows it in a pull request only when all of them are changed.
json '.runs[0].results[1].locations[0].physicalLocation.region == {startLine: 4, startColumn: 3, endLine: 4, endColumn: 7}'
# The chain, where GitHub shows it: in the message with links, beside it, and as a path that begins at the cause.
json '.runs[0].results[0].relatedLocations | map(.id) == [1, 2]'
json '.runs[0].results[0].relatedLocations | map(.physicalLocation.artifactLocation.uri) == ["shop/dev.yaml", "shop/prod.yaml"]'
json '.runs[0].results[0].relatedLocations | all(.message.text == "hides this list")'
json '.runs[0].results[0].message.text | contains("[shop/dev.yaml:1](1): hides this list.") and contains("[shop/prod.yaml:1](2): hides this list.")'
json '.runs[0].results[0].message.text | endswith("Releases: dev/web, prod/web.")'
json '.runs[0].results[0].message.text | startswith("tolerations is empty and hides ")'
json '.runs[0].results[0].codeFlows[0].threadFlows[0].locations | map(.location.physicalLocation | .artifactLocation.uri + ":" + (.region.startLine | tostring)) == ["shop/values/web%20%5B1%5D%25.yaml:2", "shop/dev.yaml:1", "shop/prod.yaml:1"]'
# The fingerprint under the name that GitHub reads; it is that of the other formats, and stays when lines move.
jq -r '.runs[0].results[0].partialFingerprints.primaryLocationLineHash' out >before
run lint --format json --select values/empty-override
check "the fingerprint is that of JSON" '[ "$(jq -r ".findings[0].fingerprint" out)" = "$(cat before)" ]'
sed -i '1s/^/# moved\n\n/' 'values/web [1]%.yaml'
run lint --format sarif --select values/empty-override
check "it stays when lines move" '[ "$(jq -r ".runs[0].results[0].partialFingerprints.primaryLocationLineHash" out)" = "$(cat before)" ]'
json '.runs[0].results[0].locations[0].physicalLocation.region.startLine == 4'

# Brackets of a file's name do not end the link that leads to it.
mv 'values/web [1]%.yaml' web.yaml
mv dev.yaml 'dev].yaml'
sed -i "s/^layers:.*/layers: ['{env}].yaml', '{app}.yaml']/" .bulkhead.yaml
mv prod.yaml 'prod].yaml'
run lint --format sarif --select values/empty-override
json '.runs[0].results[0].message.text | contains("[shop/dev\\].yaml:1](1)")'

# Nothing found is an empty list, and what was not looked at is told.
printf 'replicas: 1\n' >web.yaml
run lint --format sarif
expect_status 0
valid "nothing found"
json '.runs[0].results == [] and .runs[0].tool.driver.rules == []'
json '.runs[0].invocations | length == 1 and .[0].executionSuccessful'
json '.runs[0].invocations[0].toolExecutionNotifications | map(.message.text) == ["dev/web was not analysed: its chart is not in the repository.", "prod/web was not analysed: its chart is not in the repository."]'
json '.runs[0].invocations[0].toolExecutionNotifications | all(.level == "warning")'

# The place of what stopped Helm goes along.
mkdir -p web/templates
printf 'apiVersion: v2\nname: web\nversion: 1.0.0\n' >web/Chart.yaml
printf 'kind: Job\nv: {{ required "a is missing" .Values.a }}\n' >web/templates/job.yaml
sed -i 's/list: \[web\]/list: [{name: web, chart: web}]/' .bulkhead.yaml
run lint --format sarif
expect_status 1
valid "a release that cannot be rendered"
json '.runs[0].invocations[0].toolExecutionNotifications[0].locations[0].physicalLocation | .artifactLocation.uri == "shop/web/templates/job.yaml" and .region.startLine == 2'
rm -r web
sed -i 's/list: .*]}/list: [web]}/' .bulkhead.yaml

# A rule of the group and the profile "security" has that tag once.
mkdir -p web/templates
printf 'apiVersion: v2\nname: web\nversion: 1.0.0\n' >web/Chart.yaml
printf 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {hostNetwork: true, containers: [{name: a, image: a, securityContext: {privileged: true}}]}\n' >web/templates/pod.yaml
sed -i 's/list: \[web\]/list: [{name: web, chart: web}]/' .bulkhead.yaml
run lint --format sarif --select security
valid "tags"
json '.runs[0].tool.driver.rules | length > 0 and any(.properties.tags[0] == "security") and all(.properties.tags == (.properties.tags | reduce .[] as $tag ([]; if index($tag) then . else . + [$tag] end)))'
rm -r web
sed -i 's/list: .*]}/list: [web]}/' .bulkhead.yaml

# A rule of the user has no page.
file .bulkhead/rules/team/replicas.yaml <<'YAML'
summary: two replicas at least
severity: warning
since: 1.0.0
on: values
incidents: []
why: |
  One is none.
fix: |
  Two.
at: replicas
assert: '{{ gt (int .value) 1 }}'
message: 'there is one replica'
examples:
  - bad: one
    files:
      web.yaml: |
        replicas: 1
        #         ^ there is one replica
  - good: two
    files:
      web.yaml: |
        replicas: 2
YAML
run lint --format sarif --select team/replicas
if jq -e '.runs[0].results | length > 0' out >/dev/null; then
    valid "a rule of the user"
    json '.runs[0].tool.driver.rules | map(has("helpUri")) == [false]'
    json '.runs[0].results[0].level == "warning"'
else
    complain "the user's rule finds something"
fi

# More than GitHub takes: the worst are kept, and it is said.
awk 'BEGIN { for (i = 0; i < 25010; i++) print "k" i ": [1]"; print "tolerations: [1]" }' >'dev].yaml'
cp 'dev].yaml' 'prod].yaml'
awk 'BEGIN { for (i = 0; i < 25010; i++) print "k" i ": 1"; print "tolerations: []" }' >web.yaml
run lint --format sarif --select values/empty-override,values/type-change
json '.runs[0].results | length == 25000'
json '.runs[0].invocations[0].toolExecutionNotifications | last | .message.text == "11 findings are left out."'
json '.runs[0].results | map(select(.level == "error")) | length > 0'

finish
