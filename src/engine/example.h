#ifndef BULKHEAD_ENGINE_EXAMPLE_H
#define BULKHEAD_ENGINE_EXAMPLE_H

#include "rule.h"

/* The examples in a rule's file are its tests. Each is a small repository; a marker line pins a
 * finding:
 *
 *     tolerations: []
 *     #            ^^ tolerations is empty and hides
 *
 * The carets stand below the columns of the finding in the line above (a marker that starts with
 * "#^" begins at the "#" itself; "…" behind them stands for more columns), the text behind them is
 * part of its message. Marker lines are cut out before linting.
 *
 * An example without a `.bulkhead.yaml` of its own gets example_config: the environments dev,
 * staging and production, the applications platform and graph, and the layers base/globals.yaml,
 * env/{env}/globals.yaml, apps/{app}.yaml and env/{env}/apps/{app}.yaml. Top-level keys under
 * `config:` replace those of example_config. A folder charts/NAME with templates gets a Chart.yaml
 * when it has none. Files under `before:` are those of an older revision, for rules about changes:
 * there they stand in the place of the files of their names. */
extern const char *const example_config;

/* Runs all examples of the rule and reports to the sink, at the rule file's lines, what is not as
 * they say: a bad example without its finding, or with another one; a good example with a finding;
 * a bad example without a marker, a good one with one; a rule without one of each. Returns the
 * number of examples that were run. */
size_t examples_check(struct arena *arena, const struct rule *rule, struct diagnostics *sink);

#endif
