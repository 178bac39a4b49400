#ifndef BULKHEAD_ENGINE_PASS_PRIVATE_H
#define BULKHEAD_ENGINE_PASS_PRIVATE_H

#include "pass.h"
#include "workspace.h"

/* How passes and reports look inside engine/. */

struct report_argument {
    struct str name, value;
};

struct report_related {
    struct span span;
    struct str message;
};

struct report_edit {
    struct span span;
    struct str text;
};

struct release_set {
    const struct release **items;
    size_t count, capacity;
};

struct report {
    struct arena *arena; /* of the thread; lives as long as the run's result */
    const struct rule *rule;
    struct span span;
    enum severity severity;
    struct str message; /* the text with its placeholders */
    struct str values_path;
    struct release_set releases;
    bool narrowed; /* releases come from report_only_for */
    VECTOR(struct report_argument) arguments;
    VECTOR(struct report_related) related;
    VECTOR(struct report_edit) edits;
};

struct report_list {
    struct report **items;
    size_t count, capacity;
};

/* What one thread works with. */
struct worker {
    const struct workspace *workspace;
    struct arena results; /* reports */
    struct arena scratch; /* emptied after every hook's application */
    struct report_list reports;
    /* Merged values of the current application's releases, by the release's place in it. */
    const struct application *application;
    const struct merged **merged;
};

struct pass {
    struct worker *worker;
    const struct rule *rule;
    const struct yaml_node *options; /* the configured ones, or NULL */
    const struct release *release;
    const struct application *application;
    const struct layer_use *use;
};

#endif
