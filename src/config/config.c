#include "config.h"

#include "deployers.h"
#include "pools.h"
#include "read.h"

/* --- environments --- */

struct vault {
    struct str server, path;
};

static void read_vault(struct config_reader *reader, const struct yaml_node *node, void *target)
{
    static const struct config_field fields[] = {
        FIELD(FIELD_TEXT, struct vault, server, "server"),
        FIELD(FIELD_TEXT, struct vault, path, "path"),
    };
    struct vault vault = {0};
    config_read_map(reader, node, "vault", CONFIG_FIELDS(fields), &vault);
    struct config_environment *environment = target;
    environment->vault_server = vault.server;
    environment->vault_path = vault.path;
}

static void read_scope(struct config_reader *reader, const struct yaml_node *node, void *target)
{
    if (str_is(yaml_text(node), "cluster"))
        *(bool *)target = true;
    else if (!str_is(yaml_text(node), "environment"))
        config_error(reader, node->span, "scope is `environment` or `cluster`");
}

static void read_environment(struct config_reader *reader, const struct yaml_entry *entry,
                             struct config *config)
{
    static const struct config_field fields[] = {
        FIELD(FIELD_TEXT, struct config_environment, namespace, "namespace"),
        FIELD(FIELD_TEXT, struct config_environment, pool, "pool"),
        FIELD(FIELD_TEXT, struct config_environment, taint, "taint"),
        FIELD(FIELD_TEXT, struct config_environment, domain, "domain"),
        FIELD(FIELD_TEXT, struct config_environment, cluster, "cluster"),
        FIELD(FIELD_TEXT, struct config_environment, base, "base"),
        FIELD(FIELD_TEXTS, struct config_environment, hosts, "hosts"),
        {"vault", FIELD_READ, 0, read_vault},
        FIELD(FIELD_TEXT, struct config_environment, state, "state"),
        FIELD_BY(read_scope, struct config_environment, cluster_scope, "scope"),
    };
    struct config_environment *environment = vector_add(reader->arena, &config->environments);
    environment->name = entry->key;
    environment->span = entry->key_span;
    config_read_map(reader, entry->value, "an environment", CONFIG_FIELDS(fields), environment);
}

static void check_base(struct config_reader *reader, const struct config *config,
                       const struct config_environment *environment)
{
    bool is_there = !environment->base.n;
    for (size_t i = 0; i < config->environments.count; i++)
        is_there = is_there || str_equal(config->environments.items[i].name, environment->base);
    if (!is_there)
        config_error(reader, environment->span, "base %.*s of %.*s is no environment",
                     STR_ARG(environment->base), STR_ARG(environment->name));
}

static void read_environments(struct config_reader *reader, const struct yaml_node *node,
                              void *target)
{
    if (!config_expect(reader, node, YAML_MAP, "environments"))
        return;
    for (size_t i = 0; i < node->map.count; i++)
        read_environment(reader, &node->map.entries[i], target);
    const struct config *config = target;
    for (size_t i = 0; i < config->environments.count; i++)
        check_base(reader, config, &config->environments.items[i]);
}

bool config_is_foreign(const struct config_environment *own, const struct config_environment *other)
{
    return other != own && !own->cluster_scope && !other->cluster_scope &&
           !(own->base.n && str_equal(own->base, other->name));
}

bool config_are_apart(const struct config_environment *a, const struct config_environment *b)
{
    return config_is_foreign(a, b) && config_is_foreign(b, a);
}

/* --- applications --- */

static void read_component_item(struct config_reader *reader, const struct yaml_node *node,
                                void *target)
{
    static const struct config_field fields[] = {
        FIELD(FIELD_TEXT, struct config_components, files, "files"),
        FIELD(FIELD_TEXTS, struct config_components, environments, "environments"),
    };
    struct config *config = target;
    struct config_components *components = vector_add(reader->arena, &config->components);
    components->span = node->span;
    if (node->kind == YAML_STRING)
        components->files = node->text;
    else
        config_read_map(reader, node, "an item of components", CONFIG_FIELDS(fields), components);
    if (!components->files.n)
        config_error(reader, node->span, "components need a glob of files");
}

static void read_components(struct config_reader *reader, const struct yaml_node *node,
                            void *target)
{
    if (node->kind == YAML_LIST)
        config_each_item(reader, node, "components", read_component_item, target);
    else if (node->kind != YAML_NULL)
        read_component_item(reader, node, target);
}

void config_read_application(struct config_reader *reader, const struct yaml_node *node,
                             struct config_application *application)
{
    static const struct config_field fields[] = {
        FIELD(FIELD_TEXT, struct config_application, name, "name"),
        FIELD(FIELD_TEXT, struct config_application, chart, "chart"),
        FIELD(FIELD_TEXT, struct config_application, domain, "domain"),
        FIELD(FIELD_TEXT, struct config_application, namespace, "namespace"),
        FIELD(FIELD_TEXTS, struct config_application, environments, "environments"),
        FIELD(FIELD_TEXTS, struct config_application, layers, "layers"),
    };
    application->span = node->span;
    if (node->kind == YAML_STRING)
        application->name = node->text;
    else
        config_read_map(reader, node, "an application", CONFIG_FIELDS(fields), application);
    if (!application->name.n)
        config_error(reader, node->span, "an application needs a name");
}

static void read_application(struct config_reader *reader, const struct yaml_node *node,
                             void *target)
{
    struct config *config = target;
    config_read_application(reader, node, vector_add(reader->arena, &config->applications));
}

static void read_deployed(struct config_reader *reader, const struct yaml_node *node, void *target)
{
    if (str_is(yaml_text(node), "with-layer"))
        *(enum config_deployed *)target = DEPLOYED_WITH_LAYER;
    else if (!str_is(yaml_text(node), "everywhere"))
        config_error(reader, node->span, "deployed is `everywhere` or `with-layer`");
}

static void read_applications(struct config_reader *reader, const struct yaml_node *node,
                              void *target)
{
    static const struct config_field fields[] = {
        {"components", FIELD_READ, 0, read_components},
        {"list", FIELD_ITEMS, 0, read_application},
        FIELD(FIELD_TEXTS, struct config, application_charts, "charts"),
        FIELD_BY(read_deployed, struct config, deployed, "deployed"),
        FIELD_BY(config_read_argocd, struct config, argocd, "argocd"),
        FIELD(FIELD_TEXTS, struct config, flux, "flux"),
        FIELD(FIELD_TEXTS, struct config, helmfile, "helmfile"),
        {"from", FIELD_ITEMS, 0, config_read_from},
    };
    config_read_map(reader, node, "applications", CONFIG_FIELDS(fields), target);
}

/* --- layers and charts --- */

static const char *const placeholders[] = {"env",  "app",   "domain", "namespace",
                                           "pool", "chart", "cluster"};

static void check_placeholders(struct config_reader *reader, struct str pattern, struct span span)
{
    struct str_list known = {0};
    for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++)
        vector_push(reader->arena, &known, str_from_c(placeholders[i]));
    for (size_t at = str_find_char(pattern, '{'); at != STR_NOT_FOUND;
         at = str_find_char(pattern, '{')) {
        pattern = str_from(pattern, at + 1);
        struct str name = str_slice(pattern, 0, str_find_char(pattern, '}'));
        if (str_list_has(&known, name))
            continue;
        struct str near = similar_find(name, known.items, known.count);
        config_error(reader, span, "unknown placeholder `{%.*s}`%s%.*s; known are {%.*s}",
                     STR_ARG(name), near.p ? ", did you mean " : "", STR_ARG(near),
                     STR_ARG(str_list_join(reader->arena, &known, STR("} {"))));
    }
}

static void read_layer(struct config_reader *reader, const struct yaml_node *node, void *target)
{
    static const struct config_field fields[] = {
        FIELD(FIELD_TEXT, struct config_layer, pattern, "path"),
        FIELD(FIELD_FLAG, struct config_layer, optional, "optional"),
        FIELD(FIELD_TEXTS, struct config_layer, environments, "environments"),
    };
    struct config *config = target;
    struct config_layer *layer = vector_add(reader->arena, &config->layers);
    layer->span = node->span;
    if (node->kind == YAML_STRING)
        layer->pattern = node->text;
    else
        config_read_map(reader, node, "a layer", CONFIG_FIELDS(fields), layer);
    if (layer->pattern.n)
        check_placeholders(reader, layer->pattern, node->span);
    else
        config_error(reader, node->span, "a layer needs a path");
}

static void read_chart_sources(struct config_reader *reader, const struct yaml_node *node,
                               void *target)
{
    if (!config_expect(reader, node, YAML_MAP, "charts"))
        return;
    struct config *config = target;
    for (size_t i = 0; i < node->map.count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        struct config_chart_source *source = vector_add(reader->arena, &config->chart_sources);
        *source =
            (struct config_chart_source){entry->key, yaml_text(entry->value), entry->key_span};
        if (!source->directory.n)
            config_error(reader, entry->value->span, "the folder of charts must be a string");
    }
}

/* --- the small sections --- */

static void read_labels(struct config_reader *reader, const struct yaml_node *node, void *target)
{
    static const struct config_field fields[] = {
        FIELD(FIELD_TEXT, struct config, label_tier, "tier"),
        FIELD(FIELD_TEXT, struct config, label_environment, "environment"),
        FIELD(FIELD_TEXT, struct config, label_pool, "pool"),
    };
    config_read_map(reader, node, "labels", CONFIG_FIELDS(fields), target);
}

static void read_off(struct config_reader *reader, const struct yaml_node *node, void *target)
{
    bool is_word = node->kind == YAML_STRING || node->kind == YAML_BOOL;
    if (!is_word)
        config_error(reader, node->span,
                     "value is the word or boolean that switches an environment off");
    else if (node->kind == YAML_BOOL && !str_is(node->text, "true") && !str_is(node->text, "false"))
        config_error(reader, node->span, "%.*s is a boolean in YAML, quote it",
                     STR_ARG(node->text));
    *(const struct yaml_node **)target = node;
}

static void read_shutdown(struct config_reader *reader, const struct yaml_node *node, void *target)
{
    static const struct config_field fields[] = {
        FIELD(FIELD_TEXTS, struct config_shutdown, flags, "flags"),
        FIELD_BY(read_off, struct config_shutdown, off, "value"),
    };
    config_read_map(reader, node, "shutdown", CONFIG_FIELDS(fields), target);
}

static void read_shared(struct config_reader *reader, const struct yaml_node *node, void *target)
{
    static const struct config_field fields[] = {
        FIELD(FIELD_TEXTS, struct config, shared_namespaces, "namespaces"),
        FIELD(FIELD_TEXTS, struct config, shared_hosts, "hosts"),
        FIELD(FIELD_TEXTS, struct config, shared_objects, "objects"),
    };
    config_read_map(reader, node, "shared", CONFIG_FIELDS(fields), target);
}

static void read_version(struct config_reader *reader, const struct yaml_node *node, void *target)
{
    (void)target;
    if (node->kind != YAML_NUMBER || node->number != 1)
        config_error(reader, node->span, "version must be 1");
}

/* --- rules --- */

/* YYYY-MM-DD; what the parts mean is not checked further. */
static bool is_date(struct str s)
{
    if (s.n != 10)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        bool dash = i == 4 || i == 7;
        if (dash ? s.p[i] != '-' : s.p[i] < '0' || s.p[i] > '9')
            return false;
    }
    return true;
}

static void read_exception(struct config_reader *reader, const struct yaml_node *node, void *target)
{
    static const struct config_field fields[] = {
        FIELD(FIELD_TEXT, struct config_exception, rule, "rule"),
        FIELD(FIELD_TEXT, struct config_exception, env, "env"),
        FIELD(FIELD_TEXT, struct config_exception, app, "app"),
        FIELD(FIELD_TEXT, struct config_exception, path, "path"),
        FIELD(FIELD_TEXT, struct config_exception, reason, "reason"),
        FIELD(FIELD_TEXT, struct config_exception, until, "until"),
    };
    struct config *config = target;
    struct config_exception *exception = vector_add(reader->arena, &config->rules.exceptions);
    exception->span = node->span;
    config_read_map(reader, node, "an exception", CONFIG_FIELDS(fields), exception);
    if (!exception->rule.n)
        config_error(reader, node->span, "an exception needs a rule");
    if (!exception->reason.n)
        config_error(reader, node->span, "an exception needs a reason");
    if (exception->until.n && !is_date(exception->until))
        config_error(reader, node->span, "until must be a date as in 2027-06-30");
}

static void read_override(struct config_reader *reader, const struct yaml_node *node, void *target)
{
    static const struct config_field fields[] = {
        FIELD(FIELD_TEXT, struct config_override, env, "env"),
        FIELD(FIELD_TEXT, struct config_override, app, "app"),
        FIELD(FIELD_TEXT, struct config_override, path, "path"),
        FIELD(FIELD_TEXTS, struct config_override, ignore, "ignore"),
        FIELD(FIELD_NODE, struct config_override, severity, "severity"),
    };
    struct config *config = target;
    struct config_override *override = vector_add(reader->arena, &config->rules.overrides);
    override->span = node->span;
    config_read_map(reader, node, "an override", CONFIG_FIELDS(fields), override);
}

static void read_rules(struct config_reader *reader, const struct yaml_node *node, void *target)
{
    static const struct config_field fields[] = {
        FIELD(FIELD_TEXT, struct config, rules.profile, "profile"),
        FIELD(FIELD_TEXTS, struct config, rules.select, "select"),
        FIELD(FIELD_TEXTS, struct config, rules.ignore, "ignore"),
        FIELD(FIELD_NODE, struct config, rules.severity, "severity"),
        FIELD(FIELD_NODE, struct config, rules.options, "options"),
        {"exceptions", FIELD_ITEMS, 0, read_exception},
        {"overrides", FIELD_ITEMS, 0, read_override},
    };
    config_read_map(reader, node, "rules", CONFIG_FIELDS(fields), target);
}

/* --- the whole file --- */

static const struct config_field config_fields[] = {
    {"version", FIELD_READ, 0, read_version},
    FIELD(FIELD_TEXT, struct config, root, "root"),
    {"environments", FIELD_READ, 0, read_environments},
    {"labels", FIELD_READ, 0, read_labels},
    FIELD(FIELD_TEXTS, struct config, tiers, "tiers"),
    {"applications", FIELD_READ, 0, read_applications},
    {"layers", FIELD_ITEMS, 0, read_layer},
    {"charts", FIELD_READ, 0, read_chart_sources},
    {"pools", FIELD_READ, 0, config_read_pools},
    {"shared", FIELD_READ, 0, read_shared},
    FIELD_BY(read_shutdown, struct config, shutdown, "shutdown"),
    {"rules", FIELD_READ, 0, read_rules},
};

struct config config_default(void)
{
    return (struct config){
        .label_tier = STR("tier"),
        .label_environment = STR("environment"),
        .label_pool = STR("pool"),
    };
}

static void check_whole(struct config_reader *reader, struct config *config)
{
    const struct yaml_node *root = yaml_root(config->stream);
    if (!yaml_value(root, "version"))
        config_error(reader, (struct span){root->span.file, 0, 0},
                     "`version: 1` is missing at the top");
    struct str directory = path_directory(config->path);
    struct str joined =
        str_format(reader->arena, "%.*s/%.*s", STR_ARG(directory), STR_ARG(config->root));
    config->root = path_clean(reader->arena, joined);
    if (!config->root.p)
        config_error(reader, yaml_value(root, "root")->span, "root leads out of the repository");
}

bool config_load(struct arena *arena, struct tree *tree, struct str path, struct diagnostics *sink,
                 struct config *ret_config)
{
    struct config_reader reader = {arena, sink, 0};
    struct config config = config_default();
    const struct file *file = tree_find(tree, path);
    if (!file || file->state != FILE_READ) {
        config_error(&reader, (struct span){0}, "%.*s: %.*s", STR_ARG(path),
                     STR_ARG(file ? file->problem : STR("there is no such configuration file")));
        return false;
    }
    config.path = file->path;
    config.stream = yaml_parse(arena, file, &limits_default);
    diagnostics_append(sink, &config.stream->problems);
    if (!config.stream->complete)
        return false;
    config_read_map(&reader, yaml_root(config.stream), "the configuration",
                    CONFIG_FIELDS(config_fields), &config);
    check_whole(&reader, &config);
    if (reader.errors)
        return false;
    *ret_config = config;
    return true;
}
