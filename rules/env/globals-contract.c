#include "engine/engine.h"

/* The globals of one environment: what its environment-wide files merge to. */
struct globals {
    const struct config_environment *environment;
    const struct merged *values;
    const struct layer *own; /* the first file of this environment, node profiles come later */
    VECTOR(const struct release *) releases;
};

struct globals_list {
    struct globals *items;
    size_t count, capacity;
};

/* One alternative of a key: "environment.state: string". */
struct demand {
    struct str path, type;
};

static bool cut_demand(struct str *rest, struct demand *ret_demand)
{
    if (!rest->p)
        return false;
    struct str item = str_cut(rest, '|');
    ret_demand->path = str_trim(str_cut(&item, ':'));
    ret_demand->type = str_trim(item.p ? item : STR(""));
    return true;
}

/* False when a file cannot be read whole: then nothing is known to be missing. */
static bool read_globals(struct pass *pass, const struct release *release, struct globals *globals)
{
    struct arena *arena = pass_arena(pass);
    const struct layer **layers =
        arena_make_array(arena, const struct layer *, release->layer_count);
    size_t count = 0;
    for (size_t i = 0; i < release->layer_count; i++) {
        const struct layer *layer = release->layers[i].layer;
        if (!layer || layer->kind == LAYER_CHART || release_layer_is_own(&release->layers[i]))
            continue;
        if (layer->kind == LAYER_UNKNOWN || !layer->stream->complete)
            return false;
        layers[count++] = layer;
        if (!globals->own && pass_layer_use(pass, layer)->environment)
            globals->own = layer;
    }
    globals->environment = release->environment;
    globals->values = merge_layers(arena, layers, count);
    return globals->own;
}

static struct globals *find_globals(struct globals_list *list, const struct release *release)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].environment == release->environment)
            return &list->items[i];
    }
    return NULL;
}

static struct globals_list all_globals(struct pass *pass)
{
    struct globals_list list = {0};
    const struct model *model = pass_model(pass);
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        struct globals *globals = find_globals(&list, release);
        struct globals found = {0};
        if (!globals && !release->environment->cluster_scope &&
            read_globals(pass, release, &found)) {
            globals = vector_add(pass_arena(pass), &list);
            *globals = found;
        }
        if (globals)
            vector_push(pass_arena(pass), &globals->releases, release);
    }
    return list;
}

static bool has_type(const struct yaml_node *node, struct str type)
{
    return !type.n || str_is(type, yaml_kind_name(node->kind));
}

/* The alternative that is there with the right type, else the first that is there. */
static struct merged_value find_value(const struct globals *globals, struct str key,
                                      struct demand *ret_demand)
{
    struct merged_value found = {0};
    struct demand demand = {0};
    while (cut_demand(&key, &demand)) {
        struct merged_value value = merged_at(globals->values, demand.path);
        bool better = value.node && (!found.node || !has_type(found.node, ret_demand->type));
        if (!better || (found.node && !has_type(value.node, demand.type)))
            continue;
        found = value;
        *ret_demand = demand;
    }
    return found;
}

static struct report *begin(struct pass *pass, const struct globals *globals, struct span span,
                            const char *message)
{
    struct report *report = pass_report(pass, span, message);
    report_argument(report, "environment", globals->environment->name);
    for (size_t i = 0; i < globals->releases.count; i++)
        report_only_for(report, globals->releases.items[i]);
    return report;
}

static void check_value(struct pass *pass, const struct globals *globals,
                        const struct demand *demand, const struct merged_value *value)
{
    struct str found = str_from_c(yaml_kind_name(value->node->kind));
    struct span span = value_span(value->node, value->key_span);
    bool blank = yaml_is_blank(value->node);
    if (!blank && has_type(value->node, demand->type))
        return;
    struct report *report = begin(pass, globals, span, blank ? "blank" : "type");
    report_values_path(report, demand->path);
    report_argument(report, "found", found);
    report_argument(report, "expected", demand->type);
}

/* Keys that the configuration lists are wanted whether other environments have them or not. */
static bool is_configured(const struct pass *pass)
{
    const struct yaml_node *options = pass_model(pass)->config->rules.options;
    const struct yaml_entry *own = yaml_find(options, STR("env/globals-contract"));
    return own && yaml_value(own->value, "keys");
}

static void report_missing(struct pass *pass, const struct globals *globals, struct str key,
                           const struct str_list *have)
{
    struct demand demand = {0};
    cut_demand(&key, &demand);
    struct span top = {globals->own->file->id, 0, 0};
    const struct yaml_node *root = globals->own->root;
    if (root->kind == YAML_MAP && root->map.count)
        top = root->map.entries[0].key_span;
    struct report *report = begin(pass, globals, top, have->count ? "missing" : "nowhere");
    report_values_path(report, demand.path);
    report_argument(report, "key", demand.path);
    report_argument(report, "others", str_list_join(pass_arena(pass), have, STR(" and ")));
}

static void check_key(struct pass *pass, const struct globals_list *list, struct str key)
{
    struct demand demand = {0};
    struct str_list have = {0};
    for (size_t i = 0; i < list->count; i++) {
        const struct yaml_node *node = find_value(&list->items[i], key, &demand).node;
        if (node && !yaml_is_blank(node))
            vector_push(pass_arena(pass), &have, list->items[i].environment->name);
    }
    bool common = list->count > 1 && have.count * 2 >= list->count;
    if (!common && !is_configured(pass))
        return;
    for (size_t i = 0; i < list->count; i++) {
        const struct globals *globals = &list->items[i];
        struct merged_value value = find_value(globals, key, &demand);
        if (value.node)
            check_value(pass, globals, &demand, &value);
        else
            report_missing(pass, globals, key, &have);
    }
}

static void check(struct pass *pass)
{
    if (pass_model(pass)->detected)
        return; /* that a file belongs to a whole environment is a guess there */
    struct globals_list list = all_globals(pass);
    struct str_list keys = pass_option_strings(pass, "keys");
    for (size_t i = 0; i < keys.count; i++)
        check_key(pass, &list, keys.items[i]);
}

const struct rule_code rule_env_globals_contract = {.repository = check};
