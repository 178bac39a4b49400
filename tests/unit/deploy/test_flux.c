#include "deploy_dump.h"

UNIT_ARENA(arena)

#define FLUX "version: 1\napplications: {flux: 'clusters/**/*.yaml'}\n"
#define KUSTOMIZATION "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"
#define RELEASE "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n"

START_TEST(overlays_patch_the_releases_of_their_base)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        FLUX,
        "clusters/blue/apps.yaml",
        KUSTOMIZATION "metadata: {name: apps}\n"
                      "spec: {path: ./apps/blue, sourceRef: {kind: GitRepository, name: here}}\n",
        "clusters/green/apps.yaml",
        KUSTOMIZATION "metadata: {name: apps}\n"
                      "spec: {path: ./apps/green, postBuild: {substitute: {size: large}}}\n",
        "apps/base/kustomization.yaml",
        "resources: [web.yaml]\nnamespace: web\n"
        "configMapGenerator: [{name: web-values, files: [values.yaml=given.yaml]}]\n",
        "apps/base/web.yaml",
        RELEASE "metadata: {name: web}\n"
                "spec:\n"
                "  chart: {spec: {chart: ./charts/web, sourceRef: {kind: GitRepository}}}\n"
                "  valuesFrom:\n"
                "    - {kind: ConfigMap, name: web-values}\n"
                "    - {kind: Secret, name: hidden}\n"
                "  values: {a: 1}\n",
        "apps/blue/kustomization.yaml",
        "resources: [../base]\n"
        "patches:\n"
        "  - patch: |\n"
        "      - {op: replace, path: /spec/values/a, value: 2}\n"
        "      - {op: add, path: /spec/targetNamespace, value: blue}\n"
        "    target: {kind: HelmRelease, name: web}\n",
        "apps/green/kustomization.yaml",
        "bases: [../base]\npatchesStrategicMerge: [web.yaml, gone.yaml]\n",
        "apps/green/web.yaml",
        RELEASE "metadata: {name: web}\nspec:\n  values: {b: '${size}', c: '${none:=x}'}\n",
        "charts/web/Chart.yaml",
        "{name: web, version: 1.0.0}",
        NULL,
    };
    ck_assert_str(
        dump_deployments(&arena, files),
        "blue/web as blue-web in blue [charts/web] apps/base/given.yaml Secret/hidden? "
        "apps/base/web.yaml:9 apps/blue/kustomization.yaml:4\n"
        "green/web in web [charts/web] apps/base/given.yaml Secret/hidden? apps/base/web.yaml:9 "
        "apps/green/web.yaml:5\n"
        "unresolved: the patch gone.yaml is not there\n"
        "unresolved: 1 parts of what is deployed cannot be worked out from the files\n");
}
END_TEST

START_TEST(kustomizations_lead_to_others_and_to_folders_without_one)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        "version: 1\n"
        "applications: {flux: 'clusters/**/*.yaml'}\n"
        "charts: {'apps.example/*': 'vendor/*'}\n",
        "clusters/dev/sync.yaml",
        KUSTOMIZATION "metadata: {name: sync}\nspec: {path: clusters/dev}\n",
        "clusters/dev/more/far.yaml",
        KUSTOMIZATION "metadata: {name: far}\nspec: {path: far/away}\n",
        "clusters/dev/more/own.yaml",
        RELEASE "metadata: {name: own}\n"
                "spec: {releaseName: mine, chartRef: {kind: OCIRepository, name: own}}\n",
        "clusters/dev/sources.yaml",
        "apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\n"
        "metadata: {name: own}\nspec: {url: 'oci://apps.example/own'}\n"
        "---\n"
        "apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\n"
        "metadata: {name: them}\nspec: {url: 'https://charts.example/stable'}\n",
        "vendor/own/Chart.yaml",
        "{name: own, version: 1.0.0}",
        "clusters/qa/alone.yaml",
        RELEASE "metadata: {name: alone-qa}\n"
                "spec:\n"
                "  chart: {spec: {chart: copy, version: 2.0.0,\n"
                "                 sourceRef: {kind: HelmRepository, name: them}}}\n",
        "third-party/copy/Chart.yaml",
        "{name: copy, version: 2.0.0}",
        NULL,
    };
    ck_assert_str(
        dump_deployments(&arena, files),
        "dev/own as mine [vendor/own]\n"
        "qa/alone as alone-qa [third-party/copy]\n"
        "unresolved: the folder far/away of the Kustomization far is not in this repository\n"
        "unresolved: 1 parts of what is deployed cannot be worked out from the files\n");
}
END_TEST

START_TEST(components_and_generated_folders_are_built_once)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        FLUX,
        "clusters/dev/all.yaml",
        KUSTOMIZATION "metadata: {name: all}\nspec: {path: all, targetNamespace: t}\n",
        "all/one/kustomization.yaml",
        "resources: [r.yaml]\ncomponents: [../../part]\nnamePrefix: x-\n",
        "all/one/r.yaml",
        RELEASE "metadata: {name: one, namespace: n}\nspec: {chart: {spec: {chart: c}}}\n"
                "---\n" RELEASE "metadata: {name: two}\nspec: {values: {}}\n",
        "all/one/not-named.yaml",
        RELEASE "metadata: {name: three}\n",
        "part/kustomization.yaml",
        "kind: Component\npatches: [{path: off.yaml}]\n",
        "part/off.yaml",
        RELEASE "metadata: {name: two}\n$patch: delete\n",
        NULL,
    };
    ck_assert_str(dump_deployments(&arena, files), "dev/x-one in t\n");
}
END_TEST

/* The root of each environment is a patch of the Kustomization that bootstraps it; those of the
 * teams have the environment as a variable, and one that all of them are patched with has no
 * folder. */
START_TEST(what_others_lead_to_is_no_entrance)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        "version: 1\napplications: {flux: '**/*.yaml'}\n",
        "apps/all/kustomize.yaml",
        KUSTOMIZATION "metadata: {name: all}\nspec: {sourceRef: {kind: GitRepository, name: g}}\n",
        "apps/sync/base/kustomize.yaml",
        KUSTOMIZATION "metadata: {name: sync}\nspec: {path: './clusters/${NAME}'}\n",
        "apps/sync/dev/kustomize.yaml",
        KUSTOMIZATION "metadata: {name: sync}\n"
                      "spec: {path: ./clusters/dev, postBuild: {substitute: {NAME: dev}}}\n",
        "clusters/dev/kustomization.yaml",
        "resources: [../../apps/sync/base/kustomize.yaml, ../../apps/team/kustomize.yaml]\n"
        "patches:\n"
        "  - path: ../../apps/sync/dev/kustomize.yaml\n"
        "  - {path: ../../apps/all/kustomize.yaml, target: {kind: Kustomization}}\n",
        "apps/team/kustomize.yaml",
        KUSTOMIZATION "metadata: {name: team}\nspec: {path: './apps/team/${NAME}'}\n",
        "apps/team/dev/kustomization.yaml",
        "resources: [../web/web.yaml]\npatches: [{path: ../web/dev.yaml}]\n",
        "apps/team/web/web.yaml",
        RELEASE "metadata: {name: web}\nspec: {chart: {spec: {chart: c}}, values: {a: 1}}\n",
        "apps/team/web/dev.yaml",
        RELEASE "metadata: {name: web}\nspec: {values: {a: 2}}\n",
        "apps/team/web/left-over.yaml",
        RELEASE "metadata: {name: web}\nspec: {values: {a: 3}}\n",
        NULL,
    };
    ck_assert_str(dump_deployments(&arena, files),
                  "dev/web apps/team/web/web.yaml:4 apps/team/web/dev.yaml:4\n");
}
END_TEST

UNIT_TESTS("flux", ONCE(overlays_patch_the_releases_of_their_base),
           ONCE(kustomizations_lead_to_others_and_to_folders_without_one),
           ONCE(components_and_generated_folders_are_built_once),
           ONCE(what_others_lead_to_is_no_entrance))
