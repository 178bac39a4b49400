#include "shutdown.h"

static const char *const usual_flags[] = {"environmentState", "environment.state",
                                          "global.ameide.environmentState"};

static bool is_written(const struct model *model, struct str path)
{
    bool found = false;
    for (size_t i = 0; i < model->layer_count && !found; i++) {
        const struct layer *layer = model->layers[i].layer;
        const struct yaml_node *root = layer->kind == LAYER_FILE ? layer->root : NULL;
        found = root && object_at(root, path);
    }
    return found;
}

struct shutdown_flags shutdown_flags_find(struct arena *arena, const struct model *model)
{
    struct shutdown_flags flags = {.known = model->config->shutdown.flags,
                                   .off = model->config->shutdown.off};
    size_t usual = sizeof usual_flags / sizeof *usual_flags;
    bool is_configured = flags.known.count > 0;
    for (size_t i = 0; !is_configured && i < usual; i++)
        vector_push(arena, &flags.known, str_from_c(usual_flags[i]));
    for (size_t i = 0; i < flags.known.count; i++) {
        if (is_written(model, flags.known.items[i]))
            vector_push(arena, &flags.paths, flags.known.items[i]);
    }
    flags.are_written = flags.paths.count > 0;
    if (!flags.are_written)
        flags.paths = flags.known;
    return flags;
}

/* The map in which the flag stands or would stand, and its key; NULL: there is no such map. */
static const struct yaml_node *map_of_flag(struct arena *arena, const struct layer *layer,
                                           struct str flag, struct str *ret_key)
{
    struct values_step_list steps = values_path_parse(arena, flag);
    const struct yaml_node *map = steps.count ? layer->root : NULL;
    for (size_t i = 0; i + 1 < steps.count && map; i++)
        map = object_step(map, &steps.items[i]);
    if (!map || map->kind != YAML_MAP)
        return NULL;
    *ret_key = steps.items[steps.count - 1].key;
    return map;
}

const struct yaml_entry *shutdown_flag_entry(struct arena *arena, const struct layer *layer,
                                             struct str flag)
{
    struct str key;
    const struct yaml_node *map = map_of_flag(arena, layer, flag, &key);
    return map ? yaml_find(map, key) : NULL;
}

const struct yaml_entry *shutdown_misspelled(struct arena *arena, const struct layer *layer,
                                             struct str flag)
{
    struct str key;
    const struct yaml_node *map = map_of_flag(arena, layer, flag, &key);
    struct str_list keys = {0};
    for (size_t i = 0; map && i < map->map.count; i++) {
        struct str other = map->map.entries[i].key;
        if (other.n + 2 >= key.n && other.n <= key.n + 2) /* not `environment` */
            vector_push(arena, &keys, other);
    }
    bool is_there = map && yaml_find(map, key);
    struct str near = map && !is_there ? similar_find(key, keys.items, keys.count) : STR("");
    return near.n ? yaml_find(map, near) : NULL;
}

bool shutdown_is_off(const struct shutdown_flags *flags, const struct yaml_node *value)
{
    if (!value)
        return false;
    if (flags->off)
        return yaml_equal(flags->off, value);
    return value->kind == YAML_STRING && str_is(value->text, "off");
}
