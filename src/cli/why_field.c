#include "why_field.h"

#include <stdio.h>

enum { BRIEF = 70 };

static struct str object_name(struct arena *arena, const struct object *object)
{
    return str_format(arena, "%.*s/%.*s", STR_ARG(object->kind), STR_ARG(object->name));
}

static const struct object *find_object(struct arena *arena, const struct object_list *objects,
                                        const struct release *release, struct str name)
{
    struct str_list names = {0};
    for (size_t i = 0; i < objects->count; i++) {
        struct str own = object_name(arena, &objects->items[i]);
        if (str_equal_ignoring_case(own, name))
            return &objects->items[i];
        vector_push(arena, &names, own);
    }
    struct str near = similar_find(name, names.items, names.count);
    fprintf(stderr, "bulkhead: %.*s has no %.*s", STR_ARG(release->name), STR_ARG(name));
    if (near.p)
        fprintf(stderr, ", did you mean %.*s?\n", STR_ARG(near));
    else
        fprintf(stderr, "; it has %.*s\n", STR_ARG(str_list_join(arena, &names, STR(", "))));
    return NULL;
}

static void add_name(struct text *out, const char *role, struct str name)
{
    text_format(out, "  %-10s %.*s", role, STR_ARG(name));
}

static void add_cause_place(struct text *out, const struct repository *repository, const char *role,
                            const struct cause_place *place)
{
    const struct merged_value *value = &place->value;
    add_name(out, role, place->path);
    if (place->kind == CAUSE_BUILT_IN) {
        text_add_c(out, "  (given by Helm)\n");
    } else if (value->node && value->node->span.file) {
        text_add_c(out, "  ");
        repository_add_place(out, repository, value_span(value->node, value->key_span));
        struct str brief = yaml_brief(out->arena, value->node, BRIEF);
        text_format(out, ": %.*s\n", STR_ARG(brief));
    } else if (value->node) {
        text_format(out, "  %.*s\n", STR_ARG(value->layer->path));
    } else {
        text_add_c(out, place->is_nowhere ? "  no layer sets it\n" : "  unknown\n");
    }
}

static void add_places(struct text *out, const struct repository *repository, const char *role,
                       const struct cause_place_list *places)
{
    for (size_t i = 0; i < places->count; i++)
        add_cause_place(out, repository, role, &places->items[i]);
}

static void add_steps(struct text *out, const struct cause *cause)
{
    for (size_t i = 0; i < cause->steps.count; i++) {
        const struct cause_step *step = &cause->steps.items[i];
        text_format(out, "  %-10s %.*s:%u", i ? "from" : "template", STR_ARG(step->template),
                    step->line);
        if (!str_equal(step->definition, step->template))
            text_format(out, "  in \"%.*s\"", STR_ARG(step->definition));
        text_add_char(out, '\n');
    }
}

static void explain(struct text *out, const struct repository *repository,
                    const struct object *object, struct str field, const struct cause *cause)
{
    struct arena *arena = out->arena;
    text_format(out, "%.*s %.*s", STR_ARG(object_name(arena, object)), STR_ARG(field));
    if (cause->is_missing)
        text_format(out, ": %.*s is not there\n", STR_ARG(cause->missing));
    else
        text_format(out, ": %.*s\n",
                    STR_ARG(yaml_brief(arena, object_at(object->root, field), BRIEF)));
    add_places(out, repository, "value", &cause->places);
    if (cause->kind == CAUSE_TEMPLATE)
        text_add_c(out, cause->is_missing ? "  no value is asked for it\n"
                                          : "  the template says so itself\n");
    if (cause->kind == CAUSE_UNKNOWN)
        text_add_c(out, "  unknown\n");
    add_places(out, repository, "asked", &cause->conditions);
    add_steps(out, cause);
}

int why_field(struct invocation *invocation, const struct release *release, struct str name,
              struct str field, struct text *out)
{
    struct arena *arena = invocation->arena;
    const struct repository *repository = &invocation->repository;
    struct chart_load_options how = {.limits = &limits_default};
    struct diagnostics problems = {.arena = arena};
    if (!release->chart) {
        fprintf(stderr, "bulkhead: the chart of %.*s is not in the tree\n", STR_ARG(release->name));
        return EXIT_NOT_DONE;
    }
    struct renderer *renderer = renderer_new(arena, repository->tree, &how);
    const struct rendered_release *rendered =
        release_render(arena, renderer, release, true, &problems);
    repository_print_problems(repository, &problems, false);
    const struct object *object =
        rendered ? find_object(arena, &rendered->objects, release, name) : NULL;
    if (object) {
        struct cause cause = release_cause(arena, rendered, object, field);
        explain(out, repository, object, field, &cause);
    }
    renderer_close(renderer);
    return object ? EXIT_CLEAN : EXIT_NOT_DONE;
}
