#define PCRE2_CODE_UNIT_WIDTH 8
#include "regex.h"

#include <pcre2.h>

#include "letter.h"
#include "text.h"

struct regex {
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *context;
};

/* What RE2 writes otherwise than PCRE2, and what only PCRE2 knows. */
struct translation {
    struct text out;
    struct str rest;
    struct str problem;
};

static bool fail(struct translation *translation, const char *what, struct str part)
{
    translation->problem =
        str_format(translation->out.arena, "error parsing regexp: %s: `%.*s`", what, STR_ARG(part));
    return false;
}

static void take(struct translation *translation, size_t n)
{
    text_add(&translation->out, str_slice(translation->rest, 0, n));
    translation->rest = str_from(translation->rest, n);
}

static void replace(struct translation *translation, size_t n, const char *by)
{
    text_add_c(&translation->out, by);
    translation->rest = str_from(translation->rest, n);
}

/* \Q…\E: everything between stands for itself. */
static void quote_literally(struct translation *translation)
{
    struct str rest = str_from(translation->rest, 2);
    size_t end = str_find(rest, STR("\\E"));
    struct str literal = str_slice(rest, 0, end);
    for (size_t i = 0; i < literal.n; i++) {
        char c = literal.p[i];
        if (c && strchr("\\.+*?()|[]{}^$", c))
            text_add_char(&translation->out, '\\');
        text_add_char(&translation->out, c);
    }
    translation->rest = end == STR_NOT_FOUND ? STR("") : str_from(rest, end + 2);
}

/* How long an escape is: \x{10FFFF}, \xFF, \377, \pL, \p{Greek}; all others are two bytes. */
static size_t escape_length(struct str rest)
{
    size_t n = 2;
    bool is_property = rest.p[1] == 'p' || rest.p[1] == 'P';
    if ((is_property || rest.p[1] == 'x') && rest.n > 2 && rest.p[2] == '{') {
        size_t end = str_find_char(rest, '}');
        return end == STR_NOT_FOUND ? n : end + 1;
    }
    if (is_property)
        return rest.n < 3 ? n : 3;
    if (rest.p[1] == 'x')
        return rest.n < 4 ? n : 4;
    bool is_octal = rest.p[1] >= '0' && rest.p[1] <= '7';
    while (is_octal && n < 4 && n < rest.n && rest.p[n] >= '0' && rest.p[n] <= '7')
        n++;
    return n;
}

/* A backslash and what follows it. */
static bool translate_escape(struct translation *translation, bool in_class)
{
    struct str rest = translation->rest;
    if (rest.n < 2)
        return fail(translation, "trailing backslash at end of expression", STR(""));
    char c = rest.p[1];
    if (c == 'Q' && !in_class) {
        quote_literally(translation);
        return true;
    }
    if (c == 'z' && !in_class) {
        take(translation, 2);
        return true;
    }
    bool is_punctuation = (unsigned char)c < 0x80 && !is_ascii_alphanumeric(c);
    const char *known = in_class ? "afnrtvxpPdDsSwW01234567" : "afnrtvxpPdDsSwWAbB01234567";
    if (!is_punctuation && (!c || !strchr(known, c)))
        return fail(translation, "invalid escape sequence", str_slice(rest, 0, 2));
    if (c >= '1' && c <= '7' && !(rest.n > 2 && rest.p[2] >= '0' && rest.p[2] <= '7'))
        return fail(translation, "invalid escape sequence", str_slice(rest, 0, 2));
    if (c == 'v') /* in PCRE2 any vertical space */
        replace(translation, 2, "\\x0B");
    else if (c == 's') /* RE2 leaves the vertical tab out */
        replace(translation, 2, in_class ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]");
    else if (c == 'S' && !in_class)
        replace(translation, 2, "[^\\t\\n\\f\\r ]");
    else if (c == 'S')
        replace(translation, 2, "\\S\\x0B");
    else
        take(translation, escape_length(rest));
    return true;
}

/* Whether a class such as \d stands there, within a class in brackets. */
static bool is_class_escape(struct str rest)
{
    return rest.n > 1 && rest.p[0] == '\\' && rest.p[1] && strchr("pPdDsSwW", rest.p[1]);
}

static bool translate_member(struct translation *translation)
{
    char c = translation->rest.p[0];
    if (c == '\\')
        return translate_escape(translation, true);
    if (c == '[' || c == ']' || c == '-' || c == '^')
        text_add_char(&translation->out, '\\');
    take(translation, 1);
    return true;
}

/* A character, a range, or a class, which begins and ends no range: a dash beside it is one. */
static bool translate_range(struct translation *translation)
{
    bool is_class = is_class_escape(translation->rest);
    if (!translate_member(translation))
        return false;
    struct str rest = translation->rest;
    if (is_class || rest.n < 2 || rest.p[0] != '-' || rest.p[1] == ']')
        return true;
    take(translation, 1);
    if (is_class_escape(translation->rest))
        return fail(translation, "invalid escape sequence", str_slice(translation->rest, 0, 2));
    return translate_member(translation);
}

static bool translate_class(struct translation *translation)
{
    struct str whole = translation->rest;
    take(translation, 1);
    if (translation->rest.n && translation->rest.p[0] == '^')
        take(translation, 1);
    for (bool is_first = true; translation->rest.n; is_first = false) {
        char c = translation->rest.p[0];
        if (c == ']' && !is_first) {
            take(translation, 1);
            return true;
        }
        if (c == '[' && translation->rest.n > 1 && translation->rest.p[1] == ':') {
            size_t end = str_find(translation->rest, STR(":]"));
            take(translation, end == STR_NOT_FOUND ? 1 : end + 2);
        } else if (!translate_range(translation)) {
            return false;
        }
    }
    return fail(translation, "missing closing ]", whole);
}

/* "(" and, when it is "(?", what kind of group it is. */
static bool translate_group(struct translation *translation)
{
    struct str rest = translation->rest;
    if (rest.n < 2 || rest.p[1] != '?') {
        take(translation, rest.n > 1 && rest.p[1] == '*' ? 0 : 1);
        return rest.n < 2 || rest.p[1] != '*' ||
               fail(translation, "missing argument to repetition operator", STR("*"));
    }
    if (str_starts_with(rest, STR("(?P<")) || str_starts_with(rest, STR("(?<"))) {
        size_t end = str_find_char(rest, '>');
        bool is_look_behind = rest.p[2] == '<' && rest.n > 3 && strchr("=!", rest.p[3]);
        if (end == STR_NOT_FOUND || is_look_behind)
            return fail(translation, "invalid named capture", rest);
        take(translation, end + 1);
        return true;
    }
    size_t at = 2;
    while (at < rest.n && rest.p[at] && strchr("imsU-", rest.p[at]))
        at++;
    if (at == rest.n || (rest.p[at] != ':' && rest.p[at] != ')'))
        return fail(translation, "invalid or unsupported Perl syntax",
                    str_slice(rest, 0, at < rest.n ? at + 1 : at));
    take(translation, at + 1);
    return true;
}

/* "{…}" that is no repetition stands for itself; possessive repetition does not exist. */
static bool translate_repetition(struct translation *translation)
{
    struct str rest = translation->rest;
    size_t n = 1;
    if (rest.p[0] == '{') {
        size_t end = str_find_char(rest, '}');
        bool is_repetition = end != STR_NOT_FOUND && end > 1 && rest.p[1] != ',';
        for (size_t i = 1; is_repetition && i < end; i++)
            is_repetition = rest.p[i] == ',' || (rest.p[i] >= '0' && rest.p[i] <= '9');
        if (!is_repetition) {
            replace(translation, 1, "\\{");
            return true;
        }
        n = end + 1;
    }
    struct str behind = str_from(rest, n);
    size_t lazy = behind.n && behind.p[0] == '?';
    behind = str_from(behind, lazy);
    if (behind.n && (behind.p[0] == '+' || behind.p[0] == '*' || behind.p[0] == '?'))
        return fail(translation, "invalid nested repetition operator",
                    str_slice(rest, 0, n + lazy + 1));
    take(translation, n + lazy);
    return true;
}

static bool translate(struct translation *translation)
{
    while (translation->rest.n) {
        bool done = true;
        switch (translation->rest.p[0]) {
        case '\\':
            done = translate_escape(translation, false);
            break;
        case '[':
            done = translate_class(translation);
            break;
        case '(':
            done = translate_group(translation);
            break;
        case '*':
        case '+':
        case '?':
        case '{':
            done = translate_repetition(translation);
            break;
        default:
            take(translation, 1);
        }
        if (!done)
            return false;
    }
    return true;
}

static void explain(struct arena *arena, int code, struct str pattern, struct str *ret_problem)
{
    PCRE2_UCHAR message[256];
    const char *what = NULL;
    pcre2_get_error_message(code, message, sizeof message);
    if (code == PCRE2_ERROR_MISSING_CLOSING_PARENTHESIS)
        what = "missing closing )";
    else if (code == PCRE2_ERROR_UNMATCHED_CLOSING_PARENTHESIS)
        what = "unexpected )";
    *ret_problem = str_format(arena, "error parsing regexp: %s: `%.*s`",
                              what ? what : (const char *)message, STR_ARG(pattern));
}

struct regex *regex_compile(struct arena *arena, struct str pattern, struct str *ret_problem)
{
    int code;
    PCRE2_SIZE offset;
    struct translation translation = {.out = {.arena = arena}, .rest = pattern};
    if (!translate(&translation)) {
        *ret_problem = translation.problem;
        return NULL;
    }
    struct str text = text_str(&translation.out);
    pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)(text.n ? text.p : ""), text.n,
                                         PCRE2_UTF | PCRE2_MATCH_INVALID_UTF |
                                             PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C,
                                         &code, &offset, NULL);
    if (!compiled) {
        explain(arena, code, pattern, ret_problem);
        return NULL;
    }
    struct regex *regex = arena_make(arena, struct regex);
    regex->code = compiled;
    regex->match = pcre2_match_data_create_from_pattern(compiled, NULL);
    regex->context = pcre2_match_context_create(NULL);
    return regex;
}

void regex_release(struct regex *regex)
{
    pcre2_match_context_free(regex->context);
    pcre2_match_data_free(regex->match);
    pcre2_code_free(regex->code);
}

enum regex_result regex_find(struct regex *regex, struct str s, size_t from, uint32_t steps,
                             struct regex_match *ret_match)
{
    pcre2_set_match_limit(regex->context, steps);
    pcre2_set_heap_limit(regex->context, 64 * 1024);
    int found = pcre2_match(regex->code, (PCRE2_SPTR)(s.n ? s.p : ""), s.n, from, 0, regex->match,
                            regex->context);
    if (found == PCRE2_ERROR_NOMATCH)
        return REGEX_NONE;
    if (found < 0)
        return REGEX_LIMIT;
    uint32_t groups;
    pcre2_pattern_info(regex->code, PCRE2_INFO_CAPTURECOUNT, &groups);
    *ret_match = (struct regex_match){pcre2_get_ovector_pointer(regex->match), groups + 1};
    return REGEX_FOUND;
}

size_t regex_group(const struct regex *regex, struct str name)
{
    char text[128];
    if (name.n >= sizeof text)
        return SIZE_MAX;
    memcpy(text, name.p, name.n);
    text[name.n] = '\0';
    int number = pcre2_substring_number_from_name(regex->code, (PCRE2_SPTR)text);
    return number > 0 ? (size_t)number : SIZE_MAX;
}

struct regex *regex_cache_find(struct arena *arena, struct regex_cache *cache, struct str pattern,
                               struct str *ret_problem)
{
    struct regex *regex = map_get(&cache->compiled, pattern);
    if (!regex) {
        regex = regex_compile(arena, pattern, ret_problem);
        if (regex)
            map_put(arena, &cache->compiled, pattern, regex);
    }
    return regex;
}

void regex_cache_release(struct regex_cache *cache)
{
    for (size_t i = 0; i < cache->compiled.count; i++)
        regex_release(cache->compiled.items[i].value);
    cache->compiled = (struct map){0};
}
