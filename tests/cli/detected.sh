#!/bin/sh
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# What is reported of a repository that says little of what it deploys: no more than is certain.
chart() {
    file "$1/Chart.yaml" <<YAML
apiVersion: v2
name: ${1##*/}
version: 1.0.0
YAML
    file "$1/templates/web.yaml"
}

# Charts that nobody says are deployed together may make the same, and are called as a folder is.
for folder in charts/web-1.2 charts/web-1.3; do
    chart $folder <<'YAML'
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
rules: []
---
apiVersion: v1
kind: Service
metadata: {name: '{{ .Release.Name }}'}
spec: {ports: [{port: 80}]}
YAML
done
run lint
expect_status 0
expect_out "no findings in 1 environment, 2 applications"

# The same, where the environment is known.
for folder in charts/web-1.2 charts/web-1.3; do
    file $folder/values-dev.yaml </dev/null
done
run lint
expect_status 1
expect_out "error[objects/duplicate-cluster-scoped] ClusterRole reader"

# A label that only some environment has is not the one that tells environments apart.
rm -r charts
pods() {
    cat <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata: {name: '{{ .Release.Name }}'}
spec:
  replicas: 1
  selector: {matchLabels: {app: '{{ .Release.Name }}'}}
  template:
    metadata:
      labels: {{ merge (dict "app" .Release.Name) (.Values.labels | default dict) | toJson }}
    spec:
      containers: [{name: web, image: 'web:1', resources: {requests: {cpu: 1, memory: 1Gi}}}]
YAML
}
for name in one two three; do
    pods | chart charts/$name
    echo 'labels: {environment: dev}' | file charts/$name/values-dev.yaml
    echo 'other: {}' | file charts/$name/values-prod.yaml
done
echo '{}' | file charts/three/values-dev.yaml
run lint --select labels/environment-missing
expect_status 0
for name in one two three; do
    echo 'labels: {environment: prod}' | file charts/$name/values-prod.yaml
done
run lint --select labels/environment-missing
expect_status 1
expect_out "is missing from Deployment three"

# Each environment may be a cluster of its own.
rm -r charts
chart charts/agent <<'YAML'
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      tolerations: [{operator: Exists}]
      containers: [{name: agent, image: 'agent:1', ports: [{containerPort: 80, hostPort: 80}]}]
YAML
file charts/agent/values-dev.yaml </dev/null
file charts/agent/values-prod.yaml </dev/null
run lint --select schedule/host-port-clash
expect_status 0
echo '{version: 1, environments: {dev: {}, prod: {}}, applications: {charts: charts/*}, layers: []}' |
    file .bulkhead.yaml
run lint --select schedule/host-port-clash
expect_status 1

# What is wrong with each of the Applications that one line writes is said once.
rm -r charts .bulkhead.yaml
echo '{{ .Values.a }}' | chart charts/web
chart charts/all <<'YAML'
{{- range list "one" "two" "three" }}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: '{{ . }}-dev'}
spec:
  source:
    path: charts/web
    helm:
      values: |
        a: 1
        a: 2
{{- end }}
YAML
file argocd/all.yaml <<'YAML'
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: all-dev}
spec:
  source: {path: charts/all}
YAML
run list releases
expect_out "dev/three"
check "says it once" '[ "$(grep -c "this key is written twice: a" err)" -eq 1 ]'

finish
