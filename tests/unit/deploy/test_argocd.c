#include "deploy_dump.h"

UNIT_ARENA(arena)

#define HEAD "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: set}\n"
#define APPLICATION "apiVersion: argoproj.io/v1alpha1\nkind: Application\n"
#define ARGOCD "version: 1\napplications: {argocd: argo/*.yaml}\n"

START_TEST(a_git_generator_in_a_matrix_gives_what_go_templates_make_of_it)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        ARGOCD,
        "argo/set.yaml",
        HEAD "spec:\n"
             "  goTemplate: true\n"
             "  goTemplateOptions: [missingkey=error]\n"
             "  generators:\n"
             "    - matrix:\n"
             "        generators:\n"
             "          - list: {elements: [{env: dev}, {env: prod}]}\n"
             "          - git: {repoURL: here, files: [{path: 'apps/*/config.yaml'}]}\n"
             "  template:\n"
             "    metadata: {name: '{{ .env | normalize }}-{{ .path.basename }}'}\n"
             "    spec:\n"
             "      destination: {namespace: '{{ .path.basename }}-{{ .env }}'}\n"
             "      sources:\n"
             "        - repoURL: here\n"
             "          path: '{{ .path.path }}'\n"
             "          helm:\n"
             "            valueFiles: ['values-{{ .env }}.yaml', '$v/all.yaml', '$o/x.yaml']\n"
             "        - {repoURL: here, ref: v}\n"
             "        - {repoURL: elsewhere, ref: o}\n"
             "  templatePatch: |\n"
             "    {{- if .replicas }}\n"
             "    metadata:\n"
             "      labels: {size: '{{ .replicas }}'}\n"
             "    {{- end }}\n",
        "apps/web/config.yaml",
        "replicas: 2\n",
        "apps/web/Chart.yaml",
        "{name: web, version: 1.0.0}",
        "apps/in/depth/config.yaml",
        "replicas: 0\n",
        NULL,
    };
    /* The star of `files` stands for a slash too; apps/in/depth is no chart, but has `helm`. */
    ck_assert_str(
        dump_deployments(&arena, files),
        "dev/depth as dev-depth in depth-dev values-dev.yaml? all.yaml $o/x.yaml?\n"
        "dev/web as dev-web in web-dev [apps/web] apps/web/values-dev.yaml all.yaml $o/x.yaml?\n"
        "prod/depth as prod-depth in depth-prod values-prod.yaml? all.yaml $o/x.yaml?\n"
        "prod/web as prod-web in web-prod [apps/web] apps/web/values-prod.yaml all.yaml "
        "$o/x.yaml?\n");
}
END_TEST

START_TEST(templates_without_go_know_paths_and_keep_what_they_do_not_know)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        ARGOCD,
        "argo/set.yaml",
        HEAD "spec:\n"
             "  generators:\n"
             "    - git:\n"
             "        directories: [{path: 'apps/*/*'}, {path: 'apps/*/old', exclude: true}]\n"
             "        values: {tier: '{{path[1]}}'}\n"
             "  template:\n"
             "    metadata: {name: '{{path.basename}}-{{ values.tier }}-{{nothing}}'}\n"
             "    spec: {source: {path: '{{path}}', helm: {}}}\n",
        "apps/prod/web/Chart.yaml",
        "{name: web, version: 1.0.0}",
        "apps/prod/old/Chart.yaml",
        "{name: old, version: 1.0.0}",
        "apps/prod/.hidden/Chart.yaml",
        "{name: old, version: 1.0.0}",
        NULL,
    };
    ck_assert_str(dump_deployments(&arena, files),
                  "prod/web-{{nothing}} as web-prod-{{nothing}} [apps/prod/web]\n");
}
END_TEST

START_TEST(a_merge_overrides_and_selectors_leave_out)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        "version: 1\n"
        "applications:\n"
        "  argocd:\n"
        "    files: argo/*.yaml\n"
        "    clusters:\n"
        "      - {name: one, server: 'https://one', labels: {env: dev}}\n"
        "      - {name: two, server: 'https://two', labels: {env: prod}}\n"
        "      - {name: hub, server: 'https://hub'}\n",
        "argo/set.yaml",
        HEAD "spec:\n"
             "  goTemplate: true\n"
             "  generators:\n"
             "    - merge:\n"
             "        mergeKeys: [server]\n"
             "        generators:\n"
             "          - clusters:\n"
             "              selector: {matchExpressions: [{key: env, operator: Exists}]}\n"
             "              values: {size: small, on: 'yes'}\n"
             "          - list: {elements: [{server: 'https://two', values: {size: large}}]}\n"
             "    - list: {elements: [{name: x, metadata: {labels: {env: qa}}, on: 'no'}]}\n"
             "      selector: {matchLabels: {on: 'yes'}}\n"
             "  template:\n"
             "    metadata: {name: '{{ .name }}'}\n"
             "    spec:\n"
             "      source:\n"
             "        chart: web\n"
             "        repoURL: https://charts.example\n"
             "        helm:\n"
             "          valuesObject:\n"
             "            size: '{{ .values.size }}'\n"
             "            environment: '{{ .metadata.labels.env }}'\n",
        NULL,
    };
    ck_assert_str(dump_deployments(&arena, files), "dev/one argo/set.yaml:24\n"
                                                   "prod/two argo/set.yaml:24\n");
}
END_TEST

START_TEST(what_only_a_cluster_knows_is_said_and_counted)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        ARGOCD,
        "argo/set.yaml",
        HEAD "spec:\n"
             "  goTemplate: true\n"
             "  goTemplateOptions: [missingkey=error]\n"
             "  generators:\n"
             "    - pullRequest: {github: {owner: o, repo: r}}\n"
             "    - clusters: {}\n"
             "    - list: {elements: [{env: dev}]}\n"
             "  template:\n"
             "    metadata: {name: '{{ .missing }}'}\n"
             "    spec: {source: {chart: web}}\n",
        NULL,
    };
    ck_assert_str(
        dump_deployments(&arena, files),
        "unresolved: what the generator pullRequest finds is not in this repository\n"
        "unresolved: the clusters that Argo CD knows are not in this repository; "
        "applications.argocd.clusters of the configuration can name them\n"
        "unresolved: the template cannot be filled in: map has no entry for key \"missing\"\n"
        "unresolved: 3 parts of what is deployed cannot be worked out from the files\n");
}
END_TEST

/* The layers of the only deployment, lowest first. */
static struct deployment first_deployment(const char *const *pairs, struct tree **ret_tree)
{
    struct config *config = arena_make(&arena, struct config);
    struct diagnostics *sink = arena_make(&arena, struct diagnostics);
    sink->arena = &arena;
    *ret_tree = open_files(&arena, pairs);
    ck_assert(config_load(&arena, *ret_tree, STR(".bulkhead.yaml"), sink, config));
    struct deployments found = deployments_find(&arena, *ret_tree, config, sink);
    ck_assert_uint_eq(found.count, 1);
    return found.items[0];
}

static void check_line(struct tree *tree, const struct yaml_node *root, const char *path,
                       const char *text, uint32_t line)
{
    const struct yaml_node *node = yaml_at(root, str_from_c(path));
    ck_assert(node != NULL);
    ck_assert_str(yaml_text(node), text);
    ck_assert_uint_eq(tree_position(tree, node->span).line, line);
}

START_TEST(values_in_an_application_know_their_lines)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        ARGOCD,
        "argo/web.yaml",
        APPLICATION "metadata: {name: web}\n"
                    "spec:\n"
                    "  source:\n"
                    "    chart: web\n"
                    "    helm:\n"
                    "      values: |\n"
                    "        a:\n"
                    "          b: one\n"
                    "\n"
                    "        # a remark\n"
                    "        c: two\n"
                    "      parameters:\n"
                    "        - {name: a.b, value: 'x,y'}\n"
                    "        - {name: d, value: 'true'}\n"
                    "        - name: e\n"
                    "          value: 'true'\n"
                    "          forceString: true\n",
        NULL,
    };
    struct tree *tree;
    struct deployment found = first_deployment(files, &tree);
    ck_assert_uint_eq(found.layers.count, 2);
    const struct yaml_node *values = found.layers.items[0].layer->root;
    check_line(tree, values, "a.b", "one", 10);
    check_line(tree, values, "c", "two", 13);
    ck_assert_uint_eq(tree_position(tree, yaml_at(values, STR("c"))->span).column, 12);
    const struct yaml_node *set = found.layers.items[1].layer->root;
    check_line(tree, set, "a.b", "x,y", 15);
    check_line(tree, set, "d", "true", 16);
    ck_assert_int_eq(yaml_at(set, STR("d"))->kind, YAML_BOOL);
    check_line(tree, set, "e", "true", 18);
    ck_assert_int_eq(yaml_at(set, STR("e"))->kind, YAML_STRING);
}
END_TEST

START_TEST(a_chart_of_applications_is_rendered_for_each_environment)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        "version: 1\n"
        "applications: {argocd: {roots: [{name: root, chart: root,\n"
        "                                 layers: ['root/values-{env}.yaml']}]}}\n",
        "root/Chart.yaml",
        "{name: root, version: 1.0.0}",
        "root/values.yaml",
        "applications: {web: false, store: false}\n",
        "root/values-tucson.yaml",
        "applications: {web: true}\n",
        "root/values-summit.yaml",
        "applications: {web: true, store: true}\n",
        "root/templates/web.yaml",
        "{{ if .Values.applications.web }}\n" APPLICATION
        "metadata:\n  name: web\nspec:\n  source:\n    path: apps/web\n"
        "    helm:\n      parameters: [{name: n, value: {{ .Release.Name }}}]\n"
        "{{ end }}\n",
        "root/templates/store.yaml",
        "{{ if .Values.applications.store }}\n" APPLICATION
        "metadata: {name: store}\nspec: {source: {path: apps/web, helm: {valueFiles: [s.yaml]}}}\n"
        "{{ end }}\n",
        "apps/web/Chart.yaml",
        "{name: web, version: 1.0.0}",
        NULL,
    };
    ck_assert_str(dump_deployments(&arena, files),
                  "summit/root [root] root/values-summit.yaml\n"
                  "summit/web [apps/web] root/templates/web.yaml:10\n"
                  "summit/store [apps/web] apps/web/s.yaml\n"
                  "tucson/root [root] root/values-tucson.yaml\n"
                  "tucson/web [apps/web] root/templates/web.yaml:10\n");
}
END_TEST

START_TEST(a_chart_of_applications_without_environments_is_rendered_once)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        "version: 1\n"
        "environments: {dev: {}, prod: {}, shared: {scope: cluster}}\n"
        "applications: {argocd: {roots: [{name: root, chart: root}]}}\n",
        "root/Chart.yaml",
        "{name: root, version: 1.0.0}",
        "root/templates/all.yaml",
        "{{ range list \"dev\" \"prod\" }}\n" APPLICATION "metadata: {name: web-{{ . }}}\n"
        "spec: {source: {chart: web, helm: {valuesObject: {a: 1}}}}\n"
        "---\n"
        "{{ end }}\n",
        NULL,
    };
    ck_assert_str(dump_deployments(&arena, files),
                  "shared/root [root]\n"
                  "dev/web as web-dev root/templates/all.yaml:5\n"
                  "prod/web as web-prod root/templates/all.yaml:5\n");
    struct config *config = arena_make(&arena, struct config);
    struct diagnostics sink = {.arena = &arena};
    struct tree *tree = open_files(&arena, files);
    ck_assert(config_load(&arena, tree, STR(".bulkhead.yaml"), &sink, config));
    struct deployments found = deployments_find(&arena, tree, config, &sink);
    /* The template is no YAML; what was rendered is. */
    ck_assert(found.items[1].layers.items[0].layer->stream->complete);
}
END_TEST

START_TEST(an_application_of_a_folder_leads_to_others)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        "version: 1\n"
        "environments: {dev: {namespace: d}, prod: {namespace: p}, shared: {scope: cluster}}\n"
        "applications: {argocd: argo/*.yaml}\n",
        "argo/root.yaml",
        APPLICATION "metadata: {name: root-prod}\n"
                    "spec: {source: {path: apps, directory: {recurse: true}}}\n",
        "apps/x/web.yaml",
        APPLICATION "metadata: {name: web}\nspec: {source: {chart: web}}\n",
        "apps/x/other.yaml",
        APPLICATION "metadata: {name: web-dev, labels: {env: dev}}\n"
                    "spec: {source: {chart: web}, destination: {namespace: p}}\n",
        "argo/single.yaml",
        APPLICATION "metadata: {name: alone}\nspec: {source: {chart: web}}\n",
        "argo/by-namespace.yaml",
        APPLICATION "metadata: {name: db}\n"
                    "spec: {source: {chart: db}, destination: {namespace: d}}\n",
        NULL,
    };
    ck_assert_str(dump_deployments(&arena, files), "dev/db in d\n"
                                                   "dev/web as web-dev in p\n"
                                                   "prod/web\n"
                                                   "shared/alone\n");
}
END_TEST

UNIT_TESTS("argocd", ONCE(a_git_generator_in_a_matrix_gives_what_go_templates_make_of_it),
           ONCE(templates_without_go_know_paths_and_keep_what_they_do_not_know),
           ONCE(a_merge_overrides_and_selectors_leave_out),
           ONCE(what_only_a_cluster_knows_is_said_and_counted),
           ONCE(values_in_an_application_know_their_lines),
           ONCE(a_chart_of_applications_is_rendered_for_each_environment),
           ONCE(a_chart_of_applications_without_environments_is_rendered_once),
           ONCE(an_application_of_a_folder_leads_to_others))
