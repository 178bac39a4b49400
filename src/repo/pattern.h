#ifndef BULKHEAD_REPO_PATTERN_H
#define BULKHEAD_REPO_PATTERN_H

#include "repo.h"

/* Layer patterns. Private to repo/. */

/* True when the pattern holds the placeholder, for example "app". */
bool pattern_has(struct str pattern, const char *placeholder);
/* True when the pattern tells environments apart: {env}, {namespace}, {pool} or {cluster}. */
bool pattern_names_environment(struct str pattern);
/* True when the pattern tells applications apart: {app} or {chart}. */
bool pattern_names_application(struct str pattern);
/* The path with all placeholders filled in; p == NULL when one of them has no value. */
struct str pattern_fill(struct arena *arena, struct str pattern,
                        const struct config_environment *environment,
                        const struct application *application);
/* True when the name matches one of the globs, or there are none. */
bool matches_any(const struct str_list *globs, struct str name);

#endif
