#include "json_parts.h"

static void set(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
}

static json_t *count(size_t number)
{
    return json_integer((json_int_t)number);
}

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
    set(object, "environment", json_of_str(arena, effect->environment->name));
    set(object, "change", json_string(change_name(effect->kind)));
    set(object, "kind", json_of_str(arena, effect->object_kind));
    set(object, "field", effect->field.n ? json_of_str(arena, effect->field) : json_null());
    set(object, "before", json_of_optional(arena, effect->before));
    set(object, "after", json_of_optional(arena, effect->after));
    set(object, "hidden", json_boolean(effect->is_hidden));
    set(object, "objects", effect_objects(arena, effect));
    return object;
}

static json_t *cause_of(struct arena *arena, const struct change_cause *cause)
{
    const struct position *at = &cause->position;
    json_t *effects = json_array();
    for (size_t i = 0; i < cause->effect_count; i++)
        json_array_append_new(effects, effect_of(arena, &cause->effects[i]));
    json_t *object = json_object();
    set(object, "file", at->path.n ? json_of_str(arena, at->path) : json_null());
    set(object, "line", at->path.n ? count(at->line) : json_null());
    set(object, "column", at->path.n ? count(at->column) : json_null());
    set(object, "revision", json_string(cause->is_gone ? "before" : "after"));
    set(object, "values_path",
        cause->values_path.n ? json_of_str(arena, cause->values_path) : json_null());
    set(object, "message", cause->text.n ? json_of_str(arena, cause->text) : json_null());
    set(object, "releases", count(cause->release_count));
    set(object, "changes", effects);
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

void report_diff_json(struct text *out, const struct diff_input *input)
{
    struct arena *arena = out->arena;
    const struct diff *diff = input->diff;
    json_t *summary = json_object();
    set(summary, "releases", count(diff->releases));
    set(summary, "objects", count(diff->objects));
    set(summary, "causes", count(diff->cause_count));
    set(summary, "new_findings", count(diff->new_findings.count));
    set(summary, "gone_findings", count(diff->gone_findings.count));
    set(summary, "not_compared", count(diff->uncompared.count));
    set(summary, "milliseconds", json_integer((json_int_t)(input->milliseconds + 0.5)));
    json_t *causes = json_array();
    for (size_t i = 0; i < diff->cause_count; i++)
        json_array_append_new(causes, cause_of(arena, &diff->causes[i]));
    json_t *root = json_object();
    set(root, "from", json_of_str(arena, input->from));
    set(root, "to", json_of_str(arena, input->to));
    set(root, "summary", summary);
    set(root, "causes", causes);
    set(root, "new_findings", findings_of(arena, input->after, &diff->new_findings));
    set(root, "gone_findings", findings_of(arena, input->before, &diff->gone_findings));
    set(root, "not_compared", uncompared_of(arena, diff));
    json_write(out, root);
}
