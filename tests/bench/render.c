/* render CHART RELEASES: how long one process takes to load a chart and render it for so many
 * releases, each with a values file of its own, in milliseconds. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "kube/kube.h"

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static bool render_one(struct arena *arena, struct renderer *renderer,
                       const struct chart_package *package, unsigned number, size_t *bytes)
{
    struct diagnostics problems = {.arena = arena};
    struct value_map *values = value_map_new(arena, MAP_ANY);
    value_map_set(values, STR("replicaCount"), value_float(number));
    struct render_options how = {
        .release = str_format(arena, "release-%u", number),
        .namespace = STR("default"),
        .helm = 4,
        .capabilities = capabilities_default(arena, 4),
        .limits = &limits_default,
    };
    struct renderer_input input = {.package = package, .values = values, .options = &how};
    struct rendering rendering;
    bool done = renderer_render(renderer, arena, &input, &problems, &rendering);
    for (size_t i = 0; done && i < rendering.manifests.count; i++)
        *bytes += rendering.manifests.items[i].text.n;
    if (!done)
        fprintf(stderr, "%.*s\n", STR_ARG(problems.items[problems.count - 1].message));
    arena_reset(arena);
    return done;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: render CHART RELEASES\n");
        return EXIT_FAILURE;
    }
    double start = milliseconds();
    struct arena arena = {0};
    struct diagnostics problems = {.arena = &arena};
    struct chart_load_options load = {.limits = &limits_default};
    struct tree *tree = tree_open_disk(&arena, str_from_c(argv[1]), &limits_default);
    struct renderer *renderer = renderer_new(&arena, tree, &load);
    const struct chart_package *package = renderer_load(renderer, STR(""), &problems);
    unsigned releases = (unsigned)strtoul(argv[2], NULL, 10);
    size_t bytes = 0;
    struct arena own = {0};
    bool done = package != NULL;
    for (unsigned i = 0; i < releases && done; i++)
        done = render_one(&own, renderer, package, i + 1, &bytes);
    printf("%.2f ms, %zu bytes\n", milliseconds() - start, bytes);
    renderer_close(renderer);
    tree_close(tree);
    arena_release(&own);
    arena_release(&arena);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
