#include "model_dump.h"

UNIT_ARENA(arena)

static const struct model *load(const char *base, const char *dev)
{
    const char *files[] = {
        ".bulkhead.yaml",
        "version: 1\n"
        "environments: {dev: {}, production: {}}\n"
        "applications: {list: [{name: web, chart: charts/web}]}\n"
        "layers: [base.yaml, {path: 'env/{env}.yaml', optional: true}]\n",
        "charts/web/Chart.yaml",
        "apiVersion: v2\nname: web\nversion: 1.0.0\n",
        "base.yaml",
        base,
        "env/dev.yaml",
        dev,
        NULL,
    };
    struct diagnostics sink = {.arena = &arena};
    struct config *config = arena_make(&arena, struct config);
    struct tree *tree = open_files(&arena, files);
    ck_assert(config_load(&arena, tree, STR(".bulkhead.yaml"), &sink, config));
    const struct model *model = model_load(&arena, tree, config, 1, &sink);
    ck_assert_ptr_nonnull(model);
    return model;
}

struct gets {
    const struct release *release;
    const struct layer *layer;
    bool last;
};

/* Keeps the answer for the deepest value of the file, which is its last one. */
static bool ask(void *context, const struct layer_value *value)
{
    struct gets *gets = context;
    gets->last = release_gets(gets->release, gets->layer, value);
    return true;
}

static bool gets_from_base(const struct model *model, const char *name)
{
    struct gets gets = {.release = model_find_release(model, str_from_c(name))};
    for (size_t i = 0; i < gets.release->layer_count; i++) {
        if (str_is(gets.release->layers[i].path, "base.yaml"))
            gets.layer = gets.release->layers[i].layer;
    }
    ck_assert_ptr_nonnull(gets.layer);
    layer_walk(gets.layer, ask, &gets);
    return gets.last;
}

/* The expected answers are those of Helm's merge: maps merge, everything else replaces. */
static const struct {
    const char *base, *dev;
    bool gets;
} answers[] = {
    {"a: {b: x}\n", "", true},
    {"a: {b: x}\n", "a: {c: y}\n", true},
    {"a: {b: x}\n", "a: {}\n", true},
    {"a: {b: x}\n", "a: {b: y}\n", false},
    {"a: {b: x}\n", "a: {b: {}}\n", false},
    {"a: {b: x}\n", "a: {b: null}\n", false},
    {"a: {b: x}\n", "a: null\n", false},
    {"a: {b: x}\n", "a: []\n", false},
    {"a: {b: {}}\n", "a: {b: {c: 1}}\n", true},
    {"a: [x]\n", "b: [y]\n", true},
    {"a: [x]\n", "a: [y]\n", false},
    {"a: [{b: x}]\n", "a: []\n", false},
    {"a: x\n", "sops: {mac: \"ENC[AES256_GCM,data:x]\"}\nother: x\n", false},
    {"a: x\n", "$ANSIBLE_VAULT;1.1;AES256\n6162\n", false},
};

START_TEST(a_release_gets_what_no_layer_above_replaces)
{
    const struct model *model = load(answers[_i].base, answers[_i].dev);
    ck_assert_msg(gets_from_base(model, "dev/web") == answers[_i].gets, "%s under %s",
                  answers[_i].base, answers[_i].dev);
    ck_assert(gets_from_base(model, "production/web"));
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("repo/release", EACH(a_release_gets_what_no_layer_above_replaces, answers))
