#include "kustomize.h"

enum { MOST_NESTED_FOLDERS = 50 };

static const char *const file_names[] = {"kustomization.yaml", "kustomization.yml",
                                         "Kustomization"};

void kustomize_add(struct deployer *deployer, const struct yaml_node *node,
                   struct kustomize_objects *objects)
{
    struct str kind = node_text(node, "kind");
    struct node_list items = node_items(node, "items");
    if (str_ends_with(kind, STR("List"))) {
        for (size_t i = 0; i < items.count; i++)
            kustomize_add(deployer, items.items[i], objects);
        return;
    }
    if (!kind.n || !node_text(node, "apiVersion").n)
        return;
    struct kustomize_object *object = vector_add(deployer->arena, objects);
    object->node = node;
    object->kind = kind;
    object->name = node_text(node, "metadata.name");
    object->namespace = node_text(node, "metadata.namespace");
    const struct yaml_node *values = yaml_at(node, STR("spec.values"));
    if (values && str_is(kind, "HelmRelease"))
        vector_push(deployer->arena, &object->values, values);
}

const struct kustomize_object *kustomize_find(const struct kustomize_objects *objects,
                                              const char *kind, struct str name)
{
    for (size_t i = 0; i < objects->count; i++) {
        if (str_is(objects->items[i].kind, kind) && str_equal(objects->items[i].name, name))
            return &objects->items[i];
    }
    return NULL;
}

static void add_file(struct deployer *deployer, struct str path, struct kustomize_objects *objects)
{
    const struct yaml_stream *stream = deployer_parse(deployer, path);
    map_put(deployer->arena, &deployer->seen, path, deployer);
    for (size_t i = 0; stream && i < stream->document_count; i++)
        kustomize_add(deployer, stream->documents[i].root, objects);
}

/* --- kustomization.yaml --- */

struct building {
    struct deployer *deployer;
    struct str folder;
    const struct yaml_node *kustomization;
    struct kustomize_objects *objects;
    size_t from; /* the first object that is made here */
};

static struct str kustomization_of(struct deployer *deployer, struct str folder)
{
    for (size_t i = 0; i < sizeof file_names / sizeof *file_names; i++) {
        struct str path = path_join(deployer->arena, folder, str_from_c(file_names[i]));
        if (tree_has_file(deployer->tree, path))
            return path;
    }
    return (struct str){0};
}

static bool is_remote(struct str name)
{
    return str_contains(name, STR("://")) || str_contains(name, STR("?ref=")) ||
           str_starts_with(name, STR("github.com/")) || str_starts_with(name, STR("git@"));
}

static void add_resource(struct building *building, const struct yaml_node *resource)
{
    struct deployer *deployer = building->deployer;
    struct str name = yaml_text(resource);
    struct str path =
        path_clean(deployer->arena, path_join(deployer->arena, building->folder, name));
    if (is_remote(name))
        deployer_unresolved(deployer, resource->span, "%.*s is not in this repository",
                            STR_ARG(name));
    else if (path.p && tree_has_file(deployer->tree, path))
        add_file(deployer, path, building->objects);
    else if (path.p && tree_below(deployer->tree, path).count)
        kustomize_build(deployer, path, building->objects);
    else
        deployer_unresolved(deployer, resource->span, "the resource %.*s is not there",
                            STR_ARG(name));
}

static void add_resources(struct building *building, const char *key)
{
    struct node_list resources = node_items(building->kustomization, key);
    for (size_t i = 0; i < resources.count; i++)
        add_resource(building, resources.items[i]);
}

/* "values.yaml=podinfo.yaml", or a path whose last name is the key. */
static void add_generated(struct building *building, const char *kind,
                          const struct yaml_node *generator)
{
    struct arena *arena = building->deployer->arena;
    struct str name = node_text(generator, "name");
    struct kustomize_object *object =
        (struct kustomize_object *)kustomize_find(building->objects, kind, name);
    struct node_list files = node_items(generator, "files");
    if (!object || !str_is(node_text(generator, "behavior"), "merge"))
        object = vector_add(arena, building->objects);
    object->kind = str_from_c(kind);
    object->name = name;
    object->node = generator;
    for (size_t i = 0; i < files.count; i++) {
        struct str rest = yaml_text(files.items[i]);
        struct str key = str_cut(&rest, '=');
        struct str path =
            path_clean(arena, path_join(arena, building->folder, rest.p ? rest : key));
        vector_push(
            arena, &object->files,
            ((struct kustomize_file){rest.p ? key : path_name(key), path, files.items[i]->span}));
    }
}

static void add_generators(struct building *building, const char *key, const char *kind)
{
    struct node_list generators = node_items(building->kustomization, key);
    for (size_t i = 0; i < generators.count; i++)
        add_generated(building, kind, generators.items[i]);
}

static void rename_objects(struct building *building)
{
    struct arena *arena = building->deployer->arena;
    struct str namespace = node_text(building->kustomization, "namespace");
    struct str prefix = node_text(building->kustomization, "namePrefix");
    struct str suffix = node_text(building->kustomization, "nameSuffix");
    for (size_t i = building->from; i < building->objects->count; i++) {
        struct kustomize_object *object = &building->objects->items[i];
        if (namespace.n)
            object->namespace = namespace;
        if (prefix.n || suffix.n)
            object->name = str_format(arena, "%.*s%.*s%.*s", STR_ARG(prefix), STR_ARG(object->name),
                                      STR_ARG(suffix));
    }
}

static void patch_objects(struct building *building)
{
    static const char *const keys[] = {"patchesStrategicMerge", "patches", "patchesJson6902"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        kustomize_patch_from(building->deployer, node_items(building->kustomization, keys[i]),
                             building->folder, building->objects, building->from);
}

static void build(struct building *building)
{
    struct deployer *deployer = building->deployer;
    const struct yaml_node *charts = yaml_value(building->kustomization, "helmCharts");
    add_resources(building, "bases");
    add_resources(building, "resources");
    add_generators(building, "configMapGenerator", "ConfigMap");
    add_generators(building, "secretGenerator", "Secret");
    if (charts)
        deployer_unresolved(deployer, charts->span,
                            "charts that Kustomize renders are not looked at");
    /* Components change what is there already. */
    struct node_list components = node_items(building->kustomization, "components");
    for (size_t i = 0; i < components.count; i++) {
        struct str folder = path_clean(deployer->arena, path_join(deployer->arena, building->folder,
                                                                  yaml_text(components.items[i])));
        struct str path = folder.p ? kustomization_of(deployer, folder) : folder;
        const struct yaml_stream *stream = path.p ? deployer_parse(deployer, path) : NULL;
        struct building inner = {deployer, folder, stream ? yaml_root(stream) : NULL,
                                 building->objects, building->from};
        if (stream && deployer->depth < MOST_NESTED_FOLDERS) {
            deployer->depth++;
            build(&inner);
            deployer->depth--;
        }
    }
    patch_objects(building);
    rename_objects(building);
}

/* Without a kustomization.yaml Flux takes every manifest, and folders that have one as they say. */
static void build_generated(struct deployer *deployer, struct str folder,
                            struct kustomize_objects *objects)
{
    struct str_list paths = tree_below(deployer->tree, folder);
    struct str done = {0};
    for (size_t i = 0; i < paths.count; i++) {
        struct str path = paths.items[i];
        if (!path_is_yaml(path) || (done.p && path_is_below(path, done)))
            continue;
        struct str below = path_directory(path);
        struct str built = {0};
        for (; below.n > folder.n; below = path_directory(below)) {
            if (kustomization_of(deployer, below).p)
                built = below;
        }
        if (built.p) {
            done = built;
            kustomize_build(deployer, built, objects);
        } else {
            add_file(deployer, path, objects);
        }
    }
}

void kustomize_build(struct deployer *deployer, struct str folder,
                     struct kustomize_objects *objects)
{
    struct str path = kustomization_of(deployer, folder);
    if (deployer->depth >= MOST_NESTED_FOLDERS)
        return;
    deployer->depth++;
    const struct yaml_stream *stream = path.p ? deployer_parse(deployer, path) : NULL;
    struct building building = {deployer, folder, stream ? yaml_root(stream) : NULL, objects,
                                objects->count};
    if (stream)
        build(&building);
    else if (!path.p)
        build_generated(deployer, folder, objects);
    deployer->depth--;
}
