/* Prints how true the causes are in the repositories that are named: measure [-v] DIRECTORY... */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "engine/engine.h"
#include "perturb.h"

static double percent(size_t part, size_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 100.0;
}

static void print_truth(const struct truth *truth)
{
    printf("fields %zu: template %zu, built in %zu, unknown %zu, values without origin %zu\n",
           truth->fields, truth->from_template, truth->from_built_in, truth->unknown,
           truth->without_origin);
    printf("claimed %zu, held %zu (%.2f %%, %zu by failing)\n", truth->claimed, truth->held,
           percent(truth->held, truth->claimed), truth->held_by_failure);
    printf("changed %zu, named %zu (%.2f %%)\n", truth->changed, truth->named,
           percent(truth->named, truth->changed));
    printf("missing %zu: template %zu, unknown %zu, claimed %zu, held %zu (%.2f %%)\n",
           truth->missing, truth->missing_from_template, truth->missing_unknown,
           truth->missing_claimed, truth->missing_held,
           percent(truth->missing_held, truth->missing_claimed));
    printf("%zu renderings\n", truth->renderings);
}

static double seconds_to_render(struct renderer *renderer, const struct release *release,
                                bool is_traced)
{
    struct arena arena = {0};
    struct diagnostics problems = {.arena = &arena};
    clock_t start = clock();
    release_render(&arena, renderer, release, is_traced, &problems);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    arena_release(&arena);
    return seconds;
}

static void measure(const char *directory, const struct truth_options *options)
{
    struct arena arena = {0};
    struct tree *tree = tree_open_disk(&arena, str_from_c(directory), &limits_default);
    struct workspace *workspace = workspace_open(tree, STR(""), 1);
    struct chart_load_options load = {.limits = &limits_default};
    struct renderer *renderer = renderer_new(&arena, tree, &load);
    const struct model *model = workspace->model;
    for (size_t i = 0; model && i < model->application_count; i++) {
        struct truth truth = {0};
        const struct application *application = &model->applications[i];
        double plain = 0, traced = 0;
        for (size_t k = 0; k < application->release_count; k++) {
            seconds_to_render(renderer, application->releases[k], false);
            plain += seconds_to_render(renderer, application->releases[k], false);
            traced += seconds_to_render(renderer, application->releases[k], true);
            if (!truth_measure(renderer, application->releases[k], options, &truth))
                printf("%.*s is not rendered\n", STR_ARG(application->releases[k]->name));
        }
        printf("== %s %.*s: plain %.1f ms, traced %.1f ms (%.1f)\n", directory,
               STR_ARG(application->name), plain * 1000, traced * 1000, traced / plain);
        print_truth(&truth);
        fflush(stdout);
    }
    renderer_close(renderer);
    workspace_close(workspace);
    tree_close(tree);
    arena_release(&arena);
}

int main(int argc, char **argv)
{
    struct truth_options options = {.seed = 1, .samples = 20, .most_origins = 400};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0)
            options.is_told = true;
        else
            measure(argv[i], &options);
    }
    return 0;
}
