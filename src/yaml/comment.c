#include "private.h"

/* What a scalar covers for the search: the header line of a block scalar may end in a comment of
 * its own. */
static struct span protected_span(struct str bytes, struct span span)
{
    bool block =
        span.start < span.end && (bytes.p[span.start] == '|' || bytes.p[span.start] == '>');
    while (block && span.start < span.end && !is_break(bytes.p[span.start]))
        span.start++;
    return span;
}

static bool is_alone(struct str bytes, size_t hash)
{
    while (hash > 0 && !is_break(bytes.p[hash - 1])) {
        if (bytes.p[--hash] != ' ' && bytes.p[hash] != '\t')
            return false;
    }
    return true;
}

static bool starts_comment(struct str bytes, size_t hash)
{
    return hash == 0 || is_blank_or_break(bytes.p[hash - 1]);
}

void comments_find(struct arena *arena, struct str bytes, uint32_t file,
                   const struct span_list *scalars, struct yaml_stream *stream)
{
    VECTOR(struct yaml_comment) comments = {0};
    size_t next = 0;
    for (size_t at = 0; at < bytes.n;) {
        size_t hash = at + str_find_char(str_from(bytes, at), '#');
        if (hash < at || hash >= bytes.n)
            break;
        while (next < scalars->count && scalars->items[next].end <= hash)
            next++;
        struct span scalar = {0};
        if (next < scalars->count)
            scalar = protected_span(bytes, scalars->items[next]);
        if (scalar.end && scalar.start <= hash) {
            at = scalar.end > hash ? scalar.end : hash + 1;
            continue;
        }
        at = hash + 1;
        if (!starts_comment(bytes, hash))
            continue;
        size_t end = hash;
        while (!ends_line(bytes, end))
            end++;
        struct yaml_comment *comment = vector_add(arena, &comments);
        comment->span = (struct span){file, (uint32_t)hash, (uint32_t)end};
        comment->text = str_trim(str_slice(bytes, hash + 1, end));
        comment->alone = is_alone(bytes, hash);
        at = end;
    }
    stream->comments = comments.items;
    stream->comment_count = comments.count;
}
