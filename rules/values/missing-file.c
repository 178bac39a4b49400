#include "engine/engine.h"

/* Missing layers that are named in one place of the configuration. */
struct group {
    struct span named_at;
    struct str_list paths; /* each once, at most MOST_PATHS */
    size_t count;
    struct map known;
    VECTOR(const struct release *) releases;
};

enum { MOST_PATHS = 3 };

static void note(struct arena *arena, struct map *groups, const struct release *release,
                 const struct release_layer *missing)
{
    struct str key = {(const char *)&missing->named_at, sizeof missing->named_at};
    struct group *group = map_get(groups, key);
    if (!group) {
        group = arena_make(arena, struct group);
        group->named_at = missing->named_at;
        map_put(arena, groups, key, group);
    }
    vector_push(arena, &group->releases, release);
    if (map_has(&group->known, missing->path))
        return;
    map_put(arena, &group->known, missing->path, group);
    if (group->count++ < MOST_PATHS)
        vector_push(arena, &group->paths, missing->path);
}

static void report_group(struct pass *pass, const struct group *group)
{
    struct arena *arena = pass_arena(pass);
    struct str files = str_list_join(arena, &group->paths, STR(", "));
    if (group->count > MOST_PATHS)
        files = str_format(arena, "%.*s and %zu more", STR_ARG(files), group->count - MOST_PATHS);
    struct report *report = pass_report(pass, group->named_at, "message");
    report_argument(report, "files", files);
    for (size_t i = 0; i < group->releases.count; i++)
        report_only_for(report, group->releases.items[i]);
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    struct map groups = {0};
    for (size_t i = 0; !model->detected && i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        for (size_t k = 0; k < release->layer_count; k++) {
            const struct release_layer *layer = &release->layers[k];
            if (!layer->layer && !layer->optional)
                note(pass_arena(pass), &groups, release, layer);
        }
    }
    for (size_t i = 0; i < groups.count; i++)
        report_group(pass, groups.items[i].value);
}

const struct rule_code rule_values_missing_file = {.repository = check};
