#!/bin/sh
# Prints the files of the source tree that match the given patterns, in byte order, one a line.
cd "$(dirname "$0")/.." || exit 1
for pattern in "$@"; do
    for file in $pattern; do
        if [ -f "$file" ]; then echo "$file"; fi
    done
done | LC_ALL=C sort
