#!/bin/sh
# environments.sh DIRECTORY COUNT: fixtures/ameide with COUNT more environments, each a copy of dev.
set -eu
directory=$1
count=$2
fixtures=$(CDPATH='' cd -- "$(dirname -- "$0")/../../fixtures" && pwd)
cp -r "$fixtures/ameide" "$directory"
names=
environments=
i=1
while [ "$i" -le "$count" ]; do
    name=copy$i
    cp -r "$directory/sources/values/env/dev" "$directory/sources/values/env/$name"
    names="$names, $name"
    environments="$environments\\n  $name: {namespace: ameide-$name, pool: dev, taint: dev, domain: dev.ameide.io}"
    i=$((i + 1))
done
sed -i "s/\[dev, staging, production\]/[dev, staging, production$names]/; s/^  cluster:/${environments#\\n}\\n  cluster:/" "$directory/.bulkhead.yaml"
