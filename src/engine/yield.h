#ifndef BULKHEAD_ENGINE_YIELD_H
#define BULKHEAD_ENGINE_YIELD_H

#include "finding.h"

/* Takes findings out that say of a cause what a finding of a better informed rule says too: the
 * rule yields to that one (`yields` in its file), one of their releases is the same, and so is the
 * place or the values path, or one path lies in the other or in one that was meant. */
void findings_yield(struct finding_list *findings);

#endif
