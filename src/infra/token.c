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

/* A text whose end is looked for. In "${" and "}" may be texts again. */
struct text_scan {
    const struct infra_reader *reader;
    char quote;
    unsigned depth; /* odd: inside of a text's quotes; even: in an expression within a text */
    unsigned open[MOST_NESTED_TEXTS]; /* brackets of each of these expressions */
};

/* Moves over one character, escape or beginning of an expression inside the quotes. */
static uint32_t scan_inside(struct text_scan *scan, uint32_t offset)
{
    const struct infra_reader *reader = scan->reader;
    bool directives = scan->quote == '"';
    if (at(reader, offset) == scan->quote) {
        scan->depth--;
        return offset + 1;
    }
    if (at(reader, offset) == '\\')
        return offset + 2;
    if (begins(reader, offset, "$${") || begins(reader, offset, "%%{"))
        return offset + 3;
    if (begins(reader, offset, "${") || (directives && begins(reader, offset, "%{"))) {
        scan->open[++scan->depth] = 0;
        return offset + 2;
    }
    return offset + 1;
}

static uint32_t scan_expression(struct text_scan *scan, uint32_t offset)
{
    char c = at(scan->reader, offset);
    unsigned *open = &scan->open[scan->depth];
    if (c == scan->quote)
        scan->depth++;
    else if (c == '{')
        ++*open;
    else if (c == '}' && *open == 0)
        scan->depth--;
    else if (c == '}')
        --*open;
    return offset + 1;
}

/* The offset behind the text that begins at the offset; one without an end ends with its line. */
static uint32_t text_end(const struct infra_reader *reader, uint32_t offset)
{
    struct text_scan scan = {.reader = reader, .quote = reader->bytes.p[offset], .depth = 1};
    if (scan.quote == '\'' && begins(reader, offset, "'''")) {
        uint32_t end = behind(reader, offset + 3, "'''");
        while (at(reader, end) == '\'')
            end++;
        return end;
    }
    offset++;
    while (scan.depth > 0 && offset < reader->end) {
        if (scan.depth == 1 && at(reader, offset) == '\n')
            return offset;
        if (scan.depth + 1 >= MOST_NESTED_TEXTS)
            return reader->end;
        offset = scan.depth % 2 ? scan_inside(&scan, offset) : scan_expression(&scan, offset);
    }
    return offset < reader->end ? offset : reader->end;
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
