#ifndef BULKHEAD_CLI_WHY_FIELD_H
#define BULKHEAD_CLI_WHY_FIELD_H

#include "cli.h"

/* Appends what made the field of the object ("Deployment/web") of the release, or what kept it from
 * existing. Returns the exit status, after a message when there is no such object. */
int why_field(struct invocation *invocation, const struct release *release, struct str name,
              struct str field, struct text *out);

#endif
