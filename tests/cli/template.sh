#!/bin/sh
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# A chart whose template is the argument, as c/templates/t.yaml.
chart() {
    printf 'apiVersion: v2\nname: c\nversion: 1.0.0\n' | file c/Chart.yaml
    printf '%s\n' "$1" | file c/templates/t.yaml
}

# What comes out is what helm 4.1.4 prints for the same.
chart 'kind: ConfigMap
a: {{ .Values.a | default "none" | quote }}
release: {{ .Release.Name }}/{{ .Release.Namespace }}'
printf 'kind: Namespace\nname: {{ include "c.name" . }}\n' | file c/templates/b/ns.yaml
printf '{{ define "c.name" }}{{ .Chart.Name }}-{{ .Values.n | int }}{{ end }}' | file c/templates/_h.tpl
printf 'notes {{ .Values.a }}\n' | file c/templates/NOTES.txt
printf 'kind: Job\nmetadata:\n  annotations:\n    helm.sh/hook: test\n' | file c/templates/hook.yaml
printf 'n: 2\n' | file c/values.yaml
run template web c -n shop --set a=x,n=3
expect_status 0
cat >wanted <<'YAML'
---
# Source: c/templates/b/ns.yaml
kind: Namespace
name: c-3
---
# Source: c/templates/t.yaml
kind: ConfigMap
a: "x"
release: web/shop
---
# Source: c/templates/hook.yaml
kind: Job
metadata:
  annotations:
    helm.sh/hook: test
YAML
check "manifests in the order of their kinds, hooks behind them, no notes" 'cmp wanted out'
run template c --skip-tests
check "tests can be left out" '! grep -q "kind: Job" out'
expect_out "release: release-name/default"
run template c --show-only 'templates/b/*'
expect_out "kind: Namespace"
check "only what was asked for" '! grep -q ConfigMap out'
run template c --show-only templates/none.yaml
expect_status 1
expect_err "could not find template templates/none.yaml in chart"

# Files, then the options of the --set family.
printf 'a: file\nn: 5\n' | file over.yaml
run template c -f over.yaml --set-string n=7
expect_out 'a: "file"'
expect_out 'name: c-7'
run template c --set a=1 --set a.b=2
expect_err "Error: failed parsing --set data: unable to parse key: interface conversion: interface {} is int64, not map[string]interface {}"
run template c --set 'a[0]=x' --set 'a[0][1]=2'
expect_err "interface conversion: interface {} is string, not []interface {}"
run template c --set-json 'a={'
expect_err "Error: failed parsing --set-json data a={"
run template c --set-json '{"a":1}x'
expect_err 'Error: failed parsing --set-json data JSON: {"a":1}x'
run template c --helm-version 3 --set-json '{"a":1}'
expect_err 'Error: failed parsing --set-json data {"a":1}'
run template c --kube-version bad
expect_err "Error: invalid kube version 'bad': could not parse \"bad\" as version"
run template c --set 'a[70000]=1'
expect_status 2
expect_err "index of 70000 is greater than maximum supported index of 65536"

# Errors read like Helm's.
chart '{{ required "a name is needed" .Values.name }}'
run template c
expect_status 1
expect_err 'Error: execution error at (c/templates/t.yaml:1:3): a name is needed'
chart '{{ .Values.a.b.c }}'
run template c
expect_err 'nil pointer evaluating interface {}.b'
chart '{{ if }}'
run template c
expect_err 'Error: parse error at (c/templates/t.yaml:1): missing value for if'

expect_err "Use --debug flag to render out invalid YAML"

# What is no YAML is told in Helm's words; --debug shows it.
chart 'a: 1
b: c: d'
run template c
expect_status 1
expect_err "Error: YAML parse error on c/templates/t.yaml: error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context"
expect_err "Use --debug flag to render out invalid YAML"
run template c --debug
expect_status 1
expect_out "b: c: d"
check "the hint is not given twice" '! grep -q "Use --debug" err'
chart 'a: 1'
printf 'a: 1\nb: c: d\n' | file bad.yaml
run template c -f bad.yaml
expect_status 2
expect_err "bad.yaml:2:5: error: a key with a colon cannot stand here"
expect_err "Error: failed to parse bad.yaml: cannot unmarshal yaml document: error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context"
run template c -f bad.yaml --helm-version 3
expect_err "Error: failed to parse bad.yaml: error converting YAML to JSON: yaml: line 2: mapping"
printf 'a: b: c\n' | file c/charts/s/values.yaml
printf 'apiVersion: v2\nname: sub\nversion: 1.0.0\n' | file c/charts/s/Chart.yaml
run template c
expect_status 1
expect_err "values.yaml:1:5: error: a key with a colon cannot stand here"
expect_err "Error: error unpacking subchart s in c: cannot load values.yaml: cannot unmarshal yaml document: error converting YAML to JSON: yaml: mapping values are not allowed in this context"
rm -r c/charts

# The other flags of helm template.
chart 'n: {{ .Release.Name }}'
run template c -g
expect_out "n: release-name"
run template web c -g
expect_status 2
expect_err "cannot set --generate-name and also specify a name"
run template c --name-template 'x-{{ "A" | lower }}'
expect_out "n: x-a"
run template c --name-template '{{ fail "no" }}'
expect_status 2
run template web c --output-dir out.d --release-name
expect_status 0
expect_out "wrote out.d/web/c/templates/t.yaml"
printf -- '---\n# Source: c/templates/t.yaml\nn: web\n' >wanted
check "files are written" 'cmp wanted out.d/web/c/templates/t.yaml'
run template c --validate
expect_status 2
expect_err "--validate is refused: no cluster is asked"
run template c --post-renderer x
expect_status 2
expect_err "--post-renderer is refused: nothing is executed"

# Templates without an end are in hostile.sh.
chart "{{ $(head -c 2000 /dev/zero | tr '\0' '(')1 }}"
run template c
expect_err "template_depth"
chart 'a: {{ $d := dict }}{{ $_ := set $d "l" (list $d $d) }}{{ $d | toYaml | len }}'
run template c
expect_status 0
expect_out "a: 0"
chart 'a: {{ .Files.Get "../secret" | quote }}'
echo hidden | file secret
run template c
expect_out 'a: ""'

# A dependency that is not there is a warning, and an error when asked for.
chart 'kind: X'
printf 'dependencies: [{name: lib, version: 1.x}]\n' >>c/Chart.yaml
run template c
expect_status 0
expect_err "the dependency lib is not in charts/"
run template c --strict-dependencies
expect_status 1
expect_err "missing in charts/ directory: lib"
git init -q .
printf 'dependencies: [{name: lib, version: 1.x, repository: "file://../lib"}]\n' | file deps
sed -i '$d' c/Chart.yaml
cat deps >>c/Chart.yaml
printf 'apiVersion: v2\nname: lib\nversion: 1.2.0\n' | file lib/Chart.yaml
printf 'kind: Lib\nv: {{ .Values.v }}\n' | file lib/templates/l.yaml
run template c --set lib.v=4
expect_out '# Source: c/charts/lib/templates/l.yaml'
expect_out 'v: 4'

# A release of the repository.
run template --path "$SOURCE/fixtures/ameide" dev/platform
expect_status 0
expect_out "kind: Deployment"
run template --path "$SOURCE/fixtures/ameide" dev/platfrm
expect_status 2
expect_err "did you mean dev/platform?"
chart 'a: "{{ range 2 }}{{ . }}{{ end }}"'
run template c
expect_out 'a: "01"'
run template c --helm-version 3
expect_err "at <2>: range can't iterate over 2"

# What a chart asks of Kubernetes and of its subcharts' values, as Helm says it.
chart 'a: {{ .Files.LICENSE }}
b: {{ .Files.none }}'
printf 'x' | file c/LICENSE
run template c
expect_out 'a: [120]'
expect_out 'b: []'
printf 'apiVersion: v2\nname: c\nversion: 1.2.3\nkubeVersion: <1.0.0\n' | file c/Chart.yaml
run template c
expect_err "Error: chart requires kubeVersion: <1.0.0 which is incompatible with Kubernetes v1.35.0"
expect_err "Use --debug flag to render out invalid YAML"
printf 'apiVersion: v2\nname: lib\nversion: 1.2.3\n' | file c/charts/lib/Chart.yaml
run template c --set lib=x
expect_err "Error: type mismatch on lib: %!t(string=x)"
printf 'apiVersion: v2\nname: c\nversion: 1.2.3\ndependencies: [{name: lib, version: "*"}]\n' | file c/Chart.yaml
run template c --set 'lib={x,null}'
expect_err "Error: chart dependencies processing failed: type mismatch on lib: [%!t(string=x) <nil>]"
rm -r c/charts c/LICENSE
# values.schema.json: what Helm says, behind where it was written.
chart 'a: {{ .Values.a }}'
printf 'a: 1\n' | file c/values.yaml
printf '{"properties": {"a": {"type": "string"}}}' | file c/values.schema.json
printf 'a: 2\n' | file v.yaml
run template c
expect_status 1
expect_err "c/values.yaml:1:4: error: a: got number, want string"
expect_err "Error: values don't meet the specifications of the schema(s) in the following chart(s):"
expect_err "- at '/a': got number, want string"
run template c -f v.yaml
expect_err "v.yaml:1: a: got number, want string"
run template c --set a=x
expect_status 0
run template c --skip-schema-validation
expect_status 0
# What is included in several files may ask which one it is in, in any way.
rm c/values.schema.json
cat >c/templates/_h.tpl <<'TPL'
{{ define "c.file" }}{{ base .Template.Name }}{{ end }}
{{ define "c.start" }}{{ with .Values }}{{ base $.Template.Name }}{{ end }}{{ end }}
{{ define "c.chain" }}{{ base (.).Template.Name }}{{ end }}
{{ define "c.variable" }}{{ $all := . }}{{ base $all.Template.Name }}{{ end }}
{{ define "c.get" }}{{ base (get . "Template").Name }}{{ end }}
{{ define "c.pipe" }}{{ . | include "c.file" }}{{ end }}
{{ define "c.within" }}{{ if .Values }}{{ include "c.file" $ }}{{ end }}{{ end }}
{{ define "c.else" }}{{ if not .Values }}{{ else if .Values }}{{ template "c.file" . }}{{ end }}{{ end }}
{{ define "c.otherwise" }}{{ if not .Values }}{{ else }}{{ base .Template.Name }}{{ end }}{{ end }}
{{ define "c.tpl" }}{{ tpl "{{ base .Template.Name }}" . }}{{ end }}
{{ define "c.dict" }}{{ include "c.all" (dict "all" .) }}{{ end }}
{{ define "c.all" }}{{ base .all.Template.Name }}{{ end }}
{{ define "c.range" }}{{ range $key, $value := . }}{{ if eq $key "Template" }}{{ base $value.Name }}{{ end }}{{ end }}{{ end }}
{{ define "c.with" }}{{ with . }}{{ base .Template.Name }}{{ end }}{{ end }}
{{ define "c.self" }}{{ if .Values.no }}{{ include "c.self" . }}{{ end }}{{ base .Template.Name }}{{ end }}
TPL
ways='file start chain variable get pipe within else otherwise tpl dict range with self'
for way in $ways; do printf '%s: {{ include "c.%s" . }}{{ include "c.%s" . }}\n' "$way" "$way" "$way"; done >c/templates/t.yaml
cp c/templates/t.yaml c/templates/b/ns.yaml
run template web c --no-hooks
expect_status 0
for way in $ways; do
    check "what is included sees the file it is included in: $way" \
        'grep -qx "$way: ns.yamlns.yaml" out && grep -qx "$way: t.yamlt.yaml" out'
done
# A change makes the dot of a file part of the values.
printf 'a: {{ set .Values "all" $ | len }}{{ include "c.kept" . }}\n' >c/templates/b/ns.yaml
printf 'b: {{ include "c.kept" . }}\n' >c/templates/t.yaml
printf '{{ define "c.kept" }}{{ base .Values.all.Template.Name }}{{ end }}' >c/templates/_h.tpl
run template web c --no-hooks
expect_status 0
check "what is included sees through what was set" 'grep -q "^a: .*ns.yaml$" out && grep -qx "b: t.yaml" out'
finish
