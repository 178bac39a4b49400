#ifndef BULKHEAD_REPO_DETECT_LEARNER_H
#define BULKHEAD_REPO_DETECT_LEARNER_H

#include "detect_paths.h"

/* Private to repo/: what is learned from the paths of a tree, and what becomes of it. */

/* A form of paths, with the evidence that files lie as it says. */
struct path_pattern {
    struct str text;
    VECTOR(struct dissection) sightings, base_sightings;
    struct map environments; /* that were seen in it → struct seen_environment */
    struct map applications;
    struct str_list bases; /* words for all environments in the place of {env} */
    bool known;            /* environments are told there by words that are known */
    bool believed;
};

struct seen_environment {
    size_t times;
    bool plain, known, by_place; /* a known word, alone or in a longer name */
};

struct learner {
    struct detection *detection;
    struct survey survey;
    struct map patterns;     /* text → struct path_pattern */
    struct map environments; /* that are believed */
    struct str_list applications;
};

/* Adds what the believed pattern says to the configuration: its layer, those for all environments
 * below it, and its applications. */
void learner_adopt(struct learner *learner, const struct path_pattern *pattern);
/* Adds all charts that are more than a part of others as applications. */
void learner_add_charts(struct learner *learner);
/* Reports how many charts were left out. */
void learner_report_charts(struct learner *learner);
/* Puts layers into their order: from general to special. */
void learner_sort_layers(struct learner *learner);

#endif
