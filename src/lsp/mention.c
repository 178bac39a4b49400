#include "mention.h"

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

struct scanner {
    struct arena *arena;
    const struct file *file;
    struct str text;
    size_t at;
    struct str word; /* the last name, which says what a string is */
    struct mention_list list;
};

static bool looks_at(const struct scanner *scanner, struct str what)
{
    return str_starts_with(str_from(scanner->text, scanner->at), what);
}

/* Goes behind the next `what`, or to the end. */
static void skip_behind(struct scanner *scanner, struct str what)
{
    size_t length = str_find(str_from(scanner->text, scanner->at), what);
    scanner->at = length == STR_NOT_FOUND ? scanner->text.n : scanner->at + length + what.n;
}

static void add(struct scanner *scanner, enum mention_kind kind, size_t start, struct str path)
{
    struct span span = {scanner->file->id, (uint32_t)start, (uint32_t)scanner->at};
    vector_push(scanner->arena, &scanner->list, ((struct mention){kind, span, path}));
}

static void take_string(struct scanner *scanner)
{
    char quote = scanner->text.p[scanner->at];
    size_t start = ++scanner->at;
    while (scanner->at < scanner->text.n && scanner->text.p[scanner->at] != quote &&
           scanner->text.p[scanner->at] != '\n')
        scanner->at += quote == '"' && scanner->text.p[scanner->at] == '\\' ? 2 : 1;
    struct str name = str_slice(scanner->text, start, scanner->at);
    if (str_is(scanner->word, "include") || str_is(scanner->word, "template"))
        add(scanner, MENTION_INCLUDE, start, name);
    else if (str_is(scanner->word, "define") || str_is(scanner->word, "block"))
        add(scanner, MENTION_DEFINE, start, name);
    scanner->word = (struct str){0};
    scanner->at++;
}

/* .a.b.c behind .Values */
static void take_path(struct scanner *scanner)
{
    struct str path = STR("");
    size_t start = scanner->at + 1;
    while (looks_at(scanner, STR(".")) && scanner->at + 1 < scanner->text.n &&
           is_name(scanner->text.p[scanner->at + 1])) {
        size_t from = ++scanner->at;
        while (scanner->at < scanner->text.n && is_name(scanner->text.p[scanner->at]))
            scanner->at++;
        path = values_path_key(scanner->arena, path, str_slice(scanner->text, from, scanner->at));
    }
    if (path.n)
        add(scanner, MENTION_VALUES, start, path);
}

static void take_word(struct scanner *scanner)
{
    size_t start = scanner->at;
    while (scanner->at < scanner->text.n && is_name(scanner->text.p[scanner->at]))
        scanner->at++;
    scanner->word = str_slice(scanner->text, start, scanner->at);
    if (str_is(scanner->word, "Values") && start > 0 && scanner->text.p[start - 1] == '.')
        take_path(scanner);
}

static void take_action(struct scanner *scanner)
{
    scanner->word = (struct str){0};
    while (scanner->at < scanner->text.n && !looks_at(scanner, STR("}}"))) {
        char c = scanner->text.p[scanner->at];
        if (looks_at(scanner, STR("/*")))
            skip_behind(scanner, STR("*/"));
        else if (c == '"' || c == '`')
            take_string(scanner);
        else if (is_name(c))
            take_word(scanner);
        else
            scanner->at++;
    }
}

struct mention_list mentions_find(struct arena *arena, const struct file *file)
{
    struct scanner scanner = {.arena = arena, .file = file, .text = file->bytes};
    for (;;) {
        skip_behind(&scanner, STR("{{"));
        if (scanner.at >= scanner.text.n)
            return scanner.list;
        take_action(&scanner);
    }
}

const struct mention *mention_at(struct arena *arena, const struct mention_list *list,
                                 const struct file *file, size_t offset)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct mention *mention = &list->items[i];
        /* The cursor may stand on the dot in front of the first key. */
        size_t from = mention->span.start - (mention->kind == MENTION_VALUES);
        if (offset < from || offset > mention->span.end)
            continue;
        struct mention *cut = arena_make(arena, struct mention);
        *cut = *mention;
        if (mention->kind != MENTION_VALUES)
            return cut;
        size_t end = offset > mention->span.start ? offset : mention->span.start;
        while (end < mention->span.end && file->bytes.p[end] != '.')
            end++;
        cut->span.end = (uint32_t)end;
        cut->path = str_slice(file->bytes, cut->span.start, end);
        return cut;
    }
    return NULL;
}

bool mention_begins(struct arena *arena, struct str text, size_t offset,
                    struct mention_begun *ret_begun)
{
    size_t start = offset;
    while (start > 0 && (is_name(text.p[start - 1]) || text.p[start - 1] == '.'))
        start--;
    struct str chain = str_slice(text, start, offset);
    struct str line = str_slice(text, 0, start);
    size_t open = str_find(chain, STR(".Values."));
    size_t brace = str_find_last_char(line, '{');
    size_t closed = str_find_last_char(line, '}');
    bool in_action = brace != STR_NOT_FOUND && (closed == STR_NOT_FOUND || closed < brace);
    if (open == STR_NOT_FOUND || !in_action)
        return false;
    chain = str_from(chain, open + strlen(".Values."));
    size_t dot = str_find_last_char(chain, '.');
    bool has_path = dot != STR_NOT_FOUND;
    *ret_begun = (struct mention_begun){
        .path = has_path ? str_copy(arena, str_slice(chain, 0, dot)) : STR(""),
        .key = has_path ? str_from(chain, dot + 1) : chain,
    };
    return true;
}
