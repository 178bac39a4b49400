#!/bin/sh
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# why about fields, where, template --trace: a repository of two environments, a chart and its helper.
file .bulkhead.yaml <<'YAML'
version: 1
environments:
  dev: {namespace: shop-dev}
  production: {namespace: shop-prod}
applications:
  list:
    - {name: web, chart: charts/web}
layers:
  - 'env/{env}.yaml'
  - {path: 'apps/{app}.yaml'}
YAML
file charts/web/Chart.yaml <<'YAML'
apiVersion: v2
name: web
version: 1.0.0
YAML
file charts/web/values.yaml <<'YAML'
replicas: 1
image: {repository: web, tag: ''}
YAML
file charts/web/templates/_helpers.tpl <<'YAML'
{{- define "web.scheduling" -}}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
YAML
file charts/web/templates/web.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  replicas: {{ .Values.replicas }}
  template:
    spec:
      {{- include "web.scheduling" . | nindent 6 }}
      containers:
        - name: web
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default "stable" }}"
YAML
file env/dev.yaml <<'YAML'
nodeSelector: {pool: dev}
tolerations:
  - key: env
    value: dev
YAML
file env/production.yaml <<'YAML'
nodeSelector:
  pool: prod
replicas: 3
YAML
file apps/web.yaml <<'YAML'
image:
  repository: shop/web
YAML

run why production/web Deployment/web spec.replicas
expect_status 0
expect_out "Deployment/web spec.replicas: 3"
expect_out "  value      replicas  env/production.yaml:3:11: 3"
expect_out "  template   web/templates/web.yaml:6"
run why dev/web Deployment/web spec.replicas
expect_out "  value      replicas  charts/web/values.yaml:1:11: 1"

# Through include, toYaml and nindent.
run why dev/web deployment/web 'spec.template.spec.tolerations[0].value'
expect_out "  value      tolerations[0].value  env/dev.yaml:4:12: dev"
expect_out "  asked      tolerations  env/dev.yaml:3:3: [{key: env, value: dev}]"
expect_out '  template   web/templates/_helpers.tpl:8  in "web.scheduling"'
expect_out "  from       web/templates/web.yaml:9"

# What is not there.
run why production/web Deployment/web spec.template.spec.tolerations
expect_out "spec.template.spec.tolerations is not there"
expect_out "  value      tolerations  no layer sets it"
expect_out '  template   web/templates/_helpers.tpl:6  in "web.scheduling"'
run why production/web Deployment/web spec.template.spec.affinity.nodeAffinity
expect_out "spec.template.spec.affinity is not there"
expect_out "  no value is asked for it"
run why dev/web Deployment/web 'spec.template.spec.nodeSelector.zone'
expect_out "  value      nodeSelector.zone  no layer sets it"

# A text of several values, one of them a default.
run why dev/web Deployment/web 'spec.template.spec.containers[0].image'
expect_out "  value      image.repository  apps/web.yaml:2:15: shop/web"
expect_out "  value      image.tag  charts/web/values.yaml:2:31: "
run why dev/web Deployment/web metadata.name
expect_out "  value      Release.Name  (given by Helm)"
run why dev/web Deployment/web 'spec.template.spec.containers[0].name'
expect_out "  the template says so itself"
expect_out "  template   web/templates/web.yaml:11"

run why dev/web Deployment/wep kind
expect_status 2
expect_err "dev/web has no Deployment/wep, did you mean Deployment/web?"

# The other way.
run where env/dev.yaml:4
expect_status 0
expect_out "dev/web  Deployment/web  spec.template.spec.tolerations[0].value: dev"
check "nothing else" '[ "$(wc -l <out)" -eq 1 ]'
run where apps/web.yaml:2
expect_out "dev/web  Deployment/web  spec.template.spec.containers[0].image: shop/web:stable"
expect_out "production/web  Deployment/web  spec.template.spec.containers[0].image: shop/web:stable"
run where charts/web/templates/_helpers.tpl:2
expect_out "production/web  Deployment/web  spec.template.spec.nodeSelector.pool: prod  (it was asked before)"
check "of both environments, and only that" '[ "$(wc -l <out)" -eq 2 ]'
run where charts/web/templates/web.yaml:6 --env dev
expect_out "dev/web  Deployment/web  spec.replicas: 1"
check "only dev" '[ "$(wc -l <out)" -eq 1 ]'
run where apps/web.yaml:1000
expect_status 0
expect_err "the line reaches no rendered field"
run where apps/web.yaml
expect_status 2
expect_err "the place is FILE:LINE, not apps/web.yaml"

# Every line with its origin; the manifests are otherwise the same.
run template dev/web --trace
expect_out "  replicas: 1                                            # replicas (charts/web/values.yaml:1:11) web/templates/web.yaml:6"
expect_out "          value: dev                                     # tolerations[0].value (env/dev.yaml:4:12) web/templates/_helpers.tpl:8 < web/templates/web.yaml:9"
sed 's/ *  # .*//' out >traced
run template dev/web
check "the same manifests" 'diff traced out'
finish
