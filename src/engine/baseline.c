#include "baseline.h"

static const struct baseline_entry *read_entry(struct arena *arena, const struct yaml_node *node)
{
    struct baseline_entry *entry = arena_make(arena, struct baseline_entry);
    *entry = (struct baseline_entry){
        .fingerprint = yaml_text(yaml_value(node, "fingerprint")),
        .rule = yaml_text(yaml_value(node, "rule")),
        .file = yaml_text(yaml_value(node, "file")),
        .message = yaml_text(yaml_value(node, "message")),
    };
    return entry->fingerprint.n && entry->rule.n ? entry : NULL;
}

bool baseline_read(struct arena *arena, const struct file *file, struct baseline *ret_baseline)
{
    const struct yaml_stream *stream = yaml_parse(arena, file, &limits_default);
    const struct yaml_node *root = yaml_root(stream);
    const struct yaml_node *findings = yaml_value(root, "findings");
    struct baseline baseline = {0};
    if (file->state != FILE_READ || !stream->complete ||
        !str_is(yaml_text(yaml_value(root, "schema")), "1") || !findings ||
        findings->kind != YAML_LIST)
        return false;
    for (size_t i = 0; i < findings->list.count; i++) {
        const struct baseline_entry *entry = read_entry(arena, findings->list.items[i]);
        if (!entry)
            return false;
        vector_push(arena, &baseline.entries, entry);
        map_put(arena, &baseline.by_fingerprint, entry->fingerprint, (void *)(uintptr_t)entry);
    }
    *ret_baseline = baseline;
    return true;
}

const struct baseline_entry *baseline_find(const struct baseline *baseline,
                                           const struct finding *finding)
{
    return baseline ? map_get(&baseline->by_fingerprint, finding->fingerprint) : NULL;
}
