#!/bin/sh
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# Two environments: the front end reaches the back end by its port, nobody the database of the other environment.
file .bulkhead.yaml <<'YAML'
version: 1
environments:
  dev: {namespace: shop-dev}
  production: {namespace: shop-prod}
labels: {tier: tier}
applications:
  list:
    - {name: web, chart: charts/web}
    - {name: gone, chart: charts/gone}
YAML
file charts/web/Chart.yaml <<'YAML'
apiVersion: v2
name: web
version: 1.0.0
YAML
file charts/web/templates/pods.yaml <<'YAML'
{{- range $name, $port := dict "frontend" 3000 "backend" 8080 "data" 5432 }}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ $name }}}
spec:
  template:
    metadata: {labels: {tier: {{ $name }}}}
    spec: {containers: [{name: main, image: "a:1", ports: [{containerPort: {{ $port }}}]}]}
{{- end }}
YAML
file charts/web/templates/policies.yaml <<'YAML'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny}
spec:
  podSelector: {}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: backend}
spec:
  podSelector: {matchLabels: {tier: backend}}
  ingress:
    - from:
        - podSelector: {matchLabels: {tier: frontend}}
YAML

run reach
expect_status 0
check "prints the ways that there are, and no others" '[ "$(cat out)" = "shop-dev/frontend -> shop-dev/backend: 8080/TCP
shop-prod/frontend -> shop-prod/backend: 8080/TCP" ]'
expect_err "dev/gone cannot be rendered, its pods and policies are left out"

run reach dev
check "only from there" '[ "$(cat out)" = "shop-dev/frontend -> shop-dev/backend: 8080/TCP" ]'

run reach shop-dev/frontend dev/web
expect_status 0
check "the lines that allow or deny" '[ "$(cat out)" = "shop-dev/frontend -> shop-dev/backend: 8080/TCP
  egress   open     no policy isolates Deployment/frontend in shop-dev
  ingress  allowed  NetworkPolicy/backend spec.ingress[0].from[0]  charts/web/templates/policies.yaml:14:11
shop-dev/frontend -> shop-dev/data: no
  egress   open     no policy isolates Deployment/frontend in shop-dev
  ingress  denied   NetworkPolicy/deny spec.podSelector  charts/web/templates/policies.yaml:5:16
shop-dev/frontend -> shop-dev/frontend: no
  egress   open     no policy isolates Deployment/frontend in shop-dev
  ingress  denied   NetworkPolicy/deny spec.podSelector  charts/web/templates/policies.yaml:5:16" ]'

run reach production shop-dev/data --format json
expect_status 0
check "is JSON" 'python3 -c "import json; rows = json.load(open(\"out\")); assert [r[\"reaching\"] for r in rows] == [0, 0, 0]
assert rows[0][\"ingress\"][\"verdict\"] == \"denied\" and rows[0][\"ingress\"][\"line\"] == 5"'

run reach nowhere
expect_status 2
expect_no_out
expect_err "nowhere is no environment, namespace, ENV/APP or NAMESPACE/TIER with pods"
run reach prodution
expect_status 2
expect_err "did you mean production?"
run reach --format yaml
expect_status 2
expect_err "unknown format yaml"

finish
