#ifndef BULKHEAD_ENGINE_RUN_H
#define BULKHEAD_ENGINE_RUN_H

#include "finding.h"
#include "workspace.h"

struct run_options {
    struct str_list select, ignore;             /* patterns as in rule_matches */
    struct str profile;                         /* empty: as configured */
    struct str_list environments, applications; /* globs; empty: all */
    struct str_list paths; /* show only findings that touch one of these; empty: all */
    enum severity least;   /* weaker findings are left out */
    struct str today;      /* YYYY-MM-DD, for exceptions that expire */
};

/* A release whose objects no rule has seen, and why. */
struct not_analysed {
    const struct release *release;
    struct span span; /* file 0: no place in the repository */
    struct str message;
};
struct not_analysed_list {
    struct not_analysed *items;
    size_t count, capacity;
};

/* What a run found. Lives in the arena that run_rules is given. */
struct run_result {
    struct finding_list findings; /* by path, line, column, rule */
    size_t errors, warnings, infos;
    size_t suppressed;
    size_t environments, applications, releases, files; /* that were looked at */
    size_t rendered;                                    /* of the releases */
    /* When rules look at objects: the releases that could not be rendered, in the model's order. */
    struct not_analysed_list not_analysed;
};

/* Runs the selected rules over the workspace's model. Wrong names in select and ignore go to the
 * sink. */
struct run_result run_rules(struct arena *arena, const struct workspace *workspace,
                            const struct run_options *options, struct diagnostics *sink);

#endif
