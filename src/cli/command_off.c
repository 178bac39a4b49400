#include <stdio.h>

#include "off_plan.h"
#include "request.h"

static const struct option options[] = {
    {"config", "FILE", "configuration file, instead of .bulkhead.yaml"},
    {"path", "PATH", "where the repository is; default: here"},
    {"app", "A", "only applications that match the glob"},
    {"format", "FORMAT", "text (default) or json"},
};

static const struct config_environment *
find_environment(struct arena *arena, const struct config *config, struct str name)
{
    struct str_list names = {0};
    for (size_t i = 0; i < config->environments.count; i++) {
        vector_push(arena, &names, config->environments.items[i].name);
        if (str_equal(config->environments.items[i].name, name))
            return &config->environments.items[i];
    }
    fprintf(stderr, "bulkhead: there is no environment %.*s%.*s\n", STR_ARG(name),
            STR_ARG(similar_hint(arena, name, &names)));
    return NULL;
}

/* What makes the field: the release is rendered once more, traced. */
static struct span place_of(struct arena *arena, struct renderer *renderer,
                            const struct shutdown_item *item,
                            const struct rendered_release **traced)
{
    struct diagnostics problems = {.arena = arena};
    const struct release *release = item->object->release;
    if (item->is_only_off)
        return release->application->span;
    if (!*traced)
        *traced = release_render(arena, renderer, release, true, &problems);
    struct cause cause = {0};
    if (*traced)
        cause = release_cause(arena, *traced, item->object, item->field);
    struct span span = shutdown_span(&cause);
    return span.file ? span : release->application->span;
}

static void add_release(struct off_plan *plan, struct renderer *renderer,
                        const struct workspace *workspace, const struct release *release,
                        struct diagnostics *problems)
{
    struct arena *arena = plan->arena;
    const struct rendered_release *traced = NULL;
    const struct rendered_release *plain =
        release_render(arena, renderer, release, false, problems);
    const struct shutdown *shutdown =
        plain
            ? shutdown_of(arena, renderer, &workspace->workload_kinds, plan->flags, plain, problems)
            : NULL;
    if (!shutdown)
        vector_push(arena, &plan->not_rendered, release);
    for (size_t i = 0; shutdown && i < shutdown->count; i++) {
        const struct shutdown_item *item = &shutdown->items[i];
        struct off_item *added = vector_add(arena, &plan->items);
        *added = (struct off_item){item, {0}};
        if (off_is_bad(item->fate))
            added->span = place_of(arena, renderer, item, &traced);
    }
}

static void make_plan(struct invocation *invocation, struct off_plan *plan,
                      struct diagnostics *problems)
{
    const struct workspace *workspace = invocation->repository.workspace;
    const struct model *model = workspace->model;
    struct str_list applications = option_values(invocation->arena, &invocation->arguments, "app");
    struct chart_load_options how = {.limits = &limits_default};
    struct renderer *renderer = renderer_new(plan->arena, workspace->tree, &how);
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        bool is_asked =
            !applications.count || glob_match_any(&applications, release->application->name);
        if (release->environment != plan->environment || !is_asked)
            continue;
        plan->release_count++;
        if (release->chart)
            add_release(plan, renderer, workspace, release, problems);
        else
            vector_push(plan->arena, &plan->not_rendered, release);
    }
    renderer_close(renderer);
}

static int exit_status(const struct off_plan *plan, bool good)
{
    if (!good || plan->not_rendered.count)
        return EXIT_NOT_DONE;
    for (size_t i = 0; i < plan->items.count; i++) {
        if (off_is_bad(plan->items.items[i].item->fate))
            return EXIT_FINDINGS;
    }
    return EXIT_CLEAN;
}

static int run(struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    bool is_json, good;
    if (!option_format(invocation, &is_json) || !repository_open_model(invocation, NULL, &good))
        return EXIT_NOT_DONE;
    const struct repository *repository = &invocation->repository;
    const struct workspace *workspace = repository->workspace;
    struct diagnostics problems = {.arena = arena};
    struct off_plan plan = {.arena = arena, .flags = &workspace->shutdown_flags};
    plan.environment =
        find_environment(arena, &workspace->config, invocation->arguments.positional.items[0]);
    const struct model *model = workspace->model;
    if (!plan.environment || !request_names_exist(invocation, &model, 1))
        return EXIT_NOT_DONE;
    if (!plan.flags->are_written)
        fprintf(stderr,
                "bulkhead: no values file writes one of %.*s, see `shutdown` in the "
                "configuration\n",
                STR_ARG(str_list_join(arena, &plan.flags->known, STR(", "))));
    make_plan(invocation, &plan, &problems);
    good = repository_print_problems(repository, &problems, false) && good;
    struct str text = is_json ? off_plan_json(&plan, repository) : off_plan_text(&plan, repository);
    return print(text) ? exit_status(&plan, good) : EXIT_NOT_DONE;
}

const struct cli_command command_off = {
    .name = "off",
    .arguments = "ENV",
    .help =
        "Prints what stops, still runs, is kept or lost when an environment is switched off.\n"
        "Every release is rendered as it is and with the environment's flag off. Exit status 1:\n"
        "something still runs or data is lost.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
