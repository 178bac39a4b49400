#include "similar.h"

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
