#ifndef BULKHEAD_BASE_STR_H
#define BULKHEAD_BASE_STR_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"

/* A slice of bytes that somebody else owns; never NUL-terminated by promise. The empty slice may
 * have p == NULL. Every function takes and returns slices by value and copies nothing unless it
 * takes an arena. */
struct str {
    const char *p;
    size_t n;
};

struct str_list {
    struct str *items;
    size_t count, capacity;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
/* For printf's "%.*s". */
#define STR_ARG(s) (int)(s).n, (s).n ? (s).p : ""

#define STR_NOT_FOUND SIZE_MAX

static inline struct str str_from_c(const char *text)
{
    return (struct str){text, text ? strlen(text) : 0};
}

static inline bool str_equal(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || (a.p && b.p && memcmp(a.p, b.p, a.n) == 0));
}

static inline bool str_is(struct str a, const char *b)
{
    return str_equal(a, str_from_c(b));
}

/* No bytes, at the offset or the end. */
struct str str_empty_at(struct str s, size_t at);
/* The bytes [from, to), cut to what there is. */
static inline struct str str_slice(struct str s, size_t from, size_t to)
{
    if (to > s.n)
        to = s.n;
    if (from >= to)
        return str_empty_at(s, from);
    return (struct str){s.p + from, to - from};
}

static inline struct str str_from(struct str s, size_t from)
{
    return str_slice(s, from, s.n);
}

static inline bool str_starts_with(struct str s, struct str prefix)
{
    return s.n >= prefix.n && (!prefix.n || memcmp(s.p, prefix.p, prefix.n) == 0);
}

/* Byte order, as Go and qsort need it: negative, zero or positive. */
int str_compare(struct str a, struct str b);
bool str_ends_with(struct str s, struct str suffix);
bool str_equal_ignoring_case(struct str a, struct str b); /* ASCII only */
/* Offset of the first or last occurrence, or STR_NOT_FOUND. An empty needle is found at 0. */
size_t str_find(struct str s, struct str needle);
size_t str_find_char(struct str s, char c);
size_t str_find_last_char(struct str s, char c);
size_t str_count_char(struct str s, char c);
bool str_contains(struct str s, struct str needle);
/* Without blanks, tabs and line ends at both ends. */
struct str str_trim(struct str s);
/* Cuts the part before the first separator off *rest and returns it; the whole rest when there is
 * none, after which rest->p is NULL. Loop: while (rest.p) { part = str_cut(&rest, '/'); … } */
struct str str_cut(struct str *rest, char separator);
/* For maps in memory: another machine or version may give another. */
uint64_t str_hash(struct str s);
/* FNV-1a, the same on every machine and in every version. */
uint64_t str_fingerprint(struct str s);

struct str str_copy(struct arena *arena, struct str s);
/* A NUL-terminated copy for foreign interfaces. */
char *str_to_c(struct arena *arena, struct str s);
struct str str_join(struct arena *arena, struct str a, struct str b);
struct str str_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Every occurrence of needle replaced; s itself when there is none. */
struct str str_replace(struct arena *arena, struct str s, struct str needle, struct str by);
/* ASCII lower case. */
struct str str_lower(struct arena *arena, struct str s);

/* True when s is one of the words; STR_IS_ONE_OF takes an array. */
bool str_is_one_of(struct str s, const char *const *words, size_t count);
#define STR_IS_ONE_OF(s, words) str_is_one_of((s), (words), sizeof(words) / sizeof *(words))

bool str_list_has(const struct str_list *list, struct str s);
/* Items in byte order. */
void str_list_sort(struct str_list *list);
/* Items with ", " between them. */
struct str str_list_join(struct arena *arena, const struct str_list *list, struct str separator);

#endif
