#ifndef BULKHEAD_TESTS_MODEL_DUMP_H
#define BULKHEAD_TESTS_MODEL_DUMP_H

#include "repo/repo.h"
#include "unit.h"

/* Files of a test as pairs of path and text, ended by NULL. */
static inline struct tree *open_files(struct arena *arena, const char *const *pairs)
{
    size_t count = 0;
    while (pairs[count * 2])
        count++;
    struct tree_memory_file *files = arena_make_array(arena, struct tree_memory_file, count);
    for (size_t i = 0; i < count; i++)
        files[i] =
            (struct tree_memory_file){str_from_c(pairs[i * 2]), str_from_c(pairs[i * 2 + 1])};
    return tree_open_memory(arena, files, count);
}

/* One line per release: its name, ":" and its layers, a missing one in parentheses, the chart's
 * defaults in brackets. */
static inline struct str dump_model(struct arena *arena, const struct model *model)
{
    struct text out = {.arena = arena};
    for (size_t i = 0; model && i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        text_format(&out, "%.*s:", STR_ARG(release->name));
        for (size_t k = 0; k < release->layer_count; k++) {
            const struct release_layer *layer = &release->layers[k];
            bool chart = layer->layer && layer->layer->kind == LAYER_CHART;
            if (chart)
                text_format(&out, " [%.*s]", STR_ARG(layer->path));
            else if (layer->layer)
                text_format(&out, " %.*s", STR_ARG(layer->path));
            else
                text_format(&out, " (%.*s)", STR_ARG(layer->path));
        }
        text_add_char(&out, '\n');
    }
    return text_str(&out);
}

#endif
