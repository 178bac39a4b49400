#ifndef BULKHEAD_ENGINE_COMPARE_H
#define BULKHEAD_ENGINE_COMPARE_H

#include "compare_fields.h"
#include "run.h"

/* What a change of the repository does: two revisions, rendered and linted, and what differs. */

/* One and the same change of one field in an environment, or objects that came or went. */
struct effect {
    const struct config_environment *environment;
    enum change_kind kind;
    struct str object_kind;
    struct str field;         /* for people; empty: the whole object */
    struct str before, after; /* on a line each; p == NULL: nothing is there */
    bool is_hidden;           /* data of a Secret: the texts are not given */
    struct str_list objects;  /* "dev/web web": release and name of each */
};

/* What made it: a value, a file of a chart, the release itself. */
struct change_cause {
    struct position position; /* path.n == 0: not known */
    struct str values_path;   /* of a value */
    struct str text;          /* of what is no value, in words */
    bool is_gone;             /* the place is one of the older revision */
    struct effect *effects;   /* by environment, kind, field */
    size_t effect_count;
    size_t release_count; /* that it changes */
};

/* A release that changed or may have, and cannot be looked at. */
struct uncompared {
    struct str release;
    struct str why;
};

struct diff {
    struct change_cause *causes; /* by path and line */
    size_t cause_count;
    size_t releases, objects; /* that change */
    struct {
        struct uncompared *items;
        size_t count, capacity;
    } uncompared;
    struct run_result before, after;
    struct finding_list new_findings;  /* of `after` */
    struct finding_list gone_findings; /* of `before` */
};

/* Compares two workspaces that have models; everything lives in the arena or the workspaces. Of the
 * options `before` and `keeps_objects` are the comparison's own. */
struct diff compare_workspaces(struct arena *arena, const struct workspace *before,
                               const struct workspace *after, const struct run_options *options,
                               struct diagnostics *sink);
/* The findings of `after` that the change has to do with: the new ones, and those that lie in a
 * file that differs. */
struct finding_list compare_touched(struct arena *arena, const struct workspace *before,
                                    const struct workspace *after, const struct diff *diff);

#endif
