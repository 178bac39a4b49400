#include <stdlib.h>

#include "json_parts.h"

static int compare_entries(const void *a, const void *b)
{
    const struct baseline_entry *left = *(const struct baseline_entry *const *)a;
    const struct baseline_entry *right = *(const struct baseline_entry *const *)b;
    int order = str_compare(left->file, right->file);
    if (!order)
        order = str_compare(left->rule, right->rule);
    return order ? order : str_compare(left->fingerprint, right->fingerprint);
}

static const struct baseline_entry *entry_of(struct arena *arena, const struct finding *finding)
{
    struct baseline_entry *entry = arena_make(arena, struct baseline_entry);
    *entry = (struct baseline_entry){finding->fingerprint, finding->rule->name,
                                     finding->position.path, finding->message};
    return entry;
}

/* What is known and still there, and what is found now, in an order that moves little. */
static struct baseline_entries all_entries(struct arena *arena, const struct report_input *input)
{
    const struct finding_list *findings = &input->result->findings;
    struct baseline_entries all = {0};
    for (size_t i = 0; i < input->result->known.count; i++)
        vector_push(arena, &all, input->result->known.items[i]);
    for (size_t i = 0; i < findings->count; i++)
        vector_push(arena, &all, entry_of(arena, &findings->items[i]));
    if (all.count)
        qsort(all.items, all.count, sizeof *all.items, compare_entries);
    return all;
}

void report_baseline(struct text *out, const struct report_input *input)
{
    struct arena *arena = out->arena;
    struct baseline_entries entries = all_entries(arena, input);
    json_t *findings = json_array();
    for (size_t i = 0; i < entries.count; i++) {
        const struct baseline_entry *entry = entries.items[i];
        json_t *object = json_object();
        json_set(object, "fingerprint", json_of_str(arena, entry->fingerprint));
        json_set(object, "rule", json_of_str(arena, entry->rule));
        json_set(object, "file", json_of_str(arena, entry->file));
        json_set(object, "message", json_of_str(arena, entry->message));
        json_array_append_new(findings, object);
    }
    json_write(out, json_pack("{s:i, s:o}", "schema", 1, "findings", findings));
}
