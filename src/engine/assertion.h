#ifndef BULKHEAD_ENGINE_ASSERTION_H
#define BULKHEAD_ENGINE_ASSERTION_H

#include "eval/eval.h"
#include "rule.h"

/* The assertion of a rule file. It is about the values of every release (`on: values`), about every
 * rendered object of one of its kinds (`on: object`) or about every pod template of these
 * (`on: workload`): what stands at the path `at`, which for workloads is one in the pod's spec, or
 * the whole when there is none. Where `when` holds, `assert` must hold too. The expressions see
 *
 *     .path .value                     what `at` found
 *     .layers                          on values: who writes it, lowest first: file and value
 *     .object .kind .annotations .hook on object and workload
 *     .pod .podLabels .podAnnotations .containers .replicas .workload
 *                                      on workload
 *     .values .environment .application .release .labels .tiers .options
 */
enum assertion_subject { ASSERTION_VALUES, ASSERTION_OBJECT, ASSERTION_WORKLOAD };

struct assertion {
    enum assertion_subject subject;
    struct str_list kinds;                                 /* globs; empty: all */
    struct str_list at;                                    /* see values_match.h; at least one */
    const struct rule_expression *when, *assert, *message; /* when may be NULL */
    const struct rule_expression *blame; /* the path below `at` of the field to blame, or NULL */
};

/* The assertion of a rule, NULL when its file has none or a wrong one, which goes to the sink. */
const struct assertion *assertion_read(struct arena *arena, const struct rule_language *language,
                                       const struct rule *rule, struct diagnostics *sink);

/* Checks the current release of the pass. An expression that fails is noted in the worker's
 * problems, at the rule file's line. */
void assertion_check(struct pass *pass);

#endif
