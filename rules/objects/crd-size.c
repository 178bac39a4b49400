#include "engine/engine.h"

enum { MOST_BYTES = 262144 };

/* The bytes of the node as JSON, a little less for texts with escapes. */
static size_t json_size(const struct yaml_node *node)
{
    size_t size = 2;
    if (node->kind == YAML_LIST) {
        for (size_t i = 0; i < node->list.count; i++)
            size += json_size(node->list.items[i]) + 1;
    } else if (node->kind == YAML_MAP) {
        for (size_t i = 0; i < node->map.count; i++)
            size += node->map.entries[i].key.n + json_size(node->map.entries[i].value) + 4;
    } else {
        size = node->text.n + (node->kind == YAML_STRING ? 2 : 0);
    }
    return size;
}

static bool is_applied_by_server(const struct application *application)
{
    const struct yaml_node *options = yaml_value(application->component, "syncOptions");
    for (size_t i = 0; options && options->kind == YAML_LIST && i < options->list.count; i++) {
        if (str_is(yaml_text(options->list.items[i]), "ServerSideApply=true"))
            return true;
    }
    return false;
}

static void check(struct pass *pass, const struct object *object)
{
    const struct application *application = object->release->application;
    if (!application->component || is_applied_by_server(application) ||
        !str_is(object->kind, "CustomResourceDefinition"))
        return;
    size_t size = json_size(object->root);
    if (size <= MOST_BYTES)
        return;
    struct report *report = pass_report_field(pass, object, STR("kind"), "message");
    report_argument(report, "size", str_format(pass_arena(pass), "%zu", size / 1024));
}

const struct rule_code rule_objects_crd_size = {.object = check};
