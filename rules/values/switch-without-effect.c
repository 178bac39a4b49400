#include "engine/engine.h"

struct search {
    struct pass *pass;
    const struct application *application;
    const struct layer *layer;
};

static bool is_false(const struct yaml_node *node)
{
    return node && node->kind == YAML_BOOL && !node->boolean;
}

/* True when the value is a part of something that is switched off: `ingress.tls` of
 * `ingress.enabled: false`. */
static bool is_part_of_what_is_off(const struct search *search, const struct release *release,
                                   struct str path)
{
    struct arena *arena = pass_arena(search->pass);
    const struct merged *values = pass_values(search->pass, release);
    for (size_t end = 0; end < path.n; end++) {
        struct str part = str_slice(path, 0, end);
        if (path.p[end] != '.' && path.p[end] != '[')
            continue;
        struct str enabled = values_path_key(arena, part, STR("enabled"));
        if (!str_equal(enabled, path) && is_false(merged_at(values, enabled).node))
            return true;
    }
    return false;
}

static bool loads(const struct release *release, const struct layer *layer)
{
    for (size_t i = 0; i < release->layer_count; i++) {
        if (release->layers[i].layer == layer)
            return true;
    }
    return false;
}

/* With values that cannot be seen, as a part of what is off, or where nothing can be rendered it
 * may have one. */
static bool has_effect(const struct search *search, const struct release *release, struct str path)
{
    return release_has_unknown_layers(release) || is_part_of_what_is_off(search, release, path) ||
           pass_feels_switch(search->pass, release, path);
}

/* True when the value stands at other paths, too: in what has an anchor, or is an alias. */
static bool is_shared(const struct search *search, const struct layer_value *value)
{
    for (; value; value = value->parent) {
        struct span span = value->node->span;
        bool is_alias = str_starts_with(pass_text(search->pass, span), STR("*"));
        if (value->entry)
            span = (struct span){span.file, value->entry->key_span.end, span.start};
        if (is_alias ||
            (value->entry && str_find_char(pass_text(search->pass, span), '&') != STR_NOT_FOUND))
            return true;
    }
    return false;
}

static bool visit(void *context, const struct layer_value *value)
{
    struct search *search = context;
    struct arena *arena = pass_arena(search->pass);
    VECTOR(const struct release *) tried = {0};
    if (value->node->kind != YAML_BOOL || is_shared(search, value))
        return true;
    struct str path = layer_value_path(arena, value);
    for (size_t i = 0; i < search->application->release_count; i++) {
        const struct release *release = search->application->releases[i];
        if (!loads(release, search->layer) || !release_gets(release, search->layer, value))
            continue;
        if (has_effect(search, release, path))
            return true;
        vector_push(arena, &tried, release);
    }
    if (!tried.count)
        return true;
    struct report *report = pass_report(search->pass, value->node->span, "message");
    report_values_path(report, path);
    for (size_t i = 0; i < tried.count; i++)
        report_only_for(report, tried.items[i]);
    return true;
}

/* The layers that no other application loads. */
static void check(struct pass *pass, const struct application *application)
{
    struct map seen = {0};
    for (size_t i = 0; i < application->release_count; i++) {
        const struct release *release = application->releases[i];
        for (size_t k = 0; k < release->layer_count; k++) {
            const struct layer *layer = release->layers[k].layer;
            bool is_own =
                layer && layer->kind == LAYER_FILE && release_layer_is_own(&release->layers[k]);
            if (!is_own || map_has(&seen, layer->path))
                continue;
            map_put(pass_arena(pass), &seen, layer->path, pass);
            struct search search = {pass, application, layer};
            layer_walk(layer, visit, &search);
        }
    }
}

const struct rule_code rule_values_switch_without_effect = {
    .application = check,
    .uses_objects = true,
};
