#include "json.h"

#include <inttypes.h>
#include <jansson.h>
#include <math.h>

enum { JSON_DEPTH = 1000, JSON_BYTES = 64 * 1024 * 1024 };

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

static struct value from_jansson(struct arena *arena, const json_t *json)
{
    const char *key;
    json_t *item;
    size_t index;
    switch (json_typeof(json)) {
    case JSON_OBJECT: {
        struct value_map *map = value_map_new(arena, MAP_ANY);
        json_object_foreach((json_t *)json, key, item)
            value_map_set(map, str_copy(arena, str_from_c(key)), from_jansson(arena, item));
        return value_of_map(map);
    }
    case JSON_ARRAY: {
        struct value_list *list = value_list_new(arena, LIST_ANY, json_array_size(json));
        json_array_foreach(json, index, item)
            value_list_add(arena, list, from_jansson(arena, item));
        return value_of_list(list);
    }
    case JSON_STRING: {
        struct str s = {json_string_value(json), json_string_length(json)};
        return value_string(str_copy(arena, s));
    }
    case JSON_INTEGER:
        return value_float((double)json_integer_value(json));
    case JSON_REAL:
        return value_float(json_real_value(json));
    case JSON_TRUE:
        return value_bool(true);
    case JSON_FALSE:
        return value_bool(false);
    case JSON_NULL:
        break;
    }
    return value_nil();
}

static void release_json(json_t **json)
{
    json_decref(*json);
}

bool value_from_json(struct arena *arena, struct str text, struct value *ret_value,
                     struct str *ret_problem)
{
    json_error_t error;
    CLEANUP(release_json)
    json_t *json = json_loadb(text.n ? text.p : "", text.n,
                              JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL, &error);
    if (json) {
        *ret_value = from_jansson(arena, json);
        return true;
    }
    *ret_problem = str_trim(text).n ? str_copy(arena, str_from_c(error.text))
                                    : STR("unexpected end of JSON input");
    return false;
}
