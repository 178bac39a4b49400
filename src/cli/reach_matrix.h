#ifndef BULKHEAD_CLI_REACH_MATRIX_H
#define BULKHEAD_CLI_REACH_MATRIX_H

#include "kube/kube.h"

/* Who can reach whom, by groups of pods: those of one namespace and tier. */

struct reach_group {
    const struct network_namespace *namespace;
    struct str tier;        /* empty: pods without such a label */
    struct str environment; /* empty: of none, or of several */
    struct str name;        /* "shop-dev/backend", "shop-dev" without a tier */
};

/* From one group to another. */
struct reach_row {
    const struct reach_group *from, *to;
    size_t pairs;                   /* of pods */
    size_t reaching, maybe;         /* of them */
    struct network_port_list ports; /* that some pair reaches for certain, by number; 0: a pod that
                                     * declares none */
    struct network_verdict verdict; /* the first of the best ones */
    const struct network_pod *source, *destination; /* that it is about */
};
struct reach_rows {
    struct reach_row **items;
    size_t count, capacity;
};

/* True when the word means the pod: its environment, namespace, release (ENV/APP) or
 * NAMESPACE/TIER; any pod when it is empty. */
bool reach_is_meant(struct str word, const struct network_pod *pod);
/* All words that mean some pod, each once. */
struct str_list reach_words(struct arena *arena, const struct network *network);

/* The rows of all groups with pods that the words mean, in the order of the network's pods; within
 * one cluster. Lives in the arena. */
struct reach_rows reach_rows_of(struct arena *arena, const struct network *network, struct str from,
                                struct str to);

#endif
