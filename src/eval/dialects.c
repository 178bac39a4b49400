#include "functions.h"

/* What the templates of deployers have besides a chart's functions. */

/* --- Argo CD (applicationset/utils/utils.go) --- */

/* A name that Kubernetes takes. */
static bool run_normalize(struct call *call, struct value *ret_value)
{
    struct text out = {.arena = call->arena};
    struct str name = str_lower(call->arena, value_str(call->arguments[0]));
    for (size_t i = 0; i < name.n && out.n < 253; i++) {
        char c = name.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
        text_add_char(&out, plain ? c : '-');
    }
    struct str text = text_str(&out);
    while (text.n && (text.p[0] == '-' || text.p[0] == '.'))
        text = str_from(text, 1);
    while (text.n && (text.p[text.n - 1] == '-' || text.p[text.n - 1] == '.'))
        text = str_slice(text, 0, text.n - 1);
    *ret_value = value_string(text);
    return true;
}

static const struct function argocd[] = {
    FUNCTION("normalize", run_normalize, PARAMETER_STRING),
};
const struct function_family funcs_argocd = FUNCTION_FAMILY(argocd);

/* --- Helmfile (pkg/tmpl/get_or_nil.go) --- */

/* The value behind keys that are joined by dots; NULL when one is not there. */
static const struct value *find(struct value from, struct str path)
{
    const struct value *found = NULL;
    while (path.p && from.type == VALUE_MAP) {
        found = value_map_get(from.map, str_cut(&path, '.'));
        if (!found)
            return NULL;
        from = *found;
    }
    return path.p ? NULL : found;
}

/* get "a.b" [default] values */
static bool run_get(struct call *call, struct value *ret_value)
{
    bool has_default = call->count == 3;
    if (call->count != 2 && !has_default)
        return call_fail(call, "get takes a path, perhaps a default, and an object");
    if (call->arguments[0].type != VALUE_STRING)
        return call_fail(call, "the path of get is no string");
    struct str path = value_str(call->arguments[0]);
    const struct value *found = find(call->arguments[call->count - 1], path);
    if (!found && !has_default)
        return call_fail(call, "no value exist for key \"%.*s\"", STR_ARG(path));
    *ret_value = found ? *found : call->arguments[1];
    return true;
}

static bool run_get_or_nil(struct call *call, struct value *ret_value)
{
    const struct value *found = find(call->arguments[1], value_str(call->arguments[0]));
    *ret_value = found ? *found : value_nil();
    return true;
}

static const struct function helmfile[] = {
    VARIADIC("get", run_get, PARAMETER_ANY),
    FUNCTION("getOrNil", run_get_or_nil, PARAMETER_STRING, PARAMETER_ANY),
};
const struct function_family funcs_helmfile = FUNCTION_FAMILY(helmfile);
