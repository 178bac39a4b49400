#ifndef BULKHEAD_BASE_REGEX_H
#define BULKHEAD_BASE_REGEX_H

#include "map.h"
#include "str.h"

/* Regular expressions in RE2's language, as Go's package regexp reads them, on PCRE2. The first
 * match in the text is found, of the alternatives the first that fits. */
struct regex;

/* Compiled for the life of the arena's owner: give it back with regex_release. NULL when the
 * pattern is none; *ret_problem says why, as Go does where it can. */
struct regex *regex_compile(struct arena *arena, struct str pattern, struct str *ret_problem);
void regex_release(struct regex *regex);

/* Where a match and its groups stand: pairs of offsets, SIZE_MAX for a group that took no part. */
struct regex_match {
    const size_t *offsets;
    size_t groups; /* the whole match is group 0 */
};
enum regex_result { REGEX_NONE, REGEX_FOUND, REGEX_LIMIT /* too many steps */ };
/* The first match at or behind an offset. The offsets live until the next call. */
enum regex_result regex_find(struct regex *regex, struct str s, size_t from, uint32_t steps,
                             struct regex_match *ret_match);
/* The group of that name, or SIZE_MAX. */
size_t regex_group(const struct regex *regex, struct str name);

/* Patterns that were compiled already, by their text. Zeroed: empty. */
struct regex_cache {
    struct map compiled; /* text → struct regex */
};
/* The pattern, compiled into the arena at its first use; lives until regex_cache_release. NULL as
 * regex_compile. */
struct regex *regex_cache_find(struct arena *arena, struct regex_cache *cache, struct str pattern,
                               struct str *ret_problem);
void regex_cache_release(struct regex_cache *cache);

#endif
