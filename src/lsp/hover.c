#include <stdlib.h>

#include "request.h"
#include "subject.h"

/* Lines of a hover's table, places that read the value. */
enum { MOST_ROWS = 16, MOST_READERS = 6, MOST_VALUE = 60 };

/* The value in an environment, of all releases that have the same from the same place. */
struct row {
    const struct config_environment *environment;
    size_t environment_number;
    struct str value, from;
    size_t releases;
    const struct release *first;
};
struct row_list {
    struct row *items;
    size_t count, capacity;
};

/* A layer of the release that cannot be read and comes above the one that decides. */
static const struct release_layer *unknown_above(const struct release *release,
                                                 const struct layer *layer)
{
    for (size_t i = release->layer_count; i > 0; i--) {
        const struct release_layer *use = &release->layers[i - 1];
        if (use->layer && use->layer == layer)
            return NULL;
        if (use->layer && use->layer->kind == LAYER_UNKNOWN)
            return use;
    }
    return NULL;
}

/* Text in a cell of a table, as code. */
static struct str cell(struct arena *arena, struct str text)
{
    struct str plain = str_replace(arena, text, STR("|"), STR("\\|"));
    return str_format(arena, "`%.*s`", STR_ARG(str_replace(arena, plain, STR("`"), STR("'"))));
}

static struct row row_of(const struct request *request, const struct subject_value *value)
{
    struct arena *arena = request->arena;
    const struct release *release = value->release;
    struct row row = {
        release->environment, release->environment_number, STR("not set"), STR(""), 1, release};
    struct merged_value found = merged_at(release_merge(arena, release), value->path);
    const struct release_layer *unknown = unknown_above(release, found.layer);
    if (found.node) {
        bool is_joined = found.merged && found.merged->expanded && found.merged->write_count > 1;
        struct span span = found.key_span.file ? found.key_span : found.node->span;
        struct str from = view_place(arena, request->view, span);
        row.value = cell(arena, yaml_brief(arena, found.node, MOST_VALUE));
        row.from = is_joined ? str_format(arena, "%.*s and %zu below", STR_ARG(from),
                                          found.merged->write_count - 1)
                             : from;
    }
    if (unknown)
        row.from = str_format(arena, "%.*s%sunless %.*s has it, which cannot be read",
                              STR_ARG(row.from), row.from.n ? ", " : "", STR_ARG(unknown->path));
    return row;
}

static void add_row(struct arena *arena, struct row_list *rows, struct row row)
{
    for (size_t i = 0; i < rows->count; i++) {
        struct row *other = &rows->items[i];
        if (other->environment == row.environment && str_equal(other->value, row.value) &&
            str_equal(other->from, row.from)) {
            other->releases++;
            return;
        }
    }
    vector_push(arena, rows, row);
}

static int compare_rows(const void *a, const void *b)
{
    const struct row *left = a;
    const struct row *right = b;
    if (left->environment_number != right->environment_number)
        return left->environment_number < right->environment_number ? -1 : 1;
    return left->first->number < right->first->number ? -1 : 1;
}

static void write_row(struct text *out, const struct row *row)
{
    struct str name = row->environment->name;
    if (row->releases > 1)
        text_format(out, "| %.*s, %zu releases |", STR_ARG(name), row->releases);
    else
        text_format(out, "| %.*s |", STR_ARG(row->first->name));
    text_format(out, " %.*s | %.*s |\n", STR_ARG(row->value), STR_ARG(row->from));
}

static void write_rows(struct text *out, const struct request *request,
                       const struct subject *subject)
{
    struct row_list rows = {0};
    for (size_t i = 0; i < subject->values.count; i++)
        add_row(request->arena, &rows, row_of(request, &subject->values.items[i]));
    if (rows.count)
        qsort(rows.items, rows.count, sizeof *rows.items, compare_rows);
    text_add_c(out, "| release | value | from |\n|---|---|---|\n");
    for (size_t i = 0; i < rows.count && i < MOST_ROWS; i++)
        write_row(out, &rows.items[i]);
    if (rows.count > MOST_ROWS)
        text_format(out, "\n%zu more\n", rows.count - MOST_ROWS);
}

/* --- who reads it --- */

struct readers {
    const struct request *request;
    const struct subject *subject;
    struct map places; /* "charts/web/templates/a.yaml:3" → itself */
};

static void look_for_reader(void *context, const struct owner *owner, const struct mention *mention)
{
    struct readers *readers = context;
    struct arena *arena = readers->request->arena;
    struct str path = readers->subject->values.items[0].path;
    if (mention->kind != MENTION_VALUES ||
        path_relation(owner_path(arena, owner, mention->path), path) == PATH_APART)
        return;
    struct str place = view_place(arena, readers->request->view, mention->span);
    map_put(arena, &readers->places, place, (void *)mention);
}

/* Whether some template may read the value in a way that names no path. */
static const char *how_read(const struct request *request, const struct subject *subject)
{
    const char *how = "No template reads it.";
    for (size_t i = 0; i < subject->owners.count; i++) {
        const struct owner *owner = &subject->owners.items[i];
        if (owner->prefix.n)
            continue;
        const struct reads *reads = view_reads(request->view, owner->directory);
        if (!reads)
            return "It is not known which templates read it.";
        if (reads_path(request->arena, reads, subject->values.items[0].path))
            how = "Templates read it, without its name.";
    }
    return subject->owners.count ? how : "Its charts are not in the repository.";
}

static void write_readers(struct text *out, const struct request *request,
                          const struct subject *subject)
{
    struct readers readers = {.request = request, .subject = subject};
    owners_visit(request->view, &subject->owners, look_for_reader, &readers);
    if (!readers.places.count) {
        text_format(out, "\n%s\n", how_read(request, subject));
        return;
    }
    text_add_c(out, "\nRead by");
    for (size_t i = 0; i < readers.places.count && i < MOST_READERS; i++)
        text_format(out, "%s %.*s", i ? "," : "", STR_ARG(readers.places.items[i].key));
    if (readers.places.count > MOST_READERS)
        text_format(out, " and %zu more", readers.places.count - MOST_READERS);
    text_add_char(out, '\n');
}

json_t *answer_hover(const struct request *request)
{
    struct subject subject =
        subject_find(request->arena, request->view, request->file, request->offset);
    if (subject.kind != SUBJECT_VALUE || !subject.values.count)
        return json_null();
    struct text out = {.arena = request->arena};
    text_format(&out, "`%.*s`\n\n", STR_ARG(subject.name));
    write_rows(&out, request, &subject);
    if (!subject.is_in_template)
        write_readers(&out, request, &subject);
    json_t *contents = json_pack("{s:s, s:o}", "kind", "markdown", "value",
                                 message_text(request->arena, text_str(&out)));
    return json_pack("{s:o, s:o}", "contents", contents, "range",
                     view_range(request->view, subject.span));
}
