#ifndef BULKHEAD_VALUES_LAYER_H
#define BULKHEAD_VALUES_LAYER_H

#include "yaml/yaml.h"

enum layer_kind {
    LAYER_CHART,   /* the chart's own values.yaml: the defaults */
    LAYER_FILE,    /* a values file, as given to helm with -f */
    LAYER_UNKNOWN, /* encrypted or outside of the tree: nothing may be concluded from it */
};

/* One values file, parsed once and shared by every release that loads it. Immutable. */
struct layer {
    enum layer_kind kind;
    bool is_rendered; /* a chart's template wrote it into an Application: maybe the same into others
                       */
    uint32_t number;  /* its index among all layers of the workspace */
    struct str path;
    const struct file *file; /* NULL for LAYER_UNKNOWN that lies outside */
    const struct yaml_stream *stream;
    const struct yaml_node
        *root; /* a map, or a null when the file is empty or holds something else */
};

/* Reads and parses the file into a layer that lives in the arena. A file that is encrypted by SOPS
 * (a top-level `sops` map with a `mac`), git-crypt or Ansible Vault becomes LAYER_UNKNOWN. NULL
 * when there is no such file. */
const struct layer *layer_load(struct arena *arena, struct tree *tree, struct str path,
                               enum layer_kind kind, const struct limits *limits);

/* The same for bytes that are no file of a tree, such as those of a packed chart: never NULL, and
 * its `file` is. `file` is the id for spans, or 0. */
const struct layer *layer_parse(struct arena *arena, struct str path, struct str bytes,
                                uint32_t file, enum layer_kind kind, const struct limits *limits);

#endif
