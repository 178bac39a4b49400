/* render CHART RELEASES: how long one process takes to load a chart and render it for so many
 * releases, each with values of its own, on all processors, in milliseconds. */
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

struct bench {
    struct renderer *renderer;
    const struct chart_package *package;
    struct worker {
        struct arena arena;
        size_t bytes, failed;
    } * workers;
};

static void render_one(void *context, unsigned number, size_t index)
{
    struct bench *bench = context;
    struct worker *worker = &bench->workers[number];
    struct arena *arena = &worker->arena;
    struct diagnostics problems = {.arena = arena};
    struct value_map *values = value_map_new(arena, MAP_ANY);
    value_map_set(values, STR("replicaCount"), value_float((double)index + 1));
    struct render_options how = {
        .release = str_format(arena, "release-%zu", index + 1),
        .namespace = STR("default"),
        .helm = 4,
        .capabilities = capabilities_default(arena, 4),
        .limits = &limits_default,
    };
    struct renderer_input input = {.package = bench->package, .values = values, .options = &how};
    struct rendering rendering;
    bool done = renderer_render(bench->renderer, arena, &input, &problems, &rendering);
    for (size_t i = 0; done && i < rendering.manifests.count; i++)
        worker->bytes += rendering.manifests.items[i].text.n;
    worker->failed += !done;
    arena_reset(arena);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: render CHART RELEASES\n");
        return EXIT_FAILURE;
    }
    double start = milliseconds();
    unsigned jobs = parallel_processors();
    struct arena arena = {0};
    struct diagnostics problems = {.arena = &arena};
    struct chart_load_options load = {.limits = &limits_default};
    struct tree *tree = tree_open_disk(&arena, str_from_c(argv[1]), &limits_default);
    struct bench bench = {.workers = arena_make_array(&arena, struct worker, jobs)};
    bench.renderer = renderer_new(&arena, tree, &load);
    bench.package = renderer_load(bench.renderer, STR(""), &problems);
    if (bench.package)
        parallel_for(strtoul(argv[2], NULL, 10), jobs, render_one, &bench);
    size_t bytes = 0;
    size_t failed = !bench.package;
    for (unsigned i = 0; i < jobs; i++) {
        bytes += bench.workers[i].bytes;
        failed += bench.workers[i].failed;
    }
    printf("%.2f ms, %zu bytes, %zu failed\n", milliseconds() - start, bytes, failed);
    renderer_close(bench.renderer);
    tree_close(tree);
    for (unsigned i = 0; i < jobs; i++)
        arena_release(&bench.workers[i].arena);
    arena_release(&arena);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
