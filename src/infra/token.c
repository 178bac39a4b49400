#include "expression.h"

/* Longer ones first. */
static const char *const signs[] = {
    "...", "=>", "==", "!=", "<=", ">=", "&&", "||", "??", "=~", "!~", "::",
};

static char at(const struct infra_reader *reader, uint32_t offset)
{
    return offset < reader->end ? reader->bytes.p[offset] : 0;
}

static bool begins(const struct infra_reader *reader, uint32_t offset, const char *word)
{
    size_t n = strlen(word);
    return reader->end - offset >= n && memcmp(reader->bytes.p + offset, word, n) == 0;
}

static uint32_t behind(const struct infra_reader *reader, uint32_t offset, const char *word)
{
    while (offset < reader->end && !begins(reader, offset, word))
        offset++;
    return offset < reader->end ? offset + (uint32_t)strlen(word) : reader->end;
}

static uint32_t end_of_line(const struct infra_reader *reader, uint32_t offset)
{
    while (offset < reader->end && reader->bytes.p[offset] != '\n')
        offset++;
    return offset;
}

/* Moves over blanks and comments. */
static void skip_blanks(struct infra_reader *reader, bool *ret_newline)
{
    while (reader->at < reader->end) {
        char c = at(reader, reader->at);
        if (c == '\n')
            *ret_newline = true;
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
            reader->at++;
        else if (c == '#' || begins(reader, reader->at, "//")) /* "#" in Bicep: for its linter */
            reader->at = end_of_line(reader, reader->at);
        else if (begins(reader, reader->at, "/*"))
            reader->at = behind(reader, reader->at + 2, "*/");
        else
            return;
    }
}

static bool is_name_character(const struct infra_reader *reader, char c)
{
    return is_ascii_alphanumeric(c) || c == '_' || (unsigned char)c >= 0x80 ||
           (c == '-' && reader->language == LANGUAGE_TERRAFORM);
}

/* The offset behind "<<EOT" … "EOT", or the given one when there is none. */
static uint32_t heredoc_end(const struct infra_reader *reader, uint32_t offset)
{
    uint32_t word = offset + 2 + (at(reader, offset + 2) == '-');
    uint32_t end = word;
    while (is_name_character(reader, at(reader, end)))
        end++;
    struct str marker = str_slice(reader->bytes, word, end);
    if (!marker.n)
        return offset;
    for (uint32_t line = end_of_line(reader, end); line < reader->end;) {
        uint32_t next = end_of_line(reader, line + 1);
        if (str_equal(str_trim(str_slice(reader->bytes, line + 1, next)), marker))
            return next;
        line = next;
    }
    return reader->end;
}

enum { MOST_NESTED_TEXTS = 32 };

/* The offset behind the text that begins at the offset. In "${" and "}" may be texts again; `open`
 * are the brackets of the expressions around. */
static uint32_t text_end(const struct infra_reader *reader, uint32_t offset)
{
    char quote = reader->language == LANGUAGE_BICEP ? '\'' : '"';
    unsigned open[MOST_NESTED_TEXTS] = {0};
    unsigned depth = 0; /* even: outside of a text's quotes, in "${"; odd: inside */
    if (quote == '\'' && begins(reader, offset, "'''")) {
        uint32_t end = behind(reader, offset + 3, "'''");
        while (at(reader, end) == '\'')
            end++;
        return end;
    }
    for (uint32_t i = offset; i < reader->end; i++) {
        char c = at(reader, i);
        bool inside = depth % 2;
        if (c == quote) {
            depth = inside ? depth - 1 : depth + 1;
            if (depth == 0)
                return i + 1;
        } else if (inside && c == '\\') {
            i++;
        } else if (inside && (begins(reader, i, "$${") || begins(reader, i, "%%{"))) {
            i += 2;
        } else if (inside &&
                   (begins(reader, i, "${") || (quote == '"' && begins(reader, i, "%{")))) {
            i++;
            depth++;
            open[depth % MOST_NESTED_TEXTS] = 0;
        } else if (!inside && c == '{') {
            open[depth]++;
        } else if (!inside && c == '}') {
            if (open[depth] == 0)
                depth--;
            else
                open[depth]--;
        } else if (inside && c == '\n' && depth == 1) {
            return i; /* it has no end */
        }
        if (depth + 1 >= MOST_NESTED_TEXTS)
            return reader->end;
    }
    return reader->end;
}

static uint32_t number_end(const struct infra_reader *reader, uint32_t offset)
{
    while (is_ascii_digit(at(reader, offset)))
        offset++;
    if (at(reader, offset) == '.' && is_ascii_digit(at(reader, offset + 1))) {
        offset++;
        while (is_ascii_digit(at(reader, offset)))
            offset++;
    }
    return offset;
}

static uint32_t sign_end(const struct infra_reader *reader, uint32_t offset)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (begins(reader, offset, signs[i]))
            return offset + (uint32_t)strlen(signs[i]);
    }
    return offset + 1;
}

void infra_next(struct infra_reader *reader)
{
    struct token token = {.kind = TOKEN_SIGN};
    reader->last_end = reader->token.end;
    skip_blanks(reader, &token.on_new_line);
    uint32_t start = reader->at;
    char c = at(reader, start);
    char quote = reader->language == LANGUAGE_BICEP ? '\'' : '"';
    uint32_t end = start;
    if (start >= reader->end) {
        token.kind = TOKEN_END;
    } else if (c == quote) {
        token.kind = TOKEN_TEXT;
        end = text_end(reader, start);
    } else if (reader->language == LANGUAGE_TERRAFORM && begins(reader, start, "<<") &&
               heredoc_end(reader, start) > start) {
        token.kind = TOKEN_TEXT;
        end = heredoc_end(reader, start);
    } else if (is_ascii_digit(c)) {
        token.kind = TOKEN_NUMBER;
        end = number_end(reader, start);
    } else if (c != '-' && is_name_character(reader, c)) {
        token.kind = TOKEN_NAME;
        while (is_name_character(reader, at(reader, end)))
            end++;
    } else {
        end = sign_end(reader, start);
    }
    token.start = start;
    token.end = end;
    token.text = str_slice(reader->bytes, start, end);
    reader->at = end;
    reader->token = token;
}

struct infra_reader infra_reader_make(struct arena *arena, const struct file *file,
                                      enum infra_language language)
{
    struct infra_reader reader = {
        .arena = arena,
        .language = language,
        .file = file->id,
        .bytes = file->bytes,
        .at = str_starts_with(file->bytes, STR("\xEF\xBB\xBF")) ? 3 : 0,
        .end = (uint32_t)file->bytes.n,
    };
    infra_next(&reader);
    return reader;
}

struct infra_reader infra_reader_within(const struct infra_reader *reader, uint32_t start,
                                        uint32_t end)
{
    struct infra_reader inner = *reader;
    inner.at = start;
    inner.end = end;
    inner.depth = reader->depth + 1;
    inner.problem = (struct span){0};
    infra_next(&inner);
    return inner;
}

bool infra_at_sign(const struct infra_reader *reader, const char *sign)
{
    return reader->token.kind == TOKEN_SIGN && str_is(reader->token.text, sign);
}

bool infra_at_name(const struct infra_reader *reader, const char *name)
{
    return reader->token.kind == TOKEN_NAME && str_is(reader->token.text, name);
}

bool infra_take_sign(struct infra_reader *reader, const char *sign)
{
    bool there = infra_at_sign(reader, sign);
    if (there)
        infra_next(reader);
    return there;
}

struct span infra_span(const struct infra_reader *reader, uint32_t start, uint32_t end)
{
    return (struct span){reader->file, start, end > start ? end : start};
}

void infra_note(struct infra_reader *reader)
{
    if (!reader->problem.file)
        reader->problem = infra_span(reader, reader->token.start, reader->token.end);
}

void infra_skip(struct infra_reader *reader)
{
    size_t open = 0;
    do {
        if (infra_at_sign(reader, "(") || infra_at_sign(reader, "[") || infra_at_sign(reader, "{"))
            open++;
        else if (open && (infra_at_sign(reader, ")") || infra_at_sign(reader, "]") ||
                          infra_at_sign(reader, "}")))
            open--;
        infra_next(reader);
    } while (open && reader->token.kind != TOKEN_END);
}
