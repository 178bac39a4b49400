#include "base/base.h"
#include "format.h"
#include "functions.h"

/* Sprig's functions of texts (strings.go): lengths are bytes. Cases of letters are in
 * funcs_letters.c. */

static struct str text_at(const struct call *call, size_t index)
{
    return value_str(call->arguments[index]);
}

static bool give(struct str text, struct value *ret_value)
{
    *ret_value = value_string(text);
    return true;
}

static bool fail_slice(struct call *call, int64_t index, size_t length)
{
    return call_fail(call, "runtime error: slice bounds out of range [%lld:%zu]", (long long)index,
                     length);
}

static bool run_trunc(struct call *call, struct value *ret_value)
{
    int64_t count = call->arguments[0].integer;
    struct str s = text_at(call, 1);
    if (count < 0 && (int64_t)s.n + count > 0)
        return give(str_from(s, (size_t)((int64_t)s.n + count)), ret_value);
    if (count >= 0 && s.n > (uint64_t)count)
        return give(str_slice(s, 0, (size_t)count), ret_value);
    return give(s, ret_value);
}

static bool run_substr(struct call *call, struct value *ret_value)
{
    int64_t start = call->arguments[0].integer;
    int64_t end = call->arguments[1].integer;
    struct str s = text_at(call, 2);
    if (start < 0) {
        if (end < 0 || end > (int64_t)s.n)
            return call_fail(
                call, "runtime error: slice bounds out of range [:%lld]%s", (long long)end,
                end < 0 ? ""
                        : str_to_c(call->arena, str_format(call->arena, " with length %zu", s.n)));
        return give(str_slice(s, 0, (size_t)end), ret_value);
    }
    if (end < 0 || end > (int64_t)s.n)
        return start > (int64_t)s.n ? fail_slice(call, start, s.n)
                                    : give(str_from(s, (size_t)start), ret_value);
    if (start > end)
        return fail_slice(call, start, (size_t)end);
    return give(str_slice(s, (size_t)start, (size_t)end), ret_value);
}

/* The abbreviation of goutils; false when the width is too small for one. */
static struct str abbreviate(struct call *call, struct str s, int64_t offset, int64_t width)
{
    int64_t length = (int64_t)s.n;
    if (!s.n || width < 4)
        return STR("");
    if (length <= width)
        return s;
    if (offset > length)
        offset = length;
    if (length - offset < width - 3)
        offset = length - (width - 3);
    if (offset <= 4)
        return str_join(call->arena, str_slice(s, 0, (size_t)(width - 3)), STR("..."));
    if (width < 7)
        return STR("");
    if (offset + width - 3 < length)
        return str_join(call->arena, STR("..."),
                        abbreviate(call, str_from(s, (size_t)offset), 0, width - 3));
    return str_join(call->arena, STR("..."), str_from(s, (size_t)(length - (width - 3))));
}

static bool run_abbrev(struct call *call, struct value *ret_value)
{
    int64_t width = call->arguments[0].integer;
    struct str s = text_at(call, 1);
    return give(width < 4 ? s : abbreviate(call, s, 0, width), ret_value);
}

static bool run_abbrevboth(struct call *call, struct value *ret_value)
{
    int64_t left = call->arguments[0].integer;
    int64_t right = call->arguments[1].integer;
    struct str s = text_at(call, 2);
    bool is_too_small = right < 4 || (left > 0 && right < 7);
    return give(is_too_small ? s : abbreviate(call, s, left, right), ret_value);
}

static bool is_in_set(struct str set, uint32_t character)
{
    while (set.n) {
        uint32_t c;
        set = str_from(set, utf8_decode(set, &c));
        if (c == character)
            return true;
    }
    return false;
}

/* Without the characters of the set at both ends. */
static struct str trimmed(struct str s, struct str set)
{
    uint32_t c;
    while (s.n) {
        size_t length = utf8_decode(s, &c);
        if (!is_in_set(set, c))
            break;
        s = str_from(s, length);
    }
    while (s.n) {
        size_t start = utf8_last_start(s);
        utf8_decode(str_from(s, start), &c);
        if (!is_in_set(set, c))
            break;
        s = str_slice(s, 0, start);
    }
    return s;
}

static bool run_trim(struct call *call, struct value *ret_value)
{
    return give(trim_go_space(text_at(call, 0)), ret_value);
}

static bool run_trim_all(struct call *call, struct value *ret_value)
{
    struct str set = text_at(call, 0);
    return give(set.n ? trimmed(text_at(call, 1), set) : text_at(call, 1), ret_value);
}

static bool run_trim_suffix(struct call *call, struct value *ret_value)
{
    struct str suffix = text_at(call, 0);
    struct str s = text_at(call, 1);
    return give(str_ends_with(s, suffix) ? str_slice(s, 0, s.n - suffix.n) : s, ret_value);
}

static bool run_trim_prefix(struct call *call, struct value *ret_value)
{
    struct str prefix = text_at(call, 0);
    struct str s = text_at(call, 1);
    return give(str_starts_with(s, prefix) ? str_from(s, prefix.n) : s, ret_value);
}

static bool run_nospace(struct call *call, struct value *ret_value)
{
    struct str s = text_at(call, 0);
    struct text text = {.arena = call->arena};
    /* goutils looks at bytes and writes each as a code point of its own when one is space. */
    bool has_space = false;
    for (size_t i = 0; i < s.n; i++)
        has_space |= is_go_space((unsigned char)s.p[i]);
    for (size_t i = 0; i < s.n && has_space; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (!is_go_space(c))
            text_add_code_point(&text, c);
    }
    return give(has_space ? text_str(&text) : s, ret_value);
}

static bool run_repeat(struct call *call, struct value *ret_value)
{
    int64_t count = call->arguments[0].integer;
    struct str s = text_at(call, 1);
    struct text text = {.arena = call->arena};
    uint64_t size;
    if (count < 0)
        return call_fail(call, "strings: negative Repeat count");
    if (__builtin_mul_overflow((uint64_t)count, (uint64_t)s.n, &size) || !call_spend(call, size))
        return call_spend(call, UINT64_MAX);
    for (int64_t i = 0; i < count && s.n; i++)
        text_add(&text, s);
    return give(text_str(&text), ret_value);
}

static bool run_contains(struct call *call, struct value *ret_value)
{
    *ret_value = value_bool(str_contains(text_at(call, 1), text_at(call, 0)));
    return true;
}

static bool run_has_prefix(struct call *call, struct value *ret_value)
{
    *ret_value = value_bool(str_starts_with(text_at(call, 1), text_at(call, 0)));
    return true;
}

static bool run_has_suffix(struct call *call, struct value *ret_value)
{
    *ret_value = value_bool(str_ends_with(text_at(call, 1), text_at(call, 0)));
    return true;
}

/* Every argument that is not nil, quoted in one way or the other, with blanks between. */
static bool quote_all(struct call *call, bool is_double, struct value *ret_value)
{
    struct text text = {.arena = call->arena};
    bool is_first = true;
    for (size_t i = 0; i < call->count; i++) {
        struct value value = call->arguments[i];
        if (value.type == VALUE_NIL)
            continue;
        struct str s = value.type == VALUE_BYTES && is_double
                           ? value_str(value)
                           : value_to_text(call->arena, value, call_helm(call));
        if (!is_first)
            text_add_char(&text, ' ');
        is_first = false;
        if (is_double)
            text_add(&text, quote_go(call->arena, s));
        else
            text_format(&text, "'%.*s'", STR_ARG(s));
    }
    return give(text_str(&text), ret_value);
}

static bool run_quote(struct call *call, struct value *ret_value)
{
    return quote_all(call, true, ret_value);
}

static bool run_squote(struct call *call, struct value *ret_value)
{
    return quote_all(call, false, ret_value);
}

static bool run_cat(struct call *call, struct value *ret_value)
{
    struct text text = {.arena = call->arena};
    bool is_first = true;
    for (size_t i = 0; i < call->count; i++) {
        if (call->arguments[i].type == VALUE_NIL)
            continue;
        if (!is_first)
            text_add_char(&text, ' ');
        is_first = false;
        text_add(&text, value_to_text(call->arena, call->arguments[i], call_helm(call)));
    }
    return give(text_str(&text), ret_value);
}

static bool indent(struct call *call, bool starts_line, struct value *ret_value)
{
    int64_t spaces = call->arguments[0].integer;
    struct str rest = text_at(call, 1);
    struct text text = {.arena = call->arena};
    uint64_t size;
    size_t lines = 1 + str_count_char(rest, '\n');
    if (spaces < 0)
        return call_fail(call, "strings: negative Repeat count");
    if (__builtin_mul_overflow((uint64_t)spaces, (uint64_t)lines, &size) ||
        !call_spend(call, size) || !call_spend(call, rest.n))
        return call_spend(call, UINT64_MAX);
    if (starts_line)
        text_add_char(&text, '\n');
    if (!rest.p)
        rest = STR("");
    for (bool is_first = true; rest.p; is_first = false) {
        if (!is_first)
            text_add_char(&text, '\n');
        struct str line = str_cut(&rest, '\n');
        text_add_repeated(&text, ' ', (size_t)spaces);
        text_add(&text, line);
    }
    return give(text_str(&text), ret_value);
}

static bool run_indent(struct call *call, struct value *ret_value)
{
    return indent(call, false, ret_value);
}

static bool run_nindent(struct call *call, struct value *ret_value)
{
    return indent(call, true, ret_value);
}

/* An empty text is found before every character and at the end. */
static struct str insert_everywhere(struct call *call, struct str s, struct str by)
{
    struct text text = {.arena = call->arena};
    text_add(&text, by);
    while (s.n) {
        uint32_t c;
        size_t length = utf8_decode(s, &c);
        text_add(&text, str_slice(s, 0, length));
        text_add(&text, by);
        s = str_from(s, length);
    }
    return text_str(&text);
}

static bool run_replace(struct call *call, struct value *ret_value)
{
    struct str old = text_at(call, 0);
    struct str by = text_at(call, 1);
    struct str s = text_at(call, 2);
    uint64_t size;
    if (__builtin_mul_overflow((uint64_t)s.n + 1, (uint64_t)by.n, &size) ||
        (by.n > old.n && !call_spend(call, old.n ? size / old.n : size)))
        return call_spend(call, UINT64_MAX);
    return give(old.n ? str_replace(call->arena, s, old, by) : insert_everywhere(call, s, by),
                ret_value);
}

static bool run_plural(struct call *call, struct value *ret_value)
{
    *ret_value = call->arguments[call->arguments[2].integer == 1 ? 0 : 1];
    return true;
}

/* The parts between separators, at most `most`; an empty separator cuts every character off. */
static struct value_list *split(struct call *call, struct str s, struct str separator, int64_t most)
{
    struct value_list *parts = value_list_new(call->arena, LIST_STRING, 0);
    if (!s.p)
        s = STR("");
    while (most != 0) {
        uint32_t c;
        size_t at = separator.n ? str_find(s, separator) : s.n ? utf8_decode(s, &c) : STR_NOT_FOUND;
        bool is_last =
            at == STR_NOT_FOUND || (int64_t)parts->count + 1 == most || (!separator.n && at == s.n);
        if (!separator.n && !s.n)
            break;
        value_list_add(call->arena, parts, value_string(is_last ? s : str_slice(s, 0, at)));
        if (is_last)
            break;
        s = str_from(s, at + separator.n);
    }
    return parts;
}

static bool give_numbered(struct call *call, const struct value_list *parts,
                          struct value *ret_value)
{
    struct value_map *map = value_map_new(call->arena, MAP_STRING);
    for (size_t i = 0; i < parts->count; i++)
        value_map_set(map, str_format(call->arena, "_%zu", i), parts->items[i]);
    *ret_value = value_of_map(map);
    return true;
}

static bool run_split(struct call *call, struct value *ret_value)
{
    return give_numbered(call, split(call, text_at(call, 1), text_at(call, 0), -1), ret_value);
}

static bool run_splitn(struct call *call, struct value *ret_value)
{
    return give_numbered(
        call, split(call, text_at(call, 2), text_at(call, 0), call->arguments[1].integer),
        ret_value);
}

static bool run_split_list(struct call *call, struct value *ret_value)
{
    *ret_value = value_of_list(split(call, text_at(call, 1), text_at(call, 0), -1));
    return true;
}

/* goutils, WrapCustom: lines of at most `width` bytes, broken at blanks. */
static struct str wrap(struct call *call, struct str s, int64_t width, struct str line_end,
                       bool breaks_words)
{
    struct text text = {.arena = call->arena};
    size_t most = width < 1 ? 1 : (size_t)width;
    if (!line_end.n)
        line_end = STR("\n");
    while (s.n > most) {
        if (s.p[0] == ' ') {
            s = str_from(s, 1);
            continue;
        }
        size_t at = str_find_last_char(str_slice(s, 0, most + 1), ' ');
        size_t behind = 1;
        if (at == STR_NOT_FOUND && breaks_words) {
            at = most;
            behind = 0;
        } else if (at == STR_NOT_FOUND) {
            at = str_find_char(str_from(s, most), ' ');
            if (at == STR_NOT_FOUND) {
                text_add(&text, s);
                return text_str(&text);
            }
            at += most;
        }
        text_add(&text, str_slice(s, 0, at));
        text_add(&text, line_end);
        s = str_from(s, at + behind);
    }
    text_add(&text, s);
    return text_str(&text);
}

static bool run_wrap(struct call *call, struct value *ret_value)
{
    struct str s = text_at(call, 1);
    return call_spend(call, s.n * 2) &&
           give(wrap(call, s, call->arguments[0].integer, STR("\n"), false), ret_value);
}

static bool run_wrap_with(struct call *call, struct value *ret_value)
{
    struct str s = text_at(call, 2);
    struct str line_end = text_at(call, 1);
    uint64_t size;
    if (__builtin_mul_overflow((uint64_t)s.n, (uint64_t)line_end.n + 2, &size) ||
        !call_spend(call, size))
        return call_spend(call, UINT64_MAX);
    return give(wrap(call, s, call->arguments[0].integer, line_end, true), ret_value);
}

static const struct function table[] = {
    FUNCTION("trunc", run_trunc, PARAMETER_INT, PARAMETER_STRING),
    FUNCTION("substr", run_substr, PARAMETER_INT, PARAMETER_INT, PARAMETER_STRING),
    FUNCTION("abbrev", run_abbrev, PARAMETER_INT, PARAMETER_STRING),
    FUNCTION("abbrevboth", run_abbrevboth, PARAMETER_INT, PARAMETER_INT, PARAMETER_STRING),
    FUNCTION("trim", run_trim, PARAMETER_STRING),
    FUNCTION("trimAll", run_trim_all, PARAMETER_STRING, PARAMETER_STRING),
    FUNCTION("trimall", run_trim_all, PARAMETER_STRING, PARAMETER_STRING),
    FUNCTION("trimSuffix", run_trim_suffix, PARAMETER_STRING, PARAMETER_STRING),
    FUNCTION("trimPrefix", run_trim_prefix, PARAMETER_STRING, PARAMETER_STRING),
    FUNCTION("nospace", run_nospace, PARAMETER_STRING),
    FUNCTION("repeat", run_repeat, PARAMETER_INT, PARAMETER_STRING),
    FUNCTION("contains", run_contains, PARAMETER_STRING, PARAMETER_STRING),
    FUNCTION("hasPrefix", run_has_prefix, PARAMETER_STRING, PARAMETER_STRING),
    FUNCTION("hasSuffix", run_has_suffix, PARAMETER_STRING, PARAMETER_STRING),
    VARIADIC("quote", run_quote, PARAMETER_ANY),
    VARIADIC("squote", run_squote, PARAMETER_ANY),
    VARIADIC("cat", run_cat, PARAMETER_ANY),
    FUNCTION("indent", run_indent, PARAMETER_INT, PARAMETER_STRING),
    FUNCTION("nindent", run_nindent, PARAMETER_INT, PARAMETER_STRING),
    FUNCTION("replace", run_replace, PARAMETER_STRING, PARAMETER_STRING, PARAMETER_STRING),
    FUNCTION("plural", run_plural, PARAMETER_STRING, PARAMETER_STRING, PARAMETER_INT),
    FUNCTION("split", run_split, PARAMETER_STRING, PARAMETER_STRING),
    FUNCTION("splitn", run_splitn, PARAMETER_STRING, PARAMETER_INT, PARAMETER_STRING),
    FUNCTION("splitList", run_split_list, PARAMETER_STRING, PARAMETER_STRING),
    FUNCTION("wrap", run_wrap, PARAMETER_INT, PARAMETER_STRING),
    FUNCTION("wrapWith", run_wrap_with, PARAMETER_INT, PARAMETER_STRING, PARAMETER_STRING),
};
const struct function_family funcs_strings = FUNCTION_FAMILY(table);
