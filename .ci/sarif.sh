# shellcheck shell=bash
# Sets SARIF_MULTITOOL to Microsoft's validator of SARIF out of its package of the npm registry, in a folder outside the tree
# that is kept. Returns 1 when it cannot be had; npm has said why.

# shellcheck source=.ci/npm.sh
. .ci/npm.sh

get_sarif() {
    local cache=${BULKHEAD_SARIF_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bulkhead-sarif} version=5.7.0
    local program=$cache/package/Sarif.Multitool
    if [ ! -x "$program" ]; then
        need_npm || return 1
        mkdir -p "$cache"
        (
            cd "$cache" &&
                timeout 300 npm pack --silent "@microsoft/sarif-multitool-linux@$version" >packed &&
                tar -xzf "$(tail -n 1 packed)" &&
                chmod +x "$program" &&
                rm -f packed ./*.tgz
        ) || return 1
    fi
    export SARIF_MULTITOOL=$program
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$SARIF_MULTITOOL" version | head -n 1
}
