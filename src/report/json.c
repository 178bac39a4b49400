#include "json_parts.h"

json_t *json_of_str(struct arena *arena, struct str s)
{
    struct str valid = utf8_make_valid(arena, s);
    return json_stringn(valid.n ? valid.p : "", valid.n);
}

json_t *json_of_optional(struct arena *arena, struct str s)
{
    return s.p ? json_of_str(arena, s) : json_null();
}

void json_set(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
}

json_t *json_of_size(size_t number)
{
    return json_integer((json_int_t)number);
}

static json_t *place_of(uint32_t line, uint32_t column)
{
    return json_pack("{s:I, s:I}", "line", (json_int_t)line, "column", (json_int_t)column);
}

static json_t *related_of(struct arena *arena, const struct report_input *input,
                          const struct finding *finding)
{
    json_t *list = json_array();
    for (size_t i = 0; i < finding->related_count; i++) {
        const struct finding_related *related = &finding->related[i];
        struct position at = tree_position(input->workspace->tree, related->span);
        json_t *item = json_object();
        json_set(item, "file", json_of_str(arena, at.path));
        json_set(item, "line", json_of_size(at.line));
        json_set(item, "column", json_of_size(at.column));
        json_set(item, "message", json_of_str(arena, related->message));
        json_array_append_new(list, item);
    }
    return list;
}

static json_t *fix_of(struct arena *arena, const struct report_input *input,
                      const struct finding *finding)
{
    if (!finding->edit_count)
        return json_null();
    json_t *edits = json_array();
    for (size_t i = 0; i < finding->edit_count; i++) {
        struct position at = tree_position(input->workspace->tree, finding->edits[i].span);
        json_t *edit = json_object();
        json_set(edit, "file", json_of_str(arena, at.path));
        json_set(edit, "start", place_of(at.line, at.column));
        json_set(edit, "end", place_of(at.end_line, at.end_column));
        json_set(edit, "text", json_of_str(arena, finding->edits[i].text));
        json_array_append_new(edits, edit);
    }
    return json_pack("{s:o, s:b}", "edits", edits, "safe", 1);
}

static json_t *object_of(struct arena *arena, const struct finding_object *from)
{
    if (!from->kind.n)
        return json_null();
    json_t *object = json_object();
    json_set(object, "kind", json_of_str(arena, from->kind));
    json_set(object, "namespace",
             from->namespace.n ? json_of_str(arena, from->namespace) : json_null());
    json_set(object, "name", json_of_str(arena, from->name));
    json_set(object, "field", json_of_str(arena, from->field));
    return object;
}

json_t *json_of_finding(struct arena *arena, const struct report_input *input,
                        const struct finding *finding)
{
    const struct position *at = &finding->position;
    json_t *releases = json_array();
    for (size_t i = 0; i < finding->release_count; i++)
        json_array_append_new(releases, json_of_str(arena, finding->releases[i]->name));
    json_t *object = json_object();
    json_set(object, "rule", json_of_str(arena, finding->rule->name));
    json_set(object, "severity", json_string(severity_name(finding->severity)));
    json_set(object, "message", json_of_str(arena, finding->message));
    json_set(object, "file", json_of_str(arena, at->path));
    json_set(object, "line", json_of_size(at->line));
    json_set(object, "column", json_of_size(at->column));
    json_set(object, "end_line", json_of_size(at->end_line));
    json_set(object, "end_column", json_of_size(at->end_column));
    json_set(object, "values_path",
             finding->values_path.n ? json_of_str(arena, finding->values_path) : json_null());
    json_set(object, "object", object_of(arena, &finding->object));
    json_set(object, "releases", releases);
    json_set(object, "related", related_of(arena, input, finding));
    json_set(object, "fix", fix_of(arena, input, finding));
    json_set(
        object, "url",
        json_of_str(arena, str_format(arena, "docs/rules/%.*s.md", STR_ARG(finding->rule->name))));
    json_set(object, "fingerprint", json_of_str(arena, finding->fingerprint));
    return object;
}

static json_t *summary_of(const struct report_input *input)
{
    const struct run_result *result = input->result;
    json_t *summary = json_object();
    json_set(summary, "errors", json_of_size(result->errors));
    json_set(summary, "warnings", json_of_size(result->warnings));
    json_set(summary, "infos", json_of_size(result->infos));
    json_set(summary, "suppressed", json_of_size(result->suppressed));
    json_set(summary, "in_baseline", json_of_size(result->in_baseline));
    json_set(summary, "environments", json_of_size(result->environments));
    json_set(summary, "applications", json_of_size(result->applications));
    json_set(summary, "releases", json_of_size(result->releases));
    json_set(summary, "rendered", json_of_size(result->rendered));
    json_set(summary, "not_rendered", json_of_size(result->releases - result->rendered));
    json_set(summary, "files", json_of_size(result->files));
    json_set(summary, "milliseconds", json_integer((json_int_t)(input->milliseconds + 0.5)));
    return summary;
}

/* Without a place in the repository, file and line are null. */
static json_t *not_analysed_of(struct arena *arena, const struct report_input *input)
{
    json_t *list = json_array();
    for (size_t i = 0; i < input->result->not_analysed.count; i++) {
        const struct not_analysed *entry = &input->result->not_analysed.items[i];
        struct position at = tree_position(input->workspace->tree, entry->span);
        json_t *item = json_object();
        json_set(item, "release", json_of_str(arena, entry->release->name));
        json_set(item, "file", at.path.n ? json_of_str(arena, at.path) : json_null());
        json_set(item, "line", at.path.n ? json_of_size(at.line) : json_null());
        json_set(item, "message", json_of_str(arena, entry->message));
        json_array_append_new(list, item);
    }
    return list;
}

static int append(const char *bytes, size_t count, void *context)
{
    text_add(context, (struct str){bytes, count});
    return 0;
}

void json_write(struct text *out, json_t *root)
{
    json_dump_callback(root, append, out, JSON_INDENT(2));
    text_add_char(out, '\n');
    json_decref(root);
}

void json_write_with_head(struct text *out, json_t *root)
{
    json_t *whole = json_object();
    json_set(whole, "schema", json_integer(1));
    json_set(whole, "tool",
             json_pack("{s:s, s:s}", "name", "bulkhead", "version", BULKHEAD_VERSION));
    json_object_update(whole, root);
    json_decref(root);
    json_write(out, whole);
}

void report_json(struct text *out, const struct report_input *input)
{
    json_t *findings = json_array();
    for (size_t i = 0; i < input->result->findings.count; i++)
        json_array_append_new(
            findings, json_of_finding(out->arena, input, &input->result->findings.items[i]));
    json_t *root = json_object();
    json_set(root, "summary", summary_of(input));
    json_set(root, "findings", findings);
    json_set(root, "not_analysed", not_analysed_of(out->arena, input));
    json_write_with_head(out, root);
}
