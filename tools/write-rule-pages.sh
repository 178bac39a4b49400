#!/bin/sh
# write-rule-pages.sh BULKHEAD FOLDER: the page of every rule and their index, from the rules' own files.
set -eu
bulkhead=$1
folder=$2
rm -rf "$folder"
mkdir -p "$folder"
"$bulkhead" rules --format markdown >"$folder/README.md"
"$bulkhead" rules | while read -r rule rest; do
    mkdir -p "$folder/${rule%/*}"
    "$bulkhead" rules "$rule" --format markdown >"$folder/$rule.md"
done
