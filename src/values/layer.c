#include "layer.h"

/* SOPS keeps its bookkeeping in a top-level map `sops` with a message authentication code. */
static bool is_encrypted(const struct yaml_node *root)
{
    const struct yaml_node *sops = yaml_value(root, "sops");
    return sops && yaml_value(sops, "mac");
}

const struct layer *layer_load(struct arena *arena, struct tree *tree, struct str path,
                               enum layer_kind kind, const struct limits *limits)
{
    const struct file *file = tree_find(tree, path);
    if (!file)
        return NULL;
    struct layer *layer = arena_make(arena, struct layer);
    layer->kind = kind;
    layer->path = file->path;
    layer->file = file;
    layer->stream = yaml_parse(arena, file, limits);
    layer->root = yaml_merged(arena, layer->stream);
    if (is_encrypted(layer->root))
        layer->kind = LAYER_UNKNOWN;
    return layer;
}
