#include "layer.h"

/* SOPS keeps its bookkeeping in a top-level map `sops` with a message authentication code. */
static bool is_encrypted(const struct yaml_node *root)
{
    const struct yaml_node *sops = yaml_value(root, "sops");
    return sops && yaml_value(sops, "mac");
}

/* A file that is encrypted as a whole: by git-crypt, by Ansible Vault. */
static bool is_unreadable(const struct file *file)
{
    return str_starts_with(file->bytes, STR("\0GITCRYPT\0")) ||
           str_starts_with(file->bytes, STR("$ANSIBLE_VAULT;"));
}

static struct layer *layer_of(struct arena *arena, struct str path, enum layer_kind kind,
                              const struct yaml_stream *stream)
{
    struct layer *layer = arena_make(arena, struct layer);
    layer->path = path;
    layer->stream = stream;
    layer->root = yaml_merged(arena, stream);
    layer->kind = is_encrypted(layer->root) ? LAYER_UNKNOWN : kind;
    return layer;
}

const struct layer *layer_parse(struct arena *arena, struct str path, struct str bytes,
                                uint32_t file, enum layer_kind kind, const struct limits *limits)
{
    return layer_of(arena, path, kind, yaml_parse_bytes(arena, bytes, file, limits));
}

const struct layer *layer_load(struct arena *arena, struct tree *tree, struct str path,
                               enum layer_kind kind, const struct limits *limits)
{
    const struct file *file = tree_find(tree, path);
    if (!file)
        return NULL;
    bool is_hidden = file->state == FILE_READ && is_unreadable(file);
    const struct yaml_stream *stream = is_hidden
                                           ? yaml_parse_bytes(arena, STR(""), file->id, limits)
                                           : yaml_parse(arena, file, limits);
    struct layer *layer = layer_of(arena, file->path, is_hidden ? LAYER_UNKNOWN : kind, stream);
    layer->file = file;
    return layer;
}
