#include "expression.h"
#include "infra.h"

static struct span line_of(const struct file *file, uint32_t offset)
{
    uint32_t line = file_line_of(file, offset);
    uint32_t start = file->line_starts[line - 1];
    return (struct span){file->id, start, start + (uint32_t)file_line(file, line).n};
}

/* From the line of the current token to where a token begins a line outside of its brackets. */
static struct span covered(const struct infra_reader *reader, const struct file *file)
{
    struct infra_reader ahead = *reader;
    struct span span = line_of(file, reader->token.start);
    do {
        infra_skip(&ahead);
    } while (ahead.token.kind != TOKEN_END && !ahead.token.on_new_line);
    struct span end = line_of(file, ahead.last_end);
    return (struct span){span.file, span.start, end.end > span.end ? end.end : span.end};
}

static void add(struct arena *arena, struct infra_comment_list *comments, const struct file *file,
                const struct infra_reader *reader, uint32_t start)
{
    struct span line = line_of(file, start);
    struct str text = str_slice(file->bytes, start, line.end);
    while (text.n && (text.p[0] == '#' || text.p[0] == '/'))
        text = str_from(text, 1);
    bool alone = !str_trim(str_slice(file->bytes, line.start, start)).n;
    struct infra_comment comment = {
        .span = {file->id, start, line.end},
        .text = str_trim(text),
        .covers = alone && reader->token.kind != TOKEN_END ? covered(reader, file) : line,
    };
    vector_push(arena, comments, comment);
}

/* Between two tokens are only blanks and comments. */
static void read_gap(struct arena *arena, struct infra_comment_list *comments,
                     const struct file *file, const struct infra_reader *reader)
{
    for (uint32_t i = reader->last_end; i < reader->token.start;) {
        struct str rest = str_slice(file->bytes, i, reader->token.start);
        if (str_starts_with(rest, STR("/*"))) {
            size_t end = str_find(rest, STR("*/"));
            i += end == STR_NOT_FOUND ? (uint32_t)rest.n : (uint32_t)end + 2;
        } else if (rest.p[0] == '#' || str_starts_with(rest, STR("//"))) {
            add(arena, comments, file, reader, i);
            i = line_of(file, i).end;
        } else {
            i++;
        }
    }
}

struct infra_comment_list infra_comments(struct arena *arena, const struct file *file)
{
    bool bicep = str_contains(path_name(file->path), STR(".bicep"));
    struct infra_comment_list comments = {0};
    struct infra_reader reader =
        infra_reader_make(arena, file, bicep ? LANGUAGE_BICEP : LANGUAGE_TERRAFORM);
    read_gap(arena, &comments, file, &reader);
    while (reader.token.kind != TOKEN_END) {
        infra_next(&reader);
        read_gap(arena, &comments, file, &reader);
    }
    return comments;
}
