#!/bin/sh
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

file .bulkhead.yaml <<'YAML'
version: 1
environments:
  dev: {namespace: shop-dev, pool: dev}
  prod: {namespace: shop-prod}
applications:
  list: [{name: web, domain: apps}]
layers:
  - {path: 'env/{env}/globals.yaml'}
  - {path: '{domain}/{app}.yaml'}
  - {path: 'env/{env}/{domain}/{app}.yaml', optional: true}
YAML
printf 'pool: {name: dev}\ntolerations: [{key: a}]\n' | file env/dev/globals.yaml
printf 'pool: {name: prod}\ntolerations: [{key: b}]\n' | file env/prod/globals.yaml
printf 'tolerations: []\npool:\n  size: 2\n' | file apps/web.yaml
printf 'pool: {size: 5}\n' | file env/prod/apps/web.yaml

run --version
expect_status 0
expect_out "bulkhead "
run --help
expect_status 0
for name in lint list why reach template rules init lsp; do
    expect_out "  $name "
done
for name in lint list why reach template rules init lsp; do
    run "$name" --help
    expect_status 0
    expect_out "bulkhead $name"
    check "its help fits 80 columns" '! grep -q ".\{81\}" out'
    expect_no_err
done

run list environments
expect_status 0
expect_out "namespace shop-dev  pool dev"
run list applications
expect_out "dev, prod"
run list releases
expect_out "prod/web  namespace shop-prod"
run list layers
expect_out "missing   env/dev/apps/web.yaml"
expect_out "          env/prod/apps/web.yaml"
run list files
expect_out "2 releases  (shared)      apps/web.yaml"
run list everything
expect_status 2
expect_err "unknown list everything; known are environments, applications, releases, layers, files"
run list releses
expect_err "unknown list releses, did you mean releases?"

run why prod/web pool.size
expect_status 0
expect_out "wins                   env/prod/apps/web.yaml:1:8: 5"
expect_out "hidden                 apps/web.yaml:3:3: 2"
run why prod/web pool
expect_out "merged                 env/prod/globals.yaml:1:1: {name: prod}"
run why prod/web pool.name
expect_out "env/prod/globals.yaml:1:8: prod"
run why dev/web
expect_out "pool.name: dev  # env/dev/globals.yaml:1:8"
run why dev/web nothing.here
expect_status 2
expect_err "no layer of the release sets nothing.here"
run why prod/web pool.siez
expect_status 2
expect_err "no layer of the release sets pool.siez, did you mean pool.size?"
run why dev/wbe
expect_status 2
expect_err "did you mean dev/web?"

# A name that means nothing is an error: nothing found would say that all is well.
run lint --env prd
expect_status 2
expect_err "--env: no environment is called prd, did you mean prod?"
expect_no_out
run lint --env 'p*' --app weeb
expect_status 2
expect_err "--app: no application is called weeb, did you mean web?"
run lint --env staging-eu
expect_err "--env: no environment is called staging-eu; known are dev, prod"
run lint --severity eror
expect_status 2
expect_err "unknown severity eror, did you mean error?"
run lint --fail-on often
expect_status 2
expect_err "unknown fail-on often; known are error, warning, info, never"
run rules --format jsn
expect_status 2
expect_err "unknown format jsn, did you mean json?"

run lint
expect_status 1
expect_no_err
expect_out "apps/web.yaml:1:14: error[values/empty-override]"
expect_out "note: env/dev/globals.yaml:2:14: hides this list"
expect_out "note: releases dev/web, prod/web"
expect_out "in 2 environments, 1 application, 2 releases, 4 files"
run
expect_status 1
expect_out "apps/web.yaml:1:14: error[values/empty-override]"
run lint --fail-on never
expect_status 0
run lint --ignore values/empty-override
expect_status 0
run lint --select values/duplicate-key
expect_status 0
run lint --env prod
expect_status 1
run lint --app 'w*'
expect_status 1
run lint env/prod/apps
expect_status 1
run lint --quiet --ignore all
expect_status 0
expect_no_out
run lint --statistics
expect_out "1  values/empty-override"
cd env/prod
run lint .
expect_status 1
expect_out "apps/web.yaml:1:14"
rm -f out err
cd ../..

run rules
expect_status 0
expect_out "values/empty-override"
run rules values/empty-override
expect_out "Why it matters"
run rules values/empty-overide
expect_status 2
expect_err "did you mean values/empty-override?"

# init writes what detection found, and never over a file.
run init
expect_status 2
expect_err "there is a .bulkhead.yaml already"
rm .bulkhead.yaml
rm -rf env apps
printf 'apiVersion: v2\nname: web\nversion: 1.0.0\n' | file charts/web/Chart.yaml
printf 'a: 1\n' | file charts/web/values.yaml
printf 'a: 2\n' | file charts/web/values-dev.yaml
printf 'a: 3\n' | file charts/web/values-prod.yaml
run list layers
mv out detected
run init .
expect_status 0
check "the file is there" '[ -s .bulkhead.yaml ]'
run list layers
expect_status 0
expect_no_err
check "the written configuration gives what was detected" 'cmp -s out detected'

finish
