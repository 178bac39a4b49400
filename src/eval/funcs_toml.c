#include <math.h>

#include "base/base.h"
#include "encode.h"
#include "functions.h"
#include "time.h"

/* toToml, as github.com/BurntSushi/toml writes: values first, then tables, both sorted. */

enum { TOML_DEPTH = 100 };

struct toml {
    struct text out;
    const char *problem; /* why the value cannot be written; NULL: nothing yet */
};

/* The keys that lead to a table. */
struct toml_path {
    const struct toml_path *outer;
    struct str key;
};

static size_t path_length(const struct toml_path *path)
{
    size_t length = 0;
    for (; path; path = path->outer)
        length++;
    return length;
}

static bool is_bare(struct str key)
{
    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        if (!is_ascii_alphanumeric(c) && c != '_' && c != '-')
            return false;
    }
    return key.n > 0;
}

static void add_quoted(struct text *out, struct str s)
{
    static const struct {
        char character;
        const char *escape;
    } escapes[] = {{'\t', "\\t"},  {'\n', "\\n"}, {'\r', "\\r"}, {'"', "\\\""},
                   {'\\', "\\\\"}, {'\b', "\\b"}, {'\f', "\\f"}};
    text_add_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        const char *escape = NULL;
        for (size_t k = 0; k < sizeof escapes / sizeof *escapes; k++) {
            if (s.p[i] == escapes[k].character)
                escape = escapes[k].escape;
        }
        if (escape)
            text_add_c(out, escape);
        else if (c < 0x20 || c == 0x7F)
            text_format(out, "\\u%04x", c);
        else
            text_add_char(out, (char)c);
    }
    text_add_char(out, '"');
}

static void add_key(struct text *out, struct str key)
{
    if (is_bare(key))
        text_add(out, key);
    else
        add_quoted(out, key);
}

static void add_path(struct text *out, const struct toml_path *path)
{
    if (path->outer) {
        add_path(out, path->outer);
        text_add_char(out, '.');
    }
    add_key(out, path->key);
}

static void add_float(struct text *out, double number)
{
    if (isnan(number) || isinf(number)) {
        text_add_c(out, isnan(number) ? "nan" : number < 0 ? "-inf" : "inf");
        return;
    }
    struct str text = format_go_float(out->arena, number, 'g', -1);
    text_add(out, text);
    if (str_find_char(text, '.') == STR_NOT_FOUND && str_find_char(text, 'e') == STR_NOT_FOUND)
        text_add_c(out, ".0");
}

static void add_value(struct toml *toml, struct value value, unsigned depth);

static void add_list(struct toml *toml, const struct value_list *list, unsigned depth)
{
    text_add_char(&toml->out, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            text_add_c(&toml->out, ", ");
        add_value(toml, list->items[i], depth + 1);
    }
    text_add_char(&toml->out, ']');
}

static void add_inline_table(struct toml *toml, const struct value_map *map, unsigned depth)
{
    bool is_first = true;
    text_add_char(&toml->out, '{');
    for (size_t i = 0; i < map->count; i++) {
        if (map->entries[i].value.type == VALUE_NIL)
            continue;
        if (!is_first)
            text_add_c(&toml->out, ", ");
        is_first = false;
        add_key(&toml->out, map->entries[i].key);
        text_add_c(&toml->out, " = ");
        add_value(toml, map->entries[i].value, depth + 1);
    }
    text_add_char(&toml->out, '}');
}

static void add_value(struct toml *toml, struct value value, unsigned depth)
{
    struct str json;
    if (depth > TOML_DEPTH) {
        toml->problem = "toml: the value is nested too deep";
        return;
    }
    switch (value.type) {
    case VALUE_NIL:
        toml->problem = "toml: cannot encode array with nil element";
        break;
    case VALUE_FLOAT64:
        add_float(&toml->out, value.number);
        break;
    case VALUE_STRING:
        add_quoted(&toml->out, value_str(value));
        break;
    case VALUE_LIST:
        add_list(toml, value.list, depth);
        break;
    case VALUE_MAP:
        add_inline_table(toml, value.map, depth);
        break;
    default:
        if (value_to_json(toml->out.arena, value, (struct json_style){0}, &json))
            text_add(&toml->out, json);
    }
}

/* A list of which every item is a map, and that has some. */
static bool is_list_of_tables(struct value value)
{
    if (value.type != VALUE_LIST || !value.list->count)
        return false;
    for (size_t i = 0; i < value.list->count; i++) {
        if (value.list->items[i].type != VALUE_MAP)
            return false;
    }
    return true;
}

/* An empty line, but not at the start. */
static void add_gap(struct toml *toml)
{
    if (toml->out.n)
        text_add_char(&toml->out, '\n');
}

static void add_table(struct toml *toml, const struct value_map *map, const struct toml_path *path);

static void add_header(struct toml *toml, const struct toml_path *path, bool is_item)
{
    if (is_item || !path->outer)
        add_gap(toml);
    text_add_repeated(&toml->out, ' ', 2 * (path_length(path) - 1));
    text_add_c(&toml->out, is_item ? "[[" : "[");
    add_path(&toml->out, path);
    text_add_c(&toml->out, is_item ? "]]\n" : "]\n");
}

static void add_tables(struct toml *toml, const struct value_entry *entry,
                       const struct toml_path *outer)
{
    struct toml_path path = {outer, entry->key};
    if (path_length(&path) > TOML_DEPTH) {
        toml->problem = "toml: the value is nested too deep";
        return;
    }
    if (entry->value.type == VALUE_MAP) {
        add_header(toml, &path, false);
        add_table(toml, entry->value.map, &path);
        return;
    }
    for (size_t i = 0; i < entry->value.list->count; i++) {
        add_header(toml, &path, true);
        add_table(toml, entry->value.list->items[i].map, &path);
    }
}

static void add_table(struct toml *toml, const struct value_map *map, const struct toml_path *path)
{
    for (size_t i = 0; i < map->count; i++) {
        const struct value_entry *entry = &map->entries[i];
        bool is_table = entry->value.type == VALUE_MAP || is_list_of_tables(entry->value);
        if (is_table || value_is_nil(entry->value))
            continue;
        text_add_repeated(&toml->out, ' ', 2 * path_length(path));
        add_key(&toml->out, entry->key);
        text_add_c(&toml->out, " = ");
        add_value(toml, entry->value, 0);
        text_add_char(&toml->out, '\n');
    }
    for (size_t i = 0; i < map->count && !toml->problem; i++) {
        const struct value_entry *entry = &map->entries[i];
        bool is_table = entry->value.type == VALUE_MAP || is_list_of_tables(entry->value);
        if (is_table && !value_is_nil(entry->value))
            add_tables(toml, entry, path);
    }
}

/* What cannot be written gives the text of the error. A value that is no map has no TOML, but comes
 * out as what would stand behind a key. */
static bool run_to_toml(struct call *call, struct value *ret_value)
{
    struct toml toml = {.out = {.arena = call->arena}};
    struct value value = value_to_plain(call->arena, call->arguments[0]);
    if (value.type == VALUE_NIL)
        return call_fail(call, "reflect: call of reflect.Value.Type on zero Value");
    if (value.type == VALUE_MAP)
        add_table(&toml, value.map, NULL);
    else if (is_list_of_tables(value))
        toml.problem = "toml: top-level values must be Go maps or structs";
    else
        add_value(&toml, value, 0);
    *ret_value = value_string(toml.problem ? str_from_c(toml.problem) : text_str(&toml.out));
    return true;
}

/* The forms of a date and time; those without a zone get one that is named so. */
static const struct {
    const char *layout, *zone;
} date_forms[] = {
    {"2006-01-02T15:04:05.999999999Z07:00", NULL},
    {"2006-01-02T15:04:05.999999999", "datetime-local"},
    {"2006-01-02", "date-local"},
    {"15:04:05.999999999", "time-local"},
    {"2006-01-02T15:04Z07:00", NULL},
    {"2006-01-02T15:04", "datetime-local"},
    {"15:04", "time-local"},
};

/* Go's layouts let leading zeros be missing: the characters between the numbers tell. */
static bool lacks_zero(struct str text, const char *layout)
{
    for (size_t i = 0; layout[i] && layout[i] != '.' && layout[i] != 'Z'; i++) {
        bool is_digit = layout[i] >= '0' && layout[i] <= '9';
        if (!is_digit && (i >= text.n || text.p[i] != layout[i]))
            return true;
    }
    return false;
}

static bool read_date(struct arena *arena, struct str text, struct value *ret_value)
{
    for (size_t i = 0; i < sizeof date_forms / sizeof *date_forms; i++) {
        struct go_time time;
        struct str problem;
        if (!time_parse(arena, str_from_c(date_forms[i].layout), text, &time, &problem))
            continue;
        time.zone = str_from_c(date_forms[i].zone);
        *ret_value = time_object(arena, time);
        return !lacks_zero(text, date_forms[i].layout);
    }
    return false;
}

static bool run_from_toml(struct call *call, struct value *ret_value)
{
    static const struct toml_options options = {.read_date = read_date};
    struct str text = value_str(call->arguments[0]);
    struct str problem;
    if (!call_spend(call, text.n))
        return false;
    if (value_from_toml(call->arena, text, &options, ret_value, &problem))
        return true;
    struct value_map *map = value_map_new(call->arena, MAP_ANY);
    value_map_set(map, STR("Error"), value_string(problem));
    *ret_value = value_of_map(map);
    return true;
}

static const struct function table[] = {
    FUNCTION("toToml", run_to_toml, PARAMETER_ANY),
    FUNCTION("fromToml", run_from_toml, PARAMETER_STRING),
};
const struct function_family funcs_toml = FUNCTION_FAMILY(table);
