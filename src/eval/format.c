#include "format.h"

#include <inttypes.h>

#include "base/base.h"
#include "format_private.h"
#include "object.h"

enum { FORMAT_DEPTH = 1000 }; /* lists and maps within each other */

bool format_spend(struct call *call, size_t bytes)
{
    return call_spend(call, bytes > FORMAT_BYTES ? UINT64_MAX : bytes);
}

bool format_verb_is(const struct directive *directive, const char *letters)
{
    return directive->verb && directive->verb < 0x80 && strchr(letters, (int)directive->verb);
}

void format_pad(struct text *text, const struct directive *directive, struct str body)
{
    size_t width = directive->has_width ? (size_t)directive->width : 0;
    size_t length = width ? utf8_length(body) : 0;
    size_t padding = width > length ? width - length : 0;
    if (!directive->minus)
        text_add_repeated(text, directive->zero ? '0' : ' ', padding);
    text_add(text, body);
    if (directive->minus)
        text_add_repeated(text, ' ', padding);
}

/* time.Duration's String method: "1h15m30.918s". */
static struct str duration_text(struct arena *arena, int64_t nanoseconds)
{
    struct text text = {.arena = arena};
    uint64_t rest = nanoseconds < 0 ? 0 - (uint64_t)nanoseconds : (uint64_t)nanoseconds;
    if (!rest)
        return STR("0s");
    if (nanoseconds < 0)
        text_add_char(&text, '-');
    if (rest < 1000000000) {
        const char *unit = rest < 1000 ? "ns" : rest < 1000000 ? "µs" : "ms";
        double scale = rest < 1000 ? 1 : rest < 1000000 ? 1e3 : 1e6;
        text_add(&text, format_go_float(arena, (double)rest / scale, 'f', -1));
        text_add_c(&text, unit);
        return text_str(&text);
    }
    uint64_t seconds = rest / 1000000000;
    if (seconds >= 3600)
        text_format(&text, "%" PRIu64 "h", seconds / 3600);
    if (seconds >= 60)
        text_format(&text, "%" PRIu64 "m", seconds / 60 % 60);
    text_format(&text, "%" PRIu64, seconds % 60);
    uint64_t fraction = rest % 1000000000;
    if (fraction) {
        char digits[16];
        size_t n = 9;
        for (size_t i = n; i-- > 0; fraction /= 10)
            digits[i] = (char)('0' + fraction % 10);
        while (digits[n - 1] == '0')
            n--;
        text_format(&text, ".%.*s", (int)n, digits);
    }
    text_add_char(&text, 's');
    return text_str(&text);
}

/* What stands around and between the items of a list or map. */
static void open_items(struct text *text, const struct directive *directive, const char *type_name,
                       const char *plain)
{
    text_add_c(text, directive->sharp_v ? type_name : plain);
    text_add_char(text, directive->sharp_v ? '{' : '[');
}

static void separate_items(struct text *text, const struct directive *directive, size_t index)
{
    if (index)
        text_add_c(text, directive->sharp_v ? ", " : " ");
}

static void close_items(struct text *text, const struct directive *directive)
{
    text_add_char(text, directive->sharp_v ? '}' : ']');
}

static void add_list(struct text *text, const struct directive *directive, const char *type_name,
                     const struct value_list *list, unsigned depth)
{
    open_items(text, directive, type_name, "");
    for (size_t i = 0; i < list->count && text->n <= FORMAT_BYTES; i++) {
        separate_items(text, directive, i);
        format_value(text, directive, list->items[i], depth + 1);
    }
    close_items(text, directive);
}

static void add_map(struct text *text, const struct directive *directive, const char *type_name,
                    const struct value_map *map, unsigned depth)
{
    open_items(text, directive, type_name, "map");
    for (size_t i = 0; i < map->count && text->n <= FORMAT_BYTES; i++) {
        separate_items(text, directive, i);
        format_value(text, directive, value_string(map->entries[i].key), depth + 1);
        text_add_char(text, ':');
        format_value(text, directive, map->entries[i].value, depth + 1);
    }
    close_items(text, directive);
}

static void add_bool(struct text *text, const struct directive *directive, struct value value)
{
    if (format_verb_is(directive, "tv"))
        format_pad(text, directive, value.boolean ? STR("true") : STR("false"));
    else
        format_bad_verb(text, directive, value);
}

/* Inside a list or map a nil has its own words, whatever the verb is. */
static void add_nil(struct text *text, const struct directive *directive, unsigned depth)
{
    if (depth)
        text_add_c(text, directive->sharp_v ? "interface {}(nil)" : "<nil>");
    else if (format_verb_is(directive, "vT"))
        format_pad(text, directive, STR("<nil>"));
    else
        format_bad_verb(text, directive, value_nil());
}

static void add_bytes(struct text *text, const struct directive *directive, struct value value,
                      unsigned depth)
{
    if (format_verb_is(directive, "sqxX")) {
        format_string(text, directive, value);
        return;
    }
    struct str bytes = value_str(value);
    bool is_argument = !depth && format_verb_is(directive, "v");
    open_items(text, directive, is_argument ? "[]byte" : "[]uint8", "");
    for (size_t i = 0; i < bytes.n && text->n <= FORMAT_BYTES; i++) {
        separate_items(text, directive, i);
        format_value(text, directive, value_integer(VALUE_UINT8, (uint8_t)bytes.p[i]), depth + 1);
    }
    close_items(text, directive);
}

static bool asks_method(const struct directive *directive)
{
    return !directive->without_methods && !directive->sharp_v && format_verb_is(directive, "vsqxX");
}

/* A pointer: an address, which differs from run to run in Go; here it is always the same. */
static void add_address(struct text *text, const struct directive *directive)
{
    struct directive own = *directive;
    own.verb = 'v';
    own.sharp = !directive->sharp;
    format_unsigned(text, &own, 0xc000000000, 16);
}

/* A struct, or a pointer to one, which is shown as an address inside of something else. */
static void add_struct(struct text *text, const struct directive *directive, struct value value,
                       unsigned depth)
{
    const struct object_type *type = value.object->type;
    bool is_pointer = strcmp(type->kind, "ptr") == 0;
    if (is_pointer && depth) {
        add_address(text, directive);
        return;
    }
    const char *name = value_type_name(value, directive->helm);
    text_add_c(text, is_pointer ? "&" : "");
    text_add_c(text, directive->sharp_v ? name + (is_pointer ? 1 : 0) : "");
    text_add_char(text, '{');
    for (size_t i = 0; i < type->field_count; i++) {
        const struct object_field *field = &type->fields[i];
        separate_items(text, directive, i);
        if (directive->plus_v || directive->sharp_v)
            text_format(text, "%s:", field->name);
        format_value(text, directive, object_field_value(text->arena, field, value.object->data),
                     depth + 1);
    }
    text_add_char(text, '}');
}

static void add_object(struct text *text, const struct directive *directive, struct value value,
                       unsigned depth)
{
    const struct object_type *type = value.object->type;
    struct value opened = object_open(text->arena, value);
    const char *name = value_type_name(value, directive->helm);
    if (opened.type == VALUE_MAP) {
        add_map(text, directive, name, opened.map, depth);
        return;
    }
    if (opened.type == VALUE_LIST) {
        add_list(text, directive, name, opened.list, depth);
        return;
    }
    bool has_method = type->print && !type->prints_by_address && asks_method(directive);
    if (type->field_count && !has_method) {
        add_struct(text, directive, value, depth);
        return;
    }
    struct str printed = type->print ? type->print(text->arena, value.object->data) : STR("{}");
    if (asks_method(directive))
        format_string(text, directive, value_string(printed));
    else
        text_add(text, printed);
}

static void add_duration(struct text *text, const struct directive *directive, struct value value)
{
    if (asks_method(directive))
        format_string(text, directive, value_string(duration_text(text->arena, value.integer)));
    else
        format_integer(text, directive, value);
}

/* Lists, maps and objects; %w is for errors only, and of those no value is one. */
static void add_composite(struct text *text, const struct directive *directive, struct value value,
                          unsigned depth)
{
    if (format_verb_is(directive, "w"))
        format_bad_verb(text, directive, value);
    else if (value.type == VALUE_LIST)
        add_list(text, directive, value_type_name(value, directive->helm), value.list, depth);
    else if (value.type == VALUE_MAP)
        add_map(text, directive, value_type_name(value, directive->helm), value.map, depth);
    else
        add_object(text, directive, value, depth);
}

void format_value(struct text *text, const struct directive *directive, struct value value,
                  unsigned depth)
{
    if (depth > FORMAT_DEPTH)
        return;
    switch (value.type) {
    case VALUE_NIL:
        add_nil(text, directive, depth);
        break;
    case VALUE_BOOL:
        add_bool(text, directive, value);
        break;
    case VALUE_FLOAT64:
        format_float(text, directive, value.number);
        break;
    case VALUE_STRING:
        format_string(text, directive, value);
        break;
    case VALUE_BYTES:
        add_bytes(text, directive, value, depth);
        break;
    case VALUE_DURATION:
        add_duration(text, directive, value);
        break;
    case VALUE_LIST:
    case VALUE_MAP:
    case VALUE_OBJECT:
        add_composite(text, directive, value, depth);
        break;
    default:
        format_integer(text, directive, value);
    }
}

/* %p */
static void add_pointer(struct text *text, const struct directive *directive, struct value value)
{
    static const char *const kinds[] = {"slice", "map", "ptr"};
    if (!STR_IS_ONE_OF(str_from_c(value_kind_name(value)), kinds)) {
        format_bad_verb(text, directive, value);
        return;
    }
    add_address(text, directive);
}

void format_argument(struct text *text, const struct directive *directive, struct value value)
{
    if (value.type == VALUE_NIL)
        add_nil(text, directive, 0);
    else if (format_verb_is(directive, "T"))
        format_plain(text, directive, str_from_c(value_type_name(value, directive->helm)));
    else if (format_verb_is(directive, "p"))
        add_pointer(text, directive, value);
    else
        format_value(text, directive, value, 0);
}

struct str value_to_text(struct arena *arena, struct value value, unsigned helm)
{
    if (value.type == VALUE_STRING)
        return value_str(value);
    struct text text = {.arena = arena};
    struct directive plain = {.verb = 'v', .helm = helm};
    format_value(&text, &plain, value, 0);
    return text_str(&text);
}

/* A String method of the address is found, a pointer is followed. */
static struct str object_to_output(struct arena *arena, struct value value, unsigned helm)
{
    const struct object_type *type = value.object->type;
    if (type->prints_by_address)
        return type->print(arena, value.object->data);
    struct str text = value_to_text(arena, value, helm);
    bool is_pointer = !type->print && strcmp(type->kind, "ptr") == 0;
    return is_pointer ? str_from(text, strlen("&")) : text;
}

struct str value_to_output(struct arena *arena, struct value value, unsigned helm)
{
    if (value.type == VALUE_NIL)
        return STR("<no value>");
    return value.type == VALUE_OBJECT ? object_to_output(arena, value, helm)
                                      : value_to_text(arena, value, helm);
}
