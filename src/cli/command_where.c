#include <stdio.h>

#include "request.h"

static const struct option options[] = {
    {"config", "FILE", "configuration file, instead of .bulkhead.yaml"},
    {"env", "E", "only environments that match the glob"},
    {"app", "A", "only applications that match the glob"},
};

/* The line that is asked for. */
struct wanted {
    struct tree *tree;
    const struct file *file;
    uint32_t line;
    struct text *out;
    size_t count;
};

static bool is_on_line(const struct wanted *wanted, struct span span)
{
    if (span.file != wanted->file->id)
        return false;
    uint32_t first = file_line_of(wanted->file, span.start);
    uint32_t last = file_line_of(wanted->file, span.end > span.start ? span.end - 1 : span.start);
    return first <= wanted->line && wanted->line <= last;
}

static bool has_place(const struct wanted *wanted, const struct cause_place_list *places)
{
    for (size_t i = 0; i < places->count; i++) {
        const struct merged_value *value = &places->items[i].value;
        bool is_scalar = value->node && value->node->kind < YAML_LIST;
        if (is_on_line(wanted, value->key_span) ||
            (is_scalar && is_on_line(wanted, value->node->span)) ||
            is_on_line(wanted, places->items[i].asked_at))
            return true;
    }
    return false;
}

static bool has_step(const struct wanted *wanted, const struct cause_step_list *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (is_on_line(wanted, steps->items[i].span))
            return true;
    }
    return false;
}

/* How the line reaches a field; NULL when it does not. */
static const char *way_of(const struct wanted *wanted, const struct cause *cause)
{
    if (has_place(wanted, &cause->places))
        return "";
    if (has_step(wanted, &cause->steps))
        return "";
    return has_place(wanted, &cause->conditions) ? "  (it was asked before)" : NULL;
}

/* A field of an object on the way down. */
struct field {
    struct arena *arena;
    struct wanted *wanted;
    const struct rendered_release *rendered;
    const struct object *object;
};

static void look_at(const struct field *field, const struct yaml_node *node, struct str path);

static void look_into(const struct field *field, const struct yaml_node *node, struct str path)
{
    for (size_t i = 0; node->kind == YAML_LIST && i < node->list.count; i++)
        look_at(field, node->list.items[i], values_path_index(field->arena, path, i));
    for (size_t i = 0; node->kind == YAML_MAP && i < node->map.count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        look_at(field, entry->value, values_path_key(field->arena, path, entry->key));
    }
}

static void look_at(const struct field *field, const struct yaml_node *node, struct str path)
{
    bool is_leaf = node->kind < YAML_LIST || yaml_is_blank(node);
    if (!is_leaf) {
        look_into(field, node, path);
        return;
    }
    struct cause cause = release_cause(field->arena, field->rendered, field->object, path);
    const char *way = way_of(field->wanted, &cause);
    if (!way)
        return;
    const struct object *object = field->object;
    text_format(field->wanted->out, "%.*s  %.*s/%.*s  %.*s: %.*s%s\n",
                STR_ARG(object->release->name), STR_ARG(object->kind), STR_ARG(object->name),
                STR_ARG(path), STR_ARG(yaml_brief(field->arena, node, 60)), way);
    field->wanted->count++;
}

static bool loads_layer(const struct release *release, const struct file *file)
{
    for (size_t i = 0; i < release->layer_count; i++) {
        if (release->layers[i].layer && release->layers[i].layer->file == file)
            return true;
    }
    return false;
}

static void search_release(struct wanted *wanted, struct renderer *renderer,
                           const struct release *release, struct diagnostics *problems)
{
    struct arena arena = {0};
    const struct rendered_release *rendered =
        release_render(&arena, renderer, release, true, problems);
    for (size_t i = 0; rendered && i < rendered->objects.count; i++) {
        const struct object *object = &rendered->objects.items[i];
        struct field field = {&arena, wanted, rendered, object};
        look_into(&field, object->root, STR(""));
    }
    arena_release(&arena);
}

/* "FILE:LINE", the file relative to the root or to here. Opens the repository that holds it. */
static bool open_place(struct invocation *invocation, struct str place, struct wanted *wanted,
                       bool *ret_good)
{
    size_t colon = str_find_last_char(place, ':');
    uint64_t line = 0;
    for (size_t i = colon + 1; colon != STR_NOT_FOUND && i < place.n; i++) {
        bool is_digit = place.p[i] >= '0' && place.p[i] <= '9' && line < UINT32_MAX / 10;
        line = is_digit ? line * 10 + (uint64_t)(place.p[i] - '0') : 0;
    }
    if (line == 0) {
        usage_error(invocation->command, "the place is FILE:LINE, not %.*s", STR_ARG(place));
        return false;
    }
    wanted->line = (uint32_t)line;
    struct str_list paths = {0};
    vector_push(invocation->arena, &paths, str_slice(place, 0, colon));
    if (!repository_open_model(invocation, &paths, ret_good))
        return false;
    const struct repository *repository = &invocation->repository;
    wanted->tree = repository->tree;
    wanted->file = tree_find(repository->tree, repository->paths.items[0]);
    if (!wanted->file)
        fprintf(stderr, "bulkhead: %.*s cannot be read\n", STR_ARG(repository->paths.items[0]));
    return wanted->file != NULL;
}

static bool is_asked(const struct str_list *globs, struct str name)
{
    return !globs->count || glob_match_any(globs, name);
}

/* A values file reaches those who load it, a template anybody. */
static bool is_layer(const struct model *model, const struct file *file)
{
    for (size_t i = 0; i < model->layer_count; i++) {
        if (model->layers[i].layer->file == file)
            return true;
    }
    return false;
}

static void search(struct invocation *invocation, struct wanted *wanted,
                   struct diagnostics *problems)
{
    struct arena *arena = invocation->arena;
    const struct model *model = invocation->repository.workspace->model;
    struct str_list environments = option_values(arena, &invocation->arguments, "env");
    struct str_list applications = option_values(arena, &invocation->arguments, "app");
    struct chart_load_options how = {.limits = &limits_default};
    struct renderer *renderer = renderer_new(arena, wanted->tree, &how);
    bool is_values = is_layer(model, wanted->file);
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        if (release->chart && (!is_values || loads_layer(release, wanted->file)) &&
            is_asked(&environments, release->environment->name) &&
            is_asked(&applications, release->application->name))
            search_release(wanted, renderer, release, problems);
    }
    renderer_close(renderer);
}

static int run(struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct text out = {.arena = arena};
    struct diagnostics problems = {.arena = arena};
    struct wanted wanted = {.out = &out};
    bool good;
    if (!open_place(invocation, invocation->arguments.positional.items[0], &wanted, &good))
        return EXIT_NOT_DONE;
    const struct model *model = invocation->repository.workspace->model;
    if (!request_names_exist(invocation, &model, 1))
        return EXIT_NOT_DONE;
    search(invocation, &wanted, &problems);
    good = repository_print_problems(&invocation->repository, &problems, false) && good;
    if (!wanted.count)
        fprintf(stderr, "bulkhead: the line reaches no rendered field\n");
    return print(text_str(&out)) && good ? EXIT_CLEAN : EXIT_NOT_DONE;
}

const struct cli_command command_where = {
    .name = "where",
    .arguments = "FILE:LINE",
    .help = "Prints every rendered field, in every environment, that a line of a values file or\n"
            "template reaches.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
