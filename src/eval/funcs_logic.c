#include "functions.h"
#include "object.h"

/* Sprig's functions about defaults and types (defaults.go, reflect.go). */

static bool run_default(struct call *call, struct value *ret_value)
{
    bool is_given = call->count > 1 && value_is_true_in_go(call->arena, call->arguments[1]);
    *ret_value = call->arguments[is_given];
    return true;
}

static bool run_empty(struct call *call, struct value *ret_value)
{
    *ret_value = value_bool(!value_is_true_in_go(call->arena, call->arguments[0]));
    return true;
}

static bool run_coalesce(struct call *call, struct value *ret_value)
{
    *ret_value = value_nil();
    for (size_t i = 0; i < call->count; i++) {
        if (value_is_true_in_go(call->arena, call->arguments[i])) {
            *ret_value = call->arguments[i];
            break;
        }
    }
    return true;
}

static size_t count_true(const struct call *call)
{
    size_t count = 0;
    for (size_t i = 0; i < call->count; i++)
        count += value_is_true_in_go(call->arena, call->arguments[i]);
    return count;
}

static bool run_all(struct call *call, struct value *ret_value)
{
    *ret_value = value_bool(count_true(call) == call->count);
    return true;
}

static bool run_any(struct call *call, struct value *ret_value)
{
    *ret_value = value_bool(count_true(call) > 0);
    return true;
}

static bool run_ternary(struct call *call, struct value *ret_value)
{
    *ret_value = call->arguments[call->arguments[2].boolean ? 0 : 1];
    return true;
}

static bool run_type_of(struct call *call, struct value *ret_value)
{
    *ret_value = value_string(str_from_c(value_type_name(call->arguments[0], call_helm(call))));
    return true;
}

static bool run_type_is(struct call *call, struct value *ret_value)
{
    *ret_value = value_bool(str_is(value_str(call->arguments[0]),
                                   value_type_name(call->arguments[1], call_helm(call))));
    return true;
}

static bool run_type_is_like(struct call *call, struct value *ret_value)
{
    struct str wanted = value_str(call->arguments[0]);
    struct str name = str_from_c(value_type_name(call->arguments[1], call_helm(call)));
    bool is_pointer = name.n && name.p[0] == '*' && str_equal(wanted, str_from(name, 1));
    *ret_value = value_bool(str_equal(wanted, name) || is_pointer);
    return true;
}

static bool run_kind_of(struct call *call, struct value *ret_value)
{
    *ret_value = value_string(str_from_c(value_kind_name(call->arguments[0])));
    return true;
}

static bool run_kind_is(struct call *call, struct value *ret_value)
{
    *ret_value =
        value_bool(str_is(value_str(call->arguments[0]), value_kind_name(call->arguments[1])));
    return true;
}

static bool run_deep_equal(struct call *call, struct value *ret_value)
{
    *ret_value = value_bool(value_deep_equal(call->arguments[0], call->arguments[1]));
    return true;
}

static bool run_hello(struct call *call, struct value *ret_value)
{
    (void)call;
    *ret_value = value_string(STR("Hello!"));
    return true;
}

static const struct function table[] = {
    VARIADIC("default", run_default, PARAMETER_ANY, PARAMETER_ANY),
    FUNCTION("empty", run_empty, PARAMETER_ANY),
    VARIADIC("coalesce", run_coalesce, PARAMETER_ANY),
    VARIADIC("all", run_all, PARAMETER_ANY),
    VARIADIC("any", run_any, PARAMETER_ANY),
    FUNCTION("ternary", run_ternary, PARAMETER_ANY, PARAMETER_ANY, PARAMETER_BOOL),
    FUNCTION("typeOf", run_type_of, PARAMETER_ANY),
    FUNCTION("typeIs", run_type_is, PARAMETER_STRING, PARAMETER_ANY),
    FUNCTION("typeIsLike", run_type_is_like, PARAMETER_STRING, PARAMETER_ANY),
    FUNCTION("kindOf", run_kind_of, PARAMETER_ANY),
    FUNCTION("kindIs", run_kind_is, PARAMETER_STRING, PARAMETER_ANY),
    FUNCTION("deepEqual", run_deep_equal, PARAMETER_ANY, PARAMETER_ANY),
    FUNCTION("hello", run_hello, PARAMETER_NONE),
};
const struct function_family funcs_logic = FUNCTION_FAMILY(table);
