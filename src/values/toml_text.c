#include <inttypes.h>
#include <math.h>
#include <stdarg.h>

#include "toml.h"

/* --- problems --- */

static void add_key_text(struct text *out, struct str key)
{
    static const struct {
        char character;
        const char *escape;
    } escapes[] = {{'\t', "\\t"},  {'\n', "\\n"}, {'\r', "\\r"}, {'"', "\\\""},
                   {'\\', "\\\\"}, {'\b', "\\b"}, {'\f', "\\f"}};
    bool is_bare = key.n > 0;
    for (size_t i = 0; i < key.n; i++)
        is_bare &= is_ascii_alphanumeric(key.p[i]) || key.p[i] == '_' || key.p[i] == '-';
    if (is_bare) {
        text_add(out, key);
        return;
    }
    text_add_char(out, '"');
    for (size_t i = 0; i < key.n; i++) {
        const char *escape = NULL;
        for (size_t k = 0; k < sizeof escapes / sizeof *escapes; k++) {
            if (escapes[k].character == key.p[i])
                escape = escapes[k].escape;
        }
        unsigned char c = (unsigned char)key.p[i];
        if (escape)
            text_add_c(out, escape);
        else if (c < 0x20 || c == 0x7F)
            text_format(out, "\\u%04x", c);
        else
            text_add_char(out, key.p[i]);
    }
    text_add_char(out, '"');
}

struct str toml_path_text(struct arena *arena, const struct toml_path *path)
{
    const struct toml_path *parts[TOML_MOST_DEPTH + 1];
    struct text out = {.arena = arena};
    unsigned count = path->depth;
    for (unsigned i = count; i > 0; i--, path = path->outer)
        parts[i - 1] = path;
    for (unsigned i = 0; i < count; i++) {
        text_add_c(&out, i ? "." : "");
        add_key_text(&out, parts[i]->key);
    }
    return text_str(&out);
}

/* The key that was read last; of the innermost part as it is, without quotation marks. */
static struct str last_key(struct toml_reader *reader)
{
    struct str context = toml_path_text(reader->arena, reader->context);
    if (!reader->key.n)
        return context;
    if (!reader->context->depth)
        return reader->key;
    return str_format(reader->arena, "%.*s.%.*s", STR_ARG(context), STR_ARG(reader->key));
}

bool toml_fail_at(struct toml_reader *reader, unsigned line, const char *format, ...)
{
    if (reader->failed)
        return false;
    struct text out = {.arena = reader->arena};
    struct str key = last_key(reader);
    text_format(&out, "toml: line %u", line);
    if (key.n)
        text_format(&out, " (last key %.*s)", STR_ARG(quote_go(reader->arena, key)));
    text_add_c(&out, ": ");
    va_list args;
    va_start(args, format);
    text_format_list(&out, format, args);
    va_end(args);
    reader->problem = text_str(&out);
    reader->failed = true;
    return false;
}

unsigned toml_line_of(const struct toml_reader *reader, uint32_t taken)
{
    bool is_behind_break =
        taken == TOML_END && reader->text.n && reader->text.p[reader->text.n - 1] == '\n';
    return reader->line - (is_behind_break ? 1 : 0);
}

struct str toml_quote(struct toml_reader *reader, uint32_t c)
{
    return quote_go_character(reader->arena, c);
}

/* --- characters --- */

bool toml_is_blank(uint32_t c)
{
    return c == ' ' || c == '\t';
}

bool toml_is_break(uint32_t c)
{
    return c == '\n' || c == '\r';
}

/* Control characters but tabs and line ends; a carriage return must stand before a line feed. */
static bool is_refused(const struct toml_reader *reader, uint32_t c)
{
    struct str behind = str_from(reader->text, reader->at + 1);
    if (c == '\r')
        return !behind.n || behind.p[0] != '\n';
    return (c < 0x20 && c != '\t' && c != '\n') || c == 0x7F;
}

static uint32_t decode(struct toml_reader *reader, size_t *ret_length)
{
    uint32_t c = TOML_END;
    *ret_length = 0;
    if (reader->failed || reader->at >= reader->text.n)
        return TOML_END;
    *ret_length = utf8_decode(str_from(reader->text, reader->at), &c);
    if (c == 0xFFFD && *ret_length == 1)
        toml_fail_at(reader, reader->line, "invalid UTF-8 byte: 0x%02x",
                     (unsigned char)reader->text.p[reader->at]);
    else if (is_refused(reader, c))
        toml_fail_at(reader, reader->line, "TOML files cannot contain control characters: '0x%02x'",
                     c);
    return reader->failed ? TOML_END : c;
}

uint32_t toml_look(struct toml_reader *reader)
{
    size_t length;
    return decode(reader, &length);
}

uint32_t toml_take(struct toml_reader *reader)
{
    size_t length;
    uint32_t c = decode(reader, &length);
    if (c != TOML_END)
        reader->at += length;
    reader->line += c == '\n';
    return c;
}

bool toml_accept(struct toml_reader *reader, char c)
{
    if (toml_look(reader) != (unsigned char)c)
        return false;
    toml_take(reader);
    return true;
}

void toml_skip_blanks(struct toml_reader *reader)
{
    while (toml_is_blank(toml_look(reader)))
        toml_take(reader);
}

/* --- strings --- */

static struct str as_text(struct arena *arena, uint32_t c)
{
    char bytes[4];
    return str_copy(arena, (struct str){bytes, utf8_write(c, bytes)});
}

static bool is_hexadecimal(uint32_t c)
{
    return c < 0x80 && digit_value((char)c) < 16;
}

/* Behind "\x", "\u" or "\U". */
static bool scan_digits(struct toml_reader *reader, size_t start, char letter)
{
    static const struct {
        char letter;
        int count;
        const char *word;
    } kinds[] = {{'x', 2, "two"}, {'u', 4, "four"}, {'U', 8, "eight"}};
    size_t kind = letter == 'x' ? 0 : letter == 'u' ? 1 : 2;
    for (int i = 0; i < kinds[kind].count; i++) {
        uint32_t c = toml_take(reader);
        if (is_hexadecimal(c))
            continue;
        struct str read = str_slice(reader->text, start, reader->at);
        return toml_fail_at(reader, toml_line_of(reader, c),
                            "expected %s hexadecimal digits after '\\%c', but got %.*s instead",
                            kinds[kind].word, letter, STR_ARG(quote_go(reader->arena, read)));
    }
    return true;
}

static bool scan_escape(struct toml_reader *reader, size_t start)
{
    uint32_t c = toml_take(reader);
    if (c == 'x' || c == 'u' || c == 'U')
        return scan_digits(reader, start, (char)c);
    if (c && c < 0x80 && strchr("ebtnfr\" \t\\", (int)c))
        return true;
    if (c == TOML_END)
        return toml_fail_at(reader, reader->line - 1, "invalid escape in string '\\%c'", '\0');
    return toml_fail_at(reader, reader->line, "invalid escape in string '\\%.*s'",
                        STR_ARG(as_text(reader->arena, c)));
}

static bool add_code_point(struct toml_reader *reader, struct text *out, struct str digits,
                           unsigned line)
{
    uint64_t code_point = 0;
    parse_go_uint(digits, 16, &code_point);
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point < 0xE000))
        return toml_fail_at(reader, line, "Escaped character '\\u%.*s' is not valid UTF-8.",
                            STR_ARG(digits));
    text_add_code_point(out, (uint32_t)code_point);
    return true;
}

/* The length of the blanks and line ends behind a "\" that ends its line; 0: it does not. */
static size_t escaped_break(struct str rest)
{
    size_t n = 0;
    while (n < rest.n && strchr(" \t\r\n", rest.p[n]) && rest.p[n])
        n++;
    return str_contains(str_slice(rest, 0, n), STR("\n")) ? n : 0;
}

/* The content of a string whose escapes were scanned. */
static bool unescape(struct toml_reader *reader, struct str s, bool is_long, struct str *ret_string)
{
    static const char letters[] = "btnfre\"\\";
    static const char characters[] = "\b\t\n\f\r\x1B\"\\";
    struct text out = {.arena = reader->arena};
    unsigned line = reader->line;
    for (size_t at; (at = str_find_char(s, '\\')) != STR_NOT_FOUND;) {
        text_add(&out, str_slice(s, 0, at));
        s = str_from(s, at + 1);
        size_t skipped = is_long ? escaped_break(s) : 0;
        char c = s.n ? s.p[0] : ' ';
        const char *found = strchr(letters, c);
        size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
        if (skipped) {
            s = str_from(s, skipped);
            continue;
        }
        if (digits) {
            if (!add_code_point(reader, &out, str_slice(s, 1, 1 + digits), line))
                return false;
        } else if (c && found) {
            text_add_char(&out, characters[found - letters]);
        } else {
            return toml_fail_at(reader, line, "invalid escape: '\\%c'", c);
        }
        s = str_from(s, 1 + digits);
    }
    text_add(&out, s);
    *ret_string = text_str(&out);
    return true;
}

bool toml_read_string(struct toml_reader *reader, char quote, struct str *ret_string)
{
    size_t start = reader->at;
    bool has_escapes = false;
    for (;;) {
        size_t end = reader->at;
        uint32_t c = toml_take(reader);
        if (c == TOML_END)
            return toml_fail_at(reader, toml_line_of(reader, c), "unexpected EOF; expected %s",
                                quote == '"' ? "'\"'" : "\"'\"");
        if (toml_is_break(c))
            return toml_fail_at(reader, reader->line - 1, "strings cannot contain newlines");
        if (c == '\\' && quote == '"') {
            has_escapes = true;
            if (!scan_escape(reader, start))
                return false;
        }
        if (c != (unsigned char)quote)
            continue;
        *ret_string = str_slice(reader->text, start, end);
        return !has_escapes || unescape(reader, *ret_string, false, ret_string);
    }
}

static struct str without_first_break(struct str s)
{
    return str_from(s, str_starts_with(s, STR("\n")) ? 1 : str_starts_with(s, STR("\r\n")) ? 2 : 0);
}

/* Behind the first quotation mark of what may be the end: whether the two that end the string
 * follow. Two more may belong to the content, six are too many. */
static bool ends_long_string(struct toml_reader *reader, size_t start, char quote)
{
    const char *five = quote == '"' ? "\"\"\"\"\"" : "'''''";
    struct toml_reader before = *reader;
    if (!toml_accept(reader, quote))
        return false;
    if (!toml_accept(reader, quote)) {
        before.failed = reader->failed;
        before.problem = reader->problem;
        *reader = before;
        return false;
    }
    if (toml_look(reader) != (unsigned char)quote)
        return !reader->failed;
    struct str read = str_slice(reader->text, start, reader->at);
    bool is_escaped = quote == '"' && str_ends_with(read, STR("\\\"\"\"\"\""));
    if (str_ends_with(read, str_from_c(five)) && !is_escaped)
        return toml_fail_at(reader, reader->line, "unexpected %s%s%c%s", quote == '"' ? "'" : "\"",
                            five, quote, quote == '"' ? "'" : "\"");
    *reader = before;
    return false;
}

bool toml_read_long_string(struct toml_reader *reader, char quote, struct str *ret_string)
{
    size_t start = reader->at;
    for (;;) {
        size_t end = reader->at;
        uint32_t c = toml_take(reader);
        if (c == TOML_END)
            return toml_fail_at(reader, toml_line_of(reader, c), "unexpected EOF; expected %s",
                                quote == '"' ? "'\"\"\"'" : "\"'''\"");
        if (c == '\\' && quote == '"') {
            if (toml_is_break(toml_look(reader)))
                toml_take(reader);
            else if (!scan_escape(reader, start))
                return false;
        }
        if (c != (unsigned char)quote || !ends_long_string(reader, start, quote))
            continue;
        *ret_string = without_first_break(str_slice(reader->text, start, end));
        return quote != '"' || unescape(reader, *ret_string, true, ret_string);
    }
}

/* --- numbers, booleans and dates --- */

static bool are_underscores_good(struct str s)
{
    bool accept = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '_' && !accept)
            return false;
        accept = digit_value(s.p[i]) < 16;
    }
    return accept;
}

static bool has_leading_zero(struct str s)
{
    bool has_sign = s.n && (s.p[0] == '-' || s.p[0] == '+');
    if (s.n > 1 && s.p[0] == '0' && !strchr("box", s.p[1]))
        return true;
    return has_sign && s.n > 2 && s.p[1] == '0';
}

static bool read_integer(struct toml_reader *reader, struct str s, struct value *ret_value)
{
    int64_t integer;
    struct str quoted = quote_go(reader->arena, s);
    if (!are_underscores_good(s))
        return toml_fail_at(reader, reader->line,
                            "Invalid integer %.*s: underscores must be surrounded by digits",
                            STR_ARG(quoted));
    if (has_leading_zero(s))
        return toml_fail_at(reader, reader->line,
                            "Invalid integer %.*s: cannot have leading zeroes", STR_ARG(quoted));
    if (!parse_go_int(s, 0, &integer))
        return toml_fail_at(reader, reader->line, "%.*s is out of range for int64", STR_ARG(s));
    *ret_value = value_int64(integer);
    return true;
}

static bool is_special(struct str s)
{
    static const char *const words[] = {"nan", "+nan", "-nan", "inf", "+inf", "-inf"};
    return STR_IS_ONE_OF(s, words);
}

static size_t part_length(struct str s)
{
    size_t n = 0;
    while (n < s.n && s.p[n] != '.' && s.p[n] != 'e' && s.p[n] != 'E')
        n++;
    return n;
}

/* What is wrong about a float; NULL: nothing so far. */
static const char *float_problem(struct str s)
{
    for (struct str rest = s; rest.n; rest = str_from(rest, part_length(rest) + 1)) {
        struct str part = str_slice(rest, 0, part_length(rest));
        if (part.n && !is_special(part) && !are_underscores_good(part))
            return "underscores must be surrounded by digits";
    }
    if (has_leading_zero(str_slice(s, 0, part_length(s))))
        return "cannot have leading zeroes";
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' && (i + 1 == s.n || s.p[i + 1] < '0' || s.p[i + 1] > '9'))
            return "'.' must be followed by one or more digits";
    }
    return NULL;
}

static bool read_float(struct toml_reader *reader, struct str s, struct value *ret_value)
{
    double number;
    const char *problem = float_problem(s);
    struct str quoted = quote_go(reader->arena, s);
    if (problem)
        return toml_fail_at(reader, reader->line, "Invalid float %.*s: %s", STR_ARG(quoted),
                            problem);
    struct str plain = str_replace(reader->arena, s, STR("_"), STR(""));
    if (str_is(plain, "+nan") || str_is(plain, "-nan"))
        plain = str_from(plain, 1);
    if (!parse_go_float(plain, &number)) {
        if (isinf(number))
            return toml_fail_at(reader, reader->line, "%.*s is out of range for float64",
                                STR_ARG(s));
        return toml_fail_at(reader, reader->line, "Invalid float value: %.*s", STR_ARG(quoted));
    }
    *ret_value = value_float(number);
    return true;
}

static bool read_date(struct toml_reader *reader, struct str s, struct value *ret_value)
{
    s = str_copy(reader->arena, str_trim(s));
    for (size_t i = 0; i < s.n; i++) {
        char *c = (char *)&s.p[i];
        *c = *c == 'z' ? 'Z' : *c == 't' || *c == ' ' ? 'T' : *c;
    }
    return reader->options->read_date(reader->arena, s, ret_value) ||
           toml_fail_at(reader, reader->line, "invalid datetime: %.*s",
                        STR_ARG(quote_go(reader->arena, s)));
}

static struct str take_while(struct toml_reader *reader, size_t start, const char *characters)
{
    for (uint32_t c; (c = toml_look(reader)) && c < 0x80 && strchr(characters, (int)c);)
        toml_take(reader);
    return str_slice(reader->text, start, reader->at);
}

#define DIGITS "0123456789"

/* Behind digits and "_": more of them, or the rest of a float. */
static bool read_decimal(struct toml_reader *reader, size_t start, struct value *ret_value)
{
    struct str s = take_while(reader, start, DIGITS "_");
    uint32_t c = toml_look(reader);
    if (c == '.' || c == 'e' || c == 'E') {
        s = take_while(reader, start, DIGITS "_.-+eE");
        return !reader->failed && read_float(reader, s, ret_value);
    }
    return !reader->failed && read_integer(reader, s, ret_value);
}

static bool read_based(struct toml_reader *reader, size_t start, struct value *ret_value)
{
    static const struct {
        char letter;
        const char *name, *digits;
    } bases[] = {{'b', "a binary", "01_"},
                 {'o', "an octal", "01234567_"},
                 {'x', "a hexadecimal", "0123456789abcdefABCDEF_"}};
    char letter = (char)toml_take(reader);
    size_t base = letter == 'b' ? 0 : letter == 'o' ? 1 : 2;
    uint32_t c = toml_look(reader);
    if (!c || c >= 0x80 || c == '_' || !strchr(bases[base].digits, (int)c)) {
        if (c == TOML_END)
            return toml_fail_at(reader, reader->line, "not %s number: '0%c%c'", bases[base].name,
                                letter, '\0');
        return toml_fail_at(reader, reader->line, "not %s number: '0%c%.*s'", bases[base].name,
                            letter, STR_ARG(as_text(reader->arena, c)));
    }
    struct str s = take_while(reader, start, bases[base].digits);
    return !reader->failed && read_integer(reader, s, ret_value);
}

/* At a digit. */
static bool read_number_or_date(struct toml_reader *reader, struct value *ret_value)
{
    size_t start = reader->at;
    bool is_zero = toml_take(reader) == '0';
    uint32_t c = toml_look(reader);
    if (is_zero && (c == 'b' || c == 'o' || c == 'x'))
        return read_based(reader, start, ret_value);
    /* A date has two digits at least. */
    bool may_be_date = !is_zero || (c >= '0' && c <= '9');
    take_while(reader, start, DIGITS);
    c = toml_look(reader);
    if (may_be_date && (c == '-' || c == ':')) {
        struct str s = take_while(reader, start, DIGITS "-:Tt .Zz+");
        return !reader->failed && read_date(reader, s, ret_value);
    }
    return read_decimal(reader, start, ret_value);
}

/* Behind "i" or "n" of "inf" and "nan"; `rest` is what must follow. */
static bool take_rest(struct toml_reader *reader, const char *rest)
{
    return toml_accept(reader, rest[0]) && toml_accept(reader, rest[1]);
}

static bool read_signed(struct toml_reader *reader, struct value *ret_value)
{
    size_t start = reader->at;
    toml_take(reader);
    uint32_t c = toml_take(reader);
    struct str read = str_slice(reader->text, start, reader->at);
    if (c == 'i' || c == 'n') {
        bool good = take_rest(reader, c == 'i' ? "nf" : "an");
        read = str_slice(reader->text, start, reader->at);
        if (!good)
            return toml_fail_at(reader, reader->line, "invalid float: '%.*s'", STR_ARG(read));
        return read_float(reader, read, ret_value);
    }
    uint32_t next = c == '0' ? toml_look(reader) : 0;
    if (next == 'b' || next == 'o' || next == 'x')
        return toml_fail_at(reader, reader->line,
                            "cannot use sign with non-decimal numbers: '%.*s%c'", STR_ARG(read),
                            (char)next);
    if (c == '.')
        return toml_fail_at(reader, reader->line, "floats must start with a digit, not '.'");
    if (c < '0' || c > '9')
        return toml_fail_at(reader, toml_line_of(reader, c), "expected a digit but got %.*s",
                            STR_ARG(toml_quote(reader, c)));
    return read_decimal(reader, start, ret_value);
}

/* At a letter. */
static bool read_letters(struct toml_reader *reader, struct value *ret_value)
{
    size_t start = reader->at;
    uint32_t first = toml_look(reader);
    if (first == 'i' || first == 'n') {
        toml_take(reader);
        if (take_rest(reader, "nf") || take_rest(reader, "an"))
            return read_float(reader, str_slice(reader->text, start, reader->at), ret_value);
        /* One character back from wherever that has led, as the library does. */
        reader->at--;
        start = reader->at;
    }
    while (is_go_letter(toml_look(reader)))
        toml_take(reader);
    struct str word = str_slice(reader->text, start, reader->at);
    bool is_true = str_is(word, "true");
    if (!is_true && !str_is(word, "false"))
        return toml_fail_at(reader, reader->line, "expected value but found %.*s instead",
                            STR_ARG(quote_go(reader->arena, word)));
    *ret_value = value_bool(is_true);
    return !reader->failed;
}

bool toml_read_word(struct toml_reader *reader, struct value *ret_value)
{
    uint32_t c = toml_look(reader);
    if (c >= '0' && c <= '9')
        return read_number_or_date(reader, ret_value);
    if (c == '-' || c == '+')
        return read_signed(reader, ret_value);
    if (is_go_letter(c))
        return read_letters(reader, ret_value);
    toml_take(reader);
    if (c == '.')
        return toml_fail_at(reader, reader->line, "floats must start with a digit, not '.'");
    if (c == TOML_END)
        return toml_fail_at(reader, toml_line_of(reader, c), "unexpected EOF; expected value");
    return toml_fail_at(reader, reader->line - (c == '\n'), "expected value but found %.*s instead",
                        STR_ARG(toml_quote(reader, c)));
}
