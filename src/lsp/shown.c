#include "shown.h"

#define RULE_PAGES "https://github.com/ameideio/bulkhead/blob/main/docs/rules/"

/* Severities of the protocol: 1 error, 2 warning, 3 information. */
static int severity_of(enum severity severity)
{
    return 3 - (int)severity;
}

static json_t *related_of(struct view *view, const struct finding *finding)
{
    json_t *list = json_array();
    for (size_t i = 0; i < finding->related_count; i++) {
        json_t *location = view_location(view, finding->related[i].span);
        if (location)
            json_array_append_new(
                list, json_pack("{s:o, s:o}", "location", location, "message",
                                message_text(&view->arena, finding->related[i].message)));
    }
    return list;
}

/* The fix, with the version of the text that it was made for. */
static json_t *data_of(struct view *view, const struct finding *finding)
{
    const struct view_file *open = view_open_file(view, finding->position.path);
    json_t *edits = json_array();
    for (size_t i = 0; i < finding->edit_count; i++) {
        const struct finding_edit *edit = &finding->edits[i];
        if (edit->span.file == finding->span.file)
            json_array_append_new(edits,
                                  json_pack("{s:o, s:o}", "range", view_range(view, edit->span),
                                            "newText", message_text(&view->arena, edit->text)));
    }
    if (json_array_size(edits) != finding->edit_count)
        json_array_clear(edits);
    return json_pack("{s:o, s:o, s:o}", "fingerprint",
                     message_text(&view->arena, finding->fingerprint), "version",
                     open ? json_integer(open->version) : json_null(), "edits", edits);
}

static json_t *diagnostic_of(struct view *view, const struct finding *finding)
{
    struct arena *arena = &view->arena;
    struct str name = finding->rule->name;
    json_t *diagnostic =
        json_pack("{s:o, s:i, s:o, s:s, s:o, s:o, s:o}", "range", view_range(view, finding->span),
                  "severity", severity_of(finding->severity), "code", message_text(arena, name),
                  "source", "bulkhead", "message", message_text(arena, finding->message),
                  "relatedInformation", related_of(view, finding), "data", data_of(view, finding));
    struct str page = finding->rule->is_built_in
                          ? str_format(arena, RULE_PAGES "%.*s.md", STR_ARG(name))
                          : view_uri(view, finding->rule->file->path);
    json_object_set_new(diagnostic, "codeDescription",
                        json_pack("{s:o}", "href", message_text(arena, page)));
    if (finding->rule->is_unnecessary)
        json_object_set_new(diagnostic, "tags", json_pack("[i]", 1));
    return diagnostic;
}

static void add_applications(struct shown_list *list, const struct finding *finding,
                             struct shown *shown)
{
    const struct application *last = NULL;
    for (size_t i = 0; i < finding->release_count; i++) {
        const struct application *application = finding->releases[i]->application;
        if (application != last)
            vector_push(&list->arena, &shown->applications,
                        str_copy(&list->arena, application->name));
        last = application;
    }
}

void shown_add_findings(struct shown_list *list, struct view *view, const struct run_result *result)
{
    for (size_t i = 0; i < result->findings.count; i++) {
        const struct finding *finding = &result->findings.items[i];
        if (!finding->position.path.n)
            continue;
        struct shown shown = {
            .path = str_copy(&list->arena, finding->position.path),
            .rule = str_copy(&list->arena, finding->rule->name),
            .values_path = str_copy(&list->arena, finding->values_path),
            .yields = finding->rule->yields.count > 0,
            .diagnostic = diagnostic_of(view, finding),
        };
        add_applications(list, finding, &shown);
        vector_push(&list->arena, list, shown);
    }
}

void shown_add_problems(struct shown_list *list, struct view *view,
                        const struct diagnostics *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct diagnostic *problem = &problems->items[i];
        const struct file *file = tree_file(view->tree, problem->span.file);
        if (!file)
            continue;
        json_t *diagnostic =
            json_pack("{s:o, s:i, s:s, s:o}", "range", view_range(view, problem->span), "severity",
                      severity_of(problem->severity), "source", "bulkhead", "message",
                      message_text(&view->arena, problem->message));
        vector_push(
            &list->arena, list,
            ((struct shown){.path = str_copy(&list->arena, file->path), .diagnostic = diagnostic}));
    }
}

void shown_add(struct shown_list *list, const struct shown *shown)
{
    struct arena *arena = &list->arena;
    struct shown copy = {
        .path = str_copy(arena, shown->path),
        .rule = str_copy(arena, shown->rule),
        .values_path = str_copy(arena, shown->values_path),
        .yields = shown->yields,
        .diagnostic = json_incref(shown->diagnostic),
    };
    for (size_t i = 0; i < shown->applications.count; i++)
        vector_push(arena, &copy.applications, str_copy(arena, shown->applications.items[i]));
    vector_push(arena, list, copy);
}

void shown_clear(struct shown_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        json_decref(list->items[i].diagnostic);
    arena_release(&list->arena);
    *list = (struct shown_list){0};
}
