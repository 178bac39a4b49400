#include "base/base.h"
#include "functions.h"

/* Go's package path. On the systems that charts are rendered on path/filepath is the same. */

static struct str without_trailing_slashes(struct str path)
{
    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    return path;
}

static bool run_base(struct call *call, struct value *ret_value)
{
    struct str path = value_str(call->arguments[0]);
    struct str stripped = without_trailing_slashes(path);
    if (!path.n)
        *ret_value = value_string(STR("."));
    else if (str_is(stripped, "/"))
        *ret_value = value_string(stripped);
    else
        *ret_value = value_string(path_name(stripped));
    return true;
}

/* path.Clean: ".." climbs, but not above a root. */
static struct str clean(struct arena *arena, struct str path)
{
    bool is_rooted = path.n && path.p[0] == '/';
    struct str_list parts = {0};
    while (path.p) {
        struct str part = str_cut(&path, '/');
        bool climbs = str_is(part, "..");
        bool can_climb = parts.count && !str_is(parts.items[parts.count - 1], "..");
        if (!part.n || str_is(part, "."))
            continue;
        if (climbs && can_climb)
            parts.count--;
        else if (!climbs || !is_rooted)
            vector_push(arena, &parts, part);
    }
    struct str joined = str_list_join(arena, &parts, STR("/"));
    if (is_rooted)
        return str_join(arena, STR("/"), joined);
    return joined.n ? joined : STR(".");
}

static bool run_clean(struct call *call, struct value *ret_value)
{
    *ret_value = value_string(clean(call->arena, value_str(call->arguments[0])));
    return true;
}

static bool run_dir(struct call *call, struct value *ret_value)
{
    struct str path = value_str(call->arguments[0]);
    size_t slash = str_find_last_char(path, '/');
    struct str directory = slash == STR_NOT_FOUND ? STR("") : str_slice(path, 0, slash + 1);
    *ret_value = value_string(clean(call->arena, directory));
    return true;
}

static bool run_ext(struct call *call, struct value *ret_value)
{
    struct str name = path_name(value_str(call->arguments[0]));
    size_t dot = str_find_last_char(name, '.');
    *ret_value = value_string(dot == STR_NOT_FOUND ? STR("") : str_from(name, dot));
    return true;
}

static bool run_is_abs(struct call *call, struct value *ret_value)
{
    *ret_value = value_bool(str_starts_with(value_str(call->arguments[0]), STR("/")));
    return true;
}

static const struct function table[] = {
    FUNCTION("base", run_base, PARAMETER_STRING),
    FUNCTION("clean", run_clean, PARAMETER_STRING),
    FUNCTION("dir", run_dir, PARAMETER_STRING),
    FUNCTION("ext", run_ext, PARAMETER_STRING),
    FUNCTION("isAbs", run_is_abs, PARAMETER_STRING),
    FUNCTION("osBase", run_base, PARAMETER_STRING),
    FUNCTION("osClean", run_clean, PARAMETER_STRING),
    FUNCTION("osDir", run_dir, PARAMETER_STRING),
    FUNCTION("osExt", run_ext, PARAMETER_STRING),
    FUNCTION("osIsAbs", run_is_abs, PARAMETER_STRING),
};
const struct function_family funcs_path = FUNCTION_FAMILY(table);
