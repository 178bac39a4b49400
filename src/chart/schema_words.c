#include <math.h>

#include "schema_private.h"

struct str schema_quote(struct arena *arena, struct str text)
{
    struct str quoted = quote_go(arena, text);
    struct str inner = str_slice(quoted, 1, quoted.n - 1);
    inner = str_replace(arena, inner, STR("\\\""), STR("\""));
    inner = str_replace(arena, inner, STR("'"), STR("\\'"));
    return str_format(arena, "'%.*s'", STR_ARG(inner));
}

struct str schema_quote_all(struct arena *arena, const struct str_list *texts)
{
    struct str_list quoted = {0};
    for (size_t i = 0; i < texts->count; i++)
        vector_push(arena, &quoted, schema_quote(arena, texts->items[i]));
    return str_list_join(arena, &quoted, STR(", "));
}

static void add_raised(struct text *out, struct str exponent)
{
    static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    for (size_t i = 0; i < exponent.n; i++) {
        char c = exponent.p[i];
        if (c != '+')
            text_add_c(out, c == '-' ? "⁻" : raised[c - '0']);
    }
}

static void add_grouped(struct text *out, struct str digits)
{
    for (size_t i = 0; i < digits.n; i++) {
        if (i && (digits.n - i) % 3 == 0)
            text_add_char(out, ',');
        text_add_char(out, digits.p[i]);
    }
}

struct str schema_count(struct arena *arena, double count)
{
    struct text out = {.arena = arena};
    add_grouped(&out, format_go_float(arena, count, 'f', -1));
    return text_str(&out);
}

struct str schema_number(struct arena *arena, double number)
{
    struct text out = {.arena = arena};
    struct str written = format_go_float(arena, fabs(number), 'g', -1);
    size_t exponent = str_find_char(written, 'e');
    struct str mantissa = str_slice(written, 0, exponent);
    size_t point = str_find_char(mantissa, '.');
    if (number < 0)
        text_add_char(&out, '-');
    add_grouped(&out, str_slice(mantissa, 0, point));
    if (point != STR_NOT_FOUND)
        text_add(&out, str_from(mantissa, point));
    if (exponent != STR_NOT_FOUND) {
        text_add_c(&out, "×10");
        add_raised(&out, str_from(written, exponent + 1));
    }
    return text_str(&out);
}

struct str schema_scalar(struct arena *arena, struct value value)
{
    switch (value.type) {
    case VALUE_STRING:
        return schema_quote(arena, value_str(value));
    case VALUE_BOOL:
        return value.boolean ? STR("true") : STR("false");
    case VALUE_FLOAT64:
        return format_go_float(arena, value.number, fabs(value.number) < 1e21 ? 'f' : 'g', -1);
    case VALUE_LIST:
    case VALUE_MAP:
        return STR("value");
    default:
        return STR("<nil>");
    }
}

/* --- values --- */

bool schema_is_number(struct value value)
{
    return value.type == VALUE_FLOAT64 || value_is_integer(value);
}

double schema_number_of(struct value value)
{
    return value.type == VALUE_FLOAT64 ? value.number : (double)value.integer;
}

static bool are_equal(struct value a, struct value b, unsigned depth)
{
    if (schema_is_number(a) && schema_is_number(b))
        return schema_number_of(a) == schema_number_of(b);
    if (a.type != b.type || depth > 1000)
        return false;
    if (a.type == VALUE_LIST) {
        bool equal = a.list->count == b.list->count;
        for (size_t i = 0; equal && i < a.list->count; i++)
            equal = are_equal(a.list->items[i], b.list->items[i], depth + 1);
        return equal;
    }
    if (a.type == VALUE_MAP) {
        bool equal = a.map->count == b.map->count;
        for (size_t i = 0; equal && i < a.map->count; i++)
            equal = str_equal(a.map->entries[i].key, b.map->entries[i].key) &&
                    are_equal(a.map->entries[i].value, b.map->entries[i].value, depth + 1);
        return equal;
    }
    return value_deep_equal(a, b);
}

bool schema_values_are_equal(struct value a, struct value b)
{
    return are_equal(a, b, 0);
}

static bool find_among_few(const struct value_list *list, size_t *ret_first, size_t *ret_second)
{
    for (size_t i = 1; i < list->count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (!are_equal(list->items[i], list->items[k], 0))
                continue;
            *ret_first = k;
            *ret_second = i;
            return true;
        }
    }
    return false;
}

/* What is equal is written as the same JSON, but for zeros with a sign, so that those who share a
 * text need no comparing. */
static bool find_among_many(struct arena *arena, const struct value_list *list, size_t *ret_first,
                            size_t *ret_second)
{
    struct map places = {0}; /* JSON → the place, from 1 */
    for (size_t i = 0; i < list->count; i++) {
        struct str text;
        if (!value_to_json(arena, list->items[i], (struct json_style){0}, &text))
            continue;
        size_t earlier = (size_t)(uintptr_t)map_get(&places, text);
        if (earlier) {
            *ret_first = earlier - 1;
            *ret_second = i;
            return true;
        }
        map_put(arena, &places, text, (void *)(uintptr_t)(i + 1));
    }
    return false;
}

bool schema_find_equal_items(struct arena *arena, const struct value_list *list, size_t *ret_first,
                             size_t *ret_second)
{
    enum { FEW = 1000 };
    return list->count <= FEW ? find_among_few(list, ret_first, ret_second)
                              : find_among_many(arena, list, ret_first, ret_second);
}
