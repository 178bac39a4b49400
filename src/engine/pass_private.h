#ifndef BULKHEAD_ENGINE_PASS_PRIVATE_H
#define BULKHEAD_ENGINE_PASS_PRIVATE_H

#include "finding.h"
#include "kube/kube.h"
#include "pass.h"
#include "run.h"
#include "workspace.h"

/* How passes and reports look inside engine/. */

struct report_argument {
    struct str name, value;
};

struct report_related {
    struct span span;
    struct str message;
};

struct report_edit {
    struct span span;
    struct str text;
};

struct release_set {
    const struct release **items;
    size_t count, capacity;
};

struct report {
    struct arena *arena; /* of the thread; lives as long as the run's result */
    const struct rule *rule;
    struct span span;
    enum severity severity;
    struct str message; /* the text with its placeholders */
    struct str values_path;
    struct finding_object object;
    struct str_list meant_paths;
    bool has_no_place; /* its span is only where the application is declared */
    struct release_set releases;
    bool narrowed; /* releases come from report_only_for */
    VECTOR(struct report_argument) arguments;
    VECTOR(struct report_related) related;
    VECTOR(struct report_edit) edits;
};

struct report_list {
    struct report **items;
    size_t count, capacity;
};

/* A release that is rendered when the first rule asks for it, and traced when the first finding
 * does. NULL: not yet, or it cannot be rendered. */
struct rendering_slot {
    bool is_tried, is_traced, has_failed;
    const struct rendered_release *plain, *traced;
    const struct workload_list *workloads; /* of the plain one; NULL: nobody has asked yet */
    const struct shutdown *shutdown;       /* NULL: not yet asked for, or it cannot be told */
    const struct chance_list *chances;     /* NULL: not yet asked for */
    const struct release_failure *failure; /* of a release that cannot be rendered */
    struct assertion_dots *dots;           /* see assertion_dot.h; NULL: nobody has asked yet */
};

/* What one thread works with. */
struct worker {
    const struct workspace *workspace;
    /* Kept when a rule about the repository or the caller asks for objects. Each is written by the
     * thread that has the release's application. */
    const struct kept_objects *kept;
    const struct object_list *const *before; /* as in struct run_options */
    struct arena results;                    /* reports */
    struct arena scratch;                    /* emptied after every hook's application */
    struct report_list reports;
    /* Merged values of the current application's releases, by the release's place in it. */
    const struct application *application;
    const struct merged **merged;
    struct rendering_slot *renderings;       /* the same way; between applications by number */
    const struct network *network;           /* NULL: nobody has asked yet */
    const struct makers *makers;             /* the same */
    const struct reference_list *references; /* the same */
    const struct secret_model *secrets;      /* the same */
    struct definitions *definitions;         /* the same */
    struct tree *schemas;                    /* of the caller; NULL: none */
    struct renderer *renderer;               /* NULL: no rule that runs looks at objects or reads */
    const struct map *reads;     /* directory of a chart → struct reads; see chart_reads.h */
    struct diagnostics problems; /* in results */
    enum { FLAGS_NOT_ASKED, FLAGS_READ, FLAGS_UNREAD } flags; /* whether some chart reads one */
    bool reports_failures; /* a rule tells which releases cannot be rendered */
    size_t rendered;       /* releases */
    struct not_analysed_list not_analysed;
    VECTOR(const struct rule *) failed_rules;
};

struct pass {
    struct worker *worker;
    const struct rule *rule;
    const struct yaml_node *options; /* the configured ones, or NULL */
    const struct release *release;
    const struct application *application;
    const struct layer_use *use;
};

/* The slot of a release of the current application; between applications of any. */
struct rendering_slot *worker_slot(struct worker *worker, const struct release *release);
/* The release, rendered with its trace; NULL when it cannot be. */
const struct rendered_release *traced_release(struct worker *worker, const struct release *release);
/* Notes the object that a finding is about. */
void report_object(struct report *report, const struct object *object, struct str field);
/* Notes the templates' lines behind a finding that stands somewhere else. */
void report_steps(struct report *report, const struct cause *cause);

/* Keeps the objects of the current application's releases beyond it. */
void keep_objects(struct worker *worker, struct kept_objects *kept);
/* The option as configured, else as the rule's file says; NULL when no option has the name. */
const struct yaml_node *pass_option_value(const struct pass *pass, struct str name);

#endif
