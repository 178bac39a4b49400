#include "json.h"

#include <inttypes.h>
#include <math.h>

enum { JSON_DEPTH = 2000, JSON_BYTES = 64 * 1024 * 1024 };

struct str json_number(struct arena *arena, double number)
{
    double size = fabs(number);
    if (size == 0 || (size >= 1e-6 && size < 1e21))
        return format_go_float(arena, number, 'f', -1);
    struct str text = format_go_float(arena, number, 'e', -1);
    /* e-09 is written e-9 */
    if (text.n >= 4 && text.p[text.n - 4] == 'e' && text.p[text.n - 3] == '-' &&
        text.p[text.n - 2] == '0')
        return str_format(arena, "%.*s%c", (int)text.n - 2, text.p, text.p[text.n - 1]);
    return text;
}

static void add_character(struct text *out, uint32_t c, struct str bytes, bool escape_html)
{
    static const struct {
        uint32_t character;
        const char *escape;
    } escapes[] = {{'"', "\\\""}, {'\\', "\\\\"}, {'\b', "\\b"}, {'\f', "\\f"},
                   {'\n', "\\n"}, {'\r', "\\r"},  {'\t', "\\t"}};
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        if (c == escapes[i].character) {
            text_add_c(out, escapes[i].escape);
            return;
        }
    }
    bool is_html = c == '<' || c == '>' || c == '&';
    bool is_invalid = c == 0xFFFD && bytes.n == 1;
    if (c < 0x20 || c == 0x2028 || c == 0x2029 || is_invalid || (is_html && escape_html))
        text_format(out, "\\u%04x", c);
    else
        text_add(out, bytes);
}

static void add_string(struct text *out, struct str s, bool escape_html)
{
    text_add_char(out, '"');
    while (s.n) {
        uint32_t c;
        size_t length = utf8_decode(s, &c);
        add_character(out, c, str_slice(s, 0, length), escape_html);
        s = str_from(s, length);
    }
    text_add_char(out, '"');
}

struct writer {
    struct text out;
    struct json_style style;
};

static void add_line(struct writer *writer, unsigned depth)
{
    if (!writer->style.indent)
        return;
    text_add_char(&writer->out, '\n');
    for (unsigned i = 0; i < depth; i++)
        text_add_c(&writer->out, writer->style.indent);
}

static bool add_value(struct writer *writer, struct value value, unsigned depth);

static bool add_list(struct writer *writer, const struct value_list *list, unsigned depth)
{
    text_add_char(&writer->out, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            text_add_char(&writer->out, ',');
        add_line(writer, depth + 1);
        if (!add_value(writer, list->items[i], depth + 1))
            return false;
    }
    if (list->count)
        add_line(writer, depth);
    text_add_char(&writer->out, ']');
    return true;
}

static bool add_map(struct writer *writer, const struct value_map *map, unsigned depth)
{
    text_add_char(&writer->out, '{');
    for (size_t i = 0; i < map->count; i++) {
        if (i)
            text_add_char(&writer->out, ',');
        add_line(writer, depth + 1);
        add_string(&writer->out, map->entries[i].key, writer->style.escape_html);
        text_add_c(&writer->out, writer->style.indent ? ": " : ":");
        if (!add_value(writer, map->entries[i].value, depth + 1))
            return false;
    }
    if (map->count)
        add_line(writer, depth);
    text_add_char(&writer->out, '}');
    return true;
}

static bool add_value(struct writer *writer, struct value value, unsigned depth)
{
    struct text *out = &writer->out;
    if (depth > JSON_DEPTH || out->n > JSON_BYTES)
        return false;
    switch (value.type) {
    case VALUE_NIL:
        text_add_c(out, "null");
        return true;
    case VALUE_BOOL:
        text_add_c(out, value.boolean ? "true" : "false");
        return true;
    case VALUE_FLOAT64:
        text_add(out, json_number(out->arena, value.number));
        return isfinite(value.number);
    case VALUE_STRING:
        add_string(out, value_str(value), writer->style.escape_html);
        return true;
    case VALUE_BYTES:
        add_string(out, base64_encode(out->arena, value_str(value)), false);
        return true;
    case VALUE_LIST:
        if (!value.list->is_nil)
            return add_list(writer, value.list, depth);
        text_add_c(out, "null");
        return true;
    case VALUE_MAP:
        if (!value.map->is_nil)
            return add_map(writer, value.map, depth);
        text_add_c(out, "null");
        return true;
    case VALUE_OBJECT:
        return false;
    case VALUE_UINT64:
        text_format(out, "%" PRIu64, (uint64_t)value.integer);
        return true;
    default:
        text_format(out, "%" PRId64, value.integer);
        return true;
    }
}

bool value_to_json(struct arena *arena, struct value value, struct json_style style,
                   struct str *ret_text)
{
    struct writer writer = {.out = {.arena = arena}, .style = style};
    if (!add_value(&writer, value, 0))
        return false;
    *ret_text = text_str(&writer.out);
    return true;
}

/* Go looks for cycles once it is this deep. */
enum { CYCLES_FROM = 1000 };

struct search {
    struct value_walk walk;
    const void *path[JSON_DEPTH]; /* the lists and maps that are open, outermost first */
};

/* Whether the list or map is open already, as far out as Go remembers. */
static bool is_open(const struct search *search, const void *container, unsigned depth)
{
    for (unsigned i = CYCLES_FROM; i < depth; i++) {
        if (search->path[i] == container)
            return true;
    }
    return false;
}

static bool find_culprit(struct search *search, struct value value, struct value *ret_culprit)
{
    unsigned depth = search->walk.depth;
    bool is_list = value.type == VALUE_LIST;
    const void *container = is_list ? (const void *)value.list : (const void *)value.map;
    *ret_culprit = value;
    if (!is_list && value.type != VALUE_MAP)
        return value.type == VALUE_FLOAT64 && !isfinite(value.number);
    if (is_open(search, container, depth) || depth >= JSON_DEPTH ||
        !value_walk_enter(&search->walk))
        return true;
    bool found = false;
    search->path[depth] = container;
    size_t count = is_list ? value.list->count : value.map->count;
    for (size_t i = 0; i < count && !found; i++)
        found = find_culprit(search, is_list ? value.list->items[i] : value.map->entries[i].value,
                             ret_culprit);
    value_walk_leave(&search->walk);
    return found;
}

struct value value_json_culprit(struct value value)
{
    struct search search = {0};
    struct value culprit = value_nil();
    return find_culprit(&search, value, &culprit) ? culprit : value_nil();
}
