#ifndef BULKHEAD_KUBE_KIND_FILE_H
#define BULKHEAD_KUBE_KIND_FILE_H

#include "yaml/yaml.h"

/* YAML files that each say where in the objects of a kind something lies: those that the build
 * embeds (rules/<folder>/) and those of a user (.bulkhead/<folder>/). */
struct kind_file {
    struct arena *arena;
    struct diagnostics *sink;
    const char *topic; /* kind of the diagnostics */
    bool good;         /* the current file, so far */
    const struct yaml_node *root;
};

struct embedded_texts {
    const char *const *items;
    size_t count;
};

/* Calls read for each file, those of the user's tree (NULL: none) that match the glob first. A file
 * that is no YAML goes to the sink, and `good` is false. */
void kind_files_read(struct kind_file *file, struct tree *user_tree, struct str glob,
                     struct embedded_texts embedded,
                     void (*read)(struct kind_file *file, void *context), void *context);

/* Reports what is wrong at a line of the file, which is no longer good. */
void kind_file_complain(struct kind_file *file, struct span span, const char *what,
                        struct str detail);
/* Complains about what is no map and about keys that are not known. */
void kind_file_check_keys(struct kind_file *file, const struct yaml_node *map,
                          const char *const *known, size_t count);
#define KIND_FILE_CHECK_KEYS(file, map, known)                                                     \
    kind_file_check_keys((file), (map), (known), sizeof(known) / sizeof *(known))
/* One text or a list of them; empty for NULL. */
struct str_list kind_file_texts(struct kind_file *file, const struct yaml_node *node);

/* That something stands at a path of an object and is neither null nor false; with words: one of
 * them. */
struct kind_condition {
    struct str path; /* p == NULL: no condition */
    struct str_list words;
};
/* `PATH` or `{PATH: [word, …]}`; NULL is no condition. */
struct kind_condition kind_condition_read(struct kind_file *file, const struct yaml_node *node);
bool kind_condition_holds(const struct kind_condition *condition, const struct yaml_node *object);

#endif
