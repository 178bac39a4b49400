#!/bin/sh
# generate.sh FOLDER APPLICATIONS: a repository of three environments with six layers for every release.
set -eu
folder=$1
applications=$2
mkdir -p "$folder"
cd "$folder"

cat >.bulkhead.yaml <<'YAML'
version: 1
environments:
  dev: {namespace: shop-dev, pool: dev, taint: dev, domain: dev.shop.example, cluster: one}
  staging: {namespace: shop-staging, pool: staging, taint: staging, domain: staging.shop.example, cluster: one}
  production: {namespace: shop-prod, pool: prod, taint: production, domain: shop.example, cluster: one}
labels: {tier: shop.example/tier, environment: shop.example/environment, pool: shop.example/pool}
tiers: [frontend, backend]
applications: {components: "components/*/component.yaml"}
layers:
  - base/globals.yaml
  - cluster/{cluster}/globals.yaml
  - env/{env}/globals.yaml
  - profiles/{pool}.yaml
  - shared/{domain}/{app}.yaml
  - env/{env}/{domain}/{app}.yaml
YAML

mkdir -p base cluster/one profiles shared/apps components
printf 'imagePullPolicy: IfNotPresent\nimagePullSecrets: [{name: pull}]\n' >base/globals.yaml
printf 'storageClass: managed\nregion: north\n' >cluster/one/globals.yaml
for pair in dev:dev:dev:1 staging:staging:staging:2 production:prod:production:3; do
    IFS=: read -r env pool taint number <<EOF
$pair
EOF
    mkdir -p "env/$env/apps"
    cat >"env/$env/globals.yaml" <<YAML
namespace: shop-$pool
environment: $env
environmentState: "on"
nodeSelector: {shop.example/pool: $pool}
tolerations: [{key: shop.example/environment, value: $taint, effect: NoSchedule}]
resources: {requests: {cpu: ${number}00m, memory: ${number}28Mi}}
YAML
    printf 'priorityClassName: %s\n' "$env" >"profiles/$pool.yaml"
done

awk -v applications="$applications" '
    function values(file, kind, number,    i) {
        print "tier: backend" > file
        print "image: {ref: \"registry.shop.example/app" number "@sha256:" number "\"}" > file
        for (i = 0; i < 12; i++) {
            print "section" i ":" > file
            print "  enabled: true" > file
            print "  name: \"" kind "-" number "-" i "\"" > file
            print "  limits: {cpu: " (i + 1) "00m, memory: " (i + 1) "28Mi}" > file
            print "  hosts: [a" i ", b" i ", c" i "]" > file
        }
        close(file)
    }
    BEGIN {
        split("dev staging production", environments, " ")
        for (number = 1; number <= applications; number++) {
            name = "app-" number
            system("mkdir -p components/" name)
            file = "components/" name "/component.yaml"
            print "name: " name "\ndomain: apps" > file
            close(file)
            values("shared/apps/" name ".yaml", "shared", number)
            for (e = 1; e <= 3; e++) {
                file = "env/" environments[e] "/apps/" name ".yaml"
                print "replicas: " e "\nsection1: {name: own-" environments[e] "-" number "}" > file
                close(file)
            }
        }
    }'
