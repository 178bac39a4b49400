#include "json_parts.h"

static json_t *effect_objects(struct arena *arena, const struct effect *effect)
{
    json_t *list = json_array();
    for (size_t i = 0; i < effect->objects.count; i++) {
        struct str rest = effect->objects.items[i];
        struct str release = str_cut(&rest, ' ');
        json_array_append_new(list, json_pack("{s:o, s:o}", "release", json_of_str(arena, release),
                                              "name", json_of_str(arena, rest)));
    }
    return list;
}

static json_t *effect_of(struct arena *arena, const struct effect *effect)
{
    json_t *object = json_object();
    json_set(object, "environment", json_of_str(arena, effect->environment->name));
    json_set(object, "change", json_string(change_name(effect->kind)));
    json_set(object, "kind", json_of_str(arena, effect->object_kind));
    json_set(object, "field", effect->field.n ? json_of_str(arena, effect->field) : json_null());
    json_set(object, "before", json_of_optional(arena, effect->before));
    json_set(object, "after", json_of_optional(arena, effect->after));
    json_set(object, "hidden", json_boolean(effect->is_hidden));
    json_set(object, "objects", effect_objects(arena, effect));
    return object;
}

static json_t *cause_of(struct arena *arena, const struct change_cause *cause)
{
    const struct position *at = &cause->position;
    json_t *effects = json_array();
    for (size_t i = 0; i < cause->effect_count; i++)
        json_array_append_new(effects, effect_of(arena, &cause->effects[i]));
    json_t *object = json_object();
    json_set(object, "file", at->path.n ? json_of_str(arena, at->path) : json_null());
    json_set(object, "line", at->path.n ? json_of_size(at->line) : json_null());
    json_set(object, "column", at->path.n ? json_of_size(at->column) : json_null());
    json_set(object, "revision", json_string(cause->is_gone ? "before" : "after"));
    json_set(object, "values_path",
             cause->values_path.n ? json_of_str(arena, cause->values_path) : json_null());
    json_set(object, "message", cause->text.n ? json_of_str(arena, cause->text) : json_null());
    json_set(object, "releases", json_of_size(cause->release_count));
    json_set(object, "changes", effects);
    return object;
}

static json_t *findings_of(struct arena *arena, const struct workspace *workspace,
                           const struct finding_list *findings)
{
    const struct report_input input = {.workspace = workspace};
    json_t *list = json_array();
    for (size_t i = 0; i < findings->count; i++)
        json_array_append_new(list, json_of_finding(arena, &input, &findings->items[i]));
    return list;
}

static json_t *uncompared_of(struct arena *arena, const struct diff *diff)
{
    json_t *list = json_array();
    for (size_t i = 0; i < diff->uncompared.count; i++) {
        const struct uncompared *entry = &diff->uncompared.items[i];
        json_array_append_new(list,
                              json_pack("{s:o, s:o}", "release", json_of_str(arena, entry->release),
                                        "message", json_of_str(arena, entry->why)));
    }
    return list;
}

void report_diff_json(struct text *out, const struct report_input *input)
{
    struct arena *arena = out->arena;
    const struct report_change *change = input->change;
    const struct diff *diff = change->diff;
    json_t *summary = json_object();
    json_set(summary, "releases", json_of_size(diff->releases));
    json_set(summary, "objects", json_of_size(diff->objects));
    json_set(summary, "causes", json_of_size(diff->cause_count));
    json_set(summary, "new_findings", json_of_size(diff->new_findings.count));
    json_set(summary, "gone_findings", json_of_size(diff->gone_findings.count));
    json_set(summary, "not_compared", json_of_size(diff->uncompared.count));
    json_set(summary, "milliseconds", json_integer((json_int_t)(input->milliseconds + 0.5)));
    json_t *causes = json_array();
    for (size_t i = 0; i < diff->cause_count; i++)
        json_array_append_new(causes, cause_of(arena, &diff->causes[i]));
    json_t *root = json_object();
    json_set(root, "from", json_of_str(arena, change->from));
    json_set(root, "to", json_of_str(arena, change->to));
    json_set(root, "summary", summary);
    json_set(root, "causes", causes);
    json_set(root, "new_findings", findings_of(arena, input->workspace, &input->result->findings));
    json_set(root, "gone_findings", findings_of(arena, change->before, &diff->gone_findings));
    json_set(root, "not_compared", uncompared_of(arena, diff));
    json_write_with_head(out, root);
}
