#!/bin/sh
# run.sh SECONDS: builds the fuzzers with clang and runs each for that long over the corpus it keeps in build-fuzz.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-60}
if [ ! -f build-fuzz/build.ninja ]; then
    CC=clang meson setup build-fuzz -Db_sanitize=address,undefined -Db_lundef=false \
        -Dc_args=-fsanitize=fuzzer-no-link >/dev/null
fi
ninja -C build-fuzz >/dev/null
for name in yaml plain lint infra; do
    clang -std=c17 -g -fsanitize=fuzzer,address,undefined -Isrc "tests/fuzz/fuzz_$name.c" build-fuzz/libbulkhead.a \
        -lyaml -ljansson -lpcre2-8 -larchive -lgcrypt -lutf8proc -lm -lpthread -o "build-fuzz/fuzz_$name"
    corpus=build-fuzz/corpus-$name
    mkdir -p "$corpus"
    for file in $(tools/list.sh 'fixtures/incidents/*/*.yaml' 'fixtures/incidents/*/.bulkhead.yaml' 'rules/*/*.yaml' \
        'fixtures/ameide/infra/*/*/*/*.bicep' 'fixtures/ameide/infra/*/*/*.tf' 'fixtures/ameide/infra/*/*/*/*.tf'); do
        cp "$file" "$corpus/$(echo "$file" | tr / _)"
    done
    "build-fuzz/fuzz_$name" -max_total_time="$seconds" -max_len=4096 -timeout=5 -rss_limit_mb=2048 -print_final_stats=1 \
        "$corpus" 2>"build-fuzz/$name.log" || { tail -n 40 "build-fuzz/$name.log"; exit 1; }
    echo "$name: $(sed -n 's/^stat::number_of_executed_units: //p' "build-fuzz/$name.log") inputs, no failure"
done
