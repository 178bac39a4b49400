#include "deploy_dump.h"

UNIT_ARENA(arena)

#define HELMFILE "version: 1\napplications: {helmfile: 'helmfile*'}\n"

START_TEST(each_environment_has_its_values_and_releases)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        HELMFILE,
        "helmfile.yaml.gotmpl",
        "bases: [bases.yaml]\n"
        "---\n"
        "repositories: [{name: them, url: 'https://charts.example/them'}]\n"
        "templates:\n"
        "  common:\n"
        "    namespace: '{{`{{ .Release.Name }}`}}-{{ .Environment.Name }}'\n"
        "    missingFileHandler: Warn\n"
        "releases:\n"
        "  - name: web\n"
        "    inherit: [{template: common}]\n"
        "    chart: ./charts/web\n"
        "    installed: {{ .Values.web.enabled }}\n"
        "    values:\n"
        "      - config/{{`{{ .Release.Name }}`}}/{{ .Environment.Name }}.yaml\n"
        "      - {replicas: {{ .Values | get \"web.replicas\" 1 }}}\n"
        "      - more.yaml.gotmpl\n"
        "    secrets: [secrets.yaml]\n"
        "    set: [{name: a.b, value: c}]\n"
        "  - {name: db, chart: them/db, version: 3.0.0, condition: db.enabled, values: "
        "['db-*.yaml']}\n",
        "bases.yaml",
        "environments:\n"
        "  dev: {values: [env/dev.yaml, {db: {enabled: true}}]}\n"
        "  prod: {values: [env/prod.yaml.gotmpl]}\n",
        "env/dev.yaml",
        "web: {enabled: true, replicas: 1}\n",
        "env/prod.yaml.gotmpl",
        "web: {enabled: {{ eq .Environment.Name \"prod\" }}, replicas: 3}\n",
        "more.yaml.gotmpl",
        "name: {{ .Release.Name }}\nsize: {{ getOrNil \"web.size\" .Values }}\n",
        "charts/web/Chart.yaml",
        "{name: web, version: 1.0.0}",
        "db-1.yaml",
        "",
        "db-2.yaml",
        "",
        "vendor/db/Chart.yaml",
        "{name: db, version: 3.0.0}",
        NULL,
    };
    ck_assert_str(dump_deployments(&arena, files),
                  "dev/web in web-dev [charts/web] config/web/dev.yaml helmfile.yaml.gotmpl:15 "
                  "more.yaml.gotmpl:1 secrets.yaml? helmfile.yaml.gotmpl:18\n"
                  "dev/db [vendor/db] db-1.yaml db-2.yaml\n"
                  "prod/web in web-prod [charts/web] config/web/prod.yaml helmfile.yaml.gotmpl:15 "
                  "more.yaml.gotmpl:1 secrets.yaml? helmfile.yaml.gotmpl:18\n");
}
END_TEST

START_TEST(a_helmfile_without_environments_has_one_and_leads_to_others)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        HELMFILE,
        "helmfile.yaml",
        "helmfiles:\n"
        "  - path: parts/*.yaml\n"
        "    values: [{enabled: true}]\n"
        "  - git::https://elsewhere.example/x.yaml\n",
        "parts/one.yaml",
        "releases:\n"
        "  - name: one\n"
        "    chart: ../charts/one\n"
        "    namespace: '{{ .Release.Name }}-ns'\n"
        "    condition: enabled\n"
        "  - {name: two, chart: c, installed: false}\n"
        "  - {name: three, chart: c, installedTemplate: '{{ eq .Release.Name \"four\" }}'}\n"
        "  - {name: four, chart: c, installedTemplate: '{{ eq .Release.Name \"four\" }}',\n"
        "     values: [/etc/four.yaml]}\n"
        "  - {name: '{{ exec \"date\" }}', chart: c}\n",
        "charts/one/Chart.yaml",
        "{name: one, version: 1.0.0}",
        NULL,
    };
    ck_assert_str(dump_deployments(&arena, files),
                  "default/one in one-ns [charts/one]\n"
                  "default/four /etc/four.yaml?\n"
                  "unresolved: the template cannot be filled in: function \"exec\" not defined\n"
                  "unresolved: git::https://elsewhere.example/x.yaml is not in this repository\n"
                  "unresolved: 2 parts of what is deployed cannot be worked out from the files\n");
}
END_TEST

UNIT_TESTS("helmfile", ONCE(each_environment_has_its_values_and_releases),
           ONCE(a_helmfile_without_environments_has_one_and_leads_to_others))
