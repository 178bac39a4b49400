#ifndef BULKHEAD_CLI_OFF_PLAN_H
#define BULKHEAD_CLI_OFF_PLAN_H

#include "cli.h"

/* What `bulkhead off` prints. */
struct off_item {
    const struct shutdown_item *item;
    struct span span; /* of what is wrong: where to look */
};

struct off_plan {
    struct arena *arena;
    const struct config_environment *environment;
    const struct shutdown_flags *flags;
    size_t release_count;
    VECTOR(struct off_item) items;
    VECTOR(const struct release *) not_rendered;
};

/* True when a plan with such an object is not one to carry out. */
bool off_is_bad(enum shutdown_fate fate);

/* Both live in the plan's arena. */
struct str off_plan_text(const struct off_plan *plan, const struct repository *repository);
struct str off_plan_json(const struct off_plan *plan, const struct repository *repository);

#endif
