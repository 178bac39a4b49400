#include "semver.h"

#include <inttypes.h>

#include "letter.h"
#include "number.h"
#include "text.h"
#include "vector.h"

static bool is_identifier_character(char c)
{
    return is_ascii_alphanumeric(c) || c == '-';
}

static size_t run_of(struct str s, bool (*is_in)(char c))
{
    size_t n = 0;
    while (n < s.n && is_in(s.p[n]))
        n++;
    return n;
}

/* Identifiers joined by "." behind the given mark; empty when the mark is not there. */
static bool take_identifiers(struct str *rest, char mark, struct str *ret_text)
{
    *ret_text = STR("");
    if (!rest->n || rest->p[0] != mark)
        return true;
    size_t at = 0;
    do {
        size_t n = run_of(str_from(*rest, at + 1), is_identifier_character);
        if (!n)
            return false;
        at += 1 + n;
    } while (at < rest->n && rest->p[at] == '.');
    *ret_text = str_slice(*rest, 1, at);
    *rest = str_from(*rest, at);
    return true;
}

/* Numbers of a pre-release have no zeros in front. */
static bool has_leading_zero(struct str prerelease)
{
    while (prerelease.p && prerelease.n) {
        struct str part = str_cut(&prerelease, '.');
        if (part.n > 1 && part.p[0] == '0' && run_of(part, is_ascii_digit) == part.n)
            return true;
    }
    return false;
}

static bool take_number(struct str *rest, uint64_t *ret_number)
{
    size_t n = run_of(*rest, is_ascii_digit);
    if (!n || !parse_go_uint(str_slice(*rest, 0, n), 10, ret_number))
        return false;
    *rest = str_from(*rest, n);
    return true;
}

/* ".2": leaves 0 when there is no part. */
static bool take_part(struct str *rest, uint64_t *ret_number)
{
    if (!rest->n || rest->p[0] != '.')
        return true;
    *rest = str_from(*rest, 1);
    return take_number(rest, ret_number);
}

bool semver_parse(struct str text, struct semver *ret_version)
{
    struct semver version = {.original = text};
    struct str rest = str_starts_with(text, STR("v")) ? str_from(text, 1) : text;
    if (!take_number(&rest, &version.major) || !take_part(&rest, &version.minor) ||
        !take_part(&rest, &version.patch) || !take_identifiers(&rest, '-', &version.prerelease) ||
        !take_identifiers(&rest, '+', &version.metadata) || rest.n ||
        has_leading_zero(version.prerelease))
        return false;
    *ret_version = version;
    return true;
}

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int compare_identifiers(struct str a, struct str b)
{
    uint64_t number_a;
    uint64_t number_b;
    bool a_is_number = a.n && run_of(a, is_ascii_digit) == a.n && parse_go_uint(a, 10, &number_a);
    bool b_is_number = b.n && run_of(b, is_ascii_digit) == b.n && parse_go_uint(b, 10, &number_b);
    if (a_is_number && b_is_number)
        return compare_numbers(number_a, number_b);
    if (a_is_number != b_is_number && a.n && b.n)
        return a_is_number ? -1 : 1;
    return str_compare(a, b);
}

/* No pre-release is more than any. */
static int compare_prereleases(struct str a, struct str b)
{
    if (!a.n || !b.n)
        return (a.n == 0) - (b.n == 0);
    while (a.p && b.p) {
        int order = compare_identifiers(str_cut(&a, '.'), str_cut(&b, '.'));
        if (order)
            return order;
    }
    return (a.p != NULL) - (b.p != NULL);
}

int semver_compare(const struct semver *a, const struct semver *b)
{
    int order = compare_numbers(a->major, b->major);
    if (!order)
        order = compare_numbers(a->minor, b->minor);
    if (!order)
        order = compare_numbers(a->patch, b->patch);
    return order ? order : compare_prereleases(a->prerelease, b->prerelease);
}

struct str semver_to_text(struct arena *arena, const struct semver *version)
{
    struct text text = {.arena = arena};
    text_format(&text, "%" PRIu64 ".%" PRIu64 ".%" PRIu64, version->major, version->minor,
                version->patch);
    if (version->prerelease.n)
        text_format(&text, "-%.*s", STR_ARG(version->prerelease));
    if (version->metadata.n)
        text_format(&text, "+%.*s", STR_ARG(version->metadata));
    return text_str(&text);
}

/* --- constraints --- */

enum operator{ EQUAL, NOT_EQUAL, GREATER, LESS, GREATER_EQUAL, LESS_EQUAL, TILDE, CARET };

static const struct {
    const char *text;
    enum operator operator;
} operators[] = {
    {"!=", NOT_EQUAL},  {">=", GREATER_EQUAL}, {"=>", GREATER_EQUAL}, {"<=", LESS_EQUAL},
    {"=<", LESS_EQUAL}, {"~>", TILDE},         {"=", EQUAL},          {">", GREATER},
    {"<", LESS},        {"~", TILDE},          {"^", CARET},
};

/* One comparison. `any_minor`: the version was written as "1" or "1.x"; any_patch: as "1.2". */
struct comparison {
    enum operator operator;
    struct semver version;
    bool any, any_minor, any_patch;
};
struct comparison_list {
    struct comparison *items;
    size_t count, capacity;
};
struct semver_constraint {
    VECTOR(struct comparison_list) alternatives;
};

static void skip_space(struct str *rest)
{
    while (rest->n && strchr(" \t\n\r\f\v", rest->p[0]) && rest->p[0])
        *rest = str_from(*rest, 1);
}

static bool is_wildcard_or_digit(char c)
{
    return is_ascii_digit(c) || c == 'x' || c == 'X' || c == '*';
}

static bool is_wildcard(struct str part)
{
    return str_is(part, "x") || str_is(part, "X") || str_is(part, "*");
}

/* A part of a version with wildcards. False: it is neither a number nor a wildcard. */
static bool take_wild_part(struct str *rest, uint64_t *ret_number, bool *ret_is_wild)
{
    size_t n = run_of(*rest, is_wildcard_or_digit);
    struct str part = str_slice(*rest, 0, n);
    *rest = str_from(*rest, n);
    *ret_is_wild = is_wildcard(part);
    return *ret_is_wild || (n && parse_go_uint(part, 10, ret_number));
}

static bool take_version(struct str *rest, struct comparison *comparison)
{
    struct semver *version = &comparison->version;
    uint64_t *parts[] = {&version->major, &version->minor, &version->patch};
    bool *is_any[] = {&comparison->any, &comparison->any_minor, &comparison->any_patch};
    bool ended = false;
    if (rest->n && rest->p[0] == 'v')
        *rest = str_from(*rest, 1);
    for (size_t i = 0; i < 3; i++) {
        bool is_wild = true;
        if (i && (!rest->n || rest->p[0] != '.')) {
            *is_any[i] = !ended;
            ended = true;
            continue;
        }
        if (i)
            *rest = str_from(*rest, 1);
        uint64_t number = 0;
        if (!take_wild_part(rest, &number, &is_wild))
            return false;
        *is_any[i] = is_wild && !ended;
        ended |= is_wild;
        *parts[i] = ended ? 0 : number;
    }
    return take_identifiers(rest, '-', &version->prerelease) &&
           take_identifiers(rest, '+', &version->metadata) &&
           !has_leading_zero(version->prerelease);
}

static enum operator take_operator(struct str *rest)
{
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        struct str text = str_from_c(operators[i].text);
        if (str_starts_with(*rest, text)) {
            *rest = str_from(*rest, text.n);
            return operators[i].operator;
        }
    }
    return EQUAL;
}

/* True at " - ": what came before and comes behind are the ends of a range. */
static bool take_hyphen(struct str *rest)
{
    struct str at = *rest;
    skip_space(&at);
    if (at.n == rest->n || at.n < 2 || at.p[0] != '-')
        return false;
    struct str behind = str_from(at, 1);
    size_t before = behind.n;
    skip_space(&behind);
    if (behind.n == before)
        return false;
    *rest = behind;
    return true;
}

/* The comparisons of one alternative. */
static bool parse_alternative(struct arena *arena, struct str text, struct comparison_list *list)
{
    skip_space(&text);
    do {
        struct comparison *comparison = vector_add(arena, list);
        size_t before = text.n;
        comparison->operator= take_operator(&text);
        bool has_operator = text.n != before;
        skip_space(&text);
        if (!take_version(&text, comparison))
            return false;
        if (!has_operator && take_hyphen(&text)) {
            comparison->operator= GREATER_EQUAL;
            struct comparison *end = vector_add(arena, list);
            end->operator= LESS_EQUAL;
            if (!take_version(&text, end))
                return false;
        }
        size_t behind = text.n;
        skip_space(&text);
        bool is_separated = text.n != behind;
        if (text.n && text.p[0] == ',') {
            text = str_from(text, 1);
            skip_space(&text);
            is_separated = text.n > 0;
            if (!is_separated)
                return false;
        }
        if (text.n && !is_separated)
            return false;
    } while (text.n);
    return true;
}

const struct semver_constraint *semver_constraint_parse(struct arena *arena, struct str text)
{
    struct semver_constraint *constraint = arena_make(arena, struct semver_constraint);
    for (bool is_last = false; !is_last;) {
        size_t at = str_find(text, STR("||"));
        is_last = at == STR_NOT_FOUND;
        struct comparison_list *list = vector_add(arena, &constraint->alternatives);
        if (!parse_alternative(arena, is_last ? text : str_slice(text, 0, at), list))
            return NULL;
        text = is_last ? text : str_from(text, at + 2);
    }
    return constraint;
}

static bool is_dirty(const struct comparison *comparison)
{
    return comparison->any || comparison->any_minor || comparison->any_patch;
}

static bool satisfies_tilde(const struct semver *version, const struct comparison *comparison)
{
    const struct semver *wanted = &comparison->version;
    if (semver_compare(version, wanted) < 0)
        return false;
    if (!wanted->major && !wanted->minor && !wanted->patch && !comparison->any_minor &&
        !comparison->any_patch)
        return true;
    return version->major == wanted->major &&
           (version->minor == wanted->minor || comparison->any_minor);
}

static bool satisfies_caret(const struct semver *version, const struct comparison *comparison)
{
    const struct semver *wanted = &comparison->version;
    if (semver_compare(version, wanted) < 0)
        return false;
    if (wanted->major > 0 || comparison->any_minor)
        return version->major == wanted->major;
    if (version->major > wanted->major)
        return false;
    if (wanted->minor > 0 || comparison->any_patch)
        return version->minor == wanted->minor;
    if (version->minor > 0)
        return false;
    return version->patch == wanted->patch;
}

static bool satisfies_not_equal(const struct semver *version, const struct comparison *comparison)
{
    const struct semver *wanted = &comparison->version;
    if (!is_dirty(comparison))
        return semver_compare(version, wanted) != 0;
    if (version->major != wanted->major)
        return true;
    if (comparison->any_minor)
        return false;
    if (version->minor != wanted->minor)
        return true;
    if (version->prerelease.n || wanted->prerelease.n)
        return compare_prereleases(version->prerelease, wanted->prerelease) != 0;
    return false;
}

static bool satisfies_greater(const struct semver *version, const struct comparison *comparison)
{
    const struct semver *wanted = &comparison->version;
    if (!is_dirty(comparison))
        return semver_compare(version, wanted) > 0;
    if (version->major != wanted->major)
        return version->major > wanted->major;
    return comparison->any_patch && version->minor > wanted->minor;
}

static bool satisfies_less_equal(const struct semver *version, const struct comparison *comparison)
{
    const struct semver *wanted = &comparison->version;
    if (!is_dirty(comparison))
        return semver_compare(version, wanted) <= 0;
    return version->major < wanted->major ||
           (version->major == wanted->major &&
            (version->minor <= wanted->minor || comparison->any_minor));
}

static bool satisfies_one(const struct semver *version, const struct comparison *comparison)
{
    const struct semver *wanted = &comparison->version;
    if (version->prerelease.n && !wanted->prerelease.n)
        return false;
    switch (comparison->operator) {
    case EQUAL:
        return is_dirty(comparison) ? satisfies_tilde(version, comparison)
                                    : semver_compare(version, wanted) == 0;
    case NOT_EQUAL:
        return satisfies_not_equal(version, comparison);
    case GREATER:
        return satisfies_greater(version, comparison);
    case LESS:
        return semver_compare(version, wanted) < 0;
    case GREATER_EQUAL:
        return semver_compare(version, wanted) >= 0;
    case LESS_EQUAL:
        return satisfies_less_equal(version, comparison);
    case TILDE:
        return satisfies_tilde(version, comparison);
    case CARET:
        return satisfies_caret(version, comparison);
    }
    return false;
}

bool semver_satisfies(const struct semver *version, const struct semver_constraint *constraint)
{
    for (size_t i = 0; i < constraint->alternatives.count; i++) {
        const struct comparison_list *list = &constraint->alternatives.items[i];
        bool all = true;
        for (size_t k = 0; k < list->count && all; k++)
            all = satisfies_one(version, &list->items[k]);
        if (all)
            return true;
    }
    return false;
}
