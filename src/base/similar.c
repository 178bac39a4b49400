#include "similar.h"

#include "path.h"

enum { LONGEST_WORD = 64 };

static char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static unsigned smallest(unsigned a, unsigned b, unsigned c)
{
    unsigned least = a < b ? a : b;
    return least < c ? least : c;
}

/* Optimal string alignment distance. */
static unsigned distance(struct str a, struct str b)
{
    unsigned rows[3][LONGEST_WORD + 1];
    unsigned *before = rows[0];
    unsigned *previous = rows[1];
    unsigned *current = rows[2];
    for (size_t j = 0; j <= b.n; j++)
        previous[j] = (unsigned)j;
    for (size_t i = 1; i <= a.n; i++) {
        current[0] = (unsigned)i;
        for (size_t j = 1; j <= b.n; j++) {
            unsigned change = folded(a.p[i - 1]) == folded(b.p[j - 1]) ? 0 : 1;
            current[j] = smallest(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + change);
            bool swapped = i > 1 && j > 1 && folded(a.p[i - 1]) == folded(b.p[j - 2]) &&
                           folded(a.p[i - 2]) == folded(b.p[j - 1]);
            if (swapped && before[j - 2] + 1 < current[j])
                current[j] = before[j - 2] + 1;
        }
        unsigned *oldest = before;
        before = previous;
        previous = current;
        current = oldest;
    }
    return previous[b.n];
}

struct str similar_find(struct str word, const struct str *candidates, size_t count)
{
    struct str best = {0};
    unsigned best_distance = (unsigned)(word.n / 3) + 1;
    if (word.n > LONGEST_WORD)
        return best;
    for (size_t i = 0; i < count; i++) {
        if (candidates[i].n > LONGEST_WORD)
            continue;
        unsigned found = distance(word, candidates[i]);
        if (found < best_distance) {
            best_distance = found;
            best = candidates[i];
        }
    }
    return best;
}

struct str similar_hint(struct arena *arena, struct str word, const struct str_list *candidates)
{
    enum { FEW = 12 };
    struct str near = similar_find(word, candidates->items, candidates->count);
    if (near.p)
        return str_format(arena, ", did you mean %.*s?", STR_ARG(near));
    if (!candidates->count || candidates->count > FEW)
        return STR("");
    return str_format(arena, "; known are %.*s",
                      STR_ARG(str_list_join(arena, candidates, STR(", "))));
}

/* --- paths --- */

/* Names that two paths share at their starts and at their ends, together at most all of one. */
static size_t shared_names(struct str a, struct str b)
{
    size_t start = 0;
    while (a.p && b.p) {
        struct str rest_a = a;
        struct str rest_b = b;
        if (!str_equal(str_cut(&rest_a, '/'), str_cut(&rest_b, '/')))
            break;
        a = rest_a;
        b = rest_b;
        start++;
    }
    size_t end = 0;
    while (a.n && b.n && str_equal(path_name(a), path_name(b))) {
        a = path_directory(a);
        b = path_directory(b);
        end++;
    }
    return start + end;
}

static size_t path_depth(struct str path)
{
    size_t names = 0;
    while (path.p) {
        str_cut(&path, '/');
        names++;
    }
    return names;
}

static size_t shared_bytes(struct str a, struct str b)
{
    size_t n = 0;
    while (n < a.n && n < b.n && a.p[n] == b.p[n])
        n++;
    return n;
}

static struct str find_same_name(struct str path, const struct str *candidates, size_t count)
{
    struct str best = {0};
    struct str name = path_name(path);
    size_t most_names = 0;
    size_t most_bytes = 0;
    for (size_t i = 0; i < count; i++) {
        if (!str_ends_with(candidates[i], name) || !str_equal(name, path_name(candidates[i])))
            continue;
        size_t names = shared_names(path, candidates[i]);
        size_t bytes = shared_bytes(path, candidates[i]);
        size_t all = path_depth(path.n > candidates[i].n ? path : candidates[i]);
        bool better = names > most_names || (names == most_names && bytes > most_bytes);
        if (better && names * 2 >= all) {
            most_names = names;
            most_bytes = bytes;
            best = candidates[i];
        }
    }
    return best;
}

/* "apps-graph" and "graph", "platform" and "platform_v2": one name with a word more. */
static bool has_word_more(struct str a, struct str b)
{
    struct str longer = a.n > b.n ? a : b;
    struct str shorter = a.n > b.n ? b : a;
    if (longer.n == shorter.n || !shorter.n)
        return false;
    bool at_start = str_starts_with(longer, shorter) && strchr("-_.", longer.p[shorter.n]) != NULL;
    bool at_end =
        str_ends_with(longer, shorter) && strchr("-_.", longer.p[longer.n - shorter.n - 1]) != NULL;
    return at_start || at_end;
}

static unsigned name_distance(struct str a, struct str b)
{
    if (has_word_more(a, b))
        return 0;
    return a.n > LONGEST_WORD || b.n > LONGEST_WORD ? LONGEST_WORD : distance(a, b);
}

struct str similar_path(struct str path, const struct str *candidates, size_t count)
{
    struct str best = find_same_name(path, candidates, count);
    if (best.p)
        return best;
    struct str directory = path_directory(path);
    struct str stem = path_stem(path);
    unsigned best_distance = (unsigned)(stem.n / 3) + 1;
    for (size_t i = 0; i < count; i++) {
        struct str other = path_stem(candidates[i]);
        if (!str_equal(directory, path_directory(candidates[i])))
            continue;
        unsigned found = name_distance(stem, other);
        if (found < best_distance) {
            best_distance = found;
            best = candidates[i];
        }
    }
    return best;
}
