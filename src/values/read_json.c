#include <stdlib.h>

#include "json.h"

/* Go's encoding/json, its scanner's messages included. Maps and lists that are open are on a stack
 * of their own, so that ten thousand of them, which Go allows, cost no stack. */

enum { JSON_MOST_DEPTH = 10000 };

struct read_entry {
    struct value_entry entry;
    size_t index;
};

/* A list or map that is open. */
struct frame {
    struct value_list *list; /* NULL: it is a map */
    VECTOR(struct read_entry) entries;
    struct str key; /* whose value is being read */
};

enum expected { A_VALUE, A_VALUE_OR_END, A_KEY, A_KEY_OR_END, A_SEPARATOR };

struct reader {
    struct arena *arena;
    struct str text;
    size_t at;
    enum expected expected;
    VECTOR(struct frame) frames;
    struct value value; /* the outermost */
    bool is_done;
    struct str problem;        /* of the syntax; p == NULL: none */
    struct str number_problem; /* the first number that is too large */
};

/* --- problems --- */

static bool fail_with(struct reader *reader, char c, const char *context)
{
    reader->problem =
        str_format(reader->arena, "invalid character %.*s %s",
                   STR_ARG(quote_go_character(reader->arena, (unsigned char)c)), context);
    return false;
}

/* At the next byte; behind the last one the text has ended too early. */
static bool fail(struct reader *reader, const char *context)
{
    if (reader->at < reader->text.n)
        return fail_with(reader, reader->text.p[reader->at], context);
    reader->problem = STR("unexpected end of JSON input");
    return false;
}

/* Within a literal Go looks at the end of the text as at a blank. */
static bool fail_in_literal(struct reader *reader, const char *context)
{
    return fail_with(reader, reader->at < reader->text.n ? reader->text.p[reader->at] : ' ',
                     context);
}

/* --- scalars --- */

/* The next byte; NUL at the end, which fits nowhere either. */
static char next(const struct reader *reader)
{
    return reader->at < reader->text.n ? reader->text.p[reader->at] : '\0';
}

static void skip_space(struct reader *reader)
{
    while (next(reader) && strchr(" \t\r\n", next(reader)))
        reader->at++;
}

static bool skip_digits(struct reader *reader)
{
    size_t start = reader->at;
    while (is_ascii_digit(next(reader)))
        reader->at++;
    return reader->at > start;
}

static bool scan_number(struct reader *reader)
{
    if (next(reader) == '-')
        reader->at++;
    if (next(reader) == '0')
        reader->at++;
    else if (!skip_digits(reader))
        return fail_in_literal(reader, "in numeric literal");
    if (next(reader) == '.') {
        reader->at++;
        if (!skip_digits(reader))
            return fail_in_literal(reader, "after decimal point in numeric literal");
    }
    if (next(reader) != 'e' && next(reader) != 'E')
        return true;
    reader->at++;
    if (next(reader) == '+' || next(reader) == '-')
        reader->at++;
    return skip_digits(reader) || fail_in_literal(reader, "in exponent of numeric literal");
}

/* A number that no double holds is nil, and an error that lets the rest be read. */
static bool read_number(struct reader *reader, struct value *ret_value)
{
    size_t start = reader->at;
    double number;
    if (!scan_number(reader))
        return false;
    struct str text = str_slice(reader->text, start, reader->at);
    bool fits = parse_go_float(text, &number);
    *ret_value = fits ? value_float(number) : value_nil();
    if (!fits && !reader->number_problem.p)
        reader->number_problem = str_format(
            reader->arena, "json: cannot unmarshal number %.*s into Go value of type float64",
            STR_ARG(text));
    return true;
}

static bool read_word(struct reader *reader, const char *word)
{
    for (size_t i = 0; word[i]; i++) {
        if (next(reader) != word[i])
            return fail_in_literal(
                reader,
                str_format(reader->arena, "in literal %s (expecting '%c')", word, word[i]).p);
        reader->at++;
    }
    return true;
}

static bool read_four_digits(struct reader *reader, uint32_t *ret_unit)
{
    *ret_unit = 0;
    for (int i = 0; i < 4; i++) {
        int digit = digit_value(next(reader));
        if (digit > 15)
            return fail_in_literal(reader, "in \\u hexadecimal character escape");
        *ret_unit = *ret_unit << 4 | (uint32_t)digit;
        reader->at++;
    }
    return true;
}

/* Behind "\u". Half of a surrogate pair becomes U+FFFD. */
static bool read_unicode_escape(struct reader *reader, struct text *out)
{
    uint32_t unit;
    uint32_t low;
    if (!read_four_digits(reader, &unit))
        return false;
    bool is_high = unit >= 0xD800 && unit < 0xDC00;
    size_t behind = reader->at;
    if (is_high && str_starts_with(str_from(reader->text, behind), STR("\\u"))) {
        reader->at += 2;
        if (!read_four_digits(reader, &low))
            return false;
        if (low >= 0xDC00 && low < 0xE000) {
            text_add_code_point(out, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
            return true;
        }
        reader->at = behind;
    }
    text_add_code_point(out, unit); /* which makes U+FFFD of a surrogate */
    return true;
}

static bool read_escape(struct reader *reader, struct text *out)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char characters[] = "\"\\/\b\f\n\r\t";
    char c = next(reader);
    const char *found = c ? strchr(letters, c) : NULL;
    if (c != 'u' && !found)
        return fail_in_literal(reader, "in string escape code");
    reader->at++;
    if (!found)
        return read_unicode_escape(reader, out);
    text_add_char(out, characters[found - letters]);
    return true;
}

static void add_valid(struct text *out, struct str s)
{
    while (s.n) {
        uint32_t code_point;
        s = str_from(s, utf8_decode(s, &code_point));
        text_add_code_point(out, code_point);
    }
}

/* At its first quotation mark. A string without escapes is a slice of the text. */
static bool read_string(struct reader *reader, struct str *ret_string)
{
    struct text out = {.arena = reader->arena};
    bool has_escapes = false;
    size_t start = ++reader->at;
    for (; next(reader) != '"'; reader->at++) {
        if (reader->at == reader->text.n || (unsigned char)next(reader) < 0x20)
            return fail(reader, "in string literal");
        if (next(reader) != '\\')
            continue;
        has_escapes = true;
        add_valid(&out, str_slice(reader->text, start, reader->at));
        reader->at++;
        if (!read_escape(reader, &out))
            return false;
        start = reader->at--;
    }
    struct str rest = str_slice(reader->text, start, reader->at++);
    if (!has_escapes && utf8_find_invalid(rest) == STR_NOT_FOUND) {
        *ret_string = rest;
        return true;
    }
    add_valid(&out, rest);
    *ret_string = text_str(&out);
    return true;
}

/* --- lists and maps --- */

static struct frame *innermost(struct reader *reader)
{
    return reader->frames.count ? &reader->frames.items[reader->frames.count - 1] : NULL;
}

/* A value is complete: it goes where it belongs. */
static void put(struct reader *reader, struct value value)
{
    struct frame *frame = innermost(reader);
    reader->expected = A_SEPARATOR;
    if (!frame) {
        reader->value = value;
        reader->is_done = true;
    } else if (frame->list) {
        value_list_add(reader->arena, frame->list, value);
    } else {
        struct read_entry *added = vector_add(reader->arena, &frame->entries);
        *added = (struct read_entry){{frame->key, value}, frame->entries.count};
    }
}

static bool open_frame(struct reader *reader, bool is_list)
{
    if (reader->frames.count >= JSON_MOST_DEPTH)
        return fail(reader, "exceeded max depth");
    struct frame *frame = vector_add(reader->arena, &reader->frames);
    *frame = (struct frame){.list = is_list ? value_list_new(reader->arena, LIST_ANY, 0) : NULL};
    reader->expected = is_list ? A_VALUE_OR_END : A_KEY_OR_END;
    reader->at++;
    return true;
}

static int compare_entries(const void *a, const void *b)
{
    const struct read_entry *left = a;
    const struct read_entry *right = b;
    int order = str_compare(left->entry.key, right->entry.key);
    return order ? order : left->index < right->index ? -1 : 1;
}

/* Of equal keys the last one counts. */
static struct value_map *map_of(struct arena *arena, struct frame *frame)
{
    struct value_map *map = value_map_new(arena, MAP_ANY);
    size_t count = frame->entries.count;
    if (!count)
        return map;
    qsort(frame->entries.items, count, sizeof *frame->entries.items, compare_entries);
    map->entries = arena_make_array(arena, struct value_entry, count);
    map->capacity = count;
    for (size_t i = 0; i < count; i++) {
        struct value_entry entry = frame->entries.items[i].entry;
        bool is_again = map->count && str_equal(map->entries[map->count - 1].key, entry.key);
        map->entries[is_again ? map->count - 1 : map->count++] = entry;
    }
    return map;
}

static void close_frame(struct reader *reader)
{
    struct frame frame = *innermost(reader);
    reader->frames.count--;
    reader->at++;
    put(reader,
        frame.list ? value_of_list(frame.list) : value_of_map(map_of(reader->arena, &frame)));
}

static bool read_scalar(struct reader *reader, struct value *ret_value)
{
    struct str string = {0};
    char c = next(reader);
    switch (c) {
    case '"':
        if (!read_string(reader, &string))
            return false;
        *ret_value = value_string(string);
        return true;
    case 't':
    case 'f':
        *ret_value = value_bool(c == 't');
        return read_word(reader, c == 't' ? "true" : "false");
    case 'n':
        *ret_value = value_nil();
        return read_word(reader, "null");
    default:
        if (c == '-' || is_ascii_digit(c))
            return read_number(reader, ret_value);
        return fail(reader, "looking for beginning of value");
    }
}

static bool read_value(struct reader *reader)
{
    struct value value = {0};
    char c = next(reader);
    if (c == '{' || c == '[')
        return open_frame(reader, c == '[');
    if (!read_scalar(reader, &value))
        return false;
    put(reader, value);
    return true;
}

static bool read_key(struct reader *reader)
{
    if (next(reader) != '"')
        return fail(reader, "looking for beginning of object key string");
    if (!read_string(reader, &innermost(reader)->key))
        return false;
    skip_space(reader);
    if (next(reader) != ':')
        return fail(reader, "after object key");
    reader->at++;
    reader->expected = A_VALUE;
    return true;
}

static bool read_separator(struct reader *reader)
{
    bool is_list = innermost(reader)->list != NULL;
    if (next(reader) != ',')
        return fail(reader, is_list ? "after array element" : "after object key:value pair");
    reader->at++;
    reader->expected = is_list ? A_VALUE : A_KEY;
    return true;
}

static bool read_next(struct reader *reader)
{
    const struct frame *frame = innermost(reader);
    bool may_end = reader->expected == A_VALUE_OR_END || reader->expected == A_KEY_OR_END ||
                   reader->expected == A_SEPARATOR;
    skip_space(reader);
    if (frame && may_end && next(reader) == (frame->list ? ']' : '}')) {
        close_frame(reader);
        return true;
    }
    switch (reader->expected) {
    case A_VALUE:
    case A_VALUE_OR_END:
        return read_value(reader);
    case A_KEY:
    case A_KEY_OR_END:
        return read_key(reader);
    case A_SEPARATOR:
        return read_separator(reader);
    }
    return false;
}

static bool read_whole(struct reader *reader)
{
    while (!reader->is_done) {
        if (!read_next(reader))
            return false;
    }
    return true;
}

static bool finish(const struct reader *reader, bool is_read, struct value *ret_value,
                   struct str *ret_problem)
{
    *ret_value = is_read ? reader->value : value_nil();
    *ret_problem = is_read ? reader->number_problem : reader->problem;
    return is_read;
}

bool value_from_json(struct arena *arena, struct str text, struct value *ret_value,
                     struct str *ret_problem)
{
    struct reader reader = {.arena = arena, .text = text};
    bool is_read = read_whole(&reader);
    skip_space(&reader);
    if (is_read && reader.at < text.n)
        is_read = fail(&reader, "after top-level value");
    return finish(&reader, is_read, ret_value, ret_problem);
}

bool value_take_json(struct arena *arena, struct str *rest, struct value *ret_value,
                     struct str *ret_problem)
{
    struct reader reader = {.arena = arena, .text = *rest};
    bool is_read = read_whole(&reader);
    *rest = str_from(*rest, reader.at);
    return finish(&reader, is_read, ret_value, ret_problem);
}
