# shellcheck shell=sh
# make_shop: a small repository in the current folder. Two environments, an application with a subchart under an alias,
# a helper, pools, one finding (apps/web.yaml hides the tolerations of the environments) and no other.
make_shop() {
    file .bulkhead.yaml <<'YAML'
version: 1
environments:
  dev: {namespace: shop-dev, pool: dev}
  prod: {namespace: shop-prod, pool: prod}
applications:
  list: [{name: web, chart: charts/web}, {name: bare}]
layers:
  - env/{env}/globals.yaml
  - apps/{app}.yaml
  - {path: 'env/{env}/{app}.yaml', optional: true}
pools:
  - {name: dev, labels: {shop/pool: dev}, taints: ['shop/environment=dev:NoSchedule']}
  - {name: prod, labels: {shop/pool: prod}, taints: ['shop/environment=prod:NoSchedule']}
rules: {select: [values/empty-override, values/unread-key, values/yaml-boolean, values/not-yaml]}
YAML
    file env/dev/globals.yaml <<'YAML'
tolerations: [{key: shop/environment, value: dev}]
YAML
    file env/prod/globals.yaml <<'YAML'
tolerations: [{key: shop/environment, value: prod}]
YAML
    file apps/web.yaml <<'YAML'
# the shop 🛒 in front
replicas: 2
tolerations: []
store:
  size: 1Gi
YAML
    printf 'note: of an application without a chart\n' | file apps/bare.yaml
    file env/prod/web.yaml <<'YAML'
replicas: 5
YAML
    file charts/web/Chart.yaml <<'YAML'
apiVersion: v2
name: web
version: 1.0.0
dependencies:
  - {name: disk, version: 1.0.0, alias: store}
YAML
    file charts/web/values.yaml <<'YAML'
replicas: 1
image: {tag: latest}
title: shop
store: {size: 2Gi}
tolerations: []
YAML
    file charts/web/templates/_helpers.tpl <<'YAML'
{{- define "web.labels" -}}
app: web
{{- end }}
YAML
    file charts/web/templates/deployment.yaml <<'YAML'
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
  labels: {{- include "web.labels" . | nindent 4 }}
data:
  replicas: {{ .Values.replicas | quote }}
  tag: {{ "🛒" }}{{ $.Values.image.tag }}
  title: {{ .Values.title }}
  {{- with .Values.tolerations }}
  tolerations: {{ toYaml . | quote }}
  {{- end }}
YAML
    file charts/web/charts/disk/Chart.yaml <<'YAML'
apiVersion: v2
name: disk
version: 1.0.0
YAML
    file charts/web/charts/disk/values.yaml <<'YAML'
size: 3Gi
YAML
    file charts/web/charts/disk/templates/claim.yaml <<'YAML'
apiVersion: v1
kind: ConfigMap
metadata: {name: claim}
data: {size: {{ .Values.size }}}
immutable: {{ include "web.labels" . | hasPrefix "app" }}
YAML
}
