#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "json.h"
#include "json_detour.h"

enum { YAML_DEPTH = 2000, YAML_BYTES = 64 * 1024 * 1024 };

struct context {
    struct arena *arena;
    struct yaml_writer writer;
    bool has_failed;
};

static void add_value(struct context *context, struct value value, bool is_in_map, unsigned depth);

static int compare_entries(const void *a, const void *b)
{
    const struct value_entry *const *left = a;
    const struct value_entry *const *right = b;
    return yaml_compare_keys((*left)->key, (*right)->key);
}

static void add_map(struct context *context, const struct value_map *map, unsigned depth)
{
    if (!map->count) {
        if (map->is_nil && !context->writer.is_pretty)
            yaml_write_plain(&context->writer, STR("null"));
        else
            yaml_write_empty(&context->writer, "{}");
        return;
    }
    const struct value_entry **entries =
        arena_make_array(context->arena, const struct value_entry *, map->count);
    for (size_t i = 0; i < map->count; i++)
        entries[i] = &map->entries[i];
    qsort(entries, map->count, sizeof *entries, compare_entries);
    int outer = yaml_write_start_map(&context->writer);
    for (size_t i = 0; i < map->count && !context->has_failed; i++) {
        struct str key = entries[i]->key;
        if (!context->writer.is_pretty)
            context->has_failed |= !detour_key(context->arena, entries[i]->key, &key);
        yaml_write_key(&context->writer, key);
        add_value(context, entries[i]->value, true, depth + 1);
    }
    yaml_write_end(&context->writer, outer);
}

static void add_list(struct context *context, const struct value_list *list, bool is_in_map,
                     unsigned depth)
{
    if (!list->count) {
        if (list->is_nil && !context->writer.is_pretty)
            yaml_write_plain(&context->writer, STR("null"));
        else
            yaml_write_empty(&context->writer, "[]");
        return;
    }
    int outer = yaml_write_start_list(&context->writer, is_in_map);
    for (size_t i = 0; i < list->count && !context->has_failed; i++) {
        yaml_write_item(&context->writer);
        add_value(context, list->items[i], false, depth + 1);
    }
    yaml_write_end(&context->writer, outer);
}

/* The number went through JSON: what has neither point nor exponent there is an integer, if one of
 * 64 bits holds it; the rest is written as Go prints a float. */
static struct str number_text(struct arena *arena, double number)
{
    struct str text = json_number(arena, number);
    int64_t integer;
    uint64_t unsigned_integer;
    if (parse_go_int(text, 10, &integer))
        return str_format(arena, "%" PRId64, integer);
    if (parse_go_uint(text, 10, &unsigned_integer))
        return text;
    return format_go_float(arena, number, 'g', -1);
}

static void add_string(struct context *context, struct str s)
{
    struct str text = s;
    bool is_pretty = context->writer.is_pretty;
    if (is_pretty && utf8_find_invalid(s) != STR_NOT_FOUND) {
        text = base64_encode(context->arena, s);
        yaml_write_plain(&context->writer, str_join(context->arena, STR("!!binary "), text));
        return;
    }
    if (!is_pretty)
        context->has_failed |= !detour_text(context->arena, s, &text);
    yaml_write_string(&context->writer, text);
}

static void add_value(struct context *context, struct value value, bool is_in_map, unsigned depth)
{
    struct str text;
    if (depth > YAML_DEPTH || context->writer.out.n > YAML_BYTES) {
        context->has_failed = true;
        return;
    }
    switch (value.type) {
    case VALUE_LIST:
        add_list(context, value.list, is_in_map, depth);
        return;
    case VALUE_MAP:
        add_map(context, value.map, depth);
        return;
    case VALUE_STRING:
        add_string(context, value_str(value));
        return;
    case VALUE_FLOAT64:
        context->has_failed |= !isfinite(value.number);
        yaml_write_plain(&context->writer,
                         context->writer.is_pretty
                             ? format_go_float(context->arena, value.number, 'g', -1)
                             : number_text(context->arena, value.number));
        return;
    default:
        context->has_failed |= !value_to_json(context->arena, value, (struct json_style){0}, &text);
        if (context->has_failed)
            return;
        if (value.type == VALUE_BYTES)
            yaml_write_string(&context->writer, str_slice(text, 1, text.n - 1));
        else
            yaml_write_plain(&context->writer, text);
    }
}

static bool write_value(struct arena *arena, struct value value, bool is_pretty,
                        struct str *ret_text)
{
    struct context context = {.arena = arena, .writer = yaml_writer_start(arena)};
    context.writer.is_pretty = is_pretty;
    add_value(&context, value, false, 0);
    if (context.has_failed)
        return false;
    *ret_text = yaml_writer_finish(&context.writer);
    return true;
}

bool value_to_yaml(struct arena *arena, struct value value, struct str *ret_text)
{
    return write_value(arena, value, false, ret_text);
}

struct str value_yaml_problem(struct arena *arena, struct value value)
{
    return detour_problem(arena, value);
}

bool value_to_pretty_yaml(struct arena *arena, struct value value, struct str *ret_text)
{
    return write_value(arena, value, true, ret_text);
}
