#include <math.h>

#include "plain.h"

/* --- plain --- */

/* Where a plain scalar may end: anywhere, or only within brackets. */
enum { STOPS = 1, STOPS_IN_FLOW = 2 };
static const unsigned char stops[256] = {
    ['\t'] = STOPS,        ['\n'] = STOPS,        [':'] = STOPS,         ['#'] = STOPS,
    [','] = STOPS_IN_FLOW, ['?'] = STOPS_IN_FLOW, ['['] = STOPS_IN_FLOW, [']'] = STOPS_IN_FLOW,
    ['{'] = STOPS_IN_FLOW, ['}'] = STOPS_IN_FLOW,
};

static bool begins_word(char c)
{
    char letter = (char)(c | 0x20);
    return (letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80 ||
           (c && strchr("_./~($+<^\\", c));
}

static bool begins_plain(const struct plain_reader *reader)
{
    char c = plain_peek(reader, 0);
    char next = plain_peek(reader, 1);
    return begins_word(c) || (c == '-' && (begins_word(next) || next == '-'));
}

/* Whether a scalar goes on at a character where it may end. */
static bool goes_on(const struct plain_reader *reader, size_t at, bool flow)
{
    const char *p = reader->bytes.p;
    char next = at + 1 < reader->bytes.n ? p[at + 1] : '\n';
    if (p[at] == ':')
        return !plain_is_blank(next) && next != '\t' &&
               !(flow && stops[(unsigned char)next] == STOPS_IN_FLOW);
    return p[at] == '#' && p[at - 1] != ' ';
}

static size_t find_end(const struct plain_reader *reader, bool flow)
{
    const unsigned ends = flow ? STOPS | STOPS_IN_FLOW : STOPS;
    const char *end = reader->bytes.p + reader->bytes.n;
    const char *c = reader->bytes.p + reader->at;
    for (; c < end; c++) {
        if (stops[(unsigned char)*c] & ends &&
            !goes_on(reader, (size_t)(c - reader->bytes.p), flow))
            break;
    }
    return (size_t)(c - reader->bytes.p);
}

static bool read_plain(struct plain_reader *reader, bool flow, struct yaml_node *node)
{
    if (!begins_plain(reader))
        return false;
    size_t stop = find_end(reader, flow);
    size_t end = stop;
    while (reader->bytes.p[end - 1] == ' ')
        end--;
    reader->at = stop;
    if (plain_peek(reader, 0) == '#')
        reader->at = end;
    node->span.end = (uint32_t)end;
    node->text = str_slice(reader->bytes, node->span.start, end);
    return scalar_resolve(reader->arena, node, NULL, true) &&
           (node->kind != YAML_NUMBER || isfinite(node->number));
}

/* --- quoted --- */

static char escaped(char c)
{
    static const char pairs[] = "\"\"\\\\n\nt\tr\r";
    for (size_t i = 0; pairs[i]; i += 2) {
        if (pairs[i] == c)
            return pairs[i + 1];
    }
    return 0;
}

/* The content without doubled quotes or escapes; p == NULL when there is an escape of the rarer
 * sort. */
static struct str unescape(struct arena *arena, struct str inner, char quote)
{
    char *text = arena_alloc(arena, inner.n + 1, 1);
    size_t n = 0;
    for (size_t i = 0; i < inner.n; i++) {
        bool is_pair = inner.p[i] == (quote == '"' ? '\\' : '\'');
        i += is_pair;
        text[n] = is_pair && quote == '"' ? escaped(inner.p[i]) : inner.p[i];
        if (!text[n++])
            return (struct str){0};
    }
    return (struct str){text, n};
}

static bool read_quoted(struct plain_reader *reader, char quote, struct yaml_node *node)
{
    bool has_pairs = false;
    reader->at++;
    for (;; reader->at++) {
        char c = plain_peek(reader, 0);
        bool is_pair = quote == '"' ? c == '\\' : c == quote && plain_peek(reader, 1) == quote;
        if (c == '\n' || (is_pair && plain_peek(reader, 1) == '\n'))
            return false;
        if (c == quote && !is_pair)
            break;
        has_pairs |= is_pair;
        reader->at += is_pair;
    }
    reader->at++;
    struct str inner = str_slice(reader->bytes, node->span.start + 1, reader->at - 1);
    node->kind = YAML_STRING;
    node->style = quote == '"' ? YAML_DOUBLE_QUOTED : YAML_SINGLE_QUOTED;
    node->span.end = (uint32_t)reader->at;
    node->text = has_pairs ? unescape(reader->arena, inner, quote) : inner;
    return node->text.p;
}

void plain_keep_scalar(struct plain_reader *reader, struct span span)
{
    if (reader->keeps_scalars && span.end > span.start)
        vector_push(reader->arena, &reader->scalars, span);
}

bool plain_read_scalar(struct plain_reader *reader, bool flow, struct yaml_node *ret_node)
{
    uint32_t start = (uint32_t)reader->at;
    char c = plain_peek(reader, 0);
    *ret_node = (struct yaml_node){.span = {reader->file, start, start}};
    bool is_read = c == '"' || c == '\'' ? read_quoted(reader, c, ret_node)
                                         : read_plain(reader, flow, ret_node);
    if (is_read)
        plain_keep_scalar(reader, ret_node->span);
    return is_read;
}
