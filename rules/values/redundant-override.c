#include "engine/engine.h"

/* The keys that lead to a value, innermost first. */
struct step {
    const struct step *parent;
    struct str key;
};

struct check {
    struct pass *pass;
    const struct layer_use *use;
    bool chart_defaults;
};

/* The value at the keys, NULL when there is none. Something that is no map on the way there hides
 * every lower layer. */
static const struct yaml_node *descend(const struct yaml_node *root, const struct step *step,
                                       bool *blocked)
{
    if (!step)
        return root;
    const struct yaml_node *map = descend(root, step->parent, blocked);
    const struct yaml_entry *entry = map ? yaml_find(map, step->key) : NULL;
    *blocked = *blocked || (map && map->kind != YAML_MAP);
    return entry ? entry->value : NULL;
}

static bool is_known(const struct check *check, const struct layer *layer)
{
    return layer->stream && layer->stream->complete &&
           (layer->kind == LAYER_FILE || (layer->kind == LAYER_CHART && check->chart_defaults));
}

/* What the release would have there without the layer; NULL for nothing, or nothing certain. */
static const struct yaml_node *inherited(const struct check *check, const struct release *release,
                                         const struct step *step)
{
    size_t at = release->layer_count;
    while (at > 0 && release->layers[at - 1].layer != check->use->layer)
        at--;
    for (size_t i = at ? at - 1 : 0; i > 0; i--) {
        const struct layer *layer = release->layers[i - 1].layer;
        bool empty = !layer || (layer->kind == LAYER_FILE && layer->root->kind != YAML_MAP);
        if (empty)
            continue;
        if (!is_known(check, layer))
            return NULL;
        bool blocked = false;
        const struct yaml_node *found = descend(layer->root, step, &blocked);
        if (found || blocked)
            return found;
    }
    return NULL;
}

static bool is_redundant(const struct check *check, const struct step *step,
                         const struct yaml_node *node)
{
    for (size_t i = 0; i < check->use->release_count; i++) {
        const struct yaml_node *below = inherited(check, check->use->releases[i], step);
        if (!below || !yaml_equal(below, node))
            return false;
    }
    return check->use->release_count > 0;
}

static void report(const struct check *check, const struct step *step,
                   const struct yaml_entry *entry)
{
    struct arena *arena = pass_arena(check->pass);
    bool is_map = entry->value->kind == YAML_MAP;
    struct str_list keys = {0};
    for (const struct step *at = step; at; at = at->parent)
        vector_push(arena, &keys, at->key);
    struct str path = STR("");
    for (size_t i = keys.count; i > 0; i--)
        path = values_path_key(arena, path, keys.items[i - 1]);
    struct report *report = pass_report(
        check->pass, is_map ? entry->key_span : value_span(entry->value, entry->key_span),
        is_map ? "map" : "value");
    report_values_path(report, path);
    const struct yaml_node *below = inherited(check, check->use->releases[0], step);
    if (below && below->span.end > below->span.start)
        report_related(report, below->span, "inherited from here");
}

/* True when nothing in the map changes anything; then the caller reports the map as a whole. */
static bool check_map(const struct check *check, const struct yaml_node *map,
                      const struct step *parent)
{
    bool all = map->map.count > 0;
    bool *redundant = arena_make_array(pass_arena(check->pass), bool, map->map.count);
    for (size_t i = 0; i < map->map.count; i++) {
        const struct yaml_entry *entry = &map->map.entries[i];
        struct step step = {parent, entry->key};
        if (!entry->merged)
            redundant[i] = entry->value->kind == YAML_MAP
                               ? check_map(check, entry->value, &step)
                               : is_redundant(check, &step, entry->value);
        all = all && redundant[i];
    }
    for (size_t i = 0; i < map->map.count && (!all || !parent); i++) {
        struct step step = {parent, map->map.entries[i].key};
        if (redundant[i])
            report(check, &step, &map->map.entries[i]);
    }
    return all;
}

static void check_layer(struct pass *pass, const struct layer_use *use)
{
    struct check check = {pass, use, pass_option_bool(pass, "chart-defaults")};
    if (use->layer->kind == LAYER_FILE && use->layer->root->kind == YAML_MAP)
        check_map(&check, use->layer->root, NULL);
}

const struct rule_code rule_values_redundant_override = {.layer = check_layer};
