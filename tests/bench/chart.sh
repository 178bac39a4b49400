#!/bin/sh
# chart.sh FOLDER COMPONENTS: a chart of the usual shape, with helpers and a workload, its service,
# configuration, autoscaler and policies for each component.
set -eu
folder=$1
components=$2
mkdir -p "$folder/templates"
cd "$folder"

cat >Chart.yaml <<'YAML'
apiVersion: v2
name: shop
description: what the benchmark renders
type: application
version: 1.2.3
appVersion: "4.5.6"
YAML

cat >templates/_helpers.tpl <<'TPL'
{{- define "shop.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- define "shop.fullname" -}}
{{- $name := include "shop.name" . }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- define "shop.selector" -}}
app.kubernetes.io/name: {{ include "shop.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
{{- define "shop.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "shop.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}
{{- define "shop.scheduling" -}}
{{- with .nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
TPL

echo 'replicaCount: 1' >values.yaml
for number in $(seq "$components"); do
    name=part$number
    cat >>values.yaml <<YAML
$name:
  # What $name runs.
  image: {repository: registry.shop.example/$name, tag: "", pullPolicy: IfNotPresent}
  service: {type: ClusterIP, port: 80}
  # Requests and limits of its only container.
  resources:
    requests: {cpu: 100m, memory: 128Mi}
    limits: {memory: 128Mi}
  autoscaling: {enabled: true, minReplicas: 1, maxReplicas: 5, targetCPUUtilizationPercentage: 80}
  config: {logLevel: info, listen: "0.0.0.0:8080", features: [one, two, three]}
  podAnnotations: {}
  nodeSelector: {shop.example/pool: dev}
  tolerations: [{key: shop.example/environment, value: dev, effect: NoSchedule}]
YAML
    mkdir -p "templates/$name"
    sed "s/PART/$name/g" >"templates/$name/workload.yaml" <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.fullname" . }}-PART
  labels: {{- include "shop.labels" . | nindent 4 }}
spec:
  {{- if not .Values.PART.autoscaling.enabled }}
  replicas: {{ .Values.replicaCount }}
  {{- end }}
  selector:
    matchLabels: {{- include "shop.selector" . | nindent 6 }}
      app.kubernetes.io/component: PART
  template:
    metadata:
      annotations:
        checksum/config: {{ include (print $.Template.BasePath "/PART/config.yaml") . | sha256sum }}
        {{- with .Values.PART.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      labels: {{- include "shop.labels" . | nindent 8 }}
        app.kubernetes.io/component: PART
    spec:
      {{- include "shop.scheduling" .Values.PART | nindent 6 }}
      containers:
        - name: {{ .Chart.Name }}
          image: "{{ .Values.PART.image.repository }}:{{ .Values.PART.image.tag | default .Chart.AppVersion }}"
          imagePullPolicy: {{ .Values.PART.image.pullPolicy }}
          ports: [{name: http, containerPort: 8080, protocol: TCP}]
          livenessProbe: {httpGet: {path: /live, port: http}}
          readinessProbe: {httpGet: {path: /ready, port: http}}
          resources: {{- toYaml .Values.PART.resources | nindent 12 }}
          envFrom: [{configMapRef: {name: {{ include "shop.fullname" . }}-PART}}]
YAML
    sed "s/PART/$name/g" >"templates/$name/config.yaml" <<'YAML'
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "shop.fullname" . }}-PART
  labels: {{- include "shop.labels" . | nindent 4 }}
data:
  {{- range $key, $value := .Values.PART.config }}
  {{ $key | snakecase | upper }}: {{ if kindIs "slice" $value }}{{ join "," $value | quote }}{{ else }}{{ $value | quote }}{{ end }}
  {{- end }}
YAML
    sed "s/PART/$name/g" >"templates/$name/service.yaml" <<'YAML'
apiVersion: v1
kind: Service
metadata:
  name: {{ include "shop.fullname" . }}-PART
  labels: {{- include "shop.labels" . | nindent 4 }}
spec:
  type: {{ .Values.PART.service.type }}
  ports: [{port: {{ .Values.PART.service.port }}, targetPort: http, protocol: TCP, name: http}]
  selector: {{- include "shop.selector" . | nindent 4 }}
---
{{- if .Values.PART.autoscaling.enabled }}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ include "shop.fullname" . }}-PART
  labels: {{- include "shop.labels" . | nindent 4 }}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: {{ include "shop.fullname" . }}-PART}
  minReplicas: {{ .Values.PART.autoscaling.minReplicas }}
  maxReplicas: {{ .Values.PART.autoscaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: {type: Utilization, averageUtilization: {{ .Values.PART.autoscaling.targetCPUUtilizationPercentage }}}
{{- end }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "shop.fullname" . }}-PART
spec:
  podSelector:
    matchLabels: {{- include "shop.selector" . | nindent 6 }}
  policyTypes: [Ingress]
YAML
done
