#include "engine/engine.h"

/* A folder or file of the name, or values-name.yaml. */
static bool is_of(struct str path, struct str name)
{
    struct str stem = path_stem(path);
    struct str prefix = STR("values-");
    if (str_equal(stem, name) ||
        (str_starts_with(stem, prefix) && str_equal(str_from(stem, prefix.n), name)))
        return true;
    struct str rest = path_directory(path);
    while (rest.n) {
        if (str_equal(str_cut(&rest, '/'), name))
            return true;
    }
    return false;
}

/* The environment that the path names; p == NULL for none, and when it names the release's too. */
static struct str foreign_name(struct pass *pass, const struct release *release, struct str path)
{
    const struct config *config = pass_model(pass)->config;
    struct str_list names = pass_option_strings(pass, "names");
    struct str found = {0};
    struct str base = release->environment->base;
    if (is_of(path, release->environment->name) || (base.n && is_of(path, base)))
        return found;
    for (size_t i = 0; i < config->environments.count && !found.p; i++) {
        const struct config_environment *environment = &config->environments.items[i];
        if (!environment->cluster_scope && is_of(path, environment->name))
            found = environment->name;
    }
    for (size_t i = 0; i < names.count && !found.p; i++) {
        if (is_of(path, names.items[i]))
            found = names.items[i];
    }
    return found;
}

/* True when the release loads the file of its own environment above that of the other one: then
 * this is the base of what all environments have. */
static bool is_base(struct pass *pass, const struct release *release, size_t number,
                    struct str other)
{
    const struct file *file = release->layers[number].layer->file;
    struct str own =
        file ? str_replace(pass_arena(pass), file->path, other, release->environment->name)
             : (struct str){0};
    for (size_t i = number + 1; i < release->layer_count; i++) {
        const struct layer *above = release->layers[i].layer;
        if (above && above->file && str_equal(above->file->path, own))
            return true;
    }
    return false;
}

static void check(struct pass *pass, const struct release *release)
{
    for (size_t i = 0; i < release->layer_count; i++) {
        const struct release_layer *named = &release->layers[i];
        bool is_file = named->layer && named->layer->kind != LAYER_CHART && named->named_at.file;
        struct str other = is_file ? foreign_name(pass, release, named->path) : (struct str){0};
        if (!other.p || is_base(pass, release, i, other))
            continue;
        struct report *report = pass_report(pass, named->named_at, "message");
        report_argument(report, "layer", named->path);
        report_argument(report, "other", other);
    }
}

const struct rule_code rule_env_foreign_layer = {.release = check};
