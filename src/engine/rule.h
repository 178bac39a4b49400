#ifndef BULKHEAD_ENGINE_RULE_H
#define BULKHEAD_ENGINE_RULE_H

#include "repo/repo.h"

struct assertion; /* assertion.h */
struct object;    /* kube/object.h */
struct pass;
struct workload; /* kube/workload.h */

/* The C side of a rule: hooks, each may be NULL. A rule keeps no state between calls; calls for
 * different applications come from different threads. */
struct rule_code {
    /* Once for every values file that some release loads, the charts' own values.yaml included. */
    void (*layer)(struct pass *pass, const struct layer_use *use);
    /* For every merged node of every release, parents first. */
    void (*values)(struct pass *pass, const struct merged *merged);
    /* Once for every release. */
    void (*release)(struct pass *pass, const struct release *release);
    /* For every rendered object of every release that can be rendered. */
    void (*object)(struct pass *pass, const struct object *object);
    /* For every pod template of these objects. */
    void (*workload)(struct pass *pass, const struct workload *workload);
    /* For every object of every release that an older revision has too; only when two revisions are
     * compared. The older object has no cause. */
    void (*change)(struct pass *pass, const struct object *before, const struct object *after);
    /* Once for every application, with all its releases: compares environments. */
    void (*application)(struct pass *pass, const struct application *application);
    /* Once for the whole repository. */
    void (*repository)(struct pass *pass);
    /* Other hooks ask for rendered objects (pass_objects, pass_workloads). */
    bool uses_objects;
    bool uses_reads; /* a hook calls pass_reads */
};

enum rule_option_type { OPTION_BOOL, OPTION_NUMBER, OPTION_STRING, OPTION_STRINGS, OPTION_MAP };

struct rule_option {
    struct str name, help;
    enum rule_option_type type;
    const struct yaml_node *value; /* the default */
};

/* A rule as its file describes it (rules/<group>/<rule>.yaml, or .bulkhead/rules/ of a user). */
struct rule {
    struct str name; /* "values/empty-override" */
    struct str summary, why, fix, since;
    enum severity severity;
    bool is_unnecessary; /* `unnecessary: true`: what it finds can go; editors grey it out */
    bool by_default;     /* runs without being selected: false for `default: off` */
    struct str_list profiles;
    struct str_list incidents;
    struct str_list yields; /* patterns of rules that know better: see yield.h */
    struct rule_option *options;
    size_t option_count;
    /* Message texts by name; a rule with one message calls it "message". `{{ .name }}` is replaced
     * by the argument of that name. */
    const struct yaml_node *messages;
    const struct yaml_node *examples;  /* list, or NULL */
    const struct rule_code *code;      /* NULL for a rule that has an assertion */
    const struct assertion *assertion; /* NULL for a rule that has code */
    bool is_built_in;                  /* else it is the user's, and its file in their tree */
    const struct file *file;
    const struct yaml_node *root;
};

/* What the build embeds: one entry per rules/<group>/<rule>.yaml. */
struct embedded_rule {
    const char *name, *text;
    const struct rule_code *code;
};
extern const struct embedded_rule embedded_rules[];
extern const size_t embedded_rule_count;

/* All rules in the order of their names. */
struct rule_set {
    struct rule *items;
    size_t count;
    struct tree *tree; /* the rule files, for positions in them */
};

/* Loads the embedded rules and those below .bulkhead/rules/ of the user's tree (NULL: none). What
 * is wrong in a rule file goes to the sink at its line; such a rule is left out. */
struct rule_set rules_load(struct arena *arena, struct tree *user_tree, struct diagnostics *sink);
/* NULL when there is none of that name. */
const struct rule *rule_find(const struct rule_set *rules, struct str name);
/* True for the rule's name, its group with or without "/" or "/ *", "all", or a glob that matches
 * the name. */
bool rule_matches(const struct rule *rule, struct str pattern);

#endif
