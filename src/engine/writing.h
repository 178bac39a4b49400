#ifndef BULKHEAD_ENGINE_WRITING_H
#define BULKHEAD_ENGINE_WRITING_H

#include "repo/repo.h"

/* Where a value that nobody writes would be written. */
struct writing_place {
    struct str
        file; /* of the layer, there or not; p == NULL: the application has none of its own */
    struct span span; /* the innermost map around the value that the file has, else its first key,
                       * else where the application is declared */
};

/* For a values path in a release: the layer of its environment when layers of the application's
 * other environments have the value, else the application's layer for all of them. */
struct writing_place writing_place_find(const struct release *release, struct str path);

#endif
