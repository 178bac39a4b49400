#ifndef BULKHEAD_ENGINE_SELECT_H
#define BULKHEAD_ENGINE_SELECT_H

#include "finding.h"
#include "run.h"

/* Which rules run, and what the configuration makes of their findings. */

/* One flag per rule: does it run? `--select` names all that run; else those of the profile and
 * those that the configuration adds; `--ignore` and the configuration's ignore take away. Patterns
 * that match no rule go to the sink. */
bool *select_rules(struct arena *arena, const struct workspace *workspace,
                   const struct run_options *options, struct diagnostics *sink);
/* Sets the severity that the configuration gives; false when the finding is ignored for its place.
 */
bool select_configured(const struct config *config, struct finding *finding);
/* True when the finding is to be shown: its releases, severity and place are asked for. */
bool select_shown(const struct workspace *workspace, const struct run_options *options,
                  const struct finding *finding);
/* Takes the releases that an exception covers out of the finding; false when none is left. Notes in
 * `used` which exceptions did something. */
bool select_exceptions(const struct config *config, struct str today, struct finding *finding,
                       bool *used);

#endif
