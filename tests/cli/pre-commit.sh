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

# The bulkhead that is on the PATH.
mkdir "$work/bin"
ln -s "$BULKHEAD" "$work/bin/bulkhead"
PATH="$work/bin:$PATH"
printf 'tolerations: [{key: dev}]\n' >dev.yaml
git_here add dev.yaml
try bulkhead-system
expect_status 0
expect_out "Passed"

finish
