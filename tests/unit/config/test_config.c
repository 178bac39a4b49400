#include "config/config.h"

#include "unit.h"

UNIT_ARENA(arena)

static bool load(const char *text, struct config *config, struct diagnostics *sink)
{
    struct tree_memory_file *file = arena_make(&arena, struct tree_memory_file);
    *file = (struct tree_memory_file){STR("sub/.bulkhead.yaml"), str_from_c(text)};
    sink->arena = &arena;
    return config_load(&arena, tree_open_memory(&arena, file, 1), file->path, sink, config);
}

START_TEST(everything_is_read)
{
    struct config config;
    struct diagnostics sink = {0};
    ck_assert(
        load("version: 1\n"
             "root: ..\n"
             "environments:\n"
             "  dev: {namespace: n, pool: p, taint: t, domain: d, cluster: c, hosts: ['*.d'],\n"
             "    vault: {server: s, path: q}, state: on}\n"
             "  ops: {scope: cluster}\n"
             "  preview: {base: dev}\n"
             "labels: {tier: x/tier}\n"
             "tiers: [a, b]\n"
             "applications:\n"
             "  charts: charts/*\n"
             "  deployed: with-layer\n"
             "layers: [base.yaml, {path: '{env}.yaml', optional: true, environments: [dev]}]\n"
             "charts: {repo/*: charts/*}\n"
             "shared: {namespaces: [argocd], hosts: [h], objects: [Service/a]}\n"
             "rules:\n"
             "  profile: isolation\n"
             "  select: values/forbidden-key\n"
             "  exceptions: [{rule: values/*, app: a, reason: r, until: 2027-01-31}]\n"
             "  overrides: [{path: 'x/**', ignore: [values]}]\n",
             &config, &sink));
    ck_assert_uint_eq(sink.count, 0);
    ck_assert_str(config.root, "");
    ck_assert_uint_eq(config.environments.count, 3);
    const struct config_environment *dev = &config.environments.items[0];
    ck_assert_str(dev->vault_path, "q");
    ck_assert_str(dev->state, "on");
    const struct config_environment *preview = &config.environments.items[2];
    ck_assert_str(preview->base, "dev");
    ck_assert(!config_is_foreign(preview, dev));
    ck_assert(config_is_foreign(dev, preview));
    ck_assert(!config_is_foreign(dev, dev));
    ck_assert(!config_is_foreign(dev, &config.environments.items[1]));
    ck_assert_str(dev->hosts.items[0], "*.d");
    ck_assert(!dev->cluster_scope);
    ck_assert(config.environments.items[1].cluster_scope);
    ck_assert_str(config.label_tier, "x/tier");
    ck_assert_str(config.label_pool, "pool");
    ck_assert_int_eq(config.deployed, DEPLOYED_WITH_LAYER);
    ck_assert_uint_eq(config.application_charts.count, 1);
    ck_assert(!config.layers.items[0].optional);
    ck_assert(config.layers.items[1].optional);
    ck_assert_str(config.layers.items[1].environments.items[0], "dev");
    ck_assert_str(config.chart_sources.items[0].directory, "charts/*");
    ck_assert_str(config.shared_objects.items[0], "Service/a");
    ck_assert_str(config.rules.select.items[0], "values/forbidden-key");
    ck_assert_str(config.rules.exceptions.items[0].until, "2027-01-31");
    ck_assert_str(config.rules.overrides.items[0].ignore.items[0], "values");
    arena_release(&arena);
}
END_TEST

/* What is wrong, and a part of what is said. */
static const struct {
    const char *text, *message;
} wrong[] = {
    {"version: 2\n", "version must be 1"},
    {"environments: {}\n", "`version: 1` is missing"},
    {"version: 1\nlayer: []\n", "unknown key `layer` in the configuration, did you mean `layers`?"},
    {"version: 1\nenvironments: {dev: {namspace: x}}\n", "did you mean `namespace`?"},
    {"version: 1\nenvironments: {dev: {scope: pod}}\n", "scope is `environment` or `cluster`"},
    {"version: 1\nenvironments: {dev: {base: int}}\n", "base int of dev is no environment"},
    {"version: 1\npools: [{bicpe: x}]\n", "did you mean `bicep`?"},
    {"version: 1\npools: [{bicep: x, name: y}]\n", "names files of one kind, or is a pool itself"},
    {"version: 1\npools: [{min: 1}]\n", "an item of pools needs a name"},
    {"version: 1\npools: [{name: a, min: 1.5}]\n", "min must be a whole number of nodes"},
    {"version: 1\npools: [{name: a, taints: ['k=v']}]\n", "a taint is written key=value:Effect"},
    {"version: 1\npools: [{name: a, labels: {x: []}}]\n", "a label must be a string, not a list"},
    {"version: 1\npools: [{name: a, mode: admin}]\n", "mode is `system` or `user`"},
    {"version: 1\nenvironments: []\n", "environments must be a map, not a list"},
    {"version: 1\nlayers: [{optional: true}]\n", "a layer needs a path"},
    {"version: 1\nlayers: ['{nev}.yaml']\n", "unknown placeholder `{nev}`, did you mean env"},
    {"version: 1\nlayers: [{path: x, optional: 1}]\n", "optional must be a boolean, not a number"},
    {"version: 1\nroot: ../..\n", "root leads out of the repository"},
    {"version: 1\nrules: {exceptions: [{rule: a}]}\n", "an exception needs a reason"},
    {"version: 1\nrules: {exceptions: [{rule: a, reason: b, until: soon}]}\n", "must be a date"},
    {"version: 1\napplications: {list: [{chart: x}]}\n", "an application needs a name"},
    {"version: 1\napplications: {deployed: never}\n", "deployed is `everywhere` or `with-layer`"},
    {"version: [\n", "expected"},
};

START_TEST(mistakes_are_named)
{
    struct config config;
    struct diagnostics sink = {0};
    ck_assert_msg(!load(wrong[_i].text, &config, &sink), "%s", wrong[_i].text);
    bool said = false;
    for (size_t i = 0; i < sink.count; i++)
        said = said || str_contains(sink.items[i].message, str_from_c(wrong[_i].message));
    ck_assert_msg(said, "%s does not say: %s", wrong[_i].text, wrong[_i].message);
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("config/config", ONCE(everything_is_read), EACH(mistakes_are_named, wrong))
