#!/bin/sh
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# A repository of two environments and one chart, and a rule of its own from standard input.
file .bulkhead.yaml <<'YAML'
version: 1
environments:
  dev: {namespace: shop-dev}
  production: {namespace: shop-prod, pool: prod}
applications:
  list:
    - {name: web, chart: charts/web}
layers:
  - {path: 'apps/{app}.yaml'}
  - {path: 'env/{env}/{app}.yaml', optional: true}
YAML
file charts/web/Chart.yaml <<'YAML'
apiVersion: v2
name: web
version: 1.0.0
YAML
printf 'replicas: 1\nimage: {tag: latest}\n' | file charts/web/values.yaml
file charts/web/templates/web.yaml <<'YAML'
kind: Deployment
metadata: {name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }}}
spec:
  replicas: {{ .Values.replicas }}
  template:
    spec:
      containers:
        - {name: a, image: "a:{{ .Values.image.tag }}"}
        - {name: b, image: "b:1"}
---
kind: Service
metadata: {name: x}
YAML
printf 'hosts: [{name: a.dev}, {name: b}]\n' | file apps/web.yaml
printf 'replicas: 1\n' | file env/production/web.yaml
file .bulkhead/rules/own/replicas.yaml <<'YAML'
summary: production has several replicas
severity: error
why: one pod is no production
fix: write more
on: values
at: replicas
options:
  least: {type: number, default: 2, help: how many there must be}
when: eq .environment.name "production"
assert: ge (int .value) (int .options.least)
message: '{{ .path }} of {{ .application.name }} is {{ .value }} in {{ .environments }}, {{ (last .layers).file }} says'
YAML
# rule [SEVERITY]: another rule, of which standard input tells what follows its texts.
rule() {
    {
        printf 'summary: s\nseverity: %s\nwhy: w\nfix: f\n' "${1-error}"
        cat
    } | file .bulkhead/rules/own/other.yaml
}

run lint --select own/
expect_status 1
expect_out "env/production/web.yaml:1:11: error[own/replicas] replicas of web is 1 in production, env/production/web.yaml says"
printf 'replicas: 2\n' | file env/production/web.yaml
run lint --select own/
expect_status 0
printf 'rules: {options: {own/replicas: {least: 3}}}\n' >>.bulkhead.yaml
run lint --select own/
check "options come from the configuration" '[ $status -eq 1 ] && grep -q "replicas of web is 2" out'

# A place that nobody writes, and patterns of places.
rule warning <<'YAML'
on: values
at: hosts.*.name
assert: hasSuffix ".dev" .value
message: '{{ .path }} is {{ .value }} {{ "{{" }} x }} in {{ .environments }}'
YAML
run lint --select own/other
expect_out "apps/web.yaml:1:31: warning[own/other] hosts[1].name is b {{ x }} in dev and production"
check "only that" '[ "$(grep -c own/other out)" -eq 1 ]'
rule <<'YAML'
on: values
at: image.digest
assert: .value
message: '{{ .path }} is missing'
YAML
run lint --select own/other
expect_out "charts/web/values.yaml:2:8: error[own/other] image.digest is missing"

# Rendered objects.
rule <<'YAML'
on: object
kinds: [Deploy*]
at: spec.template.spec.containers.*.image
assert: not (hasSuffix ":latest" .value)
message: '{{ .object.kind }} {{ .object.metadata.name }} runs {{ .value }} in {{ .environments }}'
YAML
run lint --select own/other
expect_status 1
expect_out "charts/web/values.yaml:2:14: error[own/other] Deployment web runs a:latest in dev and production"
check "only that" '[ "$(grep -c own/other out)" -eq 1 ]'
run lint --select own/other --format json
check "the object in JSON" 'jq -e ".findings[0].object == {kind: \"Deployment\", namespace: \"shop-dev\", name: \"web\", field: \"spec.template.spec.containers[0].image\"}" out >/dev/null'
printf '{{ fail "broken" }}' | file charts/web/templates/fail.yaml
run lint --select own/other
expect_err "dev/web cannot be rendered, nothing is said about its objects"
expect_err "broken"
rm charts/web/templates/fail.yaml

# A rule that yields to another says nothing where that one speaks of the same value.
printf 'replicas: 1\n' | file env/production/web.yaml
rule <<'YAML'
on: values
yields: [own/replicas]
at: '*'
assert: 'false'
message: '{{ .path }} is set'
YAML
run lint --select own/
expect_out "own/replicas"
expect_out "error[own/other] image is set"
check "it yields" '! grep -q "env/production/web.yaml:1:11: error.own/other" out'
run lint --select own/other
expect_out "env/production/web.yaml:1:11: error[own/other] replicas is set"

# Objects of one cause are one finding.
printf '{{ range list "a" "b" }}\n---\nkind: Deployment\nmetadata: {name: {{ . }}}\nspec: {replicas: {{ $.Values.replicas }}}\n{{ end }}' |
    file charts/web/templates/more.yaml
rule <<'YAML'
on: object
kinds: [Deployment]
at: spec.replicas
assert: gt .value 5.0
message: '{{ .objects }} run {{ .value }}'
YAML
run lint --select own/other --env production
expect_out "env/production/web.yaml:1:11: error[own/other] Deployment a, Deployment b and Deployment web run 1"
check "one finding" '[ "$(grep -c own/other out)" -eq 1 ]'
rm charts/web/templates/more.yaml

# Pods, also those of a custom resource of their own.
file charts/web/templates/cache.yaml <<'YAML'
apiVersion: cache.example.com/v1
kind: Cache
metadata: {name: cache}
spec:
  image: {{ .Values.image.tag }}
  scheduling:
    {{- with .Values.tolerations }}
    tolerations: {{ toYaml . | nindent 4 }}
    {{- end }}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: jobs}
spec: {template: {spec: {tolerations: [{key: a}], initContainers: [{name: c, image: "c:latest"}]}}}
YAML
file .bulkhead/workloads/cache.yaml <<'YAML'
kind: Cache
groups: [cache.example.com]
pods:
  - name: server
    parts: {spec.scheduling: [tolerations]}
    containers: [{name: cache, image: spec.image}]
YAML
rule <<'YAML'
on: workload
at: tolerations
assert: .value
message: '{{ .workload }} tolerates nothing, needs {{ .path }}{{ .remedy }}'
YAML
run lint --select own/other
expect_out "apps/web.yaml:1:1: error[own/other] Cache/cache (server) tolerates nothing, needs tolerations; set tolerations in apps/web.yaml"
expect_out "note: charts/web/templates/cache.yaml:7:5: left out here"
check "only that" '[ "$(grep -c own/other out)" -eq 1 ]'
run lint --select own/other --format json
check "the field is that of the object" 'jq -e ".findings[0].object.field == \"spec.scheduling.tolerations\"" out >/dev/null'
rule <<'YAML'
on: workload
at: initContainers.*.image
assert: not (hasSuffix ":latest" .value)
message: '{{ .kind }} waits with {{ (first .containers).image }}, an init container: {{ (first .containers).init }}'
YAML
run lint --select own/other
expect_out "charts/web/templates/cache.yaml:14:85: error[own/other] Deployment waits with c:latest, an init container: true"
rule <<'YAML'
on: workload
at: nodeSelector
kinds: [Cache]
assert: .value
message: m
YAML
run lint --select own/other
check "a kind without the field is not asked for it" '! grep -q own/other out'
# Several places, and a field below them that is to blame.
rule <<'YAML'
on: workload
at: [containers.*, initContainers.*]
assert: .value.securityContext.runAsNonRoot
blame: '{{ if .value.image }}image{{ else }}name{{ end }}'
message: '{{ .value.name }} of {{ .kind }} may be root'
YAML
run lint --select own/other
expect_out "charts/web/values.yaml:2:14: error[own/other] cache of Cache may be root" "cache.yaml:14:85: error[own/other] c of Deployment may be root"
run lint --select own/other --format json
check "the field below is to blame" 'jq -e "[.findings[].object.field] | index(\"spec.template.spec.initContainers[0].image\")" out >/dev/null'
printf 'kind: Cache\ngroup: [x]\n' | file .bulkhead/workloads/cache.yaml
run lint --select own/
expect_status 2
expect_err ".bulkhead/workloads/cache.yaml:2:1: error: unknown key group"
rm -r .bulkhead/workloads charts/web/templates/cache.yaml

# What is wrong in a rule is told at its line.
rule <<'YAML'
on: values
assert: |
  and true
    (nonsense .values)
message: m
YAML
run lint
expect_status 2
expect_err '.bulkhead/rules/own/other.yaml:8:5: error: rule own/other: `assert`: function "nonsense" not defined'
rule <<'YAML'
on: values
when: eq .environment.pool "prod"
assert: fail .values.replicas
message: m
YAML
run lint
expect_status 2
expect_err '.bulkhead/rules/own/other.yaml:7:9: error: rule own/other: `assert` fails in production/web:'
rule <<'YAML'
on: planet
asert: 'true'
message: m
YAML
run lint
expect_status 2
expect_err '.bulkhead/rules/own/other.yaml:6:1: error: rule own/other: unknown key `asert`, did you mean `assert`?'
finish
