#ifndef BULKHEAD_EVAL_READS_H
#define BULKHEAD_EVAL_READS_H

#include "render.h"

/* What the templates of a chart may read of its values, in any release and in any branch: the
 * templates are walked with what a value may be in the place of values (an abstract
 * interpretation). Where it is not known which key is read, every key is; where it is not known
 * what becomes of a value, everything below it is read. Helm's own readings (conditions, tags,
 * import-values) are in it. Subcharts read what their parent has for them, and the globals of all
 * charts above them. */

/* How a value is read; a set of these. */
enum read_use {
    READ_WHOLE = 1,      /* with everything below it */
    READ_KEYS = 2,       /* which keys it has, or how many items */
    READ_TESTED = 4,     /* whether it is empty, as `if` asks */
    READ_DEFAULTED = 8,  /* given to `default` with a constant that is not empty */
    READ_PLAIN = 16,     /* otherwise than where it is known not to be empty */
    READ_PRINTED = 32,   /* printed as Go prints it */
    READ_TEMPLATE = 64,  /* given to tpl */
    READ_REQUIRED = 128, /* it must be there: a subchart's values, or what a schema requires */
};

/* A values path that is read, or one with "any key" in it. */
struct read_node;

/* A place in a template that says something about values, or wants a definition. */
struct read_site {
    struct span span;             /* file 0 in a packed chart */
    struct str text;              /* the constant of a `default`; the name of a definition */
    const struct read_node *node; /* NULL for a definition */
    bool is_true;                 /* the constant is the boolean */
};
struct read_site_list {
    struct read_site *items;
    size_t count, capacity;
};

/* Immutable once made; shared by all threads. */
struct reads {
    const struct read_node *root;
    bool everything; /* nothing is known about what is not read */
    /* Some text that is not as it stands in one value is given to tpl. */
    bool has_made_templates;
    bool is_complete;               /* no dependency is missing */
    struct read_site_list defaults; /* `default` with a constant over a value */
    /* Definitions that are included and that nobody has, while no dependency is missing. */
    struct read_site_list undefined;
    struct map names; /* texts that may name a definition somewhere in the chart → itself */
    bool has_computed_names; /* definitions are included by names that are not known */
    struct map required;     /* keys that a values.schema.json may want to be there → itself */
    struct read_site_list definitions; /* all definitions of the chart itself, not of subcharts */
};

/* The texts in the values of a chart's releases that have template actions: tpl may get them. */
struct reads_texts {
    struct str_list texts;
    bool is_incomplete; /* there are values that cannot be seen */
};
/* Adds those that a value holds, its keys included. */
void reads_texts_add(struct arena *arena, struct reads_texts *texts, const struct yaml_node *node);

/* Walks the templates of a chart and its subcharts. The chart's own defaults and files are looked
 * through for texts here. Lives in the arena. NULL when there is no template, or one that
 * cannot be parsed: then nothing is known. */
const struct reads *reads_find(struct arena *arena, struct template_store *store,
                               const struct chart_package *package, const struct reads_texts *texts,
                               const struct limits *limits);

/* --- asking --- */

/* The nodes that stand for one values path. */
struct read_set {
    const struct read_node **items;
    size_t count, capacity;
    unsigned uses; /* of all of them; READ_WHOLE also when something above is read whole */
};
struct read_set reads_root(struct arena *arena, const struct reads *reads);
/* One step down; for an item of a list the key is its index. Nothing reads the key when it has
 * neither nodes nor READ_WHOLE, and READ_KEYS is not among the uses of `set`. */
struct read_set read_set_child(struct arena *arena, const struct read_set *set, struct str key);
/* True when the key of the map that `set` stands for is read in some way. */
bool read_set_reads(const struct read_set *set, const struct read_set *child);

/* True when the value at the path (see values_path.h) may be read. */
bool reads_path(struct arena *arena, const struct reads *reads, struct str path);

/* Values paths that are read and have no "any key" in them, parents first. */
struct str_list reads_paths(struct arena *arena, const struct reads *reads);
/* How one node is read; what is above it does not count. */
unsigned read_node_uses(const struct read_node *node);
/* The values path of a node, with "*" for any key. */
struct str read_node_path(struct arena *arena, const struct read_node *node);

#endif
