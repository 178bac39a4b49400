#include "environment_words.h"

static const struct {
    const char *word;
    unsigned rank;
} known_words[] = {
    {"local", 0}, {"localhost", 0},   {"minikube", 0}, {"kind", 0},    {"sandbox", 1},
    {"sbx", 1},   {"playground", 1},  {"dev", 2},      {"develop", 2}, {"development", 2},
    {"devel", 2}, {"preview", 2},     {"test", 3},     {"testing", 3}, {"tst", 3},
    {"int", 3},   {"integration", 3}, {"ci", 3},       {"qa", 4},      {"uat", 4},
    {"acc", 4},   {"acceptance", 4},  {"demo", 4},     {"stage", 5},   {"staging", 5},
    {"stg", 5},   {"nonprod", 5},     {"preprod", 6},  {"pre", 6},     {"canary", 7},
    {"prod", 8},  {"production", 8},  {"prd", 8},      {"live", 8},
};

static const char *const other_words[] = {
    "schema",   "example", "examples", "sample",   "template", "default", "defaults", "ci",
    "override", "common",  "shared",   "base",     "global",   "globals", "secrets",  "secret",
    "kind-ci",  "lint",    "images",   "versions", "small",    "medium",  "large",    "minimal",
};

enum { RANK_UNKNOWN = 4 };

static bool find_rank(struct str word, unsigned *ret_rank)
{
    while (word.n && word.p[word.n - 1] >= '0' && word.p[word.n - 1] <= '9')
        word.n--;
    for (size_t i = 0; i < sizeof known_words / sizeof *known_words; i++) {
        if (str_equal_ignoring_case(word, str_from_c(known_words[i].word))) {
            *ret_rank = known_words[i].rank;
            return true;
        }
    }
    return false;
}

/* The strongest of the parts that are known: "pre-prod" and "prod-dr" count as what they end up in.
 */
static bool find_compound_rank(struct str name, unsigned *ret_rank)
{
    if (find_rank(name, ret_rank))
        return true;
    bool found = false;
    size_t start = 0;
    for (size_t i = 0; i <= name.n; i++) {
        if (i < name.n && !strchr("-_.", name.p[i]))
            continue;
        unsigned rank;
        if (find_rank(str_slice(name, start, i), &rank) && (!found || rank > *ret_rank)) {
            *ret_rank = rank;
            found = true;
        }
        start = i + 1;
    }
    return found;
}

bool environment_word_is_known(struct str name)
{
    unsigned rank;
    return !environment_word_is_other(name) && find_compound_rank(name, &rank);
}

unsigned environment_word_rank(struct str name)
{
    unsigned rank = RANK_UNKNOWN;
    find_compound_rank(name, &rank);
    return rank;
}

bool environment_word_is_other(struct str name)
{
    for (size_t i = 0; i < sizeof other_words / sizeof *other_words; i++) {
        if (str_is(name, other_words[i]))
            return true;
    }
    return false;
}
