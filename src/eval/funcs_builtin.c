#include <inttypes.h>

#include "format.h"
#include "functions.h"
#include "object.h"

/* The functions of text/template that compare, index and measure; printing is in funcs_print.c. */

static bool run_not(struct call *call, struct value *ret_value)
{
    *ret_value = value_bool(!value_is_true_in_go(call->arena, call->arguments[0]));
    return true;
}

enum basic_kind { KIND_OTHER, KIND_BOOL, KIND_INT, KIND_UINT, KIND_FLOAT, KIND_STRING };

static enum basic_kind basic_kind(struct value value)
{
    switch (value.type) {
    case VALUE_BOOL:
        return KIND_BOOL;
    case VALUE_INT:
    case VALUE_INT32:
    case VALUE_INT64:
    case VALUE_DURATION:
        return KIND_INT;
    case VALUE_UINT8:
    case VALUE_UINT32:
    case VALUE_UINT64:
        return KIND_UINT;
    case VALUE_FLOAT64:
        return KIND_FLOAT;
    case VALUE_STRING:
        return KIND_STRING;
    default:
        return KIND_OTHER;
    }
}

static bool fail_incompatible(struct call *call, struct value a, struct value b)
{
    if (call_helm(call) == 3)
        return call_fail(call, "incompatible types for comparison");
    return call_fail(call, "incompatible types for comparison: %s and %s",
                     value_type_name(a, call_helm(call)), value_type_name(b, call_helm(call)));
}

static bool equal_others(struct call *call, struct value a, struct value b, bool *ret_equal)
{
    if (a.type == VALUE_NIL || b.type == VALUE_NIL) {
        *ret_equal = a.type == b.type;
        return true;
    }
    if (a.type == VALUE_OBJECT && b.type == VALUE_OBJECT) {
        *ret_equal = a.object->data == b.object->data;
        return true;
    }
    const char *a_type = value_type_name(a, call_helm(call));
    const char *b_type = value_type_name(b, call_helm(call));
    bool is_same_kind = strcmp(value_kind_name(a), value_kind_name(b)) == 0;
    struct str text;
    if (!format_printf(call, STR("%s"), is_same_kind ? &b : &a, 1, &text))
        return false;
    if (is_same_kind)
        return call_fail(call, "non-comparable type %.*s: %s", STR_ARG(text), b_type);
    return call_fail(call, "non-comparable types %.*s: %s, %s: %.*s", STR_ARG(text), a_type, b_type,
                     STR_ARG(value_to_text(call->arena, b, call_helm(call))));
}

/* A signed and an unsigned number are compared by value; a negative one equals none. */
static bool equal_integers(struct value a, struct value b)
{
    bool has_negative = (basic_kind(a) == KIND_INT && a.integer < 0) ||
                        (basic_kind(b) == KIND_INT && b.integer < 0);
    return a.integer == b.integer && (basic_kind(a) == basic_kind(b) || !has_negative);
}

static bool is_integer_kind(enum basic_kind kind)
{
    return kind == KIND_INT || kind == KIND_UINT;
}

static bool equal(struct call *call, struct value a, struct value b, bool *ret_equal)
{
    enum basic_kind kind = basic_kind(a);
    if (is_integer_kind(kind) && is_integer_kind(basic_kind(b))) {
        *ret_equal = equal_integers(a, b);
        return true;
    }
    *ret_equal = false;
    if (kind != basic_kind(b))
        return a.type == VALUE_NIL || b.type == VALUE_NIL || fail_incompatible(call, a, b);
    if (kind == KIND_BOOL)
        *ret_equal = a.boolean == b.boolean;
    else if (kind == KIND_FLOAT)
        *ret_equal = a.number == b.number;
    else if (kind == KIND_STRING)
        *ret_equal = str_equal(value_str(a), value_str(b));
    else
        return equal_others(call, a, b, ret_equal);
    return true;
}

static bool run_eq(struct call *call, struct value *ret_value)
{
    if (call->count < 2)
        return call_fail(call, "missing argument for comparison");
    bool found = false;
    for (size_t i = 1; i < call->count && !found; i++) {
        if (!equal(call, call->arguments[0], call->arguments[i], &found))
            return false;
    }
    *ret_value = value_bool(found);
    return true;
}

static bool run_ne(struct call *call, struct value *ret_value)
{
    bool is_equal = false;
    if (!equal(call, call->arguments[0], call->arguments[1], &is_equal))
        return false;
    *ret_value = value_bool(!is_equal);
    return true;
}

static bool is_less_integer(struct value a, struct value b)
{
    bool a_is_negative = basic_kind(a) == KIND_INT && a.integer < 0;
    bool b_is_negative = basic_kind(b) == KIND_INT && b.integer < 0;
    if (a_is_negative != b_is_negative)
        return a_is_negative;
    return a_is_negative ? a.integer < b.integer : (uint64_t)a.integer < (uint64_t)b.integer;
}

static bool less(struct call *call, struct value a, struct value b, bool *ret_less)
{
    enum basic_kind kind = basic_kind(a);
    if (kind == KIND_OTHER || basic_kind(b) == KIND_OTHER)
        return call_fail(call, "invalid type for comparison");
    if (is_integer_kind(kind) && is_integer_kind(basic_kind(b))) {
        *ret_less = is_less_integer(a, b);
        return true;
    }
    if (kind != basic_kind(b))
        return fail_incompatible(call, a, b);
    if (kind == KIND_BOOL)
        return call_fail(call, "invalid type for comparison");
    *ret_less =
        kind == KIND_FLOAT ? a.number < b.number : str_compare(value_str(a), value_str(b)) < 0;
    return true;
}

static bool run_lt(struct call *call, struct value *ret_value)
{
    bool is_less = false;
    if (!less(call, call->arguments[0], call->arguments[1], &is_less))
        return false;
    *ret_value = value_bool(is_less);
    return true;
}

/* Not the inverse of "greater": with a NaN both are false, as in Go. */
static bool less_or_equal(struct call *call, bool *ret_result)
{
    struct value a = call->arguments[0];
    struct value b = call->arguments[1];
    return less(call, a, b, ret_result) && (*ret_result || equal(call, a, b, ret_result));
}

static bool run_le(struct call *call, struct value *ret_value)
{
    bool result = false;
    if (!less_or_equal(call, &result))
        return false;
    *ret_value = value_bool(result);
    return true;
}

static bool run_gt(struct call *call, struct value *ret_value)
{
    bool result = false;
    if (!less_or_equal(call, &result))
        return false;
    *ret_value = value_bool(!result);
    return true;
}

static bool run_ge(struct call *call, struct value *ret_value)
{
    bool is_less = false;
    if (!less(call, call->arguments[0], call->arguments[1], &is_less))
        return false;
    *ret_value = value_bool(!is_less);
    return true;
}

static bool run_len(struct call *call, struct value *ret_value)
{
    struct value value = object_open(call->arena, call->arguments[0]);
    size_t length = 0;
    switch (value.type) {
    case VALUE_STRING:
    case VALUE_BYTES:
        length = value.length;
        break;
    case VALUE_LIST:
        length = value.list->count;
        break;
    case VALUE_MAP:
        length = value.map->count;
        break;
    case VALUE_NIL:
        return call_fail(call, "%s",
                         value.is_boxed ? "len of nil pointer"
                                        : "reflect: call of reflect.Value.Type on zero Value");
    default:
        return call_fail(call, "len of type %s", value_type_name(value, call_helm(call)));
    }
    *ret_value = value_int((int64_t)length);
    return true;
}

static bool check_index(struct call *call, struct value index, size_t length, const char *what)
{
    if (index.type == VALUE_NIL)
        return call_fail(call, "cannot index slice/array with nil");
    if (!value_is_integer(index))
        return call_fail(call, "cannot index slice/array with type %s",
                         value_type_name(index, call_helm(call)));
    if (index.integer < 0 || (uint64_t)index.integer > length)
        return call_fail(call, "index out of range: %" PRId64, index.integer);
    if ((uint64_t)index.integer == length)
        return call_fail(call, "reflect: %s index out of range", what);
    return true;
}

static bool index_map(struct call *call, const struct value_map *map, struct value index,
                      struct value *ret_value)
{
    if (index.type == VALUE_NIL)
        return call_fail(call, "value is nil; should be of type string");
    if (index.type != VALUE_STRING)
        return call_fail(call, "value has type %s; should be string",
                         value_type_name(index, call_helm(call)));
    const struct value *found = value_map_get(map, value_str(index));
    *ret_value = found ? *found : map->type == MAP_STRING ? value_string(STR("")) : value_nil();
    return true;
}

static bool index_once(struct call *call, struct value item, struct value index,
                       struct value *ret_value)
{
    item = object_open(call->arena, item);
    switch (item.type) {
    case VALUE_NIL:
        return call_fail(call, "index of nil pointer");
    case VALUE_STRING:
    case VALUE_BYTES:
        if (!check_index(call, index, item.length, item.type == VALUE_STRING ? "string" : "slice"))
            return false;
        *ret_value = value_integer(VALUE_UINT8, (uint8_t)item.bytes[index.integer]);
        return true;
    case VALUE_LIST:
        if (!check_index(call, index, item.list->count, "slice"))
            return false;
        *ret_value = item.list->items[index.integer];
        return true;
    case VALUE_MAP:
        return index_map(call, item.map, index, ret_value);
    default:
        return call_fail(call, "can't index item of type %s",
                         value_type_name(item, call_helm(call)));
    }
}

static bool run_index(struct call *call, struct value *ret_value)
{
    struct value item = call->arguments[0];
    if (item.type == VALUE_NIL)
        return call_fail(call, "index of untyped nil");
    for (size_t i = 1; i < call->count; i++) {
        if (!index_once(call, item, call->arguments[i], &item))
            return false;
    }
    *ret_value = item;
    return true;
}

static const struct function table[] = {
    {.name = "and",
     .parameters = {PARAMETER_ANY, PARAMETER_ANY},
     .variadic = true,
     .form = FORM_AND},
    {.name = "or", .parameters = {PARAMETER_ANY, PARAMETER_ANY}, .variadic = true, .form = FORM_OR},
    {.name = "call",
     .parameters = {PARAMETER_ANY, PARAMETER_ANY},
     .variadic = true,
     .form = FORM_CALL_VALUE},
    FUNCTION("not", run_not, PARAMETER_ANY),
    VARIADIC("eq", run_eq, PARAMETER_ANY, PARAMETER_ANY),
    FUNCTION("ne", run_ne, PARAMETER_ANY, PARAMETER_ANY),
    FUNCTION("lt", run_lt, PARAMETER_ANY, PARAMETER_ANY),
    FUNCTION("le", run_le, PARAMETER_ANY, PARAMETER_ANY),
    FUNCTION("gt", run_gt, PARAMETER_ANY, PARAMETER_ANY),
    FUNCTION("ge", run_ge, PARAMETER_ANY, PARAMETER_ANY),
    FUNCTION("len", run_len, PARAMETER_ANY),
    VARIADIC("index", run_index, PARAMETER_ANY, PARAMETER_ANY),
};
const struct function_family funcs_builtin = FUNCTION_FAMILY(table);
