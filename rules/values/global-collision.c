#include "engine/engine.h"

struct search {
    struct pass *pass;
    const struct release *release;
    const struct yaml_entry *entry;
    const struct yaml_node *own; /* what the chart's values.yaml has there; may be NULL */
};

static void report_key(const struct search *search, const char *message)
{
    const struct chart *chart = search->release->chart;
    struct report *report = pass_report(search->pass, search->entry->key_span, message);
    report_values_path(report,
                       values_path_key(pass_arena(search->pass), STR(""), search->entry->key));
    report_argument(report, "chart", chart->name);
    report_argument(report, "default", yaml_text(search->own));
    report_only_for(report, search->release);
    if (search->own && search->own->span.file)
        report_related(report, search->own->span, "in the chart");
}

static bool is_dependency(const struct chart *chart, struct str key)
{
    for (size_t i = 0; i < chart->dependency_count; i++) {
        const struct chart_dependency *dependency = &chart->dependencies[i];
        if (str_equal(dependency->alias.n ? dependency->alias : dependency->name, key))
            return true;
    }
    return false;
}

static bool are_strange_maps(const struct yaml_node *a, const struct yaml_node *b)
{
    if (!b || a->kind != YAML_MAP || b->kind != YAML_MAP || !a->map.count || !b->map.count)
        return false;
    for (size_t i = 0; i < a->map.count; i++) {
        if (yaml_find(b, a->map.entries[i].key))
            return false;
    }
    return true;
}

/* True when the chart reads the key as the namespace of its objects, and it is another one. */
static bool is_foreign_namespace(const struct search *search)
{
    struct arena *arena = pass_arena(search->pass);
    struct str_list names = pass_option_strings(search->pass, "namespaces");
    const struct reads *reads = pass_reads(search->pass, search->release);
    struct str value = yaml_text(search->entry->value);
    if (!reads || reads->everything || !value.n || !str_list_has(&names, search->entry->key) ||
        str_equal(value, search->release->namespace))
        return false;
    struct read_set root = reads_root(arena, reads);
    struct read_set set = read_set_child(arena, &root, search->entry->key);
    return set.count;
}

static bool is_host_for_none(const struct search *search)
{
    struct str domain = search->release->environment->domain;
    struct str value = yaml_text(search->entry->value);
    struct str own = yaml_text(search->own);
    return domain.n && str_equal(value, domain) && own.n && !str_contains(own, STR(".")) &&
           !str_is(own, "localhost");
}

static void check_key(const struct search *search)
{
    struct str key = search->entry->key;
    bool is_map = search->entry->value->kind == YAML_MAP;
    bool is_subchart = is_dependency(search->release->chart, key);
    if (is_subchart && (!is_map || are_strange_maps(search->entry->value, search->own)))
        report_key(search, "dependency");
    else if (are_strange_maps(search->entry->value, search->own))
        report_key(search, "map");
    else if (is_foreign_namespace(search))
        report_key(search, "namespace");
    else if (is_host_for_none(search))
        report_key(search, "host");
}

/* True when the release shares the layer with other applications. */
static bool is_shared_in(const struct release *release, const struct layer *layer)
{
    for (size_t i = 0; i < release->layer_count; i++) {
        if (release->layers[i].layer == layer)
            return !release_layer_is_own(&release->layers[i]);
    }
    return false;
}

static void check(struct pass *pass, const struct layer_use *use)
{
    const struct yaml_node *root = use->layer->root;
    if (use->layer->kind != LAYER_FILE || root->kind != YAML_MAP)
        return;
    for (size_t i = 0; i < use->release_count; i++) {
        const struct release *release = use->releases[i];
        const struct chart *chart = release->chart;
        if (!chart || !is_shared_in(release, use->layer))
            continue;
        const struct yaml_node *defaults = chart->defaults ? chart->defaults->root : NULL;
        for (size_t k = 0; k < root->map.count; k++) {
            const struct yaml_entry *entry = &root->map.entries[k];
            const struct yaml_entry *own = yaml_find(defaults, entry->key);
            struct search search = {pass, release, entry, own ? own->value : NULL};
            struct layer_value value = {.entry = entry, .node = entry->value};
            if (!entry->merged && release_gets(release, use->layer, &value))
                check_key(&search);
        }
    }
}

const struct rule_code rule_values_global_collision = {.layer = check, .uses_reads = true};
