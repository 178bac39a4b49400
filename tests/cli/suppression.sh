#!/bin/sh
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

config() {
    file .bulkhead.yaml <<'YAML'
version: 1
environments: {dev: {}, prod: {}}
applications: {list: [web]}
layers: ['{env}.yaml', '{app}.yaml']
YAML
}
config
printf 'tolerations: [{key: a}]\nbox: {list: [1]}\n' >dev.yaml
printf 'tolerations: [{key: b}]\nbox: {list: [2]}\n' >prod.yaml

printf 'tolerations: [] # bulkhead: ignore[values/empty-override] runs anywhere\n' >web.yaml
run lint
expect_status 0
expect_out "no findings, 1 suppressed"

printf '# bulkhead: ignore[values/empty-override] runs anywhere\n\ntolerations: []\n' >web.yaml
run lint
expect_status 0
expect_out "1 suppressed"

# Alone above an entry it covers everything below that entry, and nothing else.
printf '# bulkhead: ignore[values/*] all of the box\nbox:\n  other: 1\n  list: []\ntolerations: []\n' >web.yaml
run lint
expect_status 1
expect_out "1 suppressed"
expect_out "web.yaml:5:14: error[values/empty-override]"

printf '# bulkhead: ignore-file[values/empty-override] all of it\nbox: {list: []}\ntolerations: []\n' >web.yaml
run lint
expect_status 0
expect_out "2 suppressed"

# A comment in a string is none.
printf 'text: "# bulkhead: ignore[values/empty-override]"\ntolerations: []\n' >web.yaml
run lint
expect_status 1

printf 'a: 1 # bulkhead: ignore[values/empty-override] nothing here\n' >web.yaml
run lint
expect_out "web.yaml:1:6: warning[engine/unused-suppression]"
run lint --select engine --select values/duplicate-key
expect_out "no findings"

# Exceptions, severities and overrides of the configuration.
printf 'tolerations: []\n' >web.yaml
printf 'rules:\n  exceptions:\n    - {rule: values/empty-override, app: web, reason: runs anywhere}\n' >>.bulkhead.yaml
run lint
expect_status 0
expect_out "1 suppressed"
config
printf 'rules:\n  exceptions:\n    - {rule: values/empty-override, env: dev, reason: runs anywhere}\n' >>.bulkhead.yaml
run lint --format json
expect_status 1
check "the release that is excused is gone" 'jq -e ".findings[0].releases == [\"prod/web\"]" out >/dev/null'
config
printf 'rules:\n  exceptions:\n    - {rule: values/empty-override, app: other, reason: never}\n' >>.bulkhead.yaml
run lint
expect_out "the exception for values/empty-override suppresses nothing"
config
printf 'rules:\n  exceptions:\n    - {rule: values/empty-override, reason: for a while, until: 2020-01-31}\n' >>.bulkhead.yaml
run lint
expect_status 1
expect_out "error[values/empty-override]"
expect_out "the exception for values/empty-override ended on 2020-01-31"
config
printf 'rules:\n  severity: {values/empty-override: info}\n' >>.bulkhead.yaml
run lint
expect_status 0
expect_out "info[values/empty-override]"
config
printf 'rules:\n  overrides:\n    - {path: "web.yaml", ignore: [values/empty-override]}\n' >>.bulkhead.yaml
run lint
expect_status 0
config
printf 'rules:\n  exceptions:\n    - {rule: values/empty-override}\n' >>.bulkhead.yaml
run lint
expect_status 2
expect_err "an exception needs a reason"

# Bicep and Terraform.
config
printf 'a: 1\n' >web.yaml
pool='name = "s"\n    node_count = 1\n'
printf 'resource "azurerm_kubernetes_cluster" "c" {\n  default_node_pool {\n    %b  }\n}\n' "$pool" >main.tf
run lint --severity warning
expect_out "main.tf:4:18: warning[infra/system-pool-minimum]"
printf '# bulkhead: ignore[infra/*] one will do\nresource "azurerm_kubernetes_cluster" "c" {\n  default_node_pool {\n    %b  }\n}\n' "$pool" >main.tf
run lint --severity warning
expect_out "no findings, 1 suppressed"
printf 'resource "azurerm_kubernetes_cluster" "c" {\n  default_node_pool {\n    name = "s # bulkhead: ignore[infra/*]"\n    node_count = 1 // bulkhead: ignore[infra/pools-differ]\n  }\n}\n' >main.tf
run lint --severity warning
expect_out "main.tf:4:18: warning[infra/system-pool-minimum]"
expect_out "main.tf:4:20: warning[engine/unused-suppression]"

finish
