#include "merge.h"

#include "values_path.h"

static bool is_map(const struct value_write *write)
{
    return write->node->kind == YAML_MAP;
}

static bool is_default(const struct value_write *write)
{
    return write->layer->kind == LAYER_CHART;
}

/* A value is made of the maps above the last value that is no map, and of the chart's default map,
 * which is filled in below whatever map the files end up with. This is the index of the lowest
 * write of a values file among them, or write_count when the winner is no map or a default. */
static size_t first_contributor(const struct merged *merged)
{
    size_t from = merged->write_count;
    while (from > 0 && is_map(&merged->writes[from - 1]) && !is_default(&merged->writes[from - 1]))
        from--;
    return from;
}

static bool fills_up(const struct merged *merged)
{
    return is_default(&merged->writes[0]) && is_map(&merged->writes[0]);
}

static size_t count_contributors(const struct merged *merged, size_t first)
{
    size_t files = merged->write_count - first;
    return files ? files + (first > 0 && fills_up(merged)) : 0;
}

struct write_list {
    struct value_write *items;
    size_t count, capacity;
};

struct child_draft {
    struct str key;
    struct write_list writes;
};

struct draft_list {
    struct child_draft *items;
    size_t count, capacity;
};

static void add_entries(struct arena *arena, struct draft_list *drafts, struct map *by_key,
                        const struct value_write *write)
{
    for (size_t i = 0; i < write->node->map.count; i++) {
        const struct yaml_entry *entry = &write->node->map.entries[i];
        size_t number = (size_t)(uintptr_t)map_get(by_key, entry->key);
        if (!number) {
            vector_add(arena, drafts)->key = entry->key;
            number = drafts->count;
            map_put(arena, by_key, entry->key, (void *)(uintptr_t)number);
        }
        struct value_write added = {write->layer, entry->value, entry->key_span};
        vector_push(arena, &drafts->items[number - 1].writes, added);
    }
}

static void expand(struct arena *arena, struct merged *merged)
{
    const struct value_write *winner = &merged->writes[merged->write_count - 1];
    bool default_below = merged->write_count > 1 && is_default(&merged->writes[0]) &&
                         winner->layer->kind != LAYER_CHART;
    merged->deletes_default = winner->node->kind == YAML_NULL && default_below &&
                              merged->writes[0].node->kind != YAML_NULL;
    size_t first = first_contributor(merged);
    if (count_contributors(merged, first) < 2)
        return;
    struct draft_list drafts = {0};
    struct map by_key = {0};
    if (first > 0 && fills_up(merged))
        add_entries(arena, &drafts, &by_key, &merged->writes[0]);
    for (size_t i = first; i < merged->write_count; i++)
        add_entries(arena, &drafts, &by_key, &merged->writes[i]);
    merged->expanded = true;
    merged->child_count = drafts.count;
    merged->children = arena_make_array(arena, struct merged, drafts.count);
    for (size_t i = 0; i < drafts.count; i++) {
        merged->children[i] = (struct merged){
            .key = drafts.items[i].key,
            .parent = merged,
            .writes = drafts.items[i].writes.items,
            .write_count = drafts.items[i].writes.count,
        };
        expand(arena, &merged->children[i]);
    }
}

const struct merged *merge_layers(struct arena *arena, const struct layer *const *layers,
                                  size_t count)
{
    static const struct yaml_node nothing = {.kind = YAML_MAP, .style = YAML_FLOW};
    static const struct layer no_layer = {.kind = LAYER_FILE};
    struct merged *root = arena_make(arena, struct merged);
    struct value_write *writes = arena_make_array(arena, struct value_write, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (layers[i]->kind == LAYER_UNKNOWN || layers[i]->root->kind != YAML_MAP)
            continue;
        writes[root->write_count++] = (struct value_write){layers[i], layers[i]->root, {0}};
    }
    if (!root->write_count)
        writes[root->write_count++] = (struct value_write){&no_layer, &nothing, {0}};
    root->writes = writes;
    expand(arena, root);
    return root;
}

const struct value_write *merged_winner(const struct merged *merged)
{
    return &merged->writes[merged->write_count - 1];
}

const struct value_write *merged_hidden(const struct merged *merged)
{
    const struct value_write *winner = merged_winner(merged);
    if (merged->write_count < 2)
        return NULL;
    const struct value_write *below = winner - 1;
    return is_map(winner) && is_map(below) ? NULL : below;
}

const struct merged *merged_child(const struct merged *merged, struct str key)
{
    for (size_t i = 0; i < merged->child_count; i++) {
        if (str_equal(merged->children[i].key, key))
            return &merged->children[i];
    }
    return NULL;
}

/* The place of a layer among those that write the map. */
static size_t rank_in(const struct merged *map, const struct layer *layer)
{
    size_t rank = 0;
    while (rank < map->write_count && map->writes[rank].layer != layer)
        rank++;
    return rank;
}

const struct merged *merged_child_above(const struct merged *map, struct str key, struct str other)
{
    const struct merged *child = merged_child(map, key);
    const struct merged *lower = merged_child(map, other);
    if (!child || !lower || child->write_count < 2)
        return NULL;
    const struct value_write *value = merged_winner(child);
    const struct value_write *hidden = merged_hidden(child);
    bool differs = hidden && !str_equal(yaml_text(value->node), yaml_text(hidden->node));
    bool is_above = rank_in(map, value->layer) > rank_in(map, merged_winner(lower)->layer);
    return differs && is_above ? child : NULL;
}

struct str merged_path(struct arena *arena, const struct merged *merged)
{
    if (!merged->parent)
        return STR("");
    return values_path_key(arena, merged_path(arena, merged->parent), merged->key);
}

static struct merged_value value_of(const struct merged *merged)
{
    const struct value_write *winner = merged_winner(merged);
    if (merged->deletes_default)
        return (struct merged_value){.merged = merged};
    return (struct merged_value){winner->node, winner->layer, winner->key_span, merged};
}

static struct merged_value step_into(struct merged_value value, const struct values_step *step)
{
    const struct merged_value none = {0};
    if (value.merged && value.merged->expanded) {
        const struct merged *child = step->is_index ? NULL : merged_child(value.merged, step->key);
        return child ? value_of(child) : none;
    }
    if (!value.node)
        return none;
    if (step->is_index) {
        bool there = value.node->kind == YAML_LIST && step->index < value.node->list.count;
        const struct yaml_node *item = there ? value.node->list.items[step->index] : NULL;
        return item ? (struct merged_value){item, value.layer, item->span, NULL} : none;
    }
    const struct yaml_entry *entry = yaml_find(value.node, step->key);
    return entry ? (struct merged_value){entry->value, value.layer, entry->key_span, NULL} : none;
}

struct merged_value merged_at(const struct merged *root, struct str path)
{
    struct arena scratch = {0};
    struct values_step_list steps = values_path_parse(&scratch, path);
    struct merged_value value = value_of(root);
    for (size_t i = 0; i < steps.count && (value.node || value.merged); i++)
        value = step_into(value, &steps.items[i]);
    arena_release(&scratch);
    return value;
}
