#include "request.h"
#include "subject.h"

/* A WorkspaceEdit of one file. */
static json_t *workspace_edit(const struct request *request, json_t *edits)
{
    json_t *changes = json_object();
    struct str uri = view_uri(request->view, request->path);
    json_object_set_new(changes, str_to_c(request->arena, uri), edits);
    return json_pack("{s:o}", "changes", changes);
}

static json_t *action(const struct request *request, const json_t *diagnostic, struct str title,
                      json_t *edits)
{
    return json_pack("{s:o, s:s, s:[O], s:o}", "title", message_text(request->arena, title), "kind",
                     "quickfix", "diagnostics", diagnostic, "edit", workspace_edit(request, edits));
}

/* --- the fix of the finding --- */

/* It was made for one version of the text, and helps no other. */
static bool is_for_this_text(const struct request *request, const json_t *data)
{
    const struct view_file *open = view_open_file(request->view, request->path);
    const json_t *version = json_object_get(data, "version");
    return open ? json_is_integer(version) && json_integer_value(version) == open->version
                : json_is_null(version);
}

static void add_fix(const struct request *request, json_t *diagnostic, json_t *actions)
{
    const json_t *data = json_object_get(diagnostic, "data");
    json_t *edits = json_object_get(data, "edits");
    if (!json_array_size(edits) || !is_for_this_text(request, data))
        return;
    json_t *fix =
        action(request, diagnostic,
               str_format(request->arena, "Fix %.*s", STR_ARG(message_string(diagnostic, "code"))),
               json_incref(edits));
    json_object_set_new(fix, "isPreferred", json_true());
    json_array_append_new(actions, fix);
}

/* --- suppression --- */

/* The start of the scalar that the offset lies in, when that is a text of several lines, in which
 * no comment can stand; else the offset. */
static size_t start_of_text(const struct yaml_node *node, const struct yaml_entry *entry,
                            size_t offset)
{
    bool is_inside = node->span.start <= offset && offset < node->span.end;
    if (is_inside && node->kind == YAML_STRING)
        return entry ? entry->key_span.start : node->span.start;
    for (size_t i = 0; is_inside && node->kind == YAML_MAP && i < node->map.count; i++) {
        const struct yaml_entry *below = &node->map.entries[i];
        size_t start = below->merged ? offset : start_of_text(below->value, below, offset);
        if (start != offset)
            return start;
    }
    for (size_t i = 0; is_inside && node->kind == YAML_LIST && i < node->list.count; i++) {
        size_t start = start_of_text(node->list.items[i], NULL, offset);
        if (start != offset)
            return start;
    }
    return offset;
}

static size_t start_in_yaml(const struct request *request, size_t offset)
{
    const struct yaml_stream *stream = yaml_parse(request->arena, request->file, &limits_default);
    for (size_t i = 0; i < stream->document_count; i++) {
        size_t start = start_of_text(stream->documents[i].root, NULL, offset);
        if (start != offset)
            return start;
    }
    return offset;
}

/* How a comment begins in files whose comments can suppress; NULL in all others. */
static const char *comment_sign(const struct request *request)
{
    const struct workspace *workspace = request->view->workspace;
    if (layer_of_file(request->view, request->file) ||
        str_equal(request->path, workspace->config.path))
        return "#";
    for (size_t i = 0; workspace->pools && i < workspace->pools->files.count; i++) {
        if (workspace->pools->files.items[i] == request->file)
            return str_ends_with(request->path, STR(".bicep")) ? "//" : "#";
    }
    return NULL;
}

/* An edit that puts a line above the one of the offset, as far to the right. */
static json_t *line_above(const struct request *request, size_t offset, struct str comment)
{
    struct str text = request->file->bytes;
    size_t start = request->file->line_starts[file_line_of(request->file, offset) - 1];
    size_t end = start;
    while (end < text.n && (text.p[end] == ' ' || text.p[end] == '\t'))
        end++;
    struct str line = str_format(request->arena, "%.*s%.*s\n", STR_ARG(str_slice(text, start, end)),
                                 STR_ARG(comment));
    return json_pack("[{s:o, s:o}]", "range",
                     place_range(text, start, start, request->view->encoding), "newText",
                     message_text(request->arena, line));
}

static void add_suppressions(const struct request *request, json_t *diagnostic, json_t *actions)
{
    struct arena *arena = request->arena;
    struct str rule = message_string(diagnostic, "code");
    const char *sign = comment_sign(request);
    const json_t *range = json_object_get(diagnostic, "range");
    size_t offset;
    if (!sign || !rule.n ||
        !place_offset(request->file->bytes, json_object_get(range, "start"),
                      request->view->encoding, &offset))
        return;
    if (path_is_yaml(request->path))
        offset = start_in_yaml(request, offset);
    struct str comment = str_format(arena, "%s bulkhead: ignore[%.*s]", sign, STR_ARG(rule));
    json_array_append_new(actions, action(request, diagnostic,
                                          str_format(arena, "Ignore %.*s here", STR_ARG(rule)),
                                          line_above(request, offset, comment)));
    comment = str_format(arena, "%s bulkhead: ignore-file[%.*s]", sign, STR_ARG(rule));
    json_array_append_new(actions,
                          action(request, diagnostic,
                                 str_format(arena, "Ignore %.*s in this file", STR_ARG(rule)),
                                 line_above(request, 0, comment)));
}

json_t *answer_code_action(const struct request *request)
{
    const json_t *context = json_object_get(request->params, "context");
    const json_t *diagnostics = json_object_get(context, "diagnostics");
    json_t *actions = json_array();
    for (size_t i = 0; i < json_array_size(diagnostics); i++) {
        json_t *diagnostic = json_array_get(diagnostics, i);
        bool is_ours = str_is(message_string(diagnostic, "source"), "bulkhead");
        bool is_of_rule = json_object_get(diagnostic, "codeDescription") != NULL;
        if (!is_ours || !is_of_rule)
            continue;
        add_fix(request, diagnostic, actions);
        add_suppressions(request, diagnostic, actions);
    }
    return actions;
}
