#include "environment_words.h"

/* `in_names`: the word also tells an environment as the first or last part of a longer name
 * ("prod-eu"); the others are parts of too many names of things ("kafka-smoke-test"). */
static const struct {
    const char *word;
    unsigned rank;
    bool in_names;
} known_words[] = {
    {"local", 0, false},
    {"localhost", 0, false},
    {"minikube", 0, false},
    {"sandbox", 1, true},
    {"sbx", 1, true},
    {"playground", 1, false},
    {"dev", 2, true},
    {"develop", 2, true},
    {"development", 2, true},
    {"devel", 2, true},
    {"preview", 2, false},
    {"test", 3, false},
    {"testing", 3, false},
    {"tst", 3, false},
    {"int", 3, false},
    {"integration", 3, false},
    {"qa", 4, true},
    {"uat", 4, true},
    {"acc", 4, false},
    {"acceptance", 4, false},
    {"demo", 4, false},
    {"stage", 5, true},
    {"staging", 5, true},
    {"stg", 5, true},
    {"nonprod", 5, true},
    {"preprod", 6, true},
    {"canary", 7, false},
    {"sit", 3, false},
    {"perf", 4, false},
    {"performance", 4, false},
    {"lab", 2, false},
    {"review", 2, false},
    {"ephemeral", 2, false},
    {"pre-prod", 6, true},
    {"preproduction", 6, true},
    {"pre-production", 6, true},
    {"non-prod", 5, true},
    {"prelive", 6, true},
    {"pilot", 7, false},
    {"prod", 8, true},
    {"production", 8, true},
    {"prd", 8, true},
    {"live", 8, false},
};

static const char *const other_words[] = {
    "schema",   "example", "examples", "sample",   "template", "default", "defaults", "ci",
    "override", "common",  "shared",   "base",     "global",   "globals", "secrets",  "secret",
    "kind-ci",  "lint",    "images",   "versions", "small",    "medium",  "large",    "minimal",
};

enum { RANK_UNKNOWN = 4 };

static bool find_rank(struct str word, bool in_name, unsigned *ret_rank)
{
    while (word.n && word.p[word.n - 1] >= '0' && word.p[word.n - 1] <= '9')
        word.n--;
    for (size_t i = 0; i < sizeof known_words / sizeof *known_words; i++) {
        if (in_name && !known_words[i].in_names)
            continue;
        if (str_equal_ignoring_case(word, str_from_c(known_words[i].word))) {
            *ret_rank = known_words[i].rank;
            return true;
        }
    }
    return false;
}

/* Parts that no name of an environment has. */
static bool is_foreign_part(struct str part)
{
    static const char *const words[] = {"values", "value", "secret", "secrets", "enc", "config"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_is(part, words[i]))
            return true;
    }
    return false;
}

/* The first or the last part of a name that is joined by dashes, the stronger one where both are
 * known: "pre-prod". */
static bool find_compound_rank(struct str name, unsigned *ret_rank)
{
    enum { MOST_PARTS = 4 };
    if (find_rank(name, false, ret_rank))
        return true;
    size_t parts = 1;
    size_t first_end = name.n;
    size_t last_start = 0;
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] != '-' && name.p[i] != '_')
            continue;
        first_end = first_end == name.n ? i : first_end;
        last_start = i + 1;
        parts++;
    }
    unsigned first = 0;
    unsigned last = 0;
    bool known_first = find_rank(str_slice(name, 0, first_end), true, &first);
    bool known_last = find_rank(str_from(name, last_start), true, &last);
    if (parts > MOST_PARTS || (!known_first && !known_last))
        return false;
    *ret_rank = known_first && (!known_last || first > last) ? first : last;
    return true;
}

bool environment_word_is_plain(struct str name)
{
    unsigned rank;
    return !environment_word_is_other(name) && find_rank(name, false, &rank);
}

bool environment_word_is_base(struct str name)
{
    static const char *const words[] = {"common",  "shared",  "base",    "_shared",
                                        "_common", "_base",   "default", "defaults",
                                        "global",  "globals", "all"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_is(name, words[i]))
            return true;
    }
    return false;
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
    for (struct str rest = name; rest.p;) {
        size_t end = 0;
        while (end < rest.n && !strchr("-_.", rest.p[end]))
            end++;
        if (is_foreign_part(str_slice(rest, 0, end)))
            return true;
        rest = end < rest.n ? str_from(rest, end + 1) : (struct str){0};
    }
    for (size_t i = 0; i < sizeof other_words / sizeof *other_words; i++) {
        if (str_is(name, other_words[i]))
            return true;
    }
    return false;
}
