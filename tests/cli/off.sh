#!/bin/sh
# shellcheck disable=SC2016,SC2034 # what check evaluates later
# shellcheck source=tests/cli/lib.sh
. "$(dirname -- "$0")/lib.sh"

# bulkhead off on a repository that is switched off as it should be, and with ten mistakes in it: each is found by the
# command or by a rule of shutdown/*, and nothing else.

repository() {
    rm -rf .bulkhead.yaml env charts infra .github
    file .bulkhead.yaml <<'END'
version: 1
environments: {dev: {}, staging: {}}
applications: {list: [{name: shop, chart: charts/shop}]}
layers: ["env/{env}/globals.yaml"]
END
    for name in dev staging; do
        file env/$name/globals.yaml <<END
environment: $name
environmentState: "on"
END
    done
    file charts/shop/Chart.yaml <<'END'
apiVersion: v2
name: shop
version: 1.0.0
END
    file charts/shop/templates/web.yaml <<'END'
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {environment: {{ .Values.environment }}}}
spec:
  replicas: {{ if eq .Values.environmentState "off" }}0{{ else }}2{{ end }}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: shop/web:1.2.3, resources: {requests: {cpu: 10m, memory: 9Mi}}}]
END
    file charts/shop/templates/store.yaml <<'END'
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: store
  annotations:
    cnpg.io/hibernation: {{ ternary "on" "off" (eq .Values.environmentState "off") | quote }}
spec:
  instances: 1
  storage: {size: 1Gi}
END
    file charts/shop/templates/clean.yaml <<'END'
{{- if ne .Values.environmentState "off" }}
apiVersion: batch/v1
kind: CronJob
metadata: {name: clean}
spec:
  schedule: "0 3 * * *"
  jobTemplate: {spec: {template: {spec: {containers: [{name: clean, image: shop/clean:1.2.3, resources: {requests: {cpu: 10m, memory: 9Mi}}}]}}}}
{{- end }}
END
    file .github/workflows/night.yaml <<'END'
jobs:
  off:
    steps:
      - run: yq -i '.environmentState = "off"' env/$ENV/globals.yaml
END
}

# All that is reported, as "path:line:column rule".
findings() {
    run lint --severity info .
    sed -n 's/^\([^ ]*:[0-9]*:[0-9]*\): [a-z]*\[\([^]]*\)\].*/\1 \2/p' out >found
}

# expect_found LINE…: exactly these.
expect_found() {
    findings
    printf '%s\n' "$@" >wanted
    check "finds $*" 'diff wanted found >&2'
    rm -f wanted found
}

repository
run off dev
expect_status 0
expect_out 'Still runs (0)'
expect_out 'Loses data (0)'
expect_out 'dev/shop  Deployment/web'
expect_out 'dev/shop  Cluster/store  (its data is kept)'
expect_out 'dev/shop  CronJob/clean'
expect_no_err
run off dev --format json
expect_status 0
check 'the JSON says what stops' \
    'python3 -c "
import json
plan = json.load(open(\"out\"))
fates = {(o[\"kind\"], o[\"name\"]): o[\"fate\"] for o in plan[\"objects\"]}
assert plan[\"flags\"] == [\"environmentState\"]
assert fates == {(\"Deployment\", \"web\"): \"stops\", (\"Cluster\", \"store\"): \"stops\",
                 (\"CronJob\", \"clean\"): \"pruned\"}, fates
"'
findings
check 'nothing to report' '[ ! -s found ]'

# 1: a literal number of replicas
sed -i 's/^  replicas:.*/  replicas: 2/' charts/shop/templates/web.yaml
run off dev
expect_status 1
expect_out 'dev/shop  Deployment/web has 2 replicas'
expect_out 'charts/shop/templates/web.yaml:5:13'
expect_found 'charts/shop/templates/web.yaml:5:13 shutdown/still-running'

# 2: a CronJob that does not ask for the flag
repository
sed -i '/{{-/d' charts/shop/templates/clean.yaml
run off staging
expect_status 1
expect_out 'staging/shop  CronJob/clean starts Jobs by its schedule'
expect_found 'charts/shop/templates/clean.yaml:2:7 shutdown/still-running'

# 3: an autoscaler that has the number of replicas
repository
sed -i '/^  replicas:/d' charts/shop/templates/web.yaml
file charts/shop/templates/scale.yaml <<'END'
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: {{ if ne .Values.environmentState "off" }}5{{ else }}1{{ end }}
END
run off dev
expect_status 1
expect_out 'Deployment/web has 1 replica, set by HorizontalPodAutoscaler/web'
expect_out 'HorizontalPodAutoscaler/web scales Deployment/web up'
expect_found 'charts/shop/templates/scale.yaml:2:7 shutdown/wakes-up'

# 4: a DaemonSet
repository
file charts/shop/templates/agent.yaml <<'END'
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  template: {spec: {containers: [{name: agent, image: shop/agent:1.2.3, resources: {requests: {cpu: 10m, memory: 9Mi}}}]}}
END
expect_found 'charts/shop/templates/agent.yaml:2:7 shutdown/still-running'

# 5: a custom resource with instances
repository
sed -i '/annotations:/,/hibernation/d' charts/shop/templates/store.yaml
run off dev
expect_out 'Cluster/store (instances) has 1 replica'
expect_found 'charts/shop/templates/store.yaml:6:14 shutdown/still-running'

# 6: the flag is misspelled in one environment
repository
sed -i 's/environmentState/enviromentState/' env/staging/globals.yaml
expect_found 'env/staging/globals.yaml:2:1 shutdown/flag-name'

# 7: it is not quoted
repository
sed -i 's/"on"/on/' env/dev/globals.yaml
expect_found 'env/dev/globals.yaml:2:19 shutdown/flag-type'

# 8: it is missing in one environment
repository
sed -i '/environmentState/d' env/dev/globals.yaml
expect_found 'env/dev/globals.yaml:1:1 shutdown/flag-missing'

# 9: a claim that goes with the flag
repository
file charts/shop/templates/claim.yaml <<'END'
{{- if ne .Values.environmentState "off" }}
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: uploads}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
{{- end }}
END
run off dev
expect_status 1
expect_out 'PersistentVolumeClaim/uploads is pruned and its data with it'
expect_found 'charts/shop/templates/claim.yaml:3:7 shutdown/prunes-data'

# 10: a workflow that writes where the files were
repository
sed -i 's,env/\$ENV,values/$ENV,' .github/workflows/night.yaml
expect_found '.github/workflows/night.yaml:4:48 shutdown/workflow-path'

# Usage.
repository
run off devv
expect_status 2
expect_err 'there is no environment devv, did you mean dev?'
run off dev --format html
expect_status 2
echo 'shutdown: {flag: [x]}' >>.bulkhead.yaml
run off dev
expect_status 2
expect_err 'flags'

# A flag of another name and type.
repository
echo 'shutdown: {flags: [active], value: false}' >>.bulkhead.yaml
for name in dev staging; do printf 'environment: %s\nactive: true\n' $name >env/$name/globals.yaml; done
sed -i 's/eq .Values.environmentState "off"/not .Values.active/; s/ne .Values.environmentState "off"/.Values.active/' \
    charts/shop/templates/*.yaml
sed -i 's/environmentState = "off"/active = false/' .github/workflows/night.yaml
run off dev
expect_status 0
expect_out 'dev switched off: active in 1 releases'
findings
check 'nothing to report' '[ ! -s found ]'

finish
