#include "model_dump.h"

UNIT_ARENA(arena)

/* What is detected, as `bulkhead init` writes it, and the model that it gives. */
static struct str detect(const char *const *pairs)
{
    struct tree *tree = open_files(&arena, pairs);
    struct config *config = arena_make(&arena, struct config);
    struct diagnostics sink = {.arena = &arena};
    if (!model_detect(&arena, tree, &sink, config))
        return STR("nothing");
    struct str text = config_write(&arena, config);
    struct str model = dump_model(&arena, model_load(&arena, tree, config, 1, &sink));
    text = str_from(text, str_find(text, STR("applications:")));
    return str_join(&arena, text, model);
}

START_TEST(application_sets_come_before_names_of_files)
{
    const char *const files[] = {
        "argo/set.yaml",
        "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: s}\n"
        "spec:\n"
        "  goTemplate: true\n"
        "  generators: [{list: {elements: [{env: dev}, {env: blue}]}}]\n"
        "  template:\n"
        "    metadata: {name: 'web-{{ .env }}'}\n"
        "    spec: {source: {path: web, helm: {valueFiles: ['values-{{ .env }}.yaml']}}}\n",
        "web/Chart.yaml",
        "{name: web, version: 1.0.0}",
        "web/values-dev.yaml",
        "a: 1",
        "web/values-prod.yaml",
        "a: 1",
        NULL,
    };
    ck_assert_str(detect(files), "applications:\n"
                                 "  # Applications and ApplicationSets of Argo CD.\n"
                                 "  argocd:\n"
                                 "    - 'argo/*.{yaml,yml}'\n"
                                 "dev/web: web/values-dev.yaml\n"
                                 "blue/web: (web/values-blue.yaml)\n");
}
END_TEST

START_TEST(a_chart_that_makes_applications_is_a_root)
{
    const char *const files[] = {
        "root/Chart.yaml",
        "{name: root, version: 1.0.0}",
        "root/values-one.yaml",
        "web: true",
        "root/templates/web.yaml",
        "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web}\n"
        "spec: {source: {path: web, helm: {valueFiles: ['{{ .Release.Name }}.yaml']}}}\n",
        "web/Chart.yaml",
        "{name: web, version: 1.0.0}",
        "web/root.yaml",
        "a: 1",
        NULL,
    };
    ck_assert_str(detect(files),
                  "applications:\n"
                  "  # Charts that make Applications of Argo CD.\n"
                  "  argocd:\n"
                  "    roots:\n"
                  "      - {name: root, chart: root, layers: ['root/values-{env}.yaml']}\n"
                  "one/root: root/values-one.yaml\n"
                  "one/web: web/root.yaml\n");
}
END_TEST

START_TEST(deployers_that_deploy_other_things_are_passed_over)
{
    const char *const files[] = {
        "example.yaml",
        "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: x}\n"
        "spec: {source: {chart: elsewhere, helm: {values: 'a: 1'}}}\n",
        "charts/web/Chart.yaml",
        "{name: web, version: 1.0.0}",
        "charts/web/values-dev.yaml",
        "a: 1",
        "charts/web/values-prod.yaml",
        "a: 1",
        NULL,
    };
    struct str found = detect(files);
    ck_assert(!str_contains(found, STR("argocd")));
    ck_assert(str_contains(found, STR("dev/web: charts/web/values-dev.yaml\n")));
}
END_TEST

START_TEST(flux_and_helmfile_are_found_by_their_roots)
{
    const char *const files[] = {
        "clusters/dev/apps.yaml",
        "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"
        "metadata: {name: a}\nspec: {path: apps}\n",
        "apps/web.yaml",
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n"
        "metadata: {name: web}\nspec: {values: {a: 1}}\n",
        "helm/helmfile.yaml",
        "helmfiles: [part/helmfile.yaml]\n",
        "helm/part/helmfile.yaml",
        "releases: [{name: db, chart: x/db, values: [db.yaml]}]\n",
        "helm/part/db.yaml",
        "a: 1",
        NULL,
    };
    ck_assert_str(detect(files), "applications:\n"
                                 "  # Kustomizations and HelmReleases of Flux.\n"
                                 "  flux:\n"
                                 "    - 'clusters/dev/*.{yaml,yml}'\n"
                                 "  helmfile:\n"
                                 "    - helm/helmfile.yaml\n"
                                 "dev/web: apps/web.yaml:4\n"
                                 "default/db: helm/part/db.yaml\n");
}
END_TEST

UNIT_TESTS("repo/detect_deployers", ONCE(application_sets_come_before_names_of_files),
           ONCE(a_chart_that_makes_applications_is_a_root),
           ONCE(deployers_that_deploy_other_things_are_passed_over),
           ONCE(flux_and_helmfile_are_found_by_their_roots))
