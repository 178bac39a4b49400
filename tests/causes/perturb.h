#ifndef BULKHEAD_TESTS_PERTURB_H
#define BULKHEAD_TESTS_PERTURB_H

#include "kube/kube.h"

/* Whether causes are true: every value that is said to have caused a field is changed in memory and
 * the release is rendered again; the field must be another one then. */

struct truth {
    /* Every scalar field of every document. */
    size_t fields;
    size_t from_template, from_built_in, unknown;
    size_t without_origin;  /* of values, but nobody is said to have written them */
    size_t claimed;         /* of a value that somebody wrote */
    size_t held;            /* which changed with that value */
    size_t held_by_failure; /* of those: nothing was rendered any more */
    /* Fields that changed when some value was changed. */
    size_t changed, named; /* whose causes name that value among their places or conditions */
    /* Fields that are missing in pod templates. */
    size_t missing, missing_from_template, missing_unknown;
    size_t missing_claimed; /* a values path is said to make it */
    size_t missing_held;    /* something at that path made it */
    size_t renderings;
};

struct truth_options {
    bool is_told;        /* what is wrong goes to standard error */
    uint64_t seed;       /* of the values that nothing claims and that are changed anyway */
    size_t samples;      /* how many of these in each release */
    size_t most_origins; /* how many claimed origins are changed in each release, evenly chosen */
};

/* Adds what is found in a release. False: it cannot be rendered. */
bool truth_measure(struct renderer *renderer, const struct release *release,
                   const struct truth_options *options, struct truth *truth);

#endif
