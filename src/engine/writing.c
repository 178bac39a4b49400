#include "writing.h"

#include "kube/kube.h"

static bool is_readable(const struct release_layer *use)
{
    return use->layer && use->layer->kind == LAYER_FILE && use->layer->stream->complete;
}

static bool has_layer(const struct release *release, struct str path)
{
    for (size_t i = 0; i < release->layer_count; i++) {
        if (str_equal(release->layers[i].path, path))
            return true;
    }
    return false;
}

/* True when the layer's path names the environment, or another one has another file in its place.
 */
static bool is_of_environment(const struct release *release, const struct release_layer *use)
{
    static const char *const placeholders[] = {"{env}", "{namespace}", "{pool}", "{cluster}"};
    const struct application *application = release->application;
    for (size_t i = 0; use->pattern && i < sizeof placeholders / sizeof *placeholders; i++) {
        if (str_contains(use->pattern->pattern, str_from_c(placeholders[i])))
            return true;
    }
    for (size_t i = 0; i < application->release_count; i++) {
        if (!has_layer(application->releases[i], use->path))
            return true;
    }
    return false;
}

/* True when a layer of the application for another environment has something at the path. */
static bool others_have(const struct release *release, struct str path)
{
    const struct application *application = release->application;
    for (size_t i = 0; i < application->release_count; i++) {
        const struct release *other = application->releases[i];
        for (size_t k = 0; k < other->layer_count && other != release; k++) {
            const struct release_layer *use = &other->layers[k];
            if (release_layer_is_own(use) && is_readable(use) && is_of_environment(other, use) &&
                object_at(use->layer->root, path))
                return true;
        }
    }
    return false;
}

/* The highest layer of the application itself that is, or is not, its environment's; NULL: none. */
static const struct release_layer *find_own(const struct release *release, bool of_environment)
{
    for (size_t i = release->layer_count; i > 0; i--) {
        const struct release_layer *use = &release->layers[i - 1];
        bool is_chart = use->layer && use->layer->kind == LAYER_CHART;
        if (!is_chart && release_layer_is_own(use) &&
            is_of_environment(release, use) == of_environment)
            return use;
    }
    return NULL;
}

/* The key of the innermost map around the path. */
static struct span span_around(const struct yaml_node *root, struct str path)
{
    struct arena scratch = {0};
    struct values_step_list steps = values_path_parse(&scratch, path);
    struct span span = {0};
    if (root->kind == YAML_MAP && root->map.count)
        span = root->map.entries[0].key_span;
    for (size_t i = 0; i < steps.count; i++) {
        const struct yaml_entry *entry = yaml_find(root, steps.items[i].key);
        if (steps.items[i].is_index || !entry)
            break;
        span = entry->key_span;
        root = entry->value;
    }
    arena_release(&scratch);
    return span;
}

struct writing_place writing_place_find(const struct release *release, struct str path)
{
    bool for_environment = others_have(release, path);
    const struct release_layer *use = find_own(release, for_environment);
    if (!use || !is_readable(use)) {
        const struct release_layer *other = find_own(release, !for_environment);
        if (!use || (!for_environment && other && is_readable(other)))
            use = other;
    }
    struct writing_place place = {.span = release->application->span};
    if (!use)
        return place;
    place.file = use->path;
    struct span around = is_readable(use) ? span_around(use->layer->root, path) : (struct span){0};
    if (around.file)
        place.span = around;
    return place;
}
