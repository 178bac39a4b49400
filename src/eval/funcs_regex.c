#include <inttypes.h>

#include "base/base.h"
#include "evaluation.h"
#include "functions.h"

/* Sprig's functions of regular expressions (regex.go, over Go's regexp). */

/* The compiled pattern of the first argument, kept for the release; NULL, and the call has failed,
 * when it is none. */
static struct regex *pattern_argument(struct call *call)
{
    struct evaluation *evaluation = call->evaluation;
    struct str pattern = value_str(call->arguments[0]);
    struct str problem;
    struct regex *regex =
        regex_cache_find(evaluation->arena, &evaluation->patterns, pattern, &problem);
    bool panics = !str_starts_with(str_from_c(call->function->name), STR("must"));
    if (regex)
        return regex;
    if (panics)
        call_fail(call, "regexp: Compile(`%.*s`): %.*s", STR_ARG(pattern), STR_ARG(problem));
    else
        call_fail(call, "%.*s", STR_ARG(problem));
    return regex;
}

/* The matches of a text, each behind the one before. An empty match directly behind another one
 * does not count. */
struct matches {
    struct call *call;
    struct regex *regex;
    struct str s;
    size_t at, last_end;
    bool has_last;
};

enum step { STEP_MATCH, STEP_END, STEP_FAILED };

static enum step next_match(struct matches *matches, struct regex_match *ret_match)
{
    uint32_t steps = matches->call->evaluation->limits->regex_steps;
    while (matches->at <= matches->s.n) {
        switch (regex_find(matches->regex, matches->s, matches->at, steps, ret_match)) {
        case REGEX_NONE:
            return STEP_END;
        case REGEX_LIMIT:
            call_fail(matches->call, "the limit regex_steps, %" PRIu32 ", is reached", steps);
            return STEP_FAILED;
        case REGEX_FOUND:
            break;
        }
        size_t start = ret_match->offsets[0];
        size_t end = ret_match->offsets[1];
        bool repeats_end = start == end && matches->has_last && start == matches->last_end;
        uint32_t c;
        matches->at = end;
        if (start == end)
            matches->at += end < matches->s.n ? utf8_decode(str_from(matches->s, end), &c) : 1;
        matches->last_end = end;
        matches->has_last = true;
        if (!repeats_end)
            return STEP_MATCH;
    }
    return STEP_END;
}

/* The matches of the second argument with the first one; false when that is no pattern. */
static bool start_matches(struct call *call, struct matches *ret_matches)
{
    struct regex *regex = pattern_argument(call);
    *ret_matches =
        (struct matches){.call = call, .regex = regex, .s = value_str(call->arguments[1])};
    return regex != NULL;
}

static bool run_match(struct call *call, struct value *ret_value)
{
    struct regex_match match;
    struct matches matches;
    if (!start_matches(call, &matches))
        return false;
    enum step step = next_match(&matches, &match);
    *ret_value = value_bool(step == STEP_MATCH);
    return step != STEP_FAILED;
}

/* A pattern that is none matches nothing here. */
static bool run_lenient_match(struct call *call, struct value *ret_value)
{
    *ret_value = value_bool(false);
    return !pattern_argument(call) || run_match(call, ret_value);
}

static bool run_find(struct call *call, struct value *ret_value)
{
    struct regex_match match;
    struct matches matches;
    if (!start_matches(call, &matches))
        return false;
    enum step step = next_match(&matches, &match);
    *ret_value = value_string(
        step == STEP_MATCH ? str_slice(matches.s, match.offsets[0], match.offsets[1]) : STR(""));
    return step != STEP_FAILED;
}

static bool run_find_all(struct call *call, struct value *ret_value)
{
    struct regex_match match;
    struct value_list *found = value_list_new(call->arena, LIST_STRING, 0);
    struct matches matches;
    int64_t most = call->arguments[2].integer;
    if (!start_matches(call, &matches))
        return false;
    enum step step = STEP_MATCH;
    while (step == STEP_MATCH && (most < 0 || (int64_t)found->count < most)) {
        step = next_match(&matches, &match);
        if (step == STEP_MATCH)
            value_list_add(call->arena, found,
                           value_string(str_slice(matches.s, match.offsets[0], match.offsets[1])));
    }
    found->is_nil = !found->count;
    *ret_value = value_of_list(found);
    return step != STEP_FAILED;
}

static bool is_word(char c)
{
    return c == '_' || is_ascii_alphanumeric(c);
}

/* The name behind a "$", with or without braces; false: the "$" stands for itself. */
static bool take_reference(struct str *rest, struct str *ret_name)
{
    struct str s = *rest;
    bool has_brace = s.n && s.p[0] == '{';
    size_t start = has_brace;
    size_t n = start;
    while (n < s.n && is_word(s.p[n]))
        n++;
    if (n == start || (has_brace && (n == s.n || s.p[n] != '}')))
        return false;
    *ret_name = str_slice(s, start, n);
    *rest = str_from(s, n + has_brace);
    return true;
}

static struct str group_text(const struct matches *matches, const struct regex_match *match,
                             struct str name)
{
    uint64_t number;
    size_t group =
        parse_go_uint(name, 10, &number) ? (size_t)number : regex_group(matches->regex, name);
    if (group >= match->groups || match->offsets[2 * group] == SIZE_MAX)
        return STR("");
    return str_slice(matches->s, match->offsets[2 * group], match->offsets[2 * group + 1]);
}

/* $1, ${1}, ${name}, $$ */
static void expand(struct text *text, const struct matches *matches,
                   const struct regex_match *match, struct str by)
{
    while (by.n) {
        struct str name;
        size_t at = str_find_char(by, '$');
        text_add(text, str_slice(by, 0, at));
        if (at == STR_NOT_FOUND)
            return;
        by = str_from(by, at + 1);
        if (by.n && by.p[0] == '$') {
            text_add_char(text, '$');
            by = str_from(by, 1);
        } else if (take_reference(&by, &name)) {
            text_add(text, group_text(matches, match, name));
        } else {
            text_add_char(text, '$');
        }
    }
}

static bool replace_all(struct call *call, bool is_literal, struct value *ret_value)
{
    struct regex_match match;
    struct text text = {.arena = call->arena};
    struct matches matches;
    struct str by = value_str(call->arguments[2]);
    if (!start_matches(call, &matches))
        return false;
    size_t copied = 0;
    for (;;) {
        enum step step = next_match(&matches, &match);
        if (step == STEP_FAILED)
            return false;
        if (step == STEP_END)
            break;
        size_t before = text.n;
        text_add(&text, str_slice(matches.s, copied, match.offsets[0]));
        copied = match.offsets[1];
        if (is_literal)
            text_add(&text, by);
        else
            expand(&text, &matches, &match, by);
        if (!call_spend(call, text.n - before))
            return false;
    }
    text_add(&text, str_from(matches.s, copied));
    *ret_value = value_string(text_str(&text));
    return true;
}

static bool run_replace_all(struct call *call, struct value *ret_value)
{
    return replace_all(call, false, ret_value);
}

static bool run_replace_all_literal(struct call *call, struct value *ret_value)
{
    return replace_all(call, true, ret_value);
}

/* Regexp.Split: the texts between matches, at most n of them; an empty match at the very start or
 * end cuts nothing off. */
static bool run_split(struct call *call, struct value *ret_value)
{
    struct regex_match match;
    struct value_list *parts = value_list_new(call->arena, LIST_STRING, 0);
    struct matches matches;
    int64_t most = call->arguments[2].integer;
    if (!start_matches(call, &matches))
        return false;
    *ret_value = value_of_list(parts);
    parts->is_nil = most == 0;
    if (most == 0)
        return true;
    size_t start = 0;
    size_t end = 0;
    enum step step = STEP_MATCH;
    while (matches.s.n && (most < 0 || (int64_t)parts->count != most - 1)) {
        step = next_match(&matches, &match);
        if (step != STEP_MATCH)
            break;
        end = match.offsets[0];
        if (match.offsets[1] != 0)
            value_list_add(call->arena, parts, value_string(str_slice(matches.s, start, end)));
        start = match.offsets[1];
    }
    if (end != matches.s.n || !matches.s.n)
        value_list_add(call->arena, parts, value_string(str_from(matches.s, start)));
    return step != STEP_FAILED;
}

static bool run_quote_meta(struct call *call, struct value *ret_value)
{
    struct str s = value_str(call->arguments[0]);
    struct text text = {.arena = call->arena};
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] && strchr("\\.+*?()|[]{}^$", s.p[i]))
            text_add_char(&text, '\\');
        text_add_char(&text, s.p[i]);
    }
    *ret_value = value_string(text_str(&text));
    return true;
}

static const struct function table[] = {
    FUNCTION("regexMatch", run_lenient_match, PARAMETER_STRING, PARAMETER_STRING),
    FUNCTION("mustRegexMatch", run_match, PARAMETER_STRING, PARAMETER_STRING),
    FUNCTION("regexFind", run_find, PARAMETER_STRING, PARAMETER_STRING),
    FUNCTION("mustRegexFind", run_find, PARAMETER_STRING, PARAMETER_STRING),
    FUNCTION("regexFindAll", run_find_all, PARAMETER_STRING, PARAMETER_STRING, PARAMETER_INT),
    FUNCTION("mustRegexFindAll", run_find_all, PARAMETER_STRING, PARAMETER_STRING, PARAMETER_INT),
    FUNCTION("regexReplaceAll", run_replace_all, PARAMETER_STRING, PARAMETER_STRING,
             PARAMETER_STRING),
    FUNCTION("mustRegexReplaceAll", run_replace_all, PARAMETER_STRING, PARAMETER_STRING,
             PARAMETER_STRING),
    FUNCTION("regexReplaceAllLiteral", run_replace_all_literal, PARAMETER_STRING, PARAMETER_STRING,
             PARAMETER_STRING),
    FUNCTION("mustRegexReplaceAllLiteral", run_replace_all_literal, PARAMETER_STRING,
             PARAMETER_STRING, PARAMETER_STRING),
    FUNCTION("regexSplit", run_split, PARAMETER_STRING, PARAMETER_STRING, PARAMETER_INT),
    FUNCTION("mustRegexSplit", run_split, PARAMETER_STRING, PARAMETER_STRING, PARAMETER_INT),
    FUNCTION("regexQuoteMeta", run_quote_meta, PARAMETER_STRING),
};
const struct function_family funcs_regex = FUNCTION_FAMILY(table);
