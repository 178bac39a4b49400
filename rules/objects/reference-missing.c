#include "engine/engine.h"

static bool is_of_data(const struct made *made, struct str key)
{
    for (size_t i = 0; i < made->makers.count; i++) {
        const struct maker *maker = &made->makers.items[i];
        const struct yaml_node *data = yaml_value(maker->object->root, "data");
        const struct yaml_node *bytes = yaml_value(maker->object->root, "binaryData");
        if (maker->is_operator || (data && yaml_find(data, key)) ||
            (bytes && yaml_find(bytes, key)))
            return true;
    }
    return false;
}

struct keys {
    struct pass *pass;
    const struct reference *reference;
    const struct made *made;
};

static struct str list_keys(struct arena *arena, const struct made *made)
{
    const struct yaml_node *data = yaml_value(made->makers.items[0].object->root, "data");
    struct str_list names = {0};
    for (size_t i = 0; i < yaml_entry_count(data); i++)
        vector_push(arena, &names, data->map.entries[i].key);
    return names.count ? str_list_join(arena, &names, STR(", ")) : STR("nothing");
}

static void check_key(void *context, struct str path, const struct yaml_node *node)
{
    struct keys *keys = context;
    const struct reference *reference = keys->reference;
    struct arena *arena = pass_arena(keys->pass);
    struct str key = yaml_text(node);
    if (!key.n || is_of_data(keys->made, key))
        return;
    struct str field = str_format(arena, "%.*s.%.*s", STR_ARG(reference->at), STR_ARG(path));
    struct report *report = pass_report_field(keys->pass, reference->object, field, "key");
    report_argument(report, "kind", reference->to.kind);
    report_argument(report, "name", reference->to.name);
    report_argument(report, "key", key);
    report_argument(report, "keys", list_keys(arena, keys->made));
}

static void check_keys(struct pass *pass, const struct reference *reference,
                       const struct made *made)
{
    struct keys keys = {pass, reference, made};
    if (reference->kind->fields->key && !reference->is_optional &&
        makers_are_known(pass_makers(pass), reference->object->release, reference->to.namespace))
        object_match(pass_arena(pass), reference->node, str_from_c(reference->kind->fields->key),
                     check_key, &keys);
}

static void check(struct pass *pass)
{
    const struct makers *makers = pass_makers(pass);
    const struct reference_list *references = pass_references(pass);
    for (size_t i = 0; i < references->count; i++) {
        const struct reference *reference = &references->items[i];
        const struct made *made = reference_find(makers, reference);
        struct str hint;
        if (str_is(reference->to.kind, "Service") || str_is(reference->to.kind, "Secret"))
            continue;
        if (made)
            check_keys(pass, reference, made);
        else if (reference_is_broken(pass_arena(pass), makers, reference, &hint))
            pass_report_reference(pass, reference, hint, "message");
    }
}

const struct rule_code rule_objects_reference_missing = {.repository = check, .uses_objects = true};
