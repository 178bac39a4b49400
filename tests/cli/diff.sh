#!/bin/sh
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# What a change does: a repository of two environments, a chart with a library beside it.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
git() { command git -c user.name=A -c user.email=a@example.org -c init.defaultBranch=main "$@" >/dev/null 2>&1; }

mkdir repository
cd repository
file .bulkhead.yaml <<'YAML'
version: 1
environments:
  dev: {namespace: shop-dev}
  production: {namespace: shop-prod}
applications:
  list:
    - {name: web, chart: charts/web}
    - {name: cart, chart: charts/web}
    - {name: other, chart: charts/other}
layers:
  - {path: shared.yaml}
  - 'env/{env}.yaml'
YAML
file charts/web/Chart.yaml <<'YAML'
apiVersion: v2
name: web
version: 1.0.0
dependencies:
  - {name: library, version: 1.0.0, repository: 'file://../library'}
YAML
file charts/library/Chart.yaml <<'YAML'
{apiVersion: v2, name: library, version: 1.0.0, type: library}
YAML
file charts/library/templates/_labels.tpl <<'YAML'
{{- define "library.labels" -}}
team: shop
{{- end -}}
YAML
file charts/web/values.yaml <<'YAML'
replicas: 1
tag: stable
YAML
file charts/web/templates/web.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels: {{ include "library.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicas }}
  selector: {matchLabels: {app: {{ .Release.Name }}}}
  template:
    spec:
      containers:
        - name: web
          image: "web:{{ .Values.tag }}"
          env:
            - {name: FIRST, value: "1"}
            {{- with .Values.second }}
            - {name: SECOND, value: {{ . | quote }}}
            {{- end }}
        - name: proxy
          image: "proxy:{{ .Values.proxy }}"
---
apiVersion: v1
kind: Secret
metadata: {name: {{ .Release.Name }}}
stringData: {password: {{ .Values.password | quote }}}
{{- if .Values.claim }}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: {{ .Release.Name }}-data}
spec: {resources: {requests: {storage: {{ .Values.claim }}}}}
{{- end }}
YAML
file charts/other/Chart.yaml <<'YAML'
{apiVersion: v2, name: other, version: 1.0.0}
YAML
file charts/other/templates/map.yaml <<'YAML'
apiVersion: v1
kind: ConfigMap
metadata: {name: other}
data:
  text: |
    first
    second
YAML
file shared.yaml <<'YAML'
tag: "1"
proxy: "1"
password: old-password
YAML
file env/dev.yaml <<'YAML'
claim: 1Gi
YAML
file env/production.yaml <<'YAML'
replicas: 3
YAML
git init .
git add -A
git commit -m one

# Nothing changed, and comments change nothing.
run diff
expect_status 0
expect_out "0 objects in 0 releases change, 0 causes; findings: 0 new, 0 gone"
echo '# a comment' >>shared.yaml
run diff HEAD
expect_out "0 objects in 0 releases change, 0 causes"

# One line of a shared file: one cause, told once, with both environments below it.
sed -i 's/^tag: "1"/tag: "2"/' shared.yaml
run diff
expect_status 0
expect_out "shared.yaml:1:6 tag"
expect_out "    Deployment spec.template.spec.containers[web].image: web:1 → web:2"
expect_out "      in dev/cart cart, dev/web web"
expect_out "4 objects in 4 releases change, 1 cause; findings: 0 new, 0 gone"
check "one cause is told once" '[ "$(grep -c "^shared.yaml" out)" -eq 1 ]'

git commit -am two

# Data of Secrets are not shown, nor those that the values file has; what changes is counted.
sed -i 's/old-password/new-password/' shared.yaml
run diff HEAD
expect_out "shared.yaml:3:11 password"
expect_out "    Secret stringData.password: changed (hidden)"
check "no password is printed" '! grep -q "old-password\|new-password" out'
run diff HEAD --format json
check "nor in JSON" '! grep -q "old-password\|new-password" out'
check "JSON says that it is hidden" '[ "$(jq -r ".causes[0].changes[0] | [.change, .before, .hidden] | @csv" out)" = "\"changed\",,true" ]'
git checkout shared.yaml

# Two lines: each change is told at its own; an added item of a named list is one field.
sed -i 's/^proxy: "1"/proxy: "2"/' shared.yaml
printf 'second: x\n' >>env/dev.yaml
run diff HEAD
expect_out "shared.yaml:2:8 proxy"
expect_out "    Deployment spec.template.spec.containers[proxy].image: proxy:1 → proxy:2"
expect_out "env/dev.yaml:2:9 second"
expect_out "    Deployment spec.template.spec.containers[web].env[SECOND]: added {name: SECOND, value: x}"
check "two causes" '[ "$(grep -c "^[^ ].*yaml:[0-9]" out)" -eq 2 ]'
git checkout .

# What is gone stands where it was; what it hid comes back.
sed -i '/^replicas/d' env/production.yaml
run diff HEAD
expect_out "env/production.yaml:1:11 replicas (removed)"
expect_out "    Deployment spec.replicas: 3 → 1"
check "dev is not touched" '! grep -q "^  dev" out'
git checkout .

# A line of a library beside the chart; a text of several lines; an object that goes.
sed -i 's/team: shop/team: market/' charts/library/templates/_labels.tpl
run diff HEAD
expect_out "charts/library/templates/_labels.tpl:2:1 the file is different"
expect_out "    Deployment metadata.labels.team: shop → market"
git checkout .
sed -i 's/    second/    third/' charts/other/templates/map.yaml
run diff HEAD
expect_out "    ConfigMap data.text: line 2: second → line 2: third"
git checkout .
sed -i 's/^claim.*/claim: null/' env/dev.yaml
run diff HEAD
expect_out "    PersistentVolumeClaim removed"
expect_out "      in dev/cart cart-data, dev/web web-data"
git checkout .

# Releases and layers that come and go, namespaces that change.
sed -i '/name: cart/d; s/shop-prod}/shop-production}/' .bulkhead.yaml
run diff HEAD
expect_out "the release is gone"
expect_out "the namespace was shop-prod and is shop-production"
git checkout .
rm env/dev.yaml
run diff HEAD
expect_out "env/dev.yaml:1:1 the file is gone"
git checkout .

# Findings: what is new, what is gone, what Kubernetes refuses.
sed -i 's/1Gi/512Mi/' env/dev.yaml
run diff HEAD
expect_status 1
expect_out "New findings:"
expect_out "env/dev.yaml:1:8: error[objects/immutable-field] spec.resources.requests.storage of PersistentVolumeClaim web-data and PersistentVolumeClaim cart-data shrinks from 1Gi to 512Mi"
run diff HEAD --fail-on never
expect_status 0
run diff HEAD --ignore objects/immutable-field
expect_status 0
run diff HEAD --format github
expect_status 1
expect_out "::error file=env/dev.yaml,line=1,endLine=1,col=8,endColumn=13,title=objects/immutable-field::"
run diff HEAD --format markdown
expect_out "### New findings"
expect_out '#### `env/dev.yaml:1:8 claim` (2 releases)'
expect_out '- `PersistentVolumeClaim spec.resources.requests.storage: 1Gi → 512Mi` in `dev/cart cart-data, dev/web web-data`'
run diff HEAD --format json
check "JSON counts" '[ "$(jq -c "[.summary.releases, .summary.objects, .summary.causes, .summary.new_findings]" out)" = "[2,2,1,1]" ]'
check "JSON names both objects" '[ "$(jq -r ".causes[0].changes[0].objects | map(.release + \" \" + .name) | join(\", \")" out)" = "dev/cart cart-data, dev/web web-data" ]'
run lint
check "only a comparison reports it" '! grep -q immutable-field out'
git commit -am shrink
sed -i 's/512Mi/1Gi/' env/dev.yaml
git commit -am grow

# Two revisions, whatever the working tree has; --env and --app narrow what is compared.
echo 'broken: [' >shared.yaml
run diff HEAD~1..HEAD
expect_status 0
expect_out "spec.resources.requests.storage: 512Mi → 1Gi"
run diff HEAD~1.. --app cart
expect_out "1 object in 1 release changes"
run diff HEAD~1..HEAD --env production
expect_out "0 objects in 0 releases change"
git checkout .

# The default is where HEAD left the main branch.
git checkout -b topic
sed -i 's/^tag: .*/tag: "3"/' shared.yaml
git commit -am topic
run diff
expect_out "web:2 → web:3"
cd env
run diff HEAD
expect_out "0 objects in 0 releases change"
cd ..

# A chart that cannot be rendered is said and not guessed about.
echo '{{ fail "no" }}' >charts/other/templates/broken.yaml
run diff
expect_out "dev/other could not be compared: "
rm charts/other/templates/broken.yaml

# What a StatefulSet cannot change: its Service and its claims. Under another full name it is another one.
sed -i 's|^  list:|&\n    - {name: vault, chart: charts/vault}|' .bulkhead.yaml
file charts/vault/Chart.yaml <<'YAML'
{apiVersion: v2, name: vault, version: 0.28.0}
YAML
file charts/vault/values.yaml <<'YAML'
fullnameOverride: ""
headless: vault-internal
storage: 10Gi
YAML
file charts/vault/templates/server.yaml <<'YAML'
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Values.fullnameOverride | default .Release.Name }}
spec:
  serviceName: {{ .Values.headless }}
  selector: {matchLabels: {app: vault}}
  template:
    metadata: {labels: {app: vault}}
    spec: {containers: [{name: vault, image: "vault:1.20"}]}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {resources: {requests: {storage: {{ .Values.storage }}}}}
YAML
git add -A
git commit -m vault
sed -i 's/^storage: .*/storage: 5Gi/; s/^headless: .*/headless: vault-headless/' charts/vault/values.yaml
run diff HEAD
expect_status 1
expect_out "charts/vault/values.yaml:2:11: error[objects/immutable-field] spec.serviceName of StatefulSet vault changes from vault-internal to vault-headless, and it cannot be changed"
expect_out "charts/vault/values.yaml:3:10: error[objects/immutable-field] spec.volumeClaimTemplates of StatefulSet vault changes"
git checkout .
sed -i 's/^fullnameOverride: .*/fullnameOverride: vault-core/' charts/vault/values.yaml
run diff HEAD
expect_out "charts/vault/values.yaml:1:19 fullnameOverride"
expect_out "    StatefulSet removed"
expect_out "    StatefulSet added"
expect_out "2 releases change, "
git checkout .

# What cannot be done.
run diff nosuch
expect_status 2
expect_err "nosuch"
expect_no_out
run diff --format yaml
expect_status 2
expect_err "known are text, json, sarif, junit, github, gitlab, checkstyle, markdown"
run diff a b
expect_status 2
run diff "$(printf 'x%.0s' 1 2 3 4 5 6 7 8)..HEAD"
expect_status 2
cd ..
mkdir plain
cd plain
echo 'version: 1' >.bulkhead.yaml
run diff HEAD
expect_status 2

finish
