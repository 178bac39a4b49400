#!/bin/sh
# render.sh BULKHEAD RENDER: rendering against `helm template` ($HELM, or helm on the PATH), as ratios of medians in one
# run: a small chart and one of twenty components, as whole processes and a hundred releases in one process.
set -eu
bulkhead=$1
render=$2
helm=${HELM:-$(command -v helm || true)}
[ -n "$helm" ] || { echo "no helm on the PATH: rendering is not compared" && exit 0; }
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# microseconds COMMAND…: the median of seven times four runs.
microseconds() {
    for _ in 1 2 3 4 5 6 7; do
        start=$(date +%s%N)
        for _ in 1 2 3 4; do "$@" >/dev/null; done
        echo $((($(date +%s%N) - start) / 4000))
    done | sort -n | sed -n 4p
}

for components in 1 20; do
    chart=$work/$components
    "$here/chart.sh" "$chart" "$components"
    helm_one=$(microseconds "$helm" template release "$chart")
    one=$(microseconds "$bulkhead" template release "$chart")
    hundred=$(microseconds "$render" "$chart" 100)
    awk -v components="$components" -v helm="$helm_one" -v one="$one" -v hundred="$hundred" 'BEGIN {
        printf "chart of %2d components: helm %.1f ms, bulkhead %.2f ms: %.0f times faster; ", components, helm / 1000, one / 1000, helm / one
        printf "100 releases in %.1f ms: %.0f times faster\n", hundred / 1000, helm * 100 / hundred
    }'
done
