#ifndef BULKHEAD_TESTS_MISSING_H
#define BULKHEAD_TESTS_MISSING_H

#include "perturb.h"

/* Asks for what pod templates do not have; where a values path is said to make it, something is
 * written there. */
void missing_measure(struct renderer *renderer, const struct rendered_release *traced,
                     const struct truth_options *options, struct truth *truth);

#endif
