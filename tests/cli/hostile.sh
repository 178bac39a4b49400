#!/bin/sh
# Charts that mean harm: packed ones that lead out of themselves or unpack to more than fits, links, templates without
# an end. Each ends soon and in bounded memory, with the place and the name of the limit.
# shellcheck disable=SC2016,SC2034,SC3045 # what check evaluates later; dash and bash know ulimit -v
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# Kilobytes of address space; none under a sanitizer, which needs terabytes of it.
memory=2000000
(ulimit -v $memory && "$BULKHEAD" --version) >/dev/null 2>&1 || memory=unlimited

render() {
    command="bulkhead template $*"
    status=0
    (ulimit -v $memory && timeout 20 "$BULKHEAD" template "$@") >out 2>err </dev/null || status=$?
}

# An error, and which.
refused() {
    check "fails, and not by a signal or for the time, it is $status" '[ $status -eq 1 ] || [ $status -eq 2 ]'
    expect_err "$1"
}

chart() {
    printf 'apiVersion: v2\nname: c\nversion: 1.0.0\n' | file c/Chart.yaml
    printf '%s\n' "$1" | file c/templates/t.yaml
}

# --- packed charts ---

printf 'apiVersion: v2\nname: d\nversion: 1.0.0\n' | file d/Chart.yaml
printf 'kind: D\n' | file d/templates/d.yaml
echo evil >evil

# As the chart itself, and as a dependency, which is left out of the chart that has it.
packed() {
    render "$1"
    refused "$1: $2"
    chart 'kind: C'
    mkdir -p c/charts
    cp "$1" c/charts/d.tgz
    render c
    refused "charts/d.tgz: $2"
    rm -r c
}

tar -czPf up.tgz --transform 's,^evil,d/../../evil,' d evil
packed up.tgz "d/../../evil: leads out of the chart"
tar -czPf absolute.tgz --transform 's,^evil,/tmp/evil,' d evil
packed absolute.tgz "/tmp/evil: leads out of the chart"
ln -s /etc/passwd d/templates/link.yaml
tar -czf link.tgz d
packed link.tgz "d/templates/link.yaml: is a link or no file"
rm d/templates/link.yaml
ln evil d/templates/link.yaml
tar -czf hard.tgz evil d
packed hard.tgz "d/templates/link.yaml: is a link or no file"
rm d/templates/link.yaml
tar -czf broken.tgz d
head -c 100 broken.tgz >cut.tgz
packed cut.tgz ""

# The parts of a tar file, and the runs of a gzip file, may be put together as they are.
part() { tar -cf - "$1" | head -c "$2" | gzip -1; }
repeated() {
    count=$1
    while [ "$count" -gt 0 ]; do
        cat "$2"
        count=$((count - 1))
    done
}
truncate -s 4G large
part large 512 >header.gz
head -c 67108864 /dev/zero | gzip -1 >zeros.gz
{
    cat header.gz
    repeated 64 zeros.gz
} >large.tgz
packed large.tgz "large: cannot be read, or the limit archive_bytes is reached"
truncate -s 64M large
part large 512 >header.gz
cat header.gz zeros.gz >member.gz
repeated 64 member.gz >bomb.tgz
packed bomb.tgz "large: cannot be read, or the limit archive_bytes is reached"
part evil 1024 | gzip -d >member
repeated 1000 member | gzip -1 >members.gz
repeated 21 members.gz >many.tgz
packed many.tgz "evil: the limit archive_files is reached"
rm -f large ./*.gz ./*.tgz member

# --- links, which are followed as Helm follows them ---

echo 'kind: Outside' >outside.yaml
chart 'v: "{{ .Files.Get "../outside.yaml" }}{{ .Files.Get "/etc/passwd" }}{{ .Files.Get "folder/../../evil" }}"'
mkdir folder
echo hidden >folder/file
ln -s ../../outside.yaml c/templates/o.yaml
ln -s ../folder c/folder
render c
expect_status 0
expect_out 'v: ""'
expect_out 'kind: Outside'
ln -s . c/self
ln -s loop c/loop
render c
expect_status 0
expect_err "the symbolic link leads back to one of its own folders"
expect_err "the symbolic link leads in a circle"
rm -r c

# --- templates ---

limited() {
    chart "$2"
    render c
    refused "$1"
    expect_err "c/templates/t.yaml:1:"
}
limited call_depth '{{ define "x" }}{{ include "x" . }}{{ end }}{{ include "x" . }}'
limited call_depth '{{ $t := "{{ tpl .t . }}" }}{{ tpl $t (dict "t" $t) }}'
limited render_bytes '{{ until 1000000000 | len }}'
limited render_bytes '{{ repeat 1000000000 "abc" }}'
limited render_bytes '{{ range 3000 }}{{ repeat 1000000 "x" }}{{ end }}'
limited render_bytes '{{ $s := "x" }}{{ range 64 }}{{ $s = print $s $s }}{{ end }}'
limited render_steps '{{ range 1000000000 }}{{ end }}'
limited regex_steps '{{ regexMatch "(a+)+$" "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab" }}'

# What grows while it is walked is walked as it was, as in Go.
chart 'l: {{ $l := list 1 2 }}{{ range $l }}{{ $l = append $l . }}{{ end }}{{ len $l }}
m: {{ $m := dict "a" 1 }}{{ range $k, $_ := $m }}{{ $_ := set $m (print $k "x") 1 }}{{ end }}{{ len $m }}'
render c
expect_status 0
expect_out "l: 4"
expect_out "m: 2"

# Bytes that YAML does not allow.
chart ''
printf 'a: "\000"\n' >c/templates/t.yaml
render c
refused "YAML parse error on c/templates/t.yaml: error converting YAML to JSON: yaml: control characters are not allowed"
printf 'a: \377\n' >c/templates/t.yaml
render c
refused "YAML parse error on c/templates/t.yaml: error converting YAML to JSON: yaml: invalid leading UTF-8 octet"
printf '{{ \377 }}\n' >c/templates/t.yaml
render c
refused "parse error at (c/templates/t.yaml:1): U+FFFD"

finish
