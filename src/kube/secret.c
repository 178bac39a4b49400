#include "secret.h"

#include "values/values.h"

struct reading {
    struct arena *arena;
    struct secret_facts *facts;
    const struct object *object;
};

/* --- places --- */

struct place {
    struct str path; /* in the object */
    const struct yaml_node *node;
};
struct place_list {
    struct place *items;
    size_t count, capacity;
};

struct place_search {
    struct arena *arena;
    const struct yaml_node *root;
    struct place_list places;
};

static void add_place(void *context, struct str path, struct value value)
{
    struct place_search *search = context;
    const struct yaml_node *node = object_at(search->root, path);
    (void)value;
    if (node && node->kind != YAML_NULL)
        vector_push(search->arena, &search->places, ((struct place){path, node}));
}

/* Where something stands below the root, by a path with stars. */
static struct place_list find_places(struct arena *arena, const struct yaml_node *root,
                                     struct str pattern)
{
    struct place_search search = {.arena = arena, .root = root};
    if (str_find_char(pattern, '*') == STR_NOT_FOUND)
        add_place(&search, pattern, value_nil());
    else
        values_match(arena, value_from_yaml(arena, root), pattern, add_place, &search);
    return search.places;
}

static struct place_list find_all(struct reading *reading, const struct str_list *patterns)
{
    struct place_list all = {0};
    for (size_t i = 0; i < patterns->count; i++) {
        struct place_list found =
            find_places(reading->arena, reading->object->root, patterns->items[i]);
        for (size_t k = 0; k < found.count; k++)
            vector_push(reading->arena, &all, found.items[k]);
    }
    return all;
}

/* --- what is made --- */

/* The pattern with what stands at its paths put in for them; p == NULL when nothing stands at one.
 * *ret_field is the last of the paths. */
static struct str fill_name(struct arena *arena, const struct yaml_node *root, struct str pattern,
                            struct str *ret_field)
{
    struct str name = STR("");
    while (pattern.p) {
        struct str text = str_cut(&pattern, '{');
        name = str_join(arena, name, text);
        if (!pattern.p)
            break;
        *ret_field = str_cut(&pattern, '}');
        struct str part = yaml_text(object_at(root, *ret_field));
        if (!part.n)
            return (struct str){0};
        name = str_join(arena, name, part);
    }
    return name;
}

static void add_keys(struct arena *arena, struct secret_made *made, const struct yaml_node *root,
                     const struct secret_keys *keys)
{
    for (size_t i = 0; i < keys->maps.count; i++) {
        const struct yaml_node *map = object_at(root, keys->maps.items[i]);
        for (size_t k = 0; k < yaml_entry_count(map); k++)
            vector_push(arena, &made->keys, map->map.entries[k].key);
    }
    for (size_t i = 0; i < keys->texts.count; i++) {
        struct place_list places = find_places(arena, root, keys->texts.items[i]);
        for (size_t k = 0; k < places.count; k++)
            vector_push(arena, &made->keys, yaml_text(places.items[k].node));
    }
    for (size_t i = 0; i < keys->always.count; i++)
        vector_push(arena, &made->keys, keys->always.items[i]);
}

static void read_keys(struct reading *reading, struct secret_made *made,
                      const struct secret_making *making, const struct yaml_node *root)
{
    made->is_open = true;
    for (size_t i = 0; i < making->keys.count; i++) {
        const struct secret_keys *keys = &making->keys.items[i];
        if (keys->when.path.p && !kind_condition_holds(&keys->when, root))
            continue;
        add_keys(reading->arena, made, root, keys);
        made->is_open = !made->keys.count;
        break;
    }
    for (size_t i = 0; i < making->open.count; i++)
        made->is_open = made->is_open || object_at(root, making->open.items[i]);
}

static void add_made(struct reading *reading, const struct secret_making *making,
                     const struct yaml_node *root, struct str path)
{
    struct arena *arena = reading->arena;
    struct secret_made made = {.object = reading->object};
    struct str field = STR("");
    for (size_t i = 0; i < making->names.count && !made.name.n; i++)
        made.name = fill_name(arena, root, making->names.items[i], &field);
    if (!made.name.n)
        return;
    made.field = path.n ? str_format(arena, "%.*s.%.*s", STR_ARG(path), STR_ARG(field)) : field;
    made.is_shared =
        making->shared.path.p && kind_condition_holds(&making->shared, reading->object->root);
    read_keys(reading, &made, making, root);
    made.is_open = made.is_open || making->is_open || made.is_shared;
    vector_push(arena, &reading->facts->made, made);
}

static void read_making(struct reading *reading, const struct secret_making *making)
{
    const struct yaml_node *root = reading->object->root;
    if ((making->when.path.p && !kind_condition_holds(&making->when, root)) ||
        (making->unless.path.p && kind_condition_holds(&making->unless, root)))
        return;
    if (!making->each.p) {
        add_made(reading, making, root, STR(""));
        return;
    }
    const struct yaml_node *list = object_at(root, making->each);
    for (size_t i = 0; i < yaml_item_count(list); i++)
        add_made(reading, making, list->list.items[i],
                 values_path_index(reading->arena, making->each, i));
}

/* --- what is used --- */

static bool is_optional(const struct yaml_node *map)
{
    const struct yaml_node *optional = yaml_value(map, "optional");
    return optional && optional->kind == YAML_BOOL && optional->boolean;
}

static void push_use(struct reading *reading, struct secret_use use, struct str key,
                     struct str key_field)
{
    use.key = key;
    use.key_field = key_field;
    vector_push(reading->arena, &reading->facts->uses, use);
}

/* `key` of a reference, or the keys of the items that a volume takes. */
static void add_use_keys(struct reading *reading, struct secret_use use,
                         const struct yaml_node *map, struct str path)
{
    struct arena *arena = reading->arena;
    struct str items = values_path_key(arena, path, STR("items"));
    const struct yaml_node *list = yaml_value(map, "items");
    struct str key = yaml_text(yaml_value(map, "key"));
    if (!yaml_item_count(list))
        push_use(reading, use, key, values_path_key(arena, path, STR("key")));
    for (size_t i = 0; i < yaml_item_count(list); i++) {
        struct str item = values_path_index(arena, items, i);
        push_use(reading, use, yaml_text(yaml_value(list->list.items[i], "key")),
                 values_path_key(arena, item, STR("key")));
    }
}

/* The name itself, or a map with a `name` or `secretName`, and with a `kind` if other objects can
 * be meant. */
static void add_use(struct reading *reading, const struct yaml_node *node, struct str path)
{
    struct arena *arena = reading->arena;
    struct secret_use use = {
        .object = reading->object,
        .namespace = reading->object->namespace,
        .field = path,
        .is_for_images = str_contains(path, STR("imagePullSecrets")),
    };
    struct str kind = yaml_text(yaml_value(node, "kind"));
    struct str namespace = yaml_text(yaml_value(node, "namespace"));
    if (is_optional(node) || (kind.n && !str_is(kind, "Secret")))
        return;
    if (namespace.n)
        use.namespace = namespace;
    use.name = yaml_text(node);
    for (size_t i = 0; i < 2 && node->kind == YAML_MAP && !use.name.n; i++) {
        static const char *const names[] = {"name", "secretName"};
        use.name = yaml_text(yaml_value(node, names[i]));
        use.field = values_path_key(arena, path, str_from_c(names[i]));
    }
    if (use.name.n)
        add_use_keys(reading, use, node, path);
}

static void read_uses(struct reading *reading, const struct str_list *patterns)
{
    struct place_list places = find_all(reading, patterns);
    for (size_t i = 0; i < places.count; i++)
        add_use(reading, places.items[i].node, places.items[i].path);
}

static void read_stores(struct reading *reading, const struct str_list *patterns)
{
    struct place_list places = find_all(reading, patterns);
    for (size_t i = 0; i < places.count; i++) {
        const struct yaml_node *node = places.items[i].node;
        struct str kind = yaml_text(yaml_value(node, "kind"));
        struct secret_store_use use = {
            .object = reading->object,
            .kind = kind.n ? kind : STR("SecretStore"),
            .name = yaml_text(yaml_value(node, "name")),
            .field = places.items[i].path,
        };
        if (use.name.n)
            vector_push(reading->arena, &reading->facts->stores, use);
    }
}

/* --- paths and addresses --- */

static void push_text(struct reading *reading, struct secret_text_list *list, struct str text,
                      struct str field)
{
    if (text.n)
        vector_push(reading->arena, list, ((struct secret_text){reading->object, text, field}));
}

/* The objects that a class of the secrets-store driver names, which are a text of YAML. */
static void add_inner_paths(struct reading *reading, struct secret_text_list *list,
                            const struct place *place)
{
    struct arena *arena = reading->arena;
    const struct yaml_stream *stream =
        yaml_parse_bytes(arena, place->node->text, 0, &limits_default);
    struct place_list found = find_places(arena, yaml_root(stream), STR("**.secretPath"));
    for (size_t i = 0; i < found.count; i++)
        push_text(reading, list, yaml_text(found.items[i].node), place->path);
}

static void read_texts(struct reading *reading, struct secret_text_list *list,
                       const struct str_list *patterns)
{
    struct place_list places = find_all(reading, patterns);
    for (size_t i = 0; i < places.count; i++) {
        struct str text = yaml_text(places.items[i].node);
        if (str_contains(text, STR("secretPath")))
            add_inner_paths(reading, list, &places.items[i]);
        else
            push_text(reading, list, text, places.items[i].path);
    }
}

/* --- pods --- */

/* The parts of a pod that refer to Secrets: a list, and in each of its items a path with stars. */
static const struct {
    const char *part, *below;
} pod_uses[] = {
    {"imagePullSecrets", "*"},
    {"volumes", "*.secret"},
    {"volumes", "*.projected.sources.*.secret"},
    {"volumes", "*.csi.nodePublishSecretRef"},
};
static const struct {
    const char *part, *below;
} container_uses[] = {
    {"env", "*.valueFrom.secretKeyRef"},
    {"envFrom", "*.secretRef"},
};

static void read_part(struct reading *reading, const struct workload *workload, struct str pod_path,
                      const char *below)
{
    struct arena *arena = reading->arena;
    struct workload_part part = workload_part(arena, workload, pod_path);
    if (!part.node)
        return;
    struct place_list places = find_places(arena, part.node, str_from_c(below));
    for (size_t i = 0; i < places.count; i++) {
        struct str rest = places.items[i].path;
        bool is_item = rest.n && rest.p[0] == '[';
        add_use(
            reading, places.items[i].node,
            str_format(arena, "%.*s%s%.*s", STR_ARG(part.path), is_item ? "" : ".", STR_ARG(rest)));
    }
}

/* The path that a template of Vault's agent asks for: {{ with secret "PATH" }}. */
static struct str path_in_template(struct str text)
{
    struct str call = STR("secret \"");
    size_t at = str_find(text, call);
    struct str rest = at == STR_NOT_FOUND ? STR("") : str_from(text, at + call.n);
    return str_slice(rest, 0, str_find_char(rest, '"'));
}

static void read_agent(struct reading *reading, const struct workload *workload)
{
    struct arena *arena = reading->arena;
    struct workload_part part = workload_part(arena, workload, STR("annotations"));
    for (size_t i = 0; i < yaml_entry_count(part.node); i++) {
        const struct yaml_entry *entry = &part.node->map.entries[i];
        struct str field = values_path_key(arena, part.path, entry->key);
        struct str text = yaml_text(entry->value);
        if (str_starts_with(entry->key, STR("vault.hashicorp.com/agent-inject-secret-")))
            push_text(reading, &reading->facts->reads, text, field);
        else if (str_starts_with(entry->key, STR("vault.hashicorp.com/agent-inject-template-")))
            push_text(reading, &reading->facts->reads, path_in_template(text), field);
        else if (str_is(entry->key, "vault.hashicorp.com/service"))
            push_text(reading, &reading->facts->servers, text, field);
    }
}

static void read_server_variable(struct reading *reading, const struct workload *workload,
                                 struct str container)
{
    struct arena *arena = reading->arena;
    struct str path = values_path_key(arena, container, STR("env"));
    struct workload_part env = workload_part(arena, workload, path);
    for (size_t i = 0; i < yaml_item_count(env.node); i++) {
        const struct yaml_node *variable = env.node->list.items[i];
        if (str_is(yaml_text(yaml_value(variable, "name")), "VAULT_ADDR"))
            push_text(reading, &reading->facts->servers, yaml_text(yaml_value(variable, "value")),
                      values_path_key(arena, values_path_index(arena, env.path, i), STR("value")));
    }
}

static void read_pods(struct reading *reading, const struct workload *workload)
{
    struct arena *arena = reading->arena;
    struct workload_container_list containers = workload_containers(arena, workload);
    for (size_t i = 0; i < sizeof pod_uses / sizeof *pod_uses; i++)
        read_part(reading, workload, str_from_c(pod_uses[i].part), pod_uses[i].below);
    for (size_t i = 0; i < containers.count; i++) {
        struct str container = containers.items[i].pod_path;
        for (size_t k = 0; k < sizeof container_uses / sizeof *container_uses; k++) {
            struct str path = values_path_key(arena, container, str_from_c(container_uses[k].part));
            read_part(reading, workload, path, container_uses[k].below);
        }
        read_server_variable(reading, workload, container);
    }
    read_agent(reading, workload);
}

void secret_facts_add(struct arena *arena, struct secret_facts *facts,
                      const struct secret_kinds *kinds, const struct object_list *objects,
                      const struct workload_list *workloads)
{
    struct reading reading = {arena, facts, NULL};
    for (size_t i = 0; i < objects->count; i++) {
        const struct object *object = reading.object = &objects->items[i];
        const struct secret_kind *kind = secret_kind_find(kinds, object->group, object->kind);
        for (size_t k = 0; kind && k < kind->makes.count; k++)
            read_making(&reading, &kind->makes.items[k]);
        if (!kind)
            continue;
        read_uses(&reading, &kind->uses);
        read_stores(&reading, &kind->stores);
        read_texts(&reading, &facts->reads, &kind->reads);
        read_texts(&reading, &facts->writes, &kind->writes);
        read_texts(&reading, &facts->servers, &kind->servers);
    }
    for (size_t i = 0; i < workloads->count; i++) {
        reading.object = workloads->items[i].object;
        read_pods(&reading, &workloads->items[i]);
    }
}
