#!/bin/sh
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

config() {
    file .bulkhead.yaml <<'YAML'
version: 1
environments: {dev: {namespace: shop-dev}, prod: {namespace: shop-prod}}
applications: {list: [web]}
layers:
  - {path: 'globals-{env}.yaml', optional: true}
  - {path: '{app}.yaml', optional: true}
YAML
}

clean() { find . -mindepth 1 -delete; }

# Nothing here.
run lint
expect_status 2
expect_err "no environment and no application was recognized"
expect_no_out

# YAML, but none of Helm.
printf 'hello: world\n' >notes.yaml
run lint
expect_status 2
expect_err "no environment and no application was recognized"
clean

# A path that is not there.
run lint nowhere
expect_status 2
expect_err "nowhere: No such file or directory"

# A layer that cannot be read: a directory in its place is no layer, a broken link is said.
config
printf 'a: 1\n' >web.yaml
ln -s nowhere globals-dev.yaml
run lint
expect_status 0
expect_err "globals-dev.yaml: the symbolic link leads nowhere"
clean

if [ "$(id -u)" -ne 0 ]; then
    config
    printf 'a: 1\n' >web.yaml
    chmod 000 web.yaml
    run lint
    expect_status 2
    expect_err "web.yaml"
    expect_err "Permission denied"
    chmod 644 web.yaml
    clean
fi

# A binary file.
config
head -c 4096 /dev/zero | tr '\0' '\001' >web.yaml
run lint
expect_status 1
expect_out "web.yaml:1:1: error[values/not-yaml]"
expect_out "control character"
clean

# Ten megabytes of nested brackets, which must neither hang nor overflow the stack.
config
{
    printf 'a: '
    head -c 10000000 /dev/zero | tr '\0' '['
} >web.yaml
run lint
expect_status 1
expect_out "error[values/not-yaml]"
{
    printf 'a: '
    head -c 900 /dev/zero | tr '\0' '['
    head -c 900 /dev/zero | tr '\0' ']'
    printf '\n'
} >web.yaml
run lint
expect_status 0
clean

# An alias bomb.
config
{
    printf 'a: &a [x, x, x, x, x, x, x, x, x]\n'
    previous=a
    for name in b c d e f g h i j; do
        printf '%s: &%s [*%s, *%s, *%s, *%s, *%s, *%s, *%s, *%s, *%s]\n' $name $name \
            $previous $previous $previous $previous $previous $previous $previous $previous $previous
        previous=$name
    done
} >web.yaml
run lint
expect_status 1
expect_out "limit yaml_alias_nodes"
clean

# Symbolic links in a circle.
config
printf 'a: 1\n' >web.yaml
mkdir -p one/two
ln -s ../.. one/two/up
ln -s loop loop
run lint
expect_status 0
expect_err "one/two/up: the symbolic link leads back to one of its own folders"
expect_err "loop: the symbolic link leads in a circle"
clean

# A named pipe that nobody writes to.
config
printf 'a: 1\n' >web.yaml
mkfifo globals-dev.yaml
run lint
expect_status 0
clean

# Not UTF-8; UTF-16; Windows line ends; a byte order mark; tabs.
config
printf 'name: caf\351\n' >web.yaml
run lint
expect_status 1
expect_out "web.yaml:1:10: error[values/not-yaml]"
expect_out "the file is not UTF-8"
printf '\377\376a\0:\0' >web.yaml
run lint
expect_status 1
expect_out "the file is UTF-16"
printf 'tolerations: []\r\nb: 2\r\n' >web.yaml
printf 'tolerations: [{key: a}]\r\n' >globals-dev.yaml
run lint
expect_status 1
expect_out "web.yaml:1:14: error[values/empty-override]"
printf '\357\273\277a: 1\ntolerations: []\n' >web.yaml
run lint
expect_status 1
expect_out "web.yaml:2:14: error[values/empty-override]"
printf 'a:\n\tb: 1\n' >web.yaml
run lint
expect_status 1
expect_out "web.yaml:2:1: error[values/not-yaml]"
expect_out "a tab"
clean

# One broken file does not stop the others.
config
printf 'a: [1\n' >globals-dev.yaml
printf 'tolerations: [{key: a}]\n' >globals-prod.yaml
printf 'tolerations: []\n' >web.yaml
run lint
expect_status 1
expect_out "globals-dev.yaml:2:1: error[values/not-yaml]"
expect_out "web.yaml:1:14: error[values/empty-override]"
clean

# A file that holds no map.
config
printf -- '- a\n- b\n' >web.yaml
run lint
expect_status 1
expect_out "web.yaml:1:1: error[values/not-yaml]"
clean

# Configuration: unknown keys, wrong types, no version, a pattern without files, an unknown placeholder.
file .bulkhead.yaml <<'YAML'
version: 1
enviroments: {dev: {}}
YAML
run lint
expect_status 2
expect_err '.bulkhead.yaml:2:1: error: unknown key `enviroments` in the configuration, did you mean `environments`?'
file .bulkhead.yaml <<'YAML'
version: 1
environments: [dev]
YAML
run lint
expect_status 2
expect_err ".bulkhead.yaml:2:15: error: environments must be a map, not a list"
file .bulkhead.yaml <<'YAML'
environments: {dev: {}}
YAML
run lint
expect_status 2
expect_err "version: 1"
config
printf '  - {path: "nothing/{env}.yaml", optional: true}\n' >>.bulkhead.yaml
printf 'a: 1\n' >web.yaml
run lint
expect_status 0
expect_err ".bulkhead.yaml:7:5: warning: no file matches the layer nothing/{env}.yaml in any release"
printf '  - "{enviroment}.yaml"\n' >>.bulkhead.yaml
run lint
expect_status 2
expect_err 'unknown placeholder `{enviroment}`; known are {env} {app}'
printf 'version: 1\nenvironments: {dev: {}\n' >.bulkhead.yaml
run lint
expect_status 2
expect_err ".bulkhead.yaml:3:1: error"

# No release is not "all clean".
file .bulkhead.yaml <<'YAML'
version: 1
environments: {dev: {}}
YAML
run lint
expect_status 2
expect_err "no release found"
file .bulkhead.yaml <<'YAML'
version: 1
environments: {dev: {}}
applications: {list: [{name: web, environments: [prod]}]}
YAML
run lint
expect_status 2
expect_err "no release found"

# Usage.
run lint --fromat json
expect_status 2
expect_err "unknown option --fromat, did you mean --format?"
run lint --format yaml
expect_status 2
expect_err "unknown format yaml"
run lnt
expect_status 2
expect_err "unknown command lnt, did you mean lint?"
config
printf 'a: 1\n' >web.yaml
run lint --select values/empty-overide
expect_status 2
expect_err "no rule is called values/empty-overide, did you mean values/empty-override?"
run lint --profile isolaton
expect_status 2
expect_err "no profile is called isolaton"

finish
