#include "kustomize.h"

struct patching {
    struct deployer *deployer;
    struct kustomize_objects *objects;
    size_t from;
    const struct yaml_node *target; /* NULL: the patch itself names its object */
};

static bool fits(const struct yaml_node *target, const char *key, struct str text)
{
    struct str wanted = node_text(target, key);
    /* Kustomize takes regular expressions here; those that people write are "name" and "prefix.*".
     */
    if (str_ends_with(wanted, STR(".*")))
        return str_starts_with(text, str_slice(wanted, 0, wanted.n - 2));
    return !wanted.n || str_equal(wanted, text);
}

static struct str find_label(const void *context, struct str key)
{
    const struct yaml_node *labels = yaml_at(context, STR("metadata.labels"));
    const struct yaml_entry *label = yaml_find(labels, key);
    return label ? yaml_text(label->value) : (struct str){0};
}

/* "a=b,c=d" */
static bool fits_labels(const struct yaml_node *target, const struct yaml_node *object)
{
    struct str rest = node_text(target, "labelSelector");
    while (rest.n) {
        struct str value = str_cut(&rest, ',');
        struct str key = str_cut(&value, '=');
        if (!str_equal(find_label(object, str_trim(key)), str_trim(value)))
            return false;
    }
    return true;
}

static bool is_target(const struct patching *patching, const struct kustomize_object *object,
                      const struct yaml_node *patch)
{
    const struct yaml_node *target = patching->target;
    if (target)
        return fits(target, "kind", object->kind) && fits(target, "name", object->name) &&
               fits(target, "namespace", object->namespace) && fits_labels(target, object->node);
    return str_equal(node_text(patch, "kind"), object->kind) &&
           str_equal(node_text(patch, "metadata.name"), object->name);
}

static void merge_patch(const struct patching *patching, struct kustomize_object *object,
                        const struct yaml_node *patch)
{
    struct arena *arena = patching->deployer->arena;
    const struct yaml_node *values = yaml_at(patch, STR("spec.values"));
    object->node = node_merge(arena, object->node, patch);
    if (values && str_is(object->kind, "HelmRelease"))
        vector_push(arena, &object->values, values);
}

static bool deletes(const struct yaml_node *patch)
{
    return str_is(node_text(patch, "$patch"), "delete");
}

static void apply_merge(const struct patching *patching, const struct yaml_node *patch)
{
    size_t kept = patching->from;
    for (size_t i = patching->from; i < patching->objects->count; i++) {
        struct kustomize_object object = patching->objects->items[i];
        bool hit = is_target(patching, &object, patch);
        if (hit && deletes(patch))
            continue;
        if (hit)
            merge_patch(patching, &object, patch);
        patching->objects->items[kept++] = object;
    }
    patching->objects->count = kept;
}

/* --- JSON patches --- */

/* The value below the keys of a JSON pointer; NULL when one of them may be an index. */
static struct yaml_node *nested(struct arena *arena, struct str pointer, struct yaml_node *value)
{
    size_t slash = str_find_last_char(pointer, '/');
    while (slash != STR_NOT_FOUND) {
        struct str key = str_from(pointer, slash + 1);
        key = str_replace(arena, str_replace(arena, key, STR("~1"), STR("/")), STR("~0"), STR("~"));
        if (!key.n || str_is(key, "-") || (key.p[0] >= '0' && key.p[0] <= '9'))
            return NULL;
        struct yaml_node *map = node_map(arena, value->span);
        node_set(arena, map, key, value->span, value);
        value = map;
        pointer = str_slice(pointer, 0, slash);
        slash = str_find_last_char(pointer, '/');
    }
    return value;
}

static void apply_operation(const struct patching *patching, struct kustomize_object *object,
                            const struct yaml_node *operation)
{
    struct deployer *deployer = patching->deployer;
    struct str name = node_text(operation, "op");
    const struct yaml_node *value = yaml_value(operation, "value");
    bool sets = str_is(name, "add") || str_is(name, "replace");
    struct yaml_node *patch = sets && value ? nested(deployer->arena, node_text(operation, "path"),
                                                     (struct yaml_node *)value)
                                            : NULL;
    if (patch)
        merge_patch(patching, object, patch);
    else if (str_is(object->kind, "HelmRelease") && !str_is(name, "test"))
        deployer_unresolved(deployer, operation->span,
                            "this operation on the HelmRelease %.*s is not followed",
                            STR_ARG(object->name));
}

static void apply_operations(const struct patching *patching, const struct yaml_node *operations)
{
    for (size_t i = patching->from; i < patching->objects->count; i++) {
        struct kustomize_object *object = &patching->objects->items[i];
        for (size_t k = 0; k < operations->list.count; k++) {
            if (patching->target && is_target(patching, object, NULL))
                apply_operation(patching, object, operations->list.items[k]);
        }
    }
}

/* --- where patches are written --- */

static void apply(const struct patching *patching, const struct yaml_stream *stream)
{
    for (size_t i = 0; stream && i < stream->document_count; i++) {
        const struct yaml_node *root = stream->documents[i].root;
        if (root->kind == YAML_LIST)
            apply_operations(patching, root);
        else if (root->kind == YAML_MAP)
            apply_merge(patching, root);
    }
}

static void apply_text(const struct patching *patching, const struct yaml_node *text)
{
    apply(patching,
          node_parse_text(patching->deployer->arena, patching->deployer->tree, text, text->text));
}

static void apply_file(const struct patching *patching, struct str folder,
                       const struct yaml_node *named)
{
    struct deployer *deployer = patching->deployer;
    struct str path =
        path_clean(deployer->arena, path_join(deployer->arena, folder, yaml_text(named)));
    if (!path.p || !tree_has_file(deployer->tree, path)) {
        deployer_unresolved(deployer, named->span, "the patch %.*s is not there",
                            STR_ARG(yaml_text(named)));
        return;
    }
    map_put(deployer->arena, &deployer->seen, path, deployer);
    apply(patching, deployer_parse(deployer, path));
}

void kustomize_patch_from(struct deployer *deployer, struct node_list patches, struct str folder,
                          struct kustomize_objects *objects, size_t from)
{
    for (size_t i = 0; i < patches.count; i++) {
        const struct yaml_node *item = patches.items[i];
        struct patching patching = {deployer, objects, from, yaml_value(item, "target")};
        const struct yaml_node *text = yaml_value(item, "patch");
        const struct yaml_node *path = yaml_value(item, "path");
        if (item->kind == YAML_STRING && str_find_char(item->text, '\n') != STR_NOT_FOUND)
            apply_text(&patching, item);
        else if (item->kind == YAML_STRING)
            apply_file(&patching, folder, item);
        else if (text && text->kind == YAML_STRING)
            apply_text(&patching, text);
        else if (path)
            apply_file(&patching, folder, path);
    }
}

void kustomize_patch(struct deployer *deployer, struct node_list patches, struct str folder,
                     struct kustomize_objects *objects)
{
    kustomize_patch_from(deployer, patches, folder, objects, 0);
}
