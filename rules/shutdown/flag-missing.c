#include "engine/engine.h"

/* The file of the environment alone that most of its releases load; NULL: none. */
static const struct layer_use *own_file(const struct model *model,
                                        const struct config_environment *environment)
{
    const struct layer_use *own = NULL;
    for (size_t i = 0; i < model->layer_count; i++) {
        const struct layer_use *use = &model->layers[i];
        if (use->environment == environment && use->layer->kind == LAYER_FILE &&
            (!own || use->release_count > own->release_count))
            own = use;
    }
    return own;
}

/* True when the environment's files have the flag, one that is misspelled, or a value in the way of
 * it, which other rules speak of; also when some of them cannot be read. */
static bool is_dealt_with(struct pass *pass, const struct release *release, struct str flag)
{
    struct arena *arena = pass_arena(pass);
    struct values_step_list steps = values_path_parse(arena, flag);
    bool is_dealt_with = false;
    for (size_t i = 0; i < release->layer_count && !is_dealt_with; i++) {
        const struct layer *layer = release->layers[i].layer;
        const struct yaml_node *node = layer ? layer->root : NULL;
        for (size_t k = 0; node && k < steps.count; k++) {
            const struct yaml_node *child = object_step(node, &steps.items[k]);
            is_dealt_with = is_dealt_with || (node != layer->root && node->kind != YAML_MAP);
            node = child;
        }
        bool is_unknown = layer && layer->kind == LAYER_UNKNOWN;
        bool is_file = layer && layer->kind == LAYER_FILE;
        is_dealt_with = is_dealt_with || node || is_unknown ||
                        (is_file && shutdown_misspelled(arena, layer, flag));
    }
    return is_dealt_with;
}

static void check_environment(struct pass *pass, const struct config_environment *environment)
{
    const struct model *model = pass_model(pass);
    const struct shutdown_flags *flags = pass_shutdown_flags(pass);
    const struct layer_use *own = own_file(model, environment);
    bool is_dealt_with_here = false;
    size_t releases = 0;
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        for (size_t k = 0; release->environment == environment && k < flags->paths.count; k++)
            is_dealt_with_here =
                is_dealt_with_here || is_dealt_with(pass, release, flags->paths.items[k]);
        releases += release->environment == environment;
    }
    struct span span = own ? (struct span){own->layer->file->id, 0, 0} : environment->span;
    if (own && own->layer->root->kind == YAML_MAP && own->layer->root->map.count)
        span = own->layer->root->map.entries[0].key_span;
    if (!releases || is_dealt_with_here || !span.file)
        return;
    struct report *report = pass_report(pass, span, "message");
    report_values_path(report, flags->paths.items[0]);
    report_argument(report, "flag", flags->paths.items[0]);
    report_argument(report, "environment", environment->name);
    for (size_t i = 0; i < model->release_count; i++) {
        if (model->releases[i].environment == environment)
            report_only_for(report, &model->releases[i]);
    }
}

static void check(struct pass *pass)
{
    const struct config *config = pass_model(pass)->config;
    for (size_t i = 0; i < config->environments.count; i++) {
        const struct config_environment *environment = &config->environments.items[i];
        if (pass_shutdown_flags(pass)->are_written && !environment->cluster_scope)
            check_environment(pass, environment);
    }
}

const struct rule_code rule_shutdown_flag_missing = {.repository = check};
