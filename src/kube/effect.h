#ifndef BULKHEAD_KUBE_EFFECT_H
#define BULKHEAD_KUBE_EFFECT_H

#include "release.h"

/* True when the release renders to something else, or not at all, with the boolean at the path the
 * other way round; also when no boolean of its values files stands there, or a chart is missing
 * that might read it. `rendered` is the release as it is. Costs a rendering; the arena holds
 * nothing of it afterwards that is needed. */
bool release_feels_switch(struct arena *arena, struct renderer *renderer,
                          const struct rendered_release *rendered, struct str path);

#endif
