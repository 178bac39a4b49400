#include "place.h"

// In `wmf-stable/*: charts/*` the stars stand for the same text.
static struct str mapped_chart(struct arena *arena, const struct config *config, struct str named)
{
    for (size_t i = 0; i < config->chart_sources.count; i++) {
        const struct config_chart_source *source = &config->chart_sources.items[i];
        if (!glob_match(source->name, named))
            continue;
        size_t star = str_find_char(source->name, '*');
        struct str tail = star == STR_NOT_FOUND ? STR("") : str_from(named, star);
        return str_replace(arena, source->directory, STR("*"), tail);
    }
    return named;
}

struct str chart_place_find(struct arena *arena, struct tree *tree, const struct config *config,
                            struct str named)
{
    struct str path = path_clean(arena, mapped_chart(arena, config, named));
    struct str full = path_join(arena, config->root, path);
    struct str chart_file = path_join(arena, full, STR("Chart.yaml"));
    bool there = named.n && path.p && tree_has_file(tree, chart_file);
    return there ? (full.p ? full : STR("")) : (struct str){0};
}

bool chart_makes_applications(struct arena *arena, struct tree *tree, struct str directory)
{
    struct str templates = path_join(arena, directory, STR("templates"));
    struct str_list paths = tree_below(tree, templates);
    for (size_t i = 0; i < paths.count; i++) {
        const struct file *file = tree_find(tree, paths.items[i]);
        if (file && file->state == FILE_READ && str_contains(file->bytes, STR("argoproj.io/")) &&
            str_contains(file->bytes, STR("kind: Application")))
            return true;
    }
    return false;
}
