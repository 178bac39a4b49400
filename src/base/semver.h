#ifndef BULKHEAD_BASE_SEMVER_H
#define BULKHEAD_BASE_SEMVER_H

#include "str.h"

/* Semantic versions and constraints on them, as github.com/Masterminds/semver/v3 has them: "v" in
 * front and missing parts are accepted, "1.2" is 1.2.0. */
struct semver {
    uint64_t major, minor, patch;
    struct str prerelease; /* without "-" */
    struct str metadata;   /* without "+" */
    struct str original;
};
/* False when the text is no version. The parts point into the text. */
bool semver_parse(struct str text, struct semver *ret_version);
/* Negative, zero or positive; metadata does not count. */
int semver_compare(const struct semver *a, const struct semver *b);
/* Without "v": 1.2.3-alpha.1+build */
struct str semver_to_text(struct arena *arena, const struct semver *version);

/* ">=1.2, <2 || ~3.1": comparisons with "," or blanks between them hold all, those on one side of
 * "||" at least. Also 1.2.x, "1.2 - 1.5", ^, ~. A version with a pre-release satisfies only
 * comparisons that have one, too. Lives in the arena. */
struct semver_constraint;
/* NULL when the text is no constraint. */
const struct semver_constraint *semver_constraint_parse(struct arena *arena, struct str text);
bool semver_satisfies(const struct semver *version, const struct semver_constraint *constraint);

#endif
