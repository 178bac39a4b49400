#include "str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "text.h"

struct str str_empty_at(struct str s, size_t at)
{
    return (struct str){s.p ? s.p + (at < s.n ? at : s.n) : NULL, 0};
}

int str_compare(struct str a, struct str b)
{
    size_t common = a.n < b.n ? a.n : b.n;
    int order = common ? memcmp(a.p, b.p, common) : 0;
    if (order)
        return order;
    return (a.n > b.n) - (a.n < b.n);
}

bool str_ends_with(struct str s, struct str suffix)
{
    return s.n >= suffix.n && str_equal(str_from(s, s.n - suffix.n), suffix);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_equal_ignoring_case(struct str a, struct str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++) {
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    }
    return true;
}

size_t str_find(struct str s, struct str needle)
{
    if (needle.n == 0)
        return 0;
    if (needle.n > s.n)
        return STR_NOT_FOUND;
    const char *last = s.p + (s.n - needle.n);
    for (const char *p = s.p; p <= last; p++) {
        p = memchr(p, needle.p[0], (size_t)(last - p) + 1);
        if (!p)
            break;
        if (memcmp(p, needle.p, needle.n) == 0)
            return (size_t)(p - s.p);
    }
    return STR_NOT_FOUND;
}

size_t str_find_char(struct str s, char c)
{
    const char *found = s.n ? memchr(s.p, c, s.n) : NULL;
    return found ? (size_t)(found - s.p) : STR_NOT_FOUND;
}

size_t str_find_last_char(struct str s, char c)
{
    for (size_t i = s.n; i > 0; i--) {
        if (s.p[i - 1] == c)
            return i - 1;
    }
    return STR_NOT_FOUND;
}

size_t str_count_char(struct str s, char c)
{
    size_t count = 0;
    for (size_t i = 0; i < s.n; i++)
        count += s.p[i] == c;
    return count;
}

bool str_contains(struct str s, struct str needle)
{
    return str_find(s, needle) != STR_NOT_FOUND;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct str str_trim(struct str s)
{
    size_t from = 0;
    size_t to = s.n;
    while (from < to && is_blank(s.p[from]))
        from++;
    while (to > from && is_blank(s.p[to - 1]))
        to--;
    return str_slice(s, from, to);
}

struct str str_cut(struct str *rest, char separator)
{
    size_t at = str_find_char(*rest, separator);
    struct str part = str_slice(*rest, 0, at);
    *rest = at == STR_NOT_FOUND ? (struct str){0} : str_from(*rest, at + 1);
    return part;
}

/* Eight bytes at a time; the high bits of each product, which all bytes reach, are folded down. */
uint64_t str_hash(struct str s)
{
    const uint64_t factor = 0x9E3779B97F4A7C15u;
    uint64_t hash = s.n * factor;
    uint64_t word = 0;
    for (; s.n > sizeof word; s = str_from(s, sizeof word)) {
        memcpy(&word, s.p, sizeof word);
        hash = (hash ^ word) * factor;
        hash ^= hash >> 32;
    }
    word = 0;
    if (s.n)
        memcpy(&word, s.p, s.n);
    hash = (hash ^ word) * factor;
    return hash ^ hash >> 32;
}

uint64_t str_fingerprint(struct str s)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < s.n; i++)
        hash = (hash ^ (unsigned char)s.p[i]) * 1099511628211u;
    return hash;
}

struct str str_copy(struct arena *arena, struct str s)
{
    return (struct str){str_to_c(arena, s), s.n};
}

char *str_to_c(struct arena *arena, struct str s)
{
    char *copy = arena_alloc(arena, s.n + 1, 1);
    if (s.n)
        memcpy(copy, s.p, s.n);
    return copy;
}

struct str str_join(struct arena *arena, struct str a, struct str b)
{
    char *joined = arena_alloc(arena, a.n + b.n + 1, 1);
    if (a.n)
        memcpy(joined, a.p, a.n);
    if (b.n)
        memcpy(joined + a.n, b.p, b.n);
    return (struct str){joined, a.n + b.n};
}

struct str str_format(struct arena *arena, const char *format, ...)
{
    struct text text = {.arena = arena};
    va_list args;
    va_start(args, format);
    text_format_list(&text, format, args);
    va_end(args);
    return text_str(&text);
}

struct str str_replace(struct arena *arena, struct str s, struct str needle, struct str by)
{
    size_t at = needle.n ? str_find(s, needle) : STR_NOT_FOUND;
    if (!s.p || at == STR_NOT_FOUND)
        return s;
    struct text text = {.arena = arena};
    while (at != STR_NOT_FOUND) {
        text_add(&text, str_slice(s, 0, at));
        text_add(&text, by);
        s = str_from(s, at + needle.n);
        at = str_find(s, needle);
    }
    text_add(&text, s);
    return text_str(&text);
}

struct str str_lower(struct arena *arena, struct str s)
{
    char *copy = str_to_c(arena, s);
    for (size_t i = 0; i < s.n; i++)
        copy[i] = lower(copy[i]);
    return (struct str){copy, s.n};
}

bool str_is_one_of(struct str s, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool begins = !s.n || words[i][0] == s.p[0];
        if (begins && str_is(s, words[i]))
            return true;
    }
    return false;
}

bool str_list_has(const struct str_list *list, struct str s)
{
    for (size_t i = 0; i < list->count; i++) {
        if (str_equal(list->items[i], s))
            return true;
    }
    return false;
}

static int compare_items(const void *a, const void *b)
{
    const struct str *left = a;
    const struct str *right = b;
    return str_compare(*left, *right);
}

void str_list_sort(struct str_list *list)
{
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare_items);
}

struct str str_list_join(struct arena *arena, const struct str_list *list, struct str separator)
{
    struct text text = {.arena = arena};
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            text_add(&text, separator);
        text_add(&text, list->items[i]);
    }
    return text_str(&text);
}
