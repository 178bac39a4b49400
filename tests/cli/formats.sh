#!/bin/sh
# Every format is read by a parser that is not ours.
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

file .bulkhead.yaml <<'YAML'
version: 1
environments: {dev: {}, prod: {}}
applications: {list: [web]}
layers: ['{env}.yaml', '{app}.yaml']
YAML
printf 'tolerations: [{key: "a,b: 100%%"}]\n' >dev.yaml
printf 'tolerations: [{key: b}]\n' >prod.yaml
printf 'ä: 1\ntolerations: []\n' >web.yaml

json() {
    filter=$1
    check "jq $1" 'jq -e "$filter" out >/dev/null'
}

run lint --format json
expect_status 1
json '.schema == 1 and .tool.name == "bulkhead"'
json '.summary | .errors == 1 and .environments == 2 and .releases == 2 and .files == 3'
json '.summary | keys == ["applications","environments","errors","files","in_baseline","infos","milliseconds","not_rendered","releases","rendered","suppressed","warnings"]'
json '.findings | length == 1'
json '.findings[0] | .rule == "values/empty-override" and .severity == "error" and .file == "web.yaml"'
json '.findings[0] | .line == 2 and .column == 14 and .end_line == 2 and .end_column == 16'
json '.findings[0] | .values_path == "tolerations" and .releases == ["dev/web","prod/web"]'
json '.findings[0].related | length == 2 and .[0].file == "dev.yaml" and .[0].line == 1 and .[0].column == 14'
json '.findings[0] | .url == "docs/rules/values/empty-override.md" and (.fingerprint | length > 8)'
json '.findings[0].object == null'
json '.summary | .rendered == 0 and .not_rendered == 2'
json '.not_analysed | map(.release) == ["dev/web","prod/web"]'
json '.not_analysed[0] | .file == null and .line == null and .message == "its chart is not in the repository"'
run lint --format json --select values/empty-override
json '.summary.rendered == 0 and .not_analysed == []'

# The fingerprint does not depend on lines above.
first=$(jq -r '.findings[0].fingerprint' out)
printf '# more\n\nä: 1\ntolerations: []\n' >web.yaml
run lint --format json
second=$(jq -r '.findings[0].fingerprint' out)
check "the fingerprint stays when lines move" '[ "$first" = "$second" ]'

run lint --format github
expect_status 1
expect_out "::error file=web.yaml,line=4,endLine=4,col=14,endColumn=16,title=values/empty-override::web.yaml:4:14: error[values/empty-override] "

# Special characters in paths are escaped.
mkdir 'a,b'
sed -i "s/'{app}.yaml'/'a,b\/{app}.yaml'/" .bulkhead.yaml
mv web.yaml 'a,b/web.yaml'
run lint --format github
expect_out "::error file=a%2Cb/web.yaml,line=4"

# A finding of several lines has no columns: GitHub refuses them.
printf 'box: [1]\n' >dev.yaml
printf 'box:\n  a: 1\n  b: 2\n' >'a,b/web.yaml'
run lint --format github --select values/type-change
expect_out "::error file=a%2Cb/web.yaml,line=2,endLine=3,title=values/type-change::"
printf 'tolerations: [{key: b}]\n' >dev.yaml
printf 'tolerations: []\n' >'a,b/web.yaml'

# Several formats in one run.
run lint --format json --output result.json --format github
expect_status 1
expect_out "::error file="
check "the file holds JSON" 'jq -e .schema result.json >/dev/null'
run lint --format json --output nowhere/result.json
expect_status 2
expect_err "nowhere/result.json: No such file or directory"

# The same bytes whatever the number of threads.
run lint --format github --jobs 1
mv out one
run lint --format github --jobs 8
check "the order does not depend on threads" 'cmp -s one out'

# Colour only where it is asked for.
run lint --color always
check "colours are there" 'grep -q "$(printf "\033")" out'
run lint
check "no colours in a file" '! grep -q "$(printf "\033")" out'

# On a terminal there are colours, and links where it is known to have them.
on_terminal() {
    command="$* bulkhead lint, on a terminal"
    env -u NO_COLOR -u VTE_VERSION -u KONSOLE_VERSION -u KITTY_WINDOW_ID -u WT_SESSION -u TERM_PROGRAM TERM=xterm "$@" \
        python3 -c 'import pty, sys; pty.spawn(sys.argv[1:])' "$BULKHEAD" lint >out 2>err </dev/null || true
}
color=$(printf '\033[1;31merror')
link=$(printf '\033]8;;https://github.com/ameideio/bulkhead/blob/main/docs/rules/values/empty-override.md\033\134values/empty-override\033]8;;\033\134')
on_terminal env
check "colours are there" 'grep -qF "$color" out'
check "no links where they are not known to work" '! grep -q "]8;;" out'
on_terminal TERM_PROGRAM=vscode
check "the rule is a link" 'grep -qF "$link" out'
on_terminal TERM_PROGRAM=vscode NO_COLOR=1
check "neither when they are not wanted" '! grep -q "$(printf "\033")" out'
on_terminal TERM_PROGRAM=vscode TERM=tmux-256color
check "no links within tmux" '! grep -q "]8;;" out'
on_terminal TERM_PROGRAM=vscode FORCE_HYPERLINK=0
check "no links when they are refused" '! grep -q "]8;;" out'
on_terminal FORCE_HYPERLINK=1
check "links when they are asked for" 'grep -qF "$link" out'

# What could not be rendered has its place and the reason.
rm -rf -- *
file .bulkhead.yaml <<'YAML'
version: 1
environments: {dev: {}, prod: {}}
applications: {list: [{name: web, chart: web}]}
layers: ['{env}.yaml']
YAML
printf 'apiVersion: v2\nname: web\nversion: 1.0.0\n' | file web/Chart.yaml
printf 'kind: Job\nv: {{ required "a is missing" .Values.a }}\n' | file web/templates/job.yaml
printf 'a: 1\n' >dev.yaml
printf 'b: 1\n' >prod.yaml
run lint --format json
json '.summary | .rendered == 1 and .not_rendered == 1'
json '.not_analysed | length == 1'
json '.not_analysed[0] | .release == "prod/web" and .file == "web/templates/job.yaml" and .line == 2'
json '.not_analysed[0].message | contains("a is missing")'

finish
