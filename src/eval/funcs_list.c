#include "functions.h"

#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "convert.h"
#include "format.h"
#include "object.h"

/* Sprig's functions of lists (list.go). What comes out is a []any unless it says otherwise. */

static const char nil_dereference[] =
    "runtime error: invalid memory address or nil pointer dereference";

/* The list of an argument; NULL, and the call has failed, when it is none. `format` takes the name
 * of its kind. */
static const struct value_list *list_argument(struct call *call, size_t index, const char *what)
{
    struct value value = object_open(call->arena, call->arguments[index]);
    if (value.type == VALUE_LIST)
        return value.list;
    if (value.type == VALUE_NIL)
        call_fail(call, "%s", nil_dereference);
    else
        call_fail(call, "%s %s", what, value_kind_name(value));
    return NULL;
}

static struct value_list *list_part(struct call *call, const struct value_list *list, size_t from,
                                    size_t to)
{
    struct value_list *part = value_list_new(call->arena, LIST_ANY, to - from + 1);
    for (size_t i = from; i < to; i++)
        value_list_add(call->arena, part, list->items[i]);
    return part;
}

static bool run_list(struct call *call, struct value *ret_value)
{
    struct value_list *list = value_list_new(call->arena, LIST_ANY, call->count);
    for (size_t i = 0; i < call->count; i++)
        value_list_add(call->arena, list, call->arguments[i]);
    *ret_value = value_of_list(list);
    return true;
}

static bool run_append(struct call *call, struct value *ret_value)
{
    const struct value_list *list = list_argument(call, 0, "Cannot push on type");
    if (!list || !call_spend(call, list->count * sizeof(struct value)))
        return false;
    struct value_list *result = list_part(call, list, 0, list->count);
    value_list_add(call->arena, result, call->arguments[1]);
    *ret_value = value_of_list(result);
    return true;
}

static bool run_prepend(struct call *call, struct value *ret_value)
{
    const struct value_list *list = list_argument(call, 0, "Cannot prepend on type");
    if (!list || !call_spend(call, list->count * sizeof(struct value)))
        return false;
    struct value_list *result = value_list_new(call->arena, LIST_ANY, list->count + 1);
    value_list_add(call->arena, result, call->arguments[1]);
    for (size_t i = 0; i < list->count; i++)
        value_list_add(call->arena, result, list->items[i]);
    *ret_value = value_of_list(result);
    return true;
}

static bool run_first(struct call *call, struct value *ret_value)
{
    const struct value_list *list = list_argument(call, 0, "Cannot find first on type");
    if (list)
        *ret_value = list->count ? list->items[0] : value_nil();
    return list != NULL;
}

static bool run_last(struct call *call, struct value *ret_value)
{
    const struct value_list *list = list_argument(call, 0, "Cannot find last on type");
    if (list)
        *ret_value = list->count ? list->items[list->count - 1] : value_nil();
    return list != NULL;
}

/* A part of the list; of an empty one Go's nil. */
static struct value list_without(struct call *call, const struct value_list *list, size_t from,
                                 size_t to)
{
    bool is_empty = !list->count;
    struct value_list *part = list_part(call, list, is_empty ? 0 : from, is_empty ? 0 : to);
    part->is_nil = is_empty;
    return value_of_list(part);
}

static bool run_rest(struct call *call, struct value *ret_value)
{
    const struct value_list *list = list_argument(call, 0, "Cannot find rest on type");
    if (list)
        *ret_value = list_without(call, list, 1, list->count);
    return list != NULL;
}

static bool run_initial(struct call *call, struct value *ret_value)
{
    const struct value_list *list = list_argument(call, 0, "Cannot find initial on type");
    if (list)
        *ret_value = list_without(call, list, 0, list->count - 1);
    return list != NULL;
}

static bool run_reverse(struct call *call, struct value *ret_value)
{
    const struct value_list *list = list_argument(call, 0, "Cannot find reverse on type");
    if (!list)
        return false;
    struct value_list *result = value_list_new(call->arena, LIST_ANY, list->count);
    for (size_t i = list->count; i-- > 0;)
        value_list_add(call->arena, result, list->items[i]);
    *ret_value = value_of_list(result);
    return true;
}

static bool run_compact(struct call *call, struct value *ret_value)
{
    const struct value_list *list = list_argument(call, 0, "Cannot compact on type");
    if (!list)
        return false;
    struct value_list *result = value_list_new(call->arena, LIST_ANY, list->count);
    for (size_t i = 0; i < list->count; i++) {
        if (value_is_true_in_go(call->arena, list->items[i]))
            value_list_add(call->arena, result, list->items[i]);
    }
    *ret_value = value_of_list(result);
    return true;
}

static bool is_among(struct value value, const struct value *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (value_deep_equal(value, items[i]))
            return true;
    }
    return false;
}

static bool run_uniq(struct call *call, struct value *ret_value)
{
    const struct value_list *list = list_argument(call, 0, "Cannot find uniq on type");
    if (!list)
        return false;
    struct value_list *result = value_list_new(call->arena, LIST_ANY, list->count);
    for (size_t i = 0; i < list->count; i++) {
        if (!call_spend(call, result->count))
            return false;
        if (!is_among(list->items[i], result->items, result->count))
            value_list_add(call->arena, result, list->items[i]);
    }
    *ret_value = value_of_list(result);
    return true;
}

static bool run_without(struct call *call, struct value *ret_value)
{
    const struct value_list *list = list_argument(call, 0, "Cannot find without on type");
    if (!list)
        return false;
    struct value_list *result = value_list_new(call->arena, LIST_ANY, list->count);
    for (size_t i = 0; i < list->count; i++) {
        if (!is_among(list->items[i], call->arguments + 1, call->count - 1))
            value_list_add(call->arena, result, list->items[i]);
    }
    *ret_value = value_of_list(result);
    return true;
}

static bool run_has(struct call *call, struct value *ret_value)
{
    *ret_value = value_bool(false);
    if (call->arguments[1].type == VALUE_NIL)
        return true;
    const struct value_list *list = list_argument(call, 1, "Cannot find has on type");
    if (list)
        *ret_value = value_bool(is_among(call->arguments[0], list->items, list->count));
    return list != NULL;
}

/* A part of the list that keeps its type. */
static bool run_slice(struct call *call, struct value *ret_value)
{
    const struct value_list *list =
        list_argument(call, 0, "list should be type of slice or array but");
    if (!list)
        return false;
    *ret_value = value_nil();
    if (!list->count)
        return true;
    int64_t from = call->count > 1 ? value_to_int64(call->arguments[1]) : 0;
    int64_t to = call->count > 2 ? value_to_int64(call->arguments[2]) : (int64_t)list->count;
    if (from < 0 || to < from || to > (int64_t)list->count)
        return call_fail(call, "reflect.Value.Slice: slice index out of bounds");
    struct value_list *part = list_part(call, list, (size_t)from, (size_t)to);
    part->type = list->type;
    part->type_name = list->type_name;
    *ret_value = value_of_list(part);
    return true;
}

static bool run_concat(struct call *call, struct value *ret_value)
{
    struct value_list *result = value_list_new(call->arena, LIST_ANY, 0);
    for (size_t i = 0; i < call->count; i++) {
        struct value value = object_open(call->arena, call->arguments[i]);
        if (value.type == VALUE_NIL)
            return call_fail(call, "%s", nil_dereference);
        if (value.type != VALUE_LIST)
            return call_fail(call, "Cannot concat type %s as list", value_kind_name(value));
        if (!call_spend(call, value.list->count * sizeof(struct value)))
            return false;
        for (size_t k = 0; k < value.list->count; k++)
            value_list_add(call->arena, result, value.list->items[k]);
    }
    result->is_nil = !result->count;
    *ret_value = value_of_list(result);
    return true;
}

/* What sprig's arithmetic (list.go) makes of a size below zero: a short list gives no chunks, one
 * item gives one chunk; else it asks for memory of a negative size. */
static bool chunk_backwards(struct call *call, const struct value_list *list, int64_t size,
                            struct value_list *result)
{
    if (list->count == 1 && size < -1)
        value_list_add(call->arena, result, value_of_list(list_part(call, list, 0, 1)));
    else if (list->count < 2 || (double)(list->count - 1) > -(double)size)
        return call_fail(call, "runtime error: makeslice: len out of range");
    return true;
}

static bool run_chunk(struct call *call, struct value *ret_value)
{
    const struct value_list *list = list_argument(call, 1, "Cannot chunk type");
    int64_t size = call->arguments[0].integer;
    if (!list)
        return false;
    struct value_list *result = value_list_new(call->arena, LIST_LIST, 0);
    *ret_value = value_of_list(result);
    if (size <= 0)
        return chunk_backwards(call, list, size, result);
    for (size_t i = 0; i < list->count; i += (size_t)size) {
        size_t to = list->count - i < (size_t)size ? list->count : i + (size_t)size;
        value_list_add(call->arena, result, value_of_list(list_part(call, list, i, to)));
    }
    return true;
}

/* --- lists of strings --- */

static struct value_list *list_of_texts(struct call *call, struct value value)
{
    struct value_list *result = value_list_new(call->arena, LIST_STRING, 0);
    value = object_open(call->arena, value);
    if (value.type == VALUE_LIST) {
        for (size_t i = 0; i < value.list->count; i++) {
            if (value.list->items[i].type == VALUE_NIL)
                continue;
            struct str text = value_to_text(call->arena, value.list->items[i], call_helm(call));
            value_list_add(call->arena, result, value_string(text));
        }
    } else if (value.type != VALUE_NIL) {
        value_list_add(call->arena, result,
                       value_string(value_to_text(call->arena, value, call_helm(call))));
    }
    return result;
}

static bool run_to_strings(struct call *call, struct value *ret_value)
{
    *ret_value = value_of_list(list_of_texts(call, call->arguments[0]));
    return true;
}

static int compare_texts(const void *a, const void *b)
{
    return str_compare(value_str(*(const struct value *)a), value_str(*(const struct value *)b));
}

static bool run_sort_alpha(struct call *call, struct value *ret_value)
{
    struct value_list *list = list_of_texts(call, call->arguments[0]);
    if (call->arguments[0].type == VALUE_NIL)
        value_list_add(call->arena, list, value_string(STR("<nil>")));
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare_texts);
    *ret_value = value_of_list(list);
    return true;
}

static bool run_join(struct call *call, struct value *ret_value)
{
    struct str separator = value_str(call->arguments[0]);
    struct value_list *list = list_of_texts(call, call->arguments[1]);
    struct text text = {.arena = call->arena};
    for (size_t i = 0; i < list->count; i++) {
        struct str item = value_str(list->items[i]);
        if (!call_spend(call, separator.n + item.n))
            return false;
        if (i)
            text_add(&text, separator);
        text_add(&text, item);
    }
    *ret_value = value_string(text_str(&text));
    return true;
}

/* --- numbers in a row --- */

static bool count_up(struct call *call, int64_t start, int64_t stop, int64_t step,
                     struct value_list **ret_list)
{
    struct value_list *list = value_list_new(call->arena, LIST_INT, 0);
    bool is_empty = stop < start ? step >= 0 : step <= 0;
    if (!is_empty) {
        uint64_t distance =
            stop < start ? (uint64_t)start - (uint64_t)stop : (uint64_t)stop - (uint64_t)start;
        uint64_t stride = step < 0 ? 0 - (uint64_t)step : (uint64_t)step;
        uint64_t count = distance / stride + (distance % stride != 0);
        uint64_t most = UINT64_MAX / sizeof(struct value);
        if (!call_spend(call, count < most ? count * sizeof(struct value) : UINT64_MAX))
            return false;
        for (uint64_t i = 0; i < count; i++)
            value_list_add(call->arena, list,
                           value_int((int64_t)((uint64_t)start + i * (uint64_t)step)));
    }
    *ret_list = list;
    return true;
}

static bool run_until(struct call *call, struct value *ret_value)
{
    struct value_list *list = NULL;
    int64_t stop = call->arguments[0].integer;
    if (!count_up(call, 0, stop, stop < 0 ? -1 : 1, &list))
        return false;
    *ret_value = value_of_list(list);
    return true;
}

static bool run_until_step(struct call *call, struct value *ret_value)
{
    struct value_list *list = NULL;
    const struct value *arguments = call->arguments;
    if (!count_up(call, arguments[0].integer, arguments[1].integer, arguments[2].integer, &list))
        return false;
    *ret_value = value_of_list(list);
    return true;
}

/* seq END, START END, START STEP END: the end is part of it. */
static bool run_seq(struct call *call, struct value *ret_value)
{
    struct value_list *list = NULL;
    struct text text = {.arena = call->arena};
    *ret_value = value_string(STR(""));
    if (!call->count || call->count > 3)
        return true;
    int64_t start = call->count == 1 ? 1 : call->arguments[0].integer;
    int64_t end = call->arguments[call->count - 1].integer;
    int64_t direction = end < start ? -1 : 1;
    int64_t step = call->count == 3 ? call->arguments[1].integer : direction;
    if (call->count == 3 && direction < 0 && step > 0)
        return true;
    if (!count_up(call, start, (int64_t)((uint64_t)end + (uint64_t)direction), step, &list))
        return false;
    for (size_t i = 0; i < list->count; i++)
        text_format(&text, "%s%lld", i ? " " : "", (long long)list->items[i].integer);
    *ret_value = value_string(text_str(&text));
    return true;
}

static const struct function table[] = {
    VARIADIC("list", run_list, PARAMETER_ANY),
    VARIADIC("tuple", run_list, PARAMETER_ANY),
    FUNCTION("append", run_append, PARAMETER_ANY, PARAMETER_ANY),
    FUNCTION("push", run_append, PARAMETER_ANY, PARAMETER_ANY),
    FUNCTION("mustAppend", run_append, PARAMETER_ANY, PARAMETER_ANY),
    FUNCTION("mustPush", run_append, PARAMETER_ANY, PARAMETER_ANY),
    FUNCTION("prepend", run_prepend, PARAMETER_ANY, PARAMETER_ANY),
    FUNCTION("mustPrepend", run_prepend, PARAMETER_ANY, PARAMETER_ANY),
    FUNCTION("first", run_first, PARAMETER_ANY),
    FUNCTION("mustFirst", run_first, PARAMETER_ANY),
    FUNCTION("last", run_last, PARAMETER_ANY),
    FUNCTION("mustLast", run_last, PARAMETER_ANY),
    FUNCTION("rest", run_rest, PARAMETER_ANY),
    FUNCTION("mustRest", run_rest, PARAMETER_ANY),
    FUNCTION("initial", run_initial, PARAMETER_ANY),
    FUNCTION("mustInitial", run_initial, PARAMETER_ANY),
    FUNCTION("reverse", run_reverse, PARAMETER_ANY),
    FUNCTION("mustReverse", run_reverse, PARAMETER_ANY),
    FUNCTION("compact", run_compact, PARAMETER_ANY),
    FUNCTION("mustCompact", run_compact, PARAMETER_ANY),
    FUNCTION("uniq", run_uniq, PARAMETER_ANY),
    FUNCTION("mustUniq", run_uniq, PARAMETER_ANY),
    VARIADIC("without", run_without, PARAMETER_ANY, PARAMETER_ANY),
    VARIADIC("mustWithout", run_without, PARAMETER_ANY, PARAMETER_ANY),
    FUNCTION("has", run_has, PARAMETER_ANY, PARAMETER_ANY),
    FUNCTION("mustHas", run_has, PARAMETER_ANY, PARAMETER_ANY),
    VARIADIC("slice", run_slice, PARAMETER_ANY, PARAMETER_ANY),
    VARIADIC("mustSlice", run_slice, PARAMETER_ANY, PARAMETER_ANY),
    VARIADIC("concat", run_concat, PARAMETER_ANY),
    FUNCTION("chunk", run_chunk, PARAMETER_INT, PARAMETER_ANY),
    FUNCTION("mustChunk", run_chunk, PARAMETER_INT, PARAMETER_ANY),
    FUNCTION("toStrings", run_to_strings, PARAMETER_ANY),
    FUNCTION("sortAlpha", run_sort_alpha, PARAMETER_ANY),
    FUNCTION("join", run_join, PARAMETER_STRING, PARAMETER_ANY),
    FUNCTION("until", run_until, PARAMETER_INT),
    FUNCTION("untilStep", run_until_step, PARAMETER_INT, PARAMETER_INT, PARAMETER_INT),
    VARIADIC("seq", run_seq, PARAMETER_INT),
};
const struct function_family funcs_list = FUNCTION_FAMILY(table);
