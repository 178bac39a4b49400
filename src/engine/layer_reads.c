#include "layer_reads.h"

struct walk {
    struct pass *pass;
    value_reads_visit *visit;
    void *context;
};

static struct chart_reads find_charts(struct pass *pass, const struct layer_use *use)
{
    struct chart_reads charts = {0};
    for (size_t i = 0; i < use->release_count; i++) {
        const struct reads *reads = pass_reads(pass, use->releases[i]);
        bool is_new = true;
        if (!reads || reads->everything)
            return (struct chart_reads){0};
        for (size_t k = 0; k < charts.count; k++)
            is_new = is_new && charts.items[k] != reads;
        if (is_new)
            vector_push(pass_arena(pass), &charts, reads);
    }
    return charts;
}

bool value_is_read(const struct value_reads *value)
{
    for (size_t i = 0; i < value->charts->count; i++) {
        bool is_required =
            value->entry && map_has(&value->charts->items[i]->required, value->entry->key);
        if (!value->parent || is_required ||
            read_set_reads(&value->parent->sets[i], &value->sets[i]))
            return true;
    }
    return false;
}

unsigned value_uses(const struct value_reads *value)
{
    unsigned uses = 0;
    for (size_t i = 0; i < value->charts->count; i++)
        uses |= value->sets[i].uses;
    return uses;
}

static void walk_children(const struct walk *walk, const struct value_reads *parent);

static void walk_child(const struct walk *walk, struct value_reads value, struct str key)
{
    struct arena *arena = pass_arena(walk->pass);
    size_t count = value.parent->charts->count;
    struct read_set *sets = arena_make_array(arena, struct read_set, count);
    for (size_t i = 0; i < count; i++)
        sets[i] = read_set_child(arena, &value.parent->sets[i], key);
    value.charts = value.parent->charts;
    value.sets = sets;
    if (walk->visit(walk->context, &value))
        walk_children(walk, &value);
}

static void walk_children(const struct walk *walk, const struct value_reads *parent)
{
    struct arena *arena = pass_arena(walk->pass);
    const struct yaml_node *node = parent->node;
    for (size_t i = 0; node->kind == YAML_MAP && i < node->map.count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        struct value_reads value = {.parent = parent, .entry = entry, .node = entry->value};
        value.path = values_path_key(arena, parent->path, entry->key);
        if (!entry->merged)
            walk_child(walk, value, entry->key);
    }
    for (size_t i = 0; node->kind == YAML_LIST && i < node->list.count; i++) {
        struct value_reads value = {.parent = parent, .node = node->list.items[i]};
        value.path = values_path_index(arena, parent->path, i);
        walk_child(walk, value, str_format(arena, "%zu", i));
    }
}

void layer_reads_walk(struct pass *pass, const struct layer_use *use, value_reads_visit *visit,
                      void *context)
{
    struct arena *arena = pass_arena(pass);
    const struct layer *layer = use->layer;
    struct chart_reads charts = find_charts(pass, use);
    if (layer->kind != LAYER_FILE || !layer->stream->complete || !charts.count)
        return;
    struct read_set *sets = arena_make_array(arena, struct read_set, charts.count);
    for (size_t i = 0; i < charts.count; i++)
        sets[i] = reads_root(arena, charts.items[i]);
    struct walk walk = {pass, visit, context};
    struct value_reads root = {.node = layer->root, .charts = &charts, .sets = sets};
    walk_children(&walk, &root);
}
