#include "engine/engine.h"

static const struct yaml_entry *entry_at(struct pass *pass, const struct yaml_node *root,
                                         struct str path)
{
    struct values_step_list steps = values_path_parse(pass_arena(pass), path);
    const struct yaml_entry *entry = NULL;
    for (size_t i = 0; i < steps.count; i++) {
        entry = root ? yaml_find(root, steps.items[i].key) : NULL;
        root = entry ? entry->value : NULL;
    }
    return entry;
}

static void check_path(struct pass *pass, const struct layer *layer, struct str path)
{
    const struct yaml_entry *entry = entry_at(pass, layer->root, path);
    if (!entry)
        return;
    struct report *report = pass_report(pass, entry->key_span, "message");
    report_values_path(report, path);
    report_argument(report, "file", layer->path);
}

static void check(struct pass *pass, const struct layer_use *use)
{
    const struct yaml_node *layers = pass_option_map(pass, "layers");
    for (size_t i = 0; layers && i < layers->map.count; i++) {
        const struct yaml_entry *entry = &layers->map.entries[i];
        if (!glob_match(entry->key, use->layer->path))
            continue;
        if (entry->value->kind != YAML_LIST)
            check_path(pass, use->layer, yaml_text(entry->value));
        for (size_t k = 0; entry->value->kind == YAML_LIST && k < entry->value->list.count; k++)
            check_path(pass, use->layer, yaml_text(entry->value->list.items[k]));
    }
}

const struct rule_code rule_values_forbidden_key = {.layer = check};
