#ifndef BULKHEAD_LSP_SHOWN_H
#define BULKHEAD_LSP_SHOWN_H

#include "view.h"

/* What an analysis found, as Diagnostics of the protocol that outlive its view. */
struct shown {
    struct str path;        /* of the file */
    struct str rule;        /* empty for a problem that no rule reports */
    struct str values_path; /* empty: none */
    bool yields;            /* the rule leaves causes to others that know better */
    struct str_list applications;
    json_t *diagnostic;
};
struct shown_list {
    struct arena arena;
    struct shown *items;
    size_t count, capacity;
};

/* Adds everything that `bulkhead lint` prints of the view: findings, and problems of the workspace
 * and of the run. */
void shown_add_findings(struct shown_list *list, struct view *view,
                        const struct run_result *result);
void shown_add_problems(struct shown_list *list, struct view *view,
                        const struct diagnostics *problems);
/* Adds a copy of one of another list. */
void shown_add(struct shown_list *list, const struct shown *shown);
void shown_clear(struct shown_list *list);

#endif
