#include "deploy_dump.h"

UNIT_ARENA(arena)

START_TEST(every_item_of_a_list_is_an_application)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        "version: 1\n"
        "applications:\n"
        "  from:\n"
        "    - files: config/*/cluster.yaml\n"
        "      each: .hubs\n"
        "      when: '{{ not .skip }}'\n"
        "      name: '{{ .name }}'\n"
        "      environment: '{{ .file.dir | base }}'\n"
        "      chart: 'charts/{{ .chart }}'\n"
        "      namespace: '{{ .name }}-ns'\n"
        "      release: 'hub-{{ .name }}'\n"
        "      layers: ['all.yaml {{ .file.dir }}/c.yaml',\n"
        "               \"{{ range .files }}{{ $.file.dir }}/{{ . }}\\n{{ end }}\"]\n",
        "config/one/cluster.yaml",
        "hubs:\n"
        "  - {name: a, chart: hub, files: [x.yaml, y.yaml]}\n"
        "  - {name: b, chart: none, skip: true}\n",
        "config/two/cluster.yaml",
        "hubs: [{name: a, chart: gone}]\n",
        "charts/hub/Chart.yaml",
        "{name: hub, version: 1.0.0}",
        NULL,
    };
    ck_assert_str(
        dump_deployments(&arena, files),
        "one/a as hub-a in a-ns [charts/hub] all.yaml config/one/c.yaml config/one/x.yaml "
        "config/one/y.yaml\n"
        "two/a as hub-a in a-ns all.yaml config/two/c.yaml\n"
        "unresolved: the chart charts/gone of a is not in this repository\n"
        "unresolved: 1 parts of what is deployed cannot be worked out from the files\n");
}
END_TEST

START_TEST(a_document_or_a_list_of_texts_may_be_what_is_read)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        "version: 1\n"
        "environments: {dev: {}}\n"
        "applications:\n"
        "  from:\n"
        "    - {files: a/*.yaml, name: '{{ .file.stem }}', environment: '{{ .env }}'}\n"
        "    - {files: list.yaml, name: '{{ .item }}', environment: qa}\n"
        "    - {files: list.yaml, name: '{{ .item }}'}\n",
        "a/web.yaml",
        "env: dev\n",
        "list.yaml",
        "[one]\n",
        NULL,
    };
    ck_assert_str(dump_deployments(&arena, files),
                  "dev/web\n"
                  "dev/one\n"
                  "unresolved: it does not show to which environment one belongs\n"
                  "unresolved: 1 parts of what is deployed cannot be worked out from the files\n");
}
END_TEST

UNIT_TESTS("from", ONCE(every_item_of_a_list_is_an_application),
           ONCE(a_document_or_a_list_of_texts_may_be_what_is_read))
