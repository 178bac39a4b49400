#include "render.h"

#include <pthread.h>
#include <stdlib.h>

#include "context.h"
#include "functions.h"
#include "tracing.h"

struct template_store {
    struct arena *arena;
    const struct limits *limits;
    struct map functions; /* name → const struct function */
    pthread_mutex_t lock; /* guards what is below */
    struct map parsed;    /* path → struct parsed */
};

/* A template, or why it is none. Trees of one path differ when charts of one name differ. */
struct parsed {
    struct str bytes;
    const struct template_tree *tree; /* NULL: it failed */
    struct template_failure failure;
    struct parsed *next;
};

struct template_store *template_store_new(struct arena *arena, unsigned helm,
                                          const struct limits *limits)
{
    struct template_store *store = arena_make(arena, struct template_store);
    store->arena = arena;
    store->limits = limits;
    functions_list(arena, helm, &store->functions);
    pthread_mutex_init(&store->lock, NULL);
    return store;
}

void template_store_close(struct template_store *store)
{
    pthread_mutex_destroy(&store->lock);
}

static struct parsed *parse_file(struct template_store *store, struct str path,
                                 const struct chart_file *file, struct parsed *next)
{
    struct parsed *parsed = arena_make(store->arena, struct parsed);
    struct template_source *source = arena_make(store->arena, struct template_source);
    *source = (struct template_source){str_copy(store->arena, path), file->bytes, file->file};
    struct template_parse_options options = {functions_find, &store->functions,
                                             store->limits->template_depth};
    parsed->bytes = file->bytes;
    parsed->next = next;
    parsed->tree = template_parse(store->arena, source, &options, &parsed->failure);
    map_put(store->arena, &store->parsed, source->name, parsed);
    return parsed;
}

static const struct parsed *parsed_template(struct template_store *store, struct str path,
                                            const struct chart_file *file)
{
    pthread_mutex_lock(&store->lock);
    struct parsed *first = map_get(&store->parsed, path);
    struct parsed *parsed = first;
    while (parsed && parsed->bytes.p != file->bytes.p)
        parsed = parsed->next;
    if (!parsed)
        parsed = parse_file(store, path, file, first);
    pthread_mutex_unlock(&store->lock);
    return parsed;
}

const struct template_tree *template_store_get(struct template_store *store, struct str path,
                                               const struct chart_file *file)
{
    return parsed_template(store, path, file)->tree;
}

const struct template_tree *template_store_parse(const struct template_store *store,
                                                 struct arena *arena,
                                                 const struct template_source *source,
                                                 struct template_failure *ret_failure)
{
    struct template_parse_options options = {functions_find, &store->functions,
                                             store->limits->template_depth};
    return template_parse(arena, source, &options, ret_failure);
}

/* A template of the release and what its dot is. */
struct unit {
    struct str path;
    const struct chart_instance *instance;
    const struct chart_file *file;
    struct value_map *dot;
    const struct template_tree *tree;
    size_t slashes;
};
struct unit_list {
    struct unit *items;
    size_t count, capacity;
};

static void collect(struct arena *arena, const struct chart_instance *instance,
                    struct value_map *dot, struct unit_list *units)
{
    const struct value *subcharts = value_map_get(dot, STR("Subcharts"));
    for (size_t i = 0; i < instance->child_count; i++) {
        const struct chart_instance *child = instance->children[i];
        collect(arena, child, value_map_get(subcharts->map, child->name)->map, units);
    }
    const struct chart_file_list *templates = &instance->package->templates;
    for (size_t i = 0; i < templates->count; i++) {
        const struct chart_file *file = &templates->items[i];
        bool is_partial = str_starts_with(path_name(file->name), STR("_"));
        if (instance->package->chart->is_library && !is_partial)
            continue;
        struct unit *unit = vector_add(arena, units);
        unit->path = path_join(arena, instance->path, file->name);
        unit->instance = instance;
        unit->file = file;
        unit->dot = dot;
        unit->slashes = str_count_char(unit->path, '/');
    }
}

/* Deep paths first, and the later in the alphabet before the earlier: so a chart's definitions win
 * over those of its subcharts (engine.go, sortTemplates). */
static int compare_units(const void *a, const void *b)
{
    const struct unit *left = a;
    const struct unit *right = b;
    if (left->slashes != right->slashes)
        return left->slashes > right->slashes ? -1 : 1;
    return -str_compare(left->path, right->path);
}

static bool ends_word(char c)
{
    return strchr(" \t\r\n|(){}", c) != NULL;
}

/* The word around the offset, which may stand behind its start. */
static struct span span_at(const struct template_source *source, uint32_t offset)
{
    if (!source || !source->file)
        return (struct span){0};
    struct str bytes = source->bytes;
    uint32_t start = offset < bytes.n ? offset : (uint32_t)bytes.n;
    uint32_t end = start;
    bool is_word = start < bytes.n && !ends_word(bytes.p[start]);
    while (is_word && start > 0 && !ends_word(bytes.p[start - 1]))
        start--;
    while (is_word && end < bytes.n && !ends_word(bytes.p[end]))
        end++;
    return (struct span){source->file, start, end};
}

/* Of a chain of messages Helm shows the last. */
static struct str last_message(struct str message)
{
    for (size_t at; (at = str_find(message, STR(": "))) != STR_NOT_FOUND;)
        message = str_from(message, at + 2);
    return message;
}

static bool parse_all(struct arena *arena, struct template_store *store, struct unit_list *units,
                      struct definitions *definitions, struct render_failure *ret_failure)
{
    for (size_t i = 0; i < units->count; i++) {
        struct unit *unit = &units->items[i];
        const struct parsed *parsed = parsed_template(store, unit->path, unit->file);
        if (!parsed->tree) {
            ret_failure->reason = RENDER_PARSE;
            ret_failure->message =
                str_format(arena, "parse error at (%.*s:%u): %.*s", STR_ARG(unit->path),
                           parsed->failure.line, STR_ARG(last_message(parsed->failure.message)));
            struct template_source source = {.bytes = unit->file->bytes, .file = unit->file->file};
            ret_failure->span = span_at(&source, parsed->failure.offset);
            return false;
        }
        unit->tree = parsed->tree;
        definitions_add(arena, definitions, unit->tree);
    }
    return true;
}

static void set_template(struct evaluation *evaluation, const struct unit *unit)
{
    struct arena *arena = evaluation->arena;
    struct value_map *map = value_map_new(arena, MAP_ANY);
    value_map_set(map, STR("Name"), value_string(unit->path));
    value_map_set(map, STR("BasePath"),
                  value_string(path_join(arena, unit->instance->path, STR("templates"))));
    value_map_set(unit->dot, STR("Template"), value_of_values(map));
    evaluation->file++;
}

static const struct failure *innermost_place(const struct failure *failure)
{
    const struct failure *found = failure;
    for (; failure; failure = failure->inner) {
        if (failure->source && failure->source->file)
            found = failure;
    }
    return found;
}

static bool render_unit(struct evaluation *evaluation, const struct unit *unit,
                        struct rendered_list *files, struct render_failure *ret_failure)
{
    struct arena *arena = evaluation->arena;
    set_template(evaluation, unit);
    const struct template_definition *definition =
        definitions_find(evaluation->definitions, unit->path);
    struct text output = {.arena = arena};
    struct trace_text *events = arena_make(arena, struct trace_text);
    evaluation->events = events;
    if (!execute(evaluation, definition, value_of_values(unit->dot), &output)) {
        const struct failure *place = innermost_place(evaluation->failure);
        ret_failure->reason = evaluation->reason;
        ret_failure->source = evaluation->blamed;
        ret_failure->message =
            failure_to_helm(arena, evaluation->failure, unit->path, evaluation->helm);
        ret_failure->span = span_at(place->source, place->offset);
        return false;
    }
    struct str text = trace_finish(evaluation, &output);
    vector_push(arena, files, ((struct rendered_file){unit->path, text, unit->file, events}));
    return true;
}

bool render(struct arena *arena, struct template_store *store, const struct chart_instance *root,
            const struct render_options *options, struct rendered_list *ret_files,
            struct render_failure *ret_failure)
{
    struct unit_list units = {0};
    struct definitions definitions = {0};
    struct rendered_list files = {0};
    struct value_map *dot = context_new(arena, root, options);
    struct trace *trace = options->is_traced ? trace_new(arena) : NULL;
    *ret_failure = (struct render_failure){.trace = trace};
    if (trace)
        trace_dot(trace, dot);
    collect(arena, root, dot, &units);
    if (units.count)
        qsort(units.items, units.count, sizeof *units.items, compare_units);
    if (!parse_all(arena, store, &units, &definitions, ret_failure))
        return false;
    struct evaluation evaluation = {
        .arena = arena,
        .limits = options->limits,
        .helm = options->helm,
        .zones = options->zones,
        .branches = options->branches,
        .functions = &store->functions,
        .definitions = &definitions,
        .trace = trace,
    };
    bool done = true;
    for (size_t i = 0; i < units.count && done; i++) {
        if (!str_starts_with(path_name(units.items[i].path), STR("_")))
            done = render_unit(&evaluation, &units.items[i], &files, ret_failure);
    }
    regex_cache_release(&evaluation.patterns);
    files.trace = trace;
    if (done)
        *ret_files = files;
    return done;
}
