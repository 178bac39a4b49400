#!/bin/sh
# Prints "N passed, N failed" for Meson's log: the subtests of programs that report them, else the programs.
awk '
    {
        line = $0
        good = gsub(/\\nok [0-9]+ |"ok [0-9]+ /, "", line)
        bad = gsub(/\\nnot ok [0-9]+ |"not ok [0-9]+ /, "", line)
        if (!good && !bad) {
            good = line ~ /"result": "(OK|EXPECTEDFAIL)"/
            bad = !good && line !~ /"result": "SKIP"/
        } else if (!bad && line !~ /"result": "OK"/) {
            bad = 1
        }
        passed += good
        failed += bad
    }
    END { printf "%d passed, %d failed\n", passed, failed }' "$1"
