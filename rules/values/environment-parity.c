#include "engine/engine.h"

/* A path that a file of some environment sets. */
struct setting {
    struct str path;
    struct span span; /* in the first environment's file */
    bool *set;        /* per compared release */
};

struct comparison {
    struct pass *pass;
    struct str_list keys;
    const struct release **releases; /* in the order of the environments */
    size_t count;
    size_t current;
    struct map settings; /* path → struct setting */
};

/* Keys of no chart, where people put what they repeat by anchors. */
static bool is_anchor_place(const struct layer_value *value)
{
    return !value->parent && value->entry && str_starts_with(value->entry->key, STR("x-"));
}

static bool visit(void *context, const struct layer_value *value)
{
    struct comparison *comparison = context;
    if (is_anchor_place(value))
        return false;
    if (!value->entry || !str_list_has(&comparison->keys, value->entry->key))
        return value->node->kind == YAML_MAP;
    if (yaml_is_blank(value->node))
        return false;
    struct arena *arena = pass_arena(comparison->pass);
    struct str path = layer_value_path(arena, value);
    struct setting *setting = map_get(&comparison->settings, path);
    if (!setting) {
        setting = arena_make(arena, struct setting);
        *setting = (struct setting){path, value_span(value->node, value->entry->key_span),
                                    arena_make_array(arena, bool, comparison->count)};
        map_put(arena, &comparison->settings, path, setting);
    }
    setting->set[comparison->current] = true;
    return false;
}

static bool is_compared(struct pass *pass, const struct release *release)
{
    struct str_list except = pass_option_strings(pass, "except");
    for (size_t i = 0; i < except.count; i++) {
        if (glob_match(except.items[i], release->environment->name))
            return false;
    }
    return !release->environment->cluster_scope && !release_has_unread_layers(release);
}

static void collect(struct comparison *comparison, const struct application *application)
{
    struct pass *pass = comparison->pass;
    comparison->releases =
        arena_make_array(pass_arena(pass), const struct release *, application->release_count);
    for (size_t i = 0; i < application->release_count; i++) {
        if (is_compared(pass, application->releases[i]))
            comparison->releases[comparison->count++] = application->releases[i];
    }
    for (; comparison->current < comparison->count; comparison->current++) {
        const struct release *release = comparison->releases[comparison->current];
        for (size_t i = 0; i < release->layer_count; i++) {
            const struct layer *layer = release->layers[i].layer;
            /* What all applications of an environment load is the business of env/globals-contract.
             */
            bool own = layer && release_layer_is_own(&release->layers[i]);
            if (own && pass_layer_use(pass, layer)->environment)
                layer_walk(layer, visit, comparison);
        }
    }
}

static void report_missing(struct comparison *comparison, const struct setting *setting,
                           const bool *missing)
{
    struct str_list have = {0};
    struct report *report = pass_report(comparison->pass, setting->span, "message");
    report_values_path(report, setting->path);
    for (size_t i = 0; i < comparison->count; i++) {
        if (missing[i])
            report_only_for(report, comparison->releases[i]);
        else if (setting->set[i])
            vector_push(pass_arena(comparison->pass), &have,
                        comparison->releases[i]->environment->name);
    }
    report_argument(report, "set",
                    str_list_join(pass_arena(comparison->pass), &have, STR(" and ")));
}

/* More environments than these are sites rather than steps on the way to production. */
enum { MOST_STEPS = 5 };

/* An environment lacks the value when a weaker one has it, or nearly all of the others. In a model
 * that was detected neither the order nor the environments are certain. */
static void compare(struct comparison *comparison, const struct setting *setting)
{
    bool detected = pass_model(comparison->pass)->detected;
    bool *missing = arena_make_array(pass_arena(comparison->pass), bool, comparison->count);
    size_t first = comparison->count;
    size_t lacking = 0;
    for (size_t i = 0; i < comparison->count; i++) {
        const struct merged *values = pass_values(comparison->pass, comparison->releases[i]);
        const struct yaml_node *node = merged_at(values, setting->path).node;
        missing[i] = !setting->set[i] && (!node || yaml_is_blank(node));
        first = setting->set[i] && first == comparison->count ? i : first;
        lacking += missing[i];
    }
    bool few = detected ? lacking * 4 <= comparison->count && lacking == 1
                        : lacking * 3 <= comparison->count;
    bool steps = !detected && comparison->count <= MOST_STEPS;
    bool any = false;
    for (size_t i = 0; i < comparison->count; i++) {
        missing[i] = missing[i] && (few || (steps && i > first));
        any = any || missing[i];
    }
    if (any)
        report_missing(comparison, setting, missing);
}

/* What no template reads need not be the same anywhere: values/unread-key says so. */
static bool is_read(const struct comparison *comparison, const struct setting *setting)
{
    const struct reads *reads = pass_reads(comparison->pass, comparison->releases[0]);
    return !reads || reads_path(pass_arena(comparison->pass), reads, setting->path);
}

static void check(struct pass *pass, const struct application *application)
{
    struct comparison comparison = {.pass = pass, .keys = pass_option_strings(pass, "keys")};
    collect(&comparison, application);
    for (size_t i = 0; i < comparison.settings.count; i++) {
        const struct setting *setting = comparison.settings.items[i].value;
        if (is_read(&comparison, setting))
            compare(&comparison, setting);
    }
}

const struct rule_code rule_values_environment_parity = {.application = check, .uses_reads = true};
