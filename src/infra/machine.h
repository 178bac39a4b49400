#ifndef BULKHEAD_INFRA_MACHINE_H
#define BULKHEAD_INFRA_MACHINE_H

#include "base/base.h"

/* What a machine of the size offers to pods: never less than the node really allocates, since what
 * the provider reserves is taken at its least. False for a size that is not known. */
struct machine_offer {
    int64_t cpu;    /* thousandths of a processor */
    int64_t memory; /* bytes */
};
bool machine_find(struct str size, struct machine_offer *ret_offer);

#endif
