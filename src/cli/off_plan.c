#include "off_plan.h"

#include <jansson.h>
#include <stdlib.h>

/* In the order of the plan. */
static const struct {
    const char *title, *word;
    enum shutdown_fate fate;
    bool is_bad;
    bool is_brief; /* only what holds data is named */
} sections[] = {
    {"Still runs", "runs", SHUTDOWN_RUNS, true, false},
    {"Starts what was stopped", "wakes", SHUTDOWN_WAKES, true, false},
    {"Loses data", "lost", SHUTDOWN_LOST, true, false},
    {"Stops", "stops", SHUTDOWN_STOPS, false, false},
    {"Is pruned", "pruned", SHUTDOWN_PRUNED, false, false},
    {"Is kept", "kept", SHUTDOWN_KEPT, false, true},
};
enum { SECTION_COUNT = sizeof sections / sizeof *sections };

bool off_is_bad(enum shutdown_fate fate)
{
    bool is_bad = false;
    for (size_t i = 0; i < SECTION_COUNT; i++)
        is_bad = is_bad || (sections[i].fate == fate && sections[i].is_bad);
    return is_bad;
}

/* --- text --- */

static void add_item(struct text *out, const struct off_item *added,
                     const struct repository *repository)
{
    const struct shutdown_item *item = added->item;
    text_format(out, "  %.*s  %.*s", STR_ARG(item->object->release->name), STR_ARG(item->title));
    if (off_is_bad(item->fate))
        text_format(out, " %.*s", STR_ARG(item->reason));
    if (item->held_by.n)
        text_format(out, ", set by %.*s", STR_ARG(item->held_by));
    if (item->fate != SHUTDOWN_LOST && item->holds_data)
        text_add_c(out, "  (its data is kept)");
    text_add_char(out, '\n');
    if (added->span.file) {
        text_add_c(out, "      ");
        repository_add_place(out, repository, added->span);
        text_add_char(out, '\n');
    }
}

static void add_section(struct text *out, const struct off_plan *plan,
                        const struct repository *repository, size_t number)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->items.count; i++)
        count += plan->items.items[i].item->fate == sections[number].fate;
    text_format(out, "\n%s (%zu)\n", sections[number].title, count);
    for (size_t i = 0; i < plan->items.count; i++) {
        const struct off_item *added = &plan->items.items[i];
        bool is_named = !sections[number].is_brief || added->item->holds_data;
        if (added->item->fate == sections[number].fate && is_named)
            add_item(out, added, repository);
    }
}

struct str off_plan_text(const struct off_plan *plan, const struct repository *repository)
{
    struct text out = {.arena = plan->arena};
    text_format(&out, "%.*s switched off: %.*s in %zu releases\n", STR_ARG(plan->environment->name),
                STR_ARG(str_list_join(plan->arena, &plan->flags->paths, STR(", "))),
                plan->release_count);
    for (size_t i = 0; i < SECTION_COUNT; i++)
        add_section(&out, plan, repository, i);
    if (plan->not_rendered.count)
        text_format(&out, "\nNot known (%zu)\n", plan->not_rendered.count);
    for (size_t i = 0; i < plan->not_rendered.count; i++)
        text_format(&out, "  %.*s\n", STR_ARG(plan->not_rendered.items[i]->name));
    return text_str(&out);
}

/* --- JSON --- */

static json_t *json_of(struct arena *arena, struct str s)
{
    struct str valid = utf8_make_valid(arena, s);
    return json_stringn(valid.n ? valid.p : "", valid.n);
}

static const char *word_of(enum shutdown_fate fate)
{
    const char *word = "";
    for (size_t i = 0; i < SECTION_COUNT; i++)
        word = sections[i].fate == fate ? sections[i].word : word;
    return word;
}

static json_t *item_json(struct arena *arena, const struct off_item *added,
                         const struct repository *repository)
{
    const struct shutdown_item *item = added->item;
    const struct object *object = item->object;
    struct position at = {0};
    if (added->span.file)
        at = tree_position(repository->tree, added->span);
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:o, s:I, s:I}", "fate",
                     word_of(item->fate), "release", json_of(arena, object->release->name), "kind",
                     json_of(arena, object->kind), "namespace", json_of(arena, object->namespace),
                     "name", json_of(arena, object->name), "field", json_of(arena, item->field),
                     "reason", json_of(arena, item->reason), "data", (int)item->holds_data, "file",
                     at.path.n ? json_of(arena, at.path) : json_null(), "line", (json_int_t)at.line,
                     "column", (json_int_t)at.column);
}

struct str off_plan_json(const struct off_plan *plan, const struct repository *repository)
{
    struct arena *arena = plan->arena;
    json_t *flags = json_array();
    json_t *items = json_array();
    json_t *not_rendered = json_array();
    for (size_t i = 0; i < plan->flags->paths.count; i++)
        json_array_append_new(flags, json_of(arena, plan->flags->paths.items[i]));
    for (size_t i = 0; i < plan->items.count; i++)
        json_array_append_new(items, item_json(arena, &plan->items.items[i], repository));
    for (size_t i = 0; i < plan->not_rendered.count; i++)
        json_array_append_new(not_rendered, json_of(arena, plan->not_rendered.items[i]->name));
    json_t *root =
        json_pack("{s:i, s:o, s:o, s:I, s:o, s:o}", "schema", 1, "environment",
                  json_of(arena, plan->environment->name), "flags", flags, "releases",
                  (json_int_t)plan->release_count, "objects", items, "not_analysed", not_rendered);
    char *dump = json_dumps(root, JSON_INDENT(2));
    struct str text = str_format(arena, "%s\n", dump);
    free(dump);
    json_decref(root);
    return text;
}
