#ifndef BULKHEAD_TESTS_DETECT_SAMPLES_H
#define BULKHEAD_TESTS_DETECT_SAMPLES_H

#include "repo/repo.h"
#include "unit.h"

/* A file for trees in memory: values when it has no text of its own. */
struct sample {
    const char *path, *text;
};

#define SAMPLES(...) ((const struct sample[]){__VA_ARGS__, {NULL, NULL}})

static inline struct str text_of(struct arena *arena, const struct sample *sample)
{
    struct str path = str_from_c(sample->path);
    if (sample->text)
        return str_from_c(sample->text);
    if (!str_is(path_name(path), "Chart.yaml"))
        return STR("replicas: 1\n");
    struct str name = path_name(path_directory(path));
    return str_format(arena, "name: %.*s\nversion: 1.0.0\n", STR_ARG(name.n ? name : STR("root")));
}

static inline int compare_files(const void *a, const void *b)
{
    return str_compare(((const struct tree_memory_file *)a)->path,
                       ((const struct tree_memory_file *)b)->path);
}

static inline struct tree *make_tree(struct arena *arena, const struct sample *samples)
{
    size_t count = 0;
    while (samples[count].path)
        count++;
    struct tree_memory_file *files = arena_make_array(arena, struct tree_memory_file, count + 1);
    for (size_t i = 0; i < count; i++)
        files[i] =
            (struct tree_memory_file){str_from_c(samples[i].path), text_of(arena, &samples[i])};
    qsort(files, count, sizeof *files, compare_files);
    return tree_open_memory(arena, files, count);
}

/* "dev web: charts/web/values.yaml dev/web.yaml" for each release, with the layers that are there;
 * environments in their order, applications in the order of their names. */
static inline struct str describe(struct arena *arena, const struct model *model)
{
    struct text out = {.arena = arena};
    for (size_t k = 0; model && k < model->config->environments.count; k++) {
        struct str_list lines = {0};
        for (size_t i = 0; i < model->release_count; i++) {
            const struct release *release = &model->releases[i];
            if (release->environment_number != k)
                continue;
            struct text line = {.arena = arena};
            text_format(&line, "%.*s %.*s:", STR_ARG(release->environment->name),
                        STR_ARG(release->application->name));
            for (size_t n = 0; n < release->layer_count; n++) {
                if (release->layers[n].layer)
                    text_format(&line, " %.*s", STR_ARG(release->layers[n].path));
            }
            text_add_char(&line, '\n');
            vector_push(arena, &lines, text_str(&line));
        }
        str_list_sort(&lines);
        text_add(&out, str_list_join(arena, &lines, STR("")));
    }
    return text_str(&out);
}

static inline const struct config *detect(struct arena *arena, const struct sample *samples)
{
    struct diagnostics *sink = arena_make(arena, struct diagnostics);
    sink->arena = arena;
    struct config *config = arena_make(arena, struct config);
    return model_detect(arena, make_tree(arena, samples), sink, config) ? config : NULL;
}

static inline const struct model *load(struct arena *arena, const struct sample *samples,
                                       const struct config *config)
{
    struct diagnostics *sink = arena_make(arena, struct diagnostics);
    sink->arena = arena;
    return model_load(arena, make_tree(arena, samples), config, 1, sink);
}

/* The model of what was written into a file and read back. */
static inline struct str describe_written(struct arena *arena, const struct sample *samples,
                                          const struct config *config)
{
    struct diagnostics *sink = arena_make(arena, struct diagnostics);
    sink->arena = arena;
    struct tree_memory_file *file = arena_make(arena, struct tree_memory_file);
    *file = (struct tree_memory_file){STR(".bulkhead.yaml"), config_write(arena, config)};
    struct config *read = arena_make(arena, struct config);
    ck_assert_msg(config_load(arena, tree_open_memory(arena, file, 1), file->path, sink, read),
                  "what was written is no configuration:\n%.*s", STR_ARG(file->bytes));
    return describe(arena, load(arena, samples, read));
}

static inline void expect(const struct sample *samples, const char *expected)
{
    struct arena arena = {0};
    const struct config *config = detect(&arena, samples);
    if (!config) {
        ck_assert_msg(!*expected, "nothing was detected");
    } else {
        ck_assert_str(describe(&arena, load(&arena, samples, config)), expected);
        ck_assert_str(describe_written(&arena, samples, config), expected);
    }
    arena_release(&arena);
}

#endif
