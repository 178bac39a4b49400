#include "repo.h"

bool release_is_of_argocd(const struct release *release)
{
    return release->application->component ||
           (release->deployment && release->deployment->manifest);
}

/* What the layer above writes in the place of the value; *hides is set when that, or what it writes
 * around the value, replaces the value instead of merging with it. */
static const struct yaml_node *written_above(const struct layer *above,
                                             const struct layer_value *value, bool *hides)
{
    if (!value)
        return above->root;
    const struct yaml_node *around = written_above(above, value->parent, hides);
    if (*hides || !around || !value->entry)
        return NULL;
    const struct yaml_entry *entry = yaml_find(around, value->entry->key);
    if (!entry)
        return NULL;
    *hides = value->node->kind != YAML_MAP || entry->value->kind != YAML_MAP;
    return entry->value;
}

bool release_gets(const struct release *release, const struct layer *layer,
                  const struct layer_value *value)
{
    for (size_t i = release->layer_count; i-- > 0;) {
        const struct layer *above = release->layers[i].layer;
        if (above == layer)
            return true;
        if (!above)
            continue;
        bool hides = above->kind == LAYER_UNKNOWN;
        written_above(above, value, &hides);
        if (hides)
            return false;
    }
    return false;
}

bool release_has_unknown_layers(const struct release *release)
{
    bool found = false;
    for (size_t i = 0; i < release->layer_count; i++) {
        const struct release_layer *layer = &release->layers[i];
        bool is_missing = !layer->layer && !layer->optional;
        found = found || is_missing || (layer->layer && layer->layer->kind == LAYER_UNKNOWN);
    }
    return found;
}

bool release_has_unread_layers(const struct release *release)
{
    for (size_t i = 0; i < release->layer_count; i++) {
        const struct layer *layer = release->layers[i].layer;
        if (layer && (layer->kind == LAYER_UNKNOWN || !layer->stream->complete))
            return true;
    }
    return false;
}

bool model_knows_environment(const struct model *model, const struct release *release)
{
    return !model->detected || !str_is(release->environment->name, "default");
}
