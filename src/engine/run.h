#ifndef BULKHEAD_ENGINE_RUN_H
#define BULKHEAD_ENGINE_RUN_H

#include <stdatomic.h>

#include "baseline.h"
#include "kube/kube.h"
#include "workspace.h"

struct run_options {
    struct str_list select, ignore;             /* patterns as in rule_matches */
    struct str profile;                         /* empty: as configured */
    struct str_list environments, applications; /* globs; empty: all */
    struct str_list paths;           /* show only findings that touch one of these; empty: all */
    enum severity least;             /* weaker findings are left out */
    struct str today;                /* YYYY-MM-DD, for exceptions that expire */
    const struct baseline *baseline; /* findings that are known; NULL: none is */
    struct tree *schemas;            /* JSON Schemas of objects, see definition.h; NULL: none */
    bool keeps_objects;              /* renders every release and keeps its objects in the result */
    /* By the number of the release: its objects in an older revision, NULL when it was not there or
     * not rendered. NULL: no revisions are compared. */
    const struct object_list *const *before;
    /* By the number of the application: only these are looked at, each for itself: no rule about
     * the whole repository runs, and nothing is said about suppressions. NULL: all. */
    const bool *only;
    /* Set by another thread when nobody wants the result any more: the run ends soon, and what it
     * returns is worth nothing. NULL: it goes on to its end. */
    const atomic_bool *is_unwanted;
};

/* True when the run looks at the application. */
bool run_looks_at(const struct run_options *options, const struct application *application);

/* The objects of all releases by the release's number. */
struct kept_objects {
    struct object_list *by_release; /* NULL: they are not kept */
    bool *is_rendered;
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
    size_t in_baseline; /* findings that would have been shown */
    /* The baseline's entries that are still found, or whose rules did not run; and the others. */
    struct baseline_entries known, gone;
    size_t environments, applications, releases, files; /* that were looked at */
    size_t rendered;                                    /* of the releases */
    /* When rules look at objects: the releases that could not be rendered, in the model's order. */
    struct not_analysed_list not_analysed;
    struct kept_objects objects; /* when they were asked for */
};

/* True when neither `environments` nor `applications` leaves the release out. */
bool run_asks_for(const struct run_options *options, const struct release *release);

/* Runs the selected rules over the workspace's model. Wrong names in select and ignore go to the
 * sink. */
struct run_result run_rules(struct arena *arena, const struct workspace *workspace,
                            const struct run_options *options, struct diagnostics *sink);
/* The same result with other findings: they are counted anew. */
struct run_result run_result_with(const struct run_result *result,
                                  const struct finding_list *findings);

#endif
