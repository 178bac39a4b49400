#ifndef BULKHEAD_ENGINE_COMPARE_FIELDS_H
#define BULKHEAD_ENGINE_COMPARE_FIELDS_H

#include "yaml/yaml.h"

enum change_kind { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED };

/* "added", "removed" or "changed". */
const char *change_name(enum change_kind kind);

/* A part of a document that two revisions have differently. */
struct field_change {
    enum change_kind kind;
    /* For people, items by their names: spec.template.spec.containers[web].image */
    struct str path;
    /* As values_path.h writes them, by index; of a part that is on one side only the other is
     * empty.
     */
    struct str path_before, path_after;
    const struct yaml_node *before, *after; /* NULL: not there */
};
struct field_change_list {
    struct field_change *items;
    size_t count, capacity;
};

/* The smallest parts that differ. Maps are compared by key; lists whose items have names (or what
 * identifies them in Kubernetes: mountPath, containerPort …) by these, and their order as a change
 * of the list itself; other lists by position, after what is equal at both ends. NULL is an empty
 * document. Everything lives in the arena or is the nodes'. */
struct field_change_list fields_compare(struct arena *arena, const struct yaml_node *before,
                                        const struct yaml_node *after);

/* The change's two sides on a line each, p == NULL where nothing is: short, and of long texts the
 * first line that differs. */
struct change_texts {
    struct str before, after;
};
struct change_texts field_change_texts(struct arena *arena, const struct field_change *change);

#endif
