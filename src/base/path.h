#ifndef BULKHEAD_BASE_PATH_H
#define BULKHEAD_BASE_PATH_H

#include "str.h"

/* Paths are relative to a root, with "/" between names, without "." and ".." and without a slash at
 * either end; the root itself is the empty path. */

/* The part before the last "/" ("" when there is none) and the part behind it. */
struct str path_directory(struct str path);
struct str path_name(struct str path);
/* The name without its last extension: "values.dev.yaml" gives "values.dev". */
struct str path_stem(struct str path);
/* "a" and "b/c" give "a/b/c"; either may be empty. */
struct str path_join(struct arena *arena, struct str directory, struct str path);
/* Resolves ".", ".." and double slashes. A path that climbs above its root gives p == NULL. */
struct str path_clean(struct arena *arena, struct str path);
/* True when path is directory or lies below it. */
bool path_is_below(struct str path, struct str directory);
/* True for the endings .yaml and .yml. */
bool path_is_yaml(struct str path);

/* Matches like a .gitignore line that is anchored at the root: "*" and "?" and "[a-z]" stay within
 * one name, "**" crosses "/", "{a,b}" is one of the alternatives. */
bool glob_match(struct str pattern, struct str path);
/* True when the path matches one of the globs. */
bool glob_match_any(const struct str_list *globs, struct str path);
/* True when the pattern has one of the characters *?[{ . */
bool glob_is_pattern(struct str pattern);

#endif
