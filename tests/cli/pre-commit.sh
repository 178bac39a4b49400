#!/bin/sh
# The real pre-commit runs the hook of this repository on a small one: a bad commit is refused, a good one passes.
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

if ! command -v pre-commit >/dev/null || ! git -C "$SOURCE" rev-parse HEAD >/dev/null 2>&1; then
    echo "1..0 # SKIP pre-commit is not installed, or this is no clone"
    exit 0
fi

git_here() { git -c user.name=test -c user.email=test@shop.example "$@"; }

# A copy of what is committed: pre-commit must not see this working tree's build folders.
git clone -q "$SOURCE" hooks
git init -q repository
cd repository
export PRE_COMMIT_HOME="$work/cache"

try() {
    command="pre-commit try-repo $*"
    status=0
    pre-commit try-repo "$work/hooks" "$@" --all-files >out 2>err </dev/null || status=$?
}

cat >.bulkhead.yaml <<'YAML'
version: 1
environments: {dev: {}, production: {}}
applications: {list: [web]}
layers: ['{env}.yaml', '{app}.yaml']
YAML
printf 'tolerations: [{key: dev}]\n' >dev.yaml
printf 'tolerations: [{key: production}]\n' >production.yaml
printf 'tolerations: []\n' >web.yaml
git_here add -A .bulkhead.yaml dev.yaml production.yaml web.yaml

try bulkhead
expect_status 1
expect_out "web.yaml:1:14: error[values/empty-override]"

printf 'replicas: 2\n' >web.yaml
git_here add -A web.yaml
try bulkhead
expect_status 0
expect_out "Passed"

# A layer that is deleted is noticed although pre-commit passes no file.
git_here rm -q --cached dev.yaml
rm dev.yaml
try bulkhead
expect_status 1
expect_out "error[values/missing-file]"

# The bulkhead that is on the PATH; it notes its calls.
mkdir "$work/bin"
printf '#!/bin/sh\necho called >>"%s/calls"\nexec "%s" "$@"\n' "$work" "$BULKHEAD" >"$work/bin/bulkhead"
chmod +x "$work/bin/bulkhead"
PATH="$work/bin:$PATH"
printf 'tolerations: [{key: dev}]\n' >dev.yaml
git_here add dev.yaml
try bulkhead-system
expect_status 0
expect_out "Passed"

# A commit as people make it: a bad one is refused, a good one is made, one that only deletes a layer is refused.
commit() {
    command="git commit: $1"
    status=0
    git_here commit -q -m "$1" >out 2>&1 </dev/null || status=$?
    cp out err
}
cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: $work/hooks
    rev: $(git -C "$work/hooks" rev-parse HEAD)
    hooks: [{id: bulkhead-system}]
YAML
pre-commit install >out 2>err
printf '/out\n/err\n' >.git/info/exclude
printf 'tolerations: []\n' >web.yaml
git_here add -A
commit bad
expect_status 1
expect_out "web.yaml:1:14: error[values/empty-override]"
check "nothing was committed" '! git rev-parse -q --verify HEAD >/dev/null'
printf 'replicas: 2\n' >web.yaml
git_here add -A
commit good
expect_status 0
check "it was committed" 'git rev-parse -q --verify HEAD >/dev/null'
git_here rm -q dev.yaml
commit deleted
expect_status 1
expect_out "error[values/missing-file]"
git_here reset -q --hard

# Once for all files of a commit, however many there are.
mkdir notes
awk 'BEGIN { for (i = 0; i < 600; i++) print "text: 1" > ("notes/" i ".yaml") }'
git_here add -A
: >"$work/calls"
commit many
expect_status 0
check "bulkhead ran once" '[ "$(wc -l <"$work/calls")" -eq 1 ]'

finish
