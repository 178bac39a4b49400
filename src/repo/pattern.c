#include "pattern.h"

bool pattern_has(struct str pattern, const char *placeholder)
{
    struct str name = str_from_c(placeholder);
    for (;;) {
        size_t at = str_find_char(pattern, '{');
        if (at == STR_NOT_FOUND)
            return false;
        pattern = str_from(pattern, at + 1);
        if (str_starts_with(pattern, name) && pattern.n > name.n && pattern.p[name.n] == '}')
            return true;
    }
}

bool pattern_names_environment(struct str pattern)
{
    return pattern_has(pattern, "env") || pattern_has(pattern, "namespace") ||
           pattern_has(pattern, "pool") || pattern_has(pattern, "cluster");
}

bool pattern_names_application(struct str pattern)
{
    return pattern_has(pattern, "app") || pattern_has(pattern, "chart");
}

static struct str namespace_of(const struct config_environment *environment,
                               const struct application *application)
{
    bool own = environment->cluster_scope || !application->component;
    return own && application->namespace.n ? application->namespace : environment->namespace;
}

static struct str value_of(struct str name, const struct config_environment *environment,
                           const struct application *application)
{
    const struct {
        const char *name;
        struct str value;
    } values[] = {
        {"env", environment->name},        {"app", application->name},
        {"domain", application->domain},   {"namespace", namespace_of(environment, application)},
        {"pool", environment->pool},       {"chart", application->chart_directory},
        {"cluster", environment->cluster},
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if (str_is(name, values[i].name))
            return values[i].value;
    }
    return (struct str){0};
}

struct str pattern_fill(struct arena *arena, struct str pattern,
                        const struct config_environment *environment,
                        const struct application *application)
{
    struct text filled = {.arena = arena};
    while (pattern.n) {
        size_t open = str_find_char(pattern, '{');
        text_add(&filled, str_slice(pattern, 0, open));
        if (open == STR_NOT_FOUND)
            break;
        pattern = str_from(pattern, open + 1);
        struct str name = str_cut(&pattern, '}');
        struct str value = value_of(name, environment, application);
        /* A chart in the root has the empty directory. */
        bool missing = str_is(name, "chart") ? !value.p : !value.n;
        if (missing)
            return (struct str){0};
        text_add(&filled, value);
    }
    return path_clean(arena, text_str(&filled));
}

bool matches_any(const struct str_list *globs, struct str name)
{
    return globs->count == 0 || glob_match_any(globs, name);
}
