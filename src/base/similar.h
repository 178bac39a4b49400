#ifndef BULKHEAD_BASE_SIMILAR_H
#define BULKHEAD_BASE_SIMILAR_H

#include "str.h"

/* The candidate that a person most likely meant by `word`: the one with the smallest edit distance
 * (insert, delete, replace, swap of neighbours; case does not count), if that is at most a third of
 * the word's length. The earliest wins a tie. p == NULL when nothing is near. */
struct str similar_find(struct str word, const struct str *candidates, size_t count);

/* The end of a message about a word that is none of the candidates: ", did you mean dev?" when one
 * is near, else "; known are dev, prod" when they are few, else nothing. */
struct str similar_hint(struct arena *arena, struct str word, const struct str_list *candidates);

/* The path that a file was most likely meant to have: the one of the same file name that shares the
 * most folders with it, counted from both ends and at least half of them, else the one in the same
 * folder with the nearest name: few letters or a word of it differ. The earliest wins a tie. p ==
 * NULL when nothing is near. */
struct str similar_path(struct str path, const struct str *candidates, size_t count);

#endif
