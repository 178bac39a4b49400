#include "chart_private.h"

/* What Helm refuses in Chart.yaml, in its words (pkg/chart/v2/metadata.go, dependency.go). */

static bool is_alias(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!is_ascii_alphanumeric(s.p[i]) && s.p[i] != '_' && s.p[i] != '-')
            return false;
    }
    return true;
}

static struct str problem_of_name(struct arena *arena, struct str name)
{
    struct str quoted = quote_go(arena, name);
    bool has_folder = str_find_char(name, '/') != STR_NOT_FOUND;
    if (!name.n)
        return STR("chart.metadata.name is required");
    if (str_is(name, ".") || str_is(name, ".."))
        return str_format(arena, "chart.metadata.name %.*s is not allowed", STR_ARG(quoted));
    if (has_folder && !str_is(name, "/"))
        return str_format(arena, "chart.metadata.name %.*s is invalid", STR_ARG(quoted));
    return (struct str){0};
}

static struct str problem_of_version(struct arena *arena, struct str version)
{
    struct semver parsed;
    if (!version.n)
        return STR("chart.metadata.version is required");
    if (!semver_parse(version, &parsed))
        return str_format(arena, "chart.metadata.version %.*s is invalid",
                          STR_ARG(quote_go(arena, version)));
    return (struct str){0};
}

static struct str problem_of_type(struct str type)
{
    if (!type.n || str_is(type, "application") || str_is(type, "library"))
        return (struct str){0};
    return STR("chart.metadata.type must be application or library");
}

static bool has_null(const struct yaml_node *list)
{
    for (size_t i = 0; list && list->kind == YAML_LIST && i < list->list.count; i++) {
        if (list->list.items[i]->kind == YAML_NULL)
            return true;
    }
    return false;
}

static struct str problem_of_dependencies(struct arena *arena, const struct yaml_node *list)
{
    struct map seen = {0};
    for (size_t i = 0; list && list->kind == YAML_LIST && i < list->list.count; i++) {
        const struct yaml_node *item = list->list.items[i];
        struct str name = yaml_text(yaml_value(item, "name"));
        struct str alias = yaml_text(yaml_value(item, "alias"));
        struct str key = alias.n ? alias : name;
        if (item->kind == YAML_NULL)
            return STR("dependencies must not contain empty or null nodes");
        if (!is_alias(alias))
            return str_format(arena, "dependency %.*s has disallowed characters in the alias",
                              STR_ARG(quote_go(arena, name)));
        if (map_has(&seen, key))
            return str_format(arena, "more than one dependency with name or alias %.*s",
                              STR_ARG(quote_go(arena, key)));
        map_put(arena, &seen, key, &seen);
    }
    return (struct str){0};
}

/* --- the types of what is written --- */

#define FIELD(name, go_type, type)                                                                 \
    {                                                                                              \
        name, "Metadata." name, go_type, type, NULL                                                \
    }
static const struct yaml_field metadata_fields[] = {
    FIELD("annotations", "map[string]string", YAML_FIELD_TEXT_MAP),
    FIELD("apiVersion", "string", YAML_FIELD_TEXT),
    FIELD("appVersion", "string", YAML_FIELD_TEXT),
    FIELD("condition", "string", YAML_FIELD_TEXT),
    FIELD("dependencies", "[]*v2.Dependency", YAML_FIELD_LIST),
    FIELD("deprecated", "bool", YAML_FIELD_BOOL),
    FIELD("description", "string", YAML_FIELD_TEXT),
    FIELD("home", "string", YAML_FIELD_TEXT),
    FIELD("icon", "string", YAML_FIELD_TEXT),
    FIELD("keywords", "[]string", YAML_FIELD_TEXTS),
    FIELD("kubeVersion", "string", YAML_FIELD_TEXT),
    FIELD("maintainers", "[]*v2.Maintainer", YAML_FIELD_LIST),
    FIELD("name", "string", YAML_FIELD_TEXT),
    FIELD("sources", "[]string", YAML_FIELD_TEXTS),
    FIELD("tags", "string", YAML_FIELD_TEXT),
    FIELD("type", "string", YAML_FIELD_TEXT),
    FIELD("version", "string", YAML_FIELD_TEXT),
};
static const struct yaml_fields metadata_type = {"chart.Metadata", metadata_fields,
                                                 sizeof metadata_fields / sizeof *metadata_fields};

/* What Helm 4 reads first. */
static const struct yaml_field base_fields[] = {
    {"apiVersion", "chartBase.apiVersion", "string", YAML_FIELD_TEXT, NULL},
};
static const struct yaml_fields base_type = {"loader.chartBase", base_fields, 1};

static struct str type_problem(struct arena *arena, const struct yaml_node *metadata, bool has_base)
{
    struct str problem = {0};
    if (has_base)
        problem = yaml_fields_mismatch(arena, metadata, &base_type);
    if (!problem.p)
        problem = yaml_fields_mismatch(arena, metadata, &metadata_type);
    if (problem.p)
        problem = str_join(arena,
                           STR("cannot load Chart.yaml: error unmarshaling JSON: while decoding "
                               "JSON: "),
                           problem);
    return problem;
}

/* --- all together --- */

/* What Chart.yaml says must be valid (Validate). */
static struct str validation_problem(struct arena *arena, const struct yaml_node *metadata,
                                     const struct yaml_node *dependencies)
{
    struct str problem = problem_of_name(arena, yaml_text(yaml_value(metadata, "name")));
    if (!problem.p)
        problem = problem_of_version(arena, yaml_text(yaml_value(metadata, "version")));
    if (!problem.p)
        problem = problem_of_type(yaml_text(yaml_value(metadata, "type")));
    if (!problem.p && has_null(yaml_value(metadata, "maintainers")))
        problem = STR("maintainers must not contain empty or null nodes");
    if (!problem.p)
        problem = problem_of_dependencies(arena, dependencies);
    return problem.p ? str_join(arena, STR("validation: "), problem) : problem;
}

/* Helm 4 chooses how to load a chart by its apiVersion, and has no way to install version 3. */
struct str chart_metadata_problem(struct arena *arena, const struct yaml_node *metadata,
                                  const struct yaml_node *requirements, bool is_root, unsigned helm)
{
    const struct yaml_node *dependencies = yaml_value(metadata, "dependencies");
    struct str version = yaml_text(yaml_value(metadata, "apiVersion"));
    bool has_base = is_root && helm != 3;
    bool is_third = str_is(version, "v3");
    bool is_known = !version.n || str_is(version, "v1") || str_is(version, "v2") || is_third;
    struct str problem = type_problem(arena, metadata, has_base);
    if (problem.p)
        return problem;
    if (has_base && !is_known)
        return STR("unsupported chart version");
    if (!dependencies)
        dependencies = yaml_value(requirements, "dependencies");
    problem = validation_problem(arena, metadata, dependencies);
    return !problem.p && has_base && is_third ? STR("invalid chart apiVersion") : problem;
}
