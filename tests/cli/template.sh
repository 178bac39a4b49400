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

# Hostile templates end, with the name of the limit.
limited() {
    chart "$2"
    run template c
    expect_status 1
    expect_err "$1"
}
limited call_depth '{{ define "x" }}{{ include "x" . }}{{ end }}{{ include "x" . }}'
limited call_depth '{{ $t := "{{ tpl .t . }}" }}{{ tpl $t (dict "t" $t) }}'
limited render_bytes '{{ until 1000000000 | len }}'
limited render_bytes '{{ repeat 1000000000 "abc" }}'
limited render_steps '{{ range 1000000000 }}{{ end }}'
limited regex_steps '{{ regexMatch "(a+)+$" "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab" }}'
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
finish
