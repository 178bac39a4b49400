#!/bin/sh
# The objects that `bulkhead diff` says change are those whose rendered text changes. What is compared is what
# `bulkhead template` prints, which fixtures.sh holds against Helm; with $HELM it is what `helm template` prints.
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/../cli/lib.sh"

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
cp -r "$SOURCE/fixtures/ameide" repository
cd repository
git init -q
git add -A
git -c user.name=A -c user.email=a@example.org commit -qm one

# Release, namespace, chart and the flags for its layers without the chart's own, a line each.
list_releases() {
    "$BULKHEAD" list layers | awk '
        function flush() { if (release != "") print release, namespace, chart, layers }
        /^[^ ]/ { flush(); release = $1; namespace = $3; chart = $5; layers = section = "" }
        /^  [a-z]/ { section = $1 }
        /^  / && section != "missing" && $1 != "chart" { layers = layers " -f " $NF }
        END { flush() }'
}

# Helm takes dependencies only from charts/.
render() {
    if [ -n "${HELM:-}" ]; then
        folder=$(dirname "$(grep -rlx --include=Chart.yaml "name: $3" sources/charts)")
        rm -rf "$work/chart"
        cp -r "$folder" "$work/chart"
        grep -q file:// "$folder/Chart.yaml" && mkdir -p "$work/chart/charts" && cp -r sources/charts/ameide-library "$work/chart/charts"
        # shellcheck disable=SC2086 # a list of flags
        "$HELM" template "${1#*/}" "$work/chart" --namespace "$2" $4
    else
        "$BULKHEAD" template "$1"
    fi
}

# objects DIRECTORY RELEASE: writes each document of standard input, without comments, to a file KIND NAME.
objects() {
    awk -v directory="$1" '
        function flush(  file) {
            if (kind != "") { file = directory "/" kind " " name; printf "%s", text >file; close(file) }
            kind = ""; name = ""; text = ""; inside = 0
        }
        /^---/ { flush(); next }
        /^#/ { next }
        /^kind:/ { kind = $2 }
        /^metadata:/ { inside = 1; if (match($0, /name: [^,}]+/)) name = substr($0, RSTART + 6, RLENGTH - 6) }
        /^[^ ]/ && !/^metadata:/ { inside = 0 }
        inside && name == "" && /^  name:/ { name = $2; gsub(/"/, "", name) }
        { text = text $0 "\n" }
        END { flush() }'
}

render_all() {
    rm -rf "${work:?}/$1"
    list_releases | while read -r release namespace chart layers; do
        mkdir -p "$work/$1/$release"
        render "$release" "$namespace" "$chart" "$layers" 2>>"$work/render.err" | objects "$work/$1/$release"
    done
}

# compare WHAT: holds what diff says against the texts.
compare() {
    render_all after
    (cd "$work" && diff -rq before after) 2>/dev/null | sed -nE \
        's|^Files before/([^ ]*/[^/ ]+)/([^ ]+) (.*) and after/.*|\1 \2 \3|p; s|^Only in (before\|after)/([^:]*): ([^ ]+) (.*)|\2 \3 \4|p' |
        sort -u >"$work/expected"
    run diff HEAD --format json --fail-on never
    jq -r '.causes[].changes[] | .kind as $kind | .objects[] | "\(.release) \($kind) \(.name)"' out | sort -u >"$work/said"
    mv out err "$work"
    cd "$work"
    check "$1: the same objects change" 'diff expected said >out'
    check "$1: objects change" '[ -s expected ]'
    cd repository
    git checkout -q .
}

render_all before
sed -i 's/^replicaCount: 1/replicaCount: 2/' sources/values/env/dev/globals.yaml
compare "a value of one environment"
sed -i 's/^imagePullPolicy: .*/imagePullPolicy: Always/' sources/values/base/globals.yaml
sed -i '0,/tag: .*/s//tag: changed/' sources/values/_shared/apps/platform.yaml
compare "two shared values"
sed -i 's/^  replicas:/  revisionHistoryLimit: 3\n  replicas:/' sources/charts/apps/*/templates/deployment.yaml
compare "templates"
sed -i 's/runAsNonRoot: true/runAsNonRoot: false/' sources/charts/ameide-library/templates/_security.tpl
compare "a helper of the library"
rm sources/values/env/production/apps/*.yaml
compare "layers that are gone"
mv "$work/render.err" "$work/out"
cd "$work"
check "everything was rendered" '[ ! -s out ]'

finish
