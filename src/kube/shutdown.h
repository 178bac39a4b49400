#ifndef BULKHEAD_KUBE_SHUTDOWN_H
#define BULKHEAD_KUBE_SHUTDOWN_H

#include "release.h"
#include "workload.h"

/* What becomes of a release when its environment is switched off: it is rendered as it is and once
 * more with the environment's flag off, and the objects of both are compared. */

/* How the environments of a repository are switched off. */
struct shutdown_flags {
    struct str_list known; /* values paths that may be a flag: the configuration's, or the usual */
    struct str_list paths; /* those that some values file writes; all when none is written */
    bool are_written;      /* some values file writes one */
    const struct yaml_node *off; /* the value that switches off; NULL: the string "off" */
};

/* Looks through all layers of the model. Lives in the arena. */
struct shutdown_flags shutdown_flags_find(struct arena *arena, const struct model *model);

/* The flag as the layer writes it; NULL: it does not. */
const struct yaml_entry *shutdown_flag_entry(struct arena *arena, const struct layer *layer,
                                             struct str flag);
/* The key of the layer that seems to be meant as the flag and is spelled otherwise; NULL: none, or
 * the layer has the flag itself. */
const struct yaml_entry *shutdown_misspelled(struct arena *arena, const struct layer *layer,
                                             struct str flag);

/* True when the value is the one that switches off. */
bool shutdown_is_off(const struct shutdown_flags *flags, const struct yaml_node *value);

enum shutdown_fate {
    SHUTDOWN_KEPT,   /* it stays, and makes no pods */
    SHUTDOWN_STOPS,  /* it stays, and its pods go */
    SHUTDOWN_RUNS,   /* its pods stay */
    SHUTDOWN_WAKES,  /* it starts what was stopped */
    SHUTDOWN_PRUNED, /* it is removed, and comes back as it was */
    SHUTDOWN_LOST,   /* data is removed with it */
};

struct shutdown_item {
    enum shutdown_fate fate;
    const struct object *object; /* of the release as it is; of the other one when is_only_off */
    bool is_only_off;            /* it is not there while the environment runs */
    bool holds_data;             /* it owns volumes, or is one */
    struct str title;            /* "Deployment/web" */
    struct str field;            /* that decides, by its path in the object */
    struct str reason;           /* "has 3 replicas", "runs on every node" */
    struct str held_by;          /* of what runs because an autoscaler sets its replicas: its title,
                                  * else empty */
};

struct shutdown {
    struct shutdown_item *items; /* in the order of the objects, without hooks */
    size_t count, capacity;
};

/* The values of the release's files with the flags off; a map of the caller's own in the arena. */
struct value_map *shutdown_values(struct arena *arena, const struct shutdown_flags *flags,
                                  const struct release *release);

/* `rendered` is the release as it is. NULL: it cannot be rendered switched off, and the sink has an
 * error that says why. Lives in the arena. */
const struct shutdown *shutdown_of(struct arena *arena, struct renderer *renderer,
                                   const struct workload_kinds *kinds,
                                   const struct shutdown_flags *flags,
                                   const struct rendered_release *rendered,
                                   struct diagnostics *sink);

/* Where to look for what keeps an object from being switched off: the template's line that prints
 * the field, else the value behind it; file 0 when neither is known. */
struct span shutdown_span(const struct cause *cause);

#endif
