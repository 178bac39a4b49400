#include "argocd.h"
#include "argocd_git.h"

struct generation {
    struct argocd_set *set;
    struct arena *arena;
    const struct yaml_node *node;  /* what stands behind the generator's name */
    const struct value_map *outer; /* NULL */
    struct argocd_parameter_list *list;
};

static struct value_map *copy_map(struct arena *arena, const struct value_map *map)
{
    return value_copy(arena, value_of_map((struct value_map *)map)).map;
}

/* `values`: more parameters, in whose templates the others can be used. */
static void add_values(const struct generation *generation, struct value_map *parameters)
{
    const struct yaml_node *values = yaml_value(generation->node, "values");
    if (!values || values->kind != YAML_MAP)
        return;
    struct value_map *all = copy_map(generation->arena, parameters);
    if (generation->outer)
        value_map_merge(all, copy_map(generation->arena, generation->outer));
    const struct yaml_node *filled = argocd_fill_node(generation->set, all, values);
    if (filled)
        value_map_set(parameters, STR("values"), value_from_yaml(generation->arena, filled));
}

static void add(const struct generation *generation, struct value_map *parameters)
{
    add_values(generation, parameters);
    vector_push(generation->arena, generation->list,
                ((struct argocd_parameters){parameters, yaml_value(generation->node, "template")}));
}

/* --- list --- */

static void add_elements(const struct generation *generation, const struct yaml_node *elements)
{
    for (size_t i = 0; elements && elements->kind == YAML_LIST && i < elements->list.count; i++) {
        struct value value = value_from_yaml(generation->arena, elements->list.items[i]);
        if (value.type == VALUE_MAP)
            vector_push(
                generation->arena, generation->list,
                ((struct argocd_parameters){value.map, yaml_value(generation->node, "template")}));
    }
}

static void generate_list(const struct generation *generation)
{
    const struct yaml_node *text = yaml_value(generation->node, "elementsYaml");
    add_elements(generation, yaml_value(generation->node, "elements"));
    if (text && text->kind == YAML_STRING)
        add_elements(generation, yaml_root(yaml_parse_bytes(generation->arena, text->text, 0,
                                                            &limits_default)));
}

/* --- clusters --- */

static struct str find_label(const void *context, struct str key)
{
    const struct argocd_cluster *cluster = context;
    const struct yaml_entry *label = yaml_find(cluster->labels, key);
    return label ? yaml_text(label->value) : (struct str){0};
}

static struct value_map *cluster_parameters(struct arena *arena,
                                            const struct argocd_cluster *cluster)
{
    struct value_map *parameters = value_map_new(arena, MAP_ANY);
    struct value_map *metadata = value_map_new(arena, MAP_ANY);
    value_map_set(parameters, STR("name"), value_string(cluster->name));
    value_map_set(parameters, STR("nameNormalized"),
                  value_string(str_replace(arena, cluster->name, STR("_"), STR("-"))));
    value_map_set(parameters, STR("server"), value_string(cluster->server));
    if (cluster->labels)
        value_map_set(metadata, STR("labels"), value_from_yaml(arena, cluster->labels));
    if (cluster->annotations)
        value_map_set(metadata, STR("annotations"), value_from_yaml(arena, cluster->annotations));
    value_map_set(parameters, STR("metadata"), value_of_map(metadata));
    return parameters;
}

static void generate_clusters(const struct generation *generation)
{
    const struct argocd *argocd = generation->set->argocd;
    const struct yaml_node *selector = yaml_value(generation->node, "selector");
    if (!argocd->clusters.count)
        deployer_unresolved(argocd->deployer, generation->node->span,
                            "the clusters that Argo CD knows are not in this repository; "
                            "applications.argocd.clusters of the configuration can name them");
    for (size_t i = 0; i < argocd->clusters.count; i++) {
        const struct argocd_cluster *cluster = &argocd->clusters.items[i];
        if (argocd_selector_matches(selector, find_label, cluster))
            add(generation, cluster_parameters(generation->arena, cluster));
    }
}

/* --- git --- */

static void generate_git(const struct generation *generation)
{
    struct argocd_git_list found = {0};
    argocd_git_find(generation->set->argocd, generation->node, &found);
    for (size_t i = 0; i < found.count; i++)
        add(generation, found.items[i]);
}

/* --- generators of generators --- */

static void combine(const struct generation *generation, const struct argocd_parameters *first,
                    const struct yaml_node *second)
{
    struct argocd_parameter_list inner = {0};
    const struct yaml_node *filled = argocd_fill_node(generation->set, first->map, second);
    if (!filled)
        return;
    argocd_generate(generation->set, filled, first->map, &inner);
    for (size_t i = 0; i < inner.count; i++) {
        struct value_map *both = copy_map(generation->arena, first->map);
        value_map_merge(both, inner.items[i].map);
        vector_push(generation->arena, generation->list,
                    ((struct argocd_parameters){
                        both, node_merge(generation->arena,
                                         yaml_value(generation->node, "template"), NULL)}));
    }
}

static void generate_matrix(const struct generation *generation)
{
    struct node_list generators = node_items(generation->node, "generators");
    struct argocd_parameter_list first = {0};
    if (generators.count != 2) {
        deployer_unresolved(generation->set->argocd->deployer, generation->node->span,
                            "a matrix has two generators, not %zu", generators.count);
        return;
    }
    argocd_generate(generation->set, generators.items[0], generation->outer, &first);
    for (size_t i = 0; i < first.count; i++)
        combine(generation, &first.items[i], generators.items[1]);
}

/* The values of the keys by which a merge knows what belongs together. */
static struct str merge_key(const struct generation *generation, const struct value_map *map)
{
    struct text key = {.arena = generation->arena};
    struct node_list keys = node_items(generation->node, "mergeKeys");
    for (size_t i = 0; i < keys.count; i++) {
        const struct value *value = argocd_parameter(map, yaml_text(keys.items[i]));
        text_add(&key, value ? argocd_parameter_text(generation->arena, value) : STR("\x01"));
        text_add_char(&key, '\n');
    }
    return text_str(&key);
}

static void merge_over(const struct generation *generation, const struct argocd_parameters *over,
                       const struct argocd_parameter_list *base)
{
    struct str key = merge_key(generation, over->map);
    for (size_t i = 0; i < base->count; i++) {
        if (str_equal(merge_key(generation, base->items[i].map), key))
            value_map_merge(base->items[i].map, copy_map(generation->arena, over->map));
    }
}

static void generate_merge(const struct generation *generation)
{
    struct node_list generators = node_items(generation->node, "generators");
    struct argocd_parameter_list base = {0};
    for (size_t i = 0; i < generators.count; i++) {
        struct argocd_parameter_list over = {0};
        argocd_generate(generation->set, generators.items[i], generation->outer, i ? &over : &base);
        for (size_t k = 0; k < over.count; k++)
            merge_over(generation, &over.items[k], &base);
    }
    for (size_t i = 0; i < base.count; i++)
        vector_push(generation->arena, generation->list,
                    ((struct argocd_parameters){base.items[i].map,
                                                yaml_value(generation->node, "template")}));
}

/* --- all of them --- */

static struct str find_parameter(const void *context, struct str key)
{
    const struct value *value = argocd_parameter(context, key);
    return value && value->type == VALUE_STRING ? value_str(*value)
           : value && value->type == VALUE_BOOL ? (value->boolean ? STR("true") : STR("false"))
                                                : (struct str){0};
}

/* The generator's `selector` looks at the parameters. */
static void select_parameters(const struct yaml_node *selector, size_t from,
                              struct argocd_parameter_list *list)
{
    size_t kept = from;
    for (size_t i = from; i < list->count; i++) {
        if (argocd_selector_matches(selector, find_parameter, list->items[i].map))
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

void argocd_generate(struct argocd_set *set, const struct yaml_node *generator,
                     const struct value_map *outer, struct argocd_parameter_list *list)
{
    static const struct {
        const char *name;
        void (*generate)(const struct generation *generation);
    } kinds[] = {
        {"list", generate_list},     {"clusters", generate_clusters}, {"git", generate_git},
        {"matrix", generate_matrix}, {"merge", generate_merge},
    };
    struct deployer *deployer = set->argocd->deployer;
    size_t from = list->count;
    for (size_t i = 0; generator->kind == YAML_MAP && i < generator->map.count; i++) {
        const struct yaml_entry *entry = &generator->map.entries[i];
        if (str_is(entry->key, "selector"))
            continue;
        size_t k = 0;
        while (k < sizeof kinds / sizeof *kinds && !str_is(entry->key, kinds[k].name))
            k++;
        struct generation generation = {set, deployer->arena, entry->value, outer, list};
        if (k < sizeof kinds / sizeof *kinds)
            kinds[k].generate(&generation);
        else
            deployer_unresolved(deployer, entry->key_span,
                                "what the generator %.*s finds is not in this repository",
                                STR_ARG(entry->key));
    }
    select_parameters(yaml_value(generator, "selector"), from, list);
}
