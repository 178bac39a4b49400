#ifndef BULKHEAD_YAML_PRIVATE_H
#define BULKHEAD_YAML_PRIVATE_H

#include "yaml.h"

/* Private to yaml/. */

/* Decides kind, text and value of a plain or tagged scalar whose text is set, as goyaml.v2 does
 * (resolve.go). `tag` is the tag as libyaml gives it, or NULL; `plain`: neither quoted nor a block.
 * False when the tag cannot hold the text. */
bool scalar_resolve(struct arena *arena, struct yaml_node *node, const char *tag, bool plain);
/* The key that a scalar becomes; p == NULL when it can be none (null, list, map). */
struct str scalar_key(struct arena *arena, const struct yaml_node *node);

struct span_list {
    struct span *items;
    size_t count, capacity;
};
/* Finds the comments of the bytes; `scalars` are the spans of all scalars in the order of the file.
 */
void comments_find(struct arena *arena, struct str bytes, uint32_t file,
                   const struct span_list *scalars, struct yaml_stream *stream);

/* Adds an entry to a map under construction or replaces the one with the same key. Returns the
 * entry that was replaced, or NULL. */
struct entry_list {
    struct yaml_entry *items;
    size_t count, capacity;
    struct map numbers; /* key → index + 1, once there are many */
};
struct yaml_entry *entries_find(struct entry_list *entries, struct str key);
void entries_add(struct arena *arena, struct entry_list *entries, struct yaml_entry entry);

#endif
