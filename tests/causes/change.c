#include "change.h"

static struct yaml_node text_node(const struct yaml_node *before, struct str text)
{
    struct yaml_node node = {.kind = YAML_STRING, .span = before->span, .text = text};
    return node;
}

/* "v1.9" → "v1.8": stays what it was, a number, a version, a size. */
static struct str with_other_digit(struct arena *arena, struct str text, bool is_first)
{
    struct str copy = str_copy(arena, text);
    for (size_t i = 0; i < copy.n; i++) {
        char *digit = (char *)copy.p + (is_first ? i : copy.n - 1 - i);
        if (*digit >= '0' && *digit <= '9') {
            *digit = *digit == '9' ? '8' : (char)(*digit + 1);
            return copy;
        }
    }
    return str_join(arena, text, STR("x"));
}

/* Of the words that templates ask for most. */
static struct str opposite(struct str text)
{
    static const char *const pairs[][2] = {{"on", "off"}, {"true", "false"}, {"yes", "no"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        for (size_t k = 0; k < 2; k++) {
            if (str_is(text, pairs[i][k]))
                return str_from_c(pairs[i][1 - k]);
        }
    }
    return STR("other");
}

static bool change_text(struct arena *arena, const struct yaml_node *before, size_t number,
                        struct yaml_node *ret_node)
{
    struct str text = before->text;
    switch (number) {
    case 0:
        *ret_node = text_node(before, with_other_digit(arena, text, false));
        return true;
    case 1:
        *ret_node = text_node(before, str_join(arena, text, STR("x")));
        return true;
    case 2:
        *ret_node = text_node(before, str_join(arena, STR("x"), text));
        return true;
    case 3:
        *ret_node = text_node(before, STR("changed"));
        return true;
    case 4:
        *ret_node = text_node(before, STR(""));
        return true;
    case 5:
        *ret_node = text_node(before, STR("[{name: changed}]"));
        return true;
    case 6:
        *ret_node = text_node(before, with_other_digit(arena, text, true));
        return true;
    case 7:
        *ret_node = text_node(before, opposite(text));
        return true;
    default:
        return false;
    }
}

static bool change_number(const struct yaml_node *before, size_t number, struct yaml_node *ret_node)
{
    double numbers[] = {before->number + 1, before->number * 1000 + 7, 0};
    if (number >= sizeof numbers / sizeof *numbers)
        return false;
    *ret_node = *before;
    ret_node->number = numbers[number];
    return true;
}

/* What stands in the place of something empty, by its kind. */
static bool fill(struct arena *arena, const struct yaml_node *before, size_t number,
                 struct yaml_node *ret_node)
{
    static const char *const nothing[] = {"changed",
                                          "{changed: changed}",
                                          "[changed]",
                                          "7",
                                          "[{name: changed, key: changed, operator: Exists}]",
                                          "true",
                                          NULL};
    static const char *const maps[] = {"{changed: changed}", "{changed: {changed: changed}}", NULL};
    static const char *const lists[] = {"[changed]",
                                        "[{name: changed, key: changed, operator: Exists}]", NULL};
    static const char *const strings[] = {"changed",     "7",    "'{changed: changed}'",
                                          "'[changed]'", "soft", NULL};
    const char *const *texts = before->kind == YAML_MAP    ? maps
                               : before->kind == YAML_LIST ? lists
                               : before->kind == YAML_NULL ? nothing
                                                           : strings;
    for (size_t i = 0; i <= number; i++) {
        if (!texts[i])
            return false;
    }
    *ret_node = *yaml_root(yaml_parse_bytes(arena, str_from_c(texts[number]), 0, &limits_default));
    ret_node->span = before->span;
    return true;
}

static bool empty(const struct yaml_node *before, size_t number, struct yaml_node *ret_node)
{
    *ret_node = *before;
    if (before->kind == YAML_LIST)
        ret_node->list.count = 0;
    else
        ret_node->map.count = 0;
    return number == 0;
}

static bool is_empty(const struct yaml_node *node)
{
    return node->kind == YAML_NULL || (node->kind == YAML_LIST && !node->list.count) ||
           (node->kind == YAML_MAP && !node->map.count) ||
           (node->kind == YAML_STRING && !node->text.n);
}

static bool change_value(struct arena *arena, const struct yaml_node *before, size_t number,
                         struct yaml_node *ret_node)
{
    if (is_empty(before))
        return fill(arena, before, number, ret_node);
    switch (before->kind) {
    case YAML_BOOL:
        *ret_node = *before;
        ret_node->boolean = !before->boolean;
        return number == 0;
    case YAML_NUMBER:
        return change_number(before, number, ret_node);
    case YAML_STRING:
        return change_text(arena, before, number, ret_node);
    default:
        return empty(before, number, ret_node);
    }
}

bool change(struct arena *arena, const struct yaml_node *before, size_t number,
            struct yaml_node *ret_node)
{
    if (change_value(arena, before, number, ret_node))
        return true;
    bool is_last = number == 0 || change_value(arena, before, number - 1, ret_node);
    *ret_node = (struct yaml_node){.kind = YAML_NULL, .span = before->span};
    return is_last && before->kind != YAML_NULL;
}

static const char *const plausible[] = {
    "[{name: a, key: a, operator: Exists, mountPath: /a, topologyKey: a}]",
    "{changed: changed}",
    "changed",
    "7",
    "true",
    "{enabled: true, changed: changed}",
    "[changed]",
    "soft",
    "false",
};
_Static_assert(sizeof plausible / sizeof *plausible == VALUES_WITH_COUNT, "one for each number");

/* Writes below a value what the steps lead to. */
static void write_at(struct arena *arena, struct value *value, const struct values_step *steps,
                     size_t count, struct value written)
{
    if (!count) {
        *value = written;
        return;
    }
    if (steps->is_index) {
        bool there = value->type == VALUE_LIST && steps->index < value->list->count;
        if (there)
            write_at(arena, &value->list->items[steps->index], steps + 1, count - 1, written);
        return;
    }
    if (value->type != VALUE_MAP)
        *value = value_of_map(value_map_new(arena, MAP_ANY));
    if (!value_map_get(value->map, steps->key))
        value_map_set(value->map, steps->key, value_nil());
    write_at(arena, value_map_get(value->map, steps->key), steps + 1, count - 1, written);
}

struct value_map *values_with(struct arena *arena, const struct release *release, struct str path,
                              size_t number)
{
    struct value root = value_of_map(release_file_values(arena, release));
    struct values_step_list steps = values_path_parse(arena, path);
    const struct yaml_node *node =
        yaml_root(yaml_parse_bytes(arena, str_from_c(plausible[number]), 0, &limits_default));
    write_at(arena, &root, steps.items, steps.count, value_from_yaml(arena, node));
    return root.map;
}

struct yaml_entry *entry_of(const struct yaml_node *around, const struct yaml_node *node)
{
    struct yaml_entry *found = NULL;
    for (size_t i = 0; around->kind == YAML_MAP && i < around->map.count && !found; i++) {
        struct yaml_entry *entry = &around->map.entries[i];
        found = entry->value == node ? entry : entry_of(entry->value, node);
    }
    for (size_t i = 0; around->kind == YAML_LIST && i < around->list.count && !found; i++)
        found = entry_of(around->list.items[i], node);
    return found;
}

bool render_values(struct renderer *renderer, struct arena *arena, const struct release *release,
                   const struct value_map *values, struct rendering *ret_rendering)
{
    struct diagnostics problems = {.arena = arena};
    struct render_options options = {
        .release = release->release_name,
        .namespace = release->namespace,
        .helm = 4,
        .capabilities = capabilities_default(arena, 4),
        .limits = &limits_default,
    };
    struct renderer_input input = {
        .package = renderer_load(renderer, release->chart->directory, &problems),
        .values = values,
        .options = &options,
        .skips_schemas = true,
    };
    return renderer_render(renderer, arena, &input, &problems, ret_rendering);
}
