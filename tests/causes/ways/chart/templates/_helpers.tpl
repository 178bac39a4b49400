{{- define "ways.labels" -}}
app: {{ .Release.Name }}
{{- range $key, $value := .Values.labels }}
{{ $key }}: {{ $value | quote }}
{{- end }}
{{- end -}}

{{- define "ways.mode" -}}
{{- if .Values.standalone }}{{ $_ := set . "mode" "alone" }}{{ else }}{{ $_ := set . "mode" "many" }}{{ end -}}
{{- end -}}

{{- define "ways.render" -}}
{{- $value := typeIs "string" .value | ternary .value (.value | toYaml) -}}
{{- if contains "{{" (toJson .value) }}{{ tpl $value .context }}{{ else }}{{ $value }}{{ end -}}
{{- end -}}

{{- define "ways.pod" -}}
metadata:
  labels:
    {{- include "ways.labels" . | nindent 4 }}
  {{- with .Values.podAnnotations }}
  annotations: {{- include "ways.render" (dict "value" . "context" $) | nindent 4 }}
  {{- end }}
spec:
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if .Values.tolerations }}
  tolerations: {{ toJson .Values.tolerations }}
  {{- end }}
  {{- if .Values.extra }}
  initContainers:
    - name: extra
      securityContext: {}
      command: [run]
  {{- end }}
  {{- with .Values.affinity }}
  affinity: {{ toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: ways
      image: {{ printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) }}
      args:
        {{- range .Values.args }}
        - {{ . }}
        {{- end }}
      {{- if .Values.probe.enabled }}
      livenessProbe: {{- include "ways.render" (dict "value" (omit .Values.probe "enabled" "path") "context" $) | nindent 8 }}
        httpGet: {path: {{ .Values.probe.path | quote }}, port: 80}
      {{- end }}
      env:
        {{- range $name, $value := .Values.env }}
        - name: {{ $name }}
          value: {{ $value | upper | quote }}
        {{- end }}
      resources:
        requests: {{- merge (dict) .Values.resources .Values.base | toYaml | nindent 10 }}
{{- end -}}
