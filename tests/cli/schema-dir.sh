#!/bin/sh
# lint --schema-dir: JSON Schemas of a directory, in both layouts of kubeconform.
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

file repo/.bulkhead.yaml <<'YAML'
version: 1
environments: {dev: {namespace: shop-dev}}
applications: {charts: ['charts/*']}
layers: [{path: 'values/{app}.yaml', optional: true}]
YAML
file repo/charts/web/Chart.yaml <<'YAML'
{apiVersion: v2, name: web, version: 1.0.0}
YAML
file repo/charts/web/templates/all.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: {{ .Values.replicas | quote }}
  paused: true
---
apiVersion: shop.example/v1
kind: Widget
metadata: {name: w}
spec: {size: {{ .Values.size }}}
---
{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {anything: true}}
YAML
file repo/values/web.yaml <<'YAML'
replicas: 2
size: large
YAML
file schemas/v1.33.0-standalone-strict/deployment-apps-v1.json <<'JSON'
{"type": "object", "properties": {"apiVersion": {}, "kind": {}, "metadata": {"type": "object"},
 "spec": {"type": ["object", "null"], "additionalProperties": false,
          "properties": {"replicas": {"type": ["integer", "null"]}, "selector": {"type": "object"}}}}}
JSON
# Neither an older version nor one that is not strict is asked.
file schemas/v1.32.0-standalone-strict/deployment-apps-v1.json <<'JSON'
{"required": ["old"]}
JSON
file schemas/v1.33.0-standalone/deployment-apps-v1.json <<'JSON'
{"required": ["loose"]}
JSON
file schemas/shop.example/widget_v1.json <<'JSON'
{"properties": {"spec": {"properties": {"size": {"enum": ["small", "big"]}}}}}
JSON

run lint --select objects/schema,objects/unknown-field repo
expect_status 0

run lint --select objects/schema,objects/unknown-field --schema-dir schemas repo
expect_status 1
expect_out "values/web.yaml:1:11: error[objects/schema] spec.replicas of a Deployment of apps/v1: got string, want null or integer"
expect_out "values/web.yaml:2:7: error[objects/schema] spec.size of a Widget of shop.example/v1: value must be one of 'small', 'big'"
expect_out "charts/web/templates/all.yaml:6:11: error[objects/unknown-field] spec.paused is no field of Deployment of apps/v1"
expect_out "3 findings"

run lint --schema-dir schemas/nowhere repo
expect_status 2
expect_err "no files in schemas/nowhere"
expect_no_out

finish
