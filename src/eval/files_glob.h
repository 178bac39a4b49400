#ifndef BULKHEAD_EVAL_FILES_GLOB_H
#define BULKHEAD_EVAL_FILES_GLOB_H

#include "base/base.h"

/* The globs of .Files (github.com/gobwas/glob with "/" as separator): "*" and "?" stay within a
 * name, "**" crosses "/", [a-z], [!a-z], {a,b}, "\\" escapes. Private to eval/. */
bool files_glob_match(struct str pattern, struct str name);

#endif
