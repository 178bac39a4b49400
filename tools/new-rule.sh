#!/bin/sh
# new-rule.sh GROUP/NAME: a rule file to fill in; its examples fail until they say something true.
set -eu
cd "$(dirname "$0")/.."
case $1 in
*/*/* | /* | */ | *[!a-z0-9/-]*) echo "a rule is called group/name, in small letters and dashes" >&2; exit 2 ;;
*/*) ;;
*) echo "a rule is called group/name" >&2; exit 2 ;;
esac
file=rules/$1.yaml
[ ! -e "$file" ] || { echo "$file is there already" >&2; exit 2; }
mkdir -p "rules/${1%/*}"
cat >"$file" <<'RULE'
summary: what is wrong, in at most eighty columns
severity: warning
since: 0.1.0
on: values
why: |
  What breaks, and in whose environment.
fix: |
  What to write instead.
message: '{{ .path }} is …'
examples:
  - bad: the smallest tree that shows it
    files:
      apps/platform.yaml: |
        key: value
        #    ^^^^^ key is
  - good: the same, as it should be
    files:
      apps/platform.yaml: |
        key: other
RULE
echo "$file"
