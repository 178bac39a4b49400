#include "write.h"

#include "private.h"
#include "yaml.h"

enum { INDENT = 2, WIDTH = 80, LONGEST_SIMPLE_KEY = 128 };

enum style { STYLE_PLAIN, STYLE_SINGLE_QUOTED, STYLE_DOUBLE_QUOTED, STYLE_LITERAL };

/* --- what a text allows --- */

/* A character as the emitter sees it. */
static bool is_space_at(struct str s, size_t i)
{
    return i < s.n && s.p[i] == ' ';
}

/* The length of a line end at an index, 0 for none: also U+0085, U+2028, U+2029. */
static size_t break_at(struct str s, size_t i)
{
    struct str rest = str_from(s, i);
    if (rest.n && is_break(rest.p[0]))
        return 1;
    if (str_starts_with(rest, STR("\xC2\x85")))
        return 2;
    if (str_starts_with(rest, STR("\xE2\x80\xA8")) || str_starts_with(rest, STR("\xE2\x80\xA9")))
        return 3;
    return 0;
}

static size_t width_at(struct str s, size_t i)
{
    unsigned char c = (unsigned char)s.p[i];
    size_t width = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    return i + width <= s.n ? width : s.n - i;
}

/* Beyond the Basic Multilingual Plane nothing counts as printable. */
static bool is_printable_at(struct str s, size_t i)
{
    uint32_t c;
    utf8_decode(str_from(s, i), &c);
    return c == '\n' || (c >= 0x20 && c <= 0x7E) ||
           (c >= 0xA0 && c <= 0xFFFD && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFEFF);
}

struct analysis {
    bool is_multiline;
    bool allows_plain, allows_single_quoted, allows_block;
};

struct scan {
    bool indicators, breaks, tabs, special;
    bool leading, trailing, trailing_space; /* space or break at the ends */
    bool break_space, space_break;          /* one directly behind the other */
};

static bool is_indicator(struct str s, size_t i, bool behind_space)
{
    size_t next = i + width_at(s, i);
    bool before_space = next >= s.n || s.p[next] == ' ' || s.p[next] == '\t';
    char c = s.p[i];
    if (i == 0)
        return (c && strchr("#,[]{}&*!|>'\"%@`", c)) ||
               ((c == '?' || c == ':' || c == '-') && before_space);
    return (c == ':' && before_space) || (c == '#' && behind_space);
}

static struct scan scan_text(struct str s)
{
    struct scan scan = {0};
    bool behind_space = true;
    bool after_space = false;
    bool after_break = false;
    if (str_starts_with(s, STR("---")) || str_starts_with(s, STR("...")))
        scan.indicators = true;
    for (size_t i = 0; i < s.n; i += width_at(s, i)) {
        bool is_break_here = break_at(s, i) > 0;
        bool is_space_here = s.p[i] == ' ';
        bool is_last = i + width_at(s, i) == s.n;
        scan.indicators |= is_indicator(s, i, behind_space);
        scan.tabs |= s.p[i] == '\t';
        scan.special |= s.p[i] != '\t' && !is_printable_at(s, i);
        scan.leading |= (is_space_here || is_break_here) && i == 0;
        scan.trailing |= (is_space_here || is_break_here) && is_last;
        scan.trailing_space |= is_space_here && is_last;
        scan.break_space |= is_space_here && after_break;
        scan.space_break |= is_break_here && after_space;
        scan.breaks |= is_break_here;
        after_space = is_space_here;
        after_break = is_break_here;
        behind_space = is_space_here || is_break_here || s.p[i] == '\t' || !s.p[i];
    }
    return scan;
}

/* Letters, digits and what joins them, behind a letter or digit: nothing else has to be looked for.
 */
static bool is_word(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!is_ascii_alphanumeric(c) && (i == 0 || (c != '-' && c != '_' && c != '.' && c != '/')))
            return false;
    }
    return s.n;
}

/* A tab is a special character, but in the pretty style it may stand in a literal block. */
static struct analysis analyze(struct str s, bool is_pretty)
{
    struct scan scan = is_word(s) ? (struct scan){0} : scan_text(s);
    bool is_broken = scan.space_break || scan.special || scan.tabs;
    bool breaks_block = scan.space_break || scan.special || (scan.tabs && !is_pretty);
    return (struct analysis){
        .is_multiline = scan.breaks,
        .allows_plain = !(scan.leading || scan.trailing || scan.break_space || is_broken ||
                          scan.breaks || scan.indicators),
        .allows_single_quoted = !scan.break_space && !is_broken,
        .allows_block = s.n && !scan.trailing_space && !breaks_block,
    };
}

/* --- what would be read as something else --- */

static size_t digits_at(struct str s, size_t i)
{
    size_t n = 0;
    while (i + n < s.n && s.p[i + n] >= '0' && s.p[i + n] <= '9')
        n++;
    return n;
}

/* [-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)? : minutes and hours in YAML 1.1. */
static bool is_base_60(struct str s)
{
    size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+');
    if (!digits_at(s, i))
        return false;
    while (i < s.n && ((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '_'))
        i++;
    size_t groups = 0;
    while (i < s.n && s.p[i] == ':') {
        size_t digits = digits_at(s, i + 1);
        if (digits < 1 || digits > 2 || (digits == 2 && s.p[i + 1] > '5'))
            return false;
        i += 1 + digits;
        groups++;
    }
    if (i < s.n && s.p[i] == '.') {
        i++;
        while (i < s.n && ((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '_'))
            i++;
    }
    return groups && i == s.n;
}

/* Takes a number of one to `most` digits within a range. */
static bool take_part(struct str *rest, size_t most, int low, int high, int *ret_number)
{
    size_t n = digits_at(*rest, 0);
    int number = 0;
    if (!n)
        return false;
    if (n > most)
        n = most;
    for (size_t i = 0; i < n; i++)
        number = number * 10 + (rest->p[i] - '0');
    *rest = str_from(*rest, n);
    *ret_number = number;
    return number >= low && number <= high;
}

static bool take_character(struct str *rest, const char *any)
{
    if (!rest->n || !rest->p[0] || !strchr(any, rest->p[0]))
        return false;
    *rest = str_from(*rest, 1);
    return true;
}

/* Behind the seconds: "Z" or an offset, which the form with a blank does not have. */
static bool is_zone(struct str rest)
{
    int number;
    if (str_is(rest, "Z"))
        return true;
    return take_character(&rest, "+-") && digits_at(rest, 0) == 2 &&
           take_part(&rest, 2, 0, 24, &number) && take_character(&rest, ":") &&
           digits_at(rest, 0) == 2 && take_part(&rest, 2, 0, 60, &number) && !rest.n;
}

static bool is_time(struct str rest, bool has_zone)
{
    int number;
    if (!take_part(&rest, 2, 0, 23, &number) || !take_character(&rest, ":") ||
        !take_part(&rest, 2, 0, 59, &number) || !take_character(&rest, ":") ||
        !take_part(&rest, 2, 0, 59, &number))
        return false;
    struct str fraction = rest;
    if (take_character(&fraction, ".,") && digits_at(fraction, 0))
        rest = str_from(fraction, digits_at(fraction, 0));
    return has_zone ? is_zone(rest) : !rest.n;
}

/* 2006-1-2, and the same with a time behind "T", "t" or a blank. */
static bool is_timestamp(struct str s)
{
    int year;
    int month;
    int day;
    if (digits_at(s, 0) != 4 || !take_part(&s, 4, 0, 9999, &year) || !take_character(&s, "-") ||
        !take_part(&s, 2, 1, 12, &month) || !take_character(&s, "-") ||
        !take_part(&s, 2, 1, days_in_month(year, month), &day))
        return false;
    if (!s.n)
        return true;
    bool has_zone = s.p[0] == 'T' || s.p[0] == 't';
    return take_character(&s, "Tt ") && is_time(s, has_zone);
}

static bool reads_as_string(struct arena *arena, struct str s)
{
    bool may_be_number = s.n && (s.p[0] < 'A' || s.p[0] > 'z');
    struct yaml_node node = {.kind = YAML_STRING, .text = s};
    return scalar_resolve(arena, &node, NULL, true) && node.kind == YAML_STRING &&
           !(may_be_number && (is_base_60(s) || is_timestamp(s)));
}

/* --- output --- */

static void put_break(struct yaml_writer *writer)
{
    text_add_char(&writer->out, '\n');
    writer->column = 0;
}

static void put(struct yaml_writer *writer, const char *s)
{
    text_add_c(&writer->out, s);
    writer->column += (int)strlen(s);
}

/* Copies one character and returns its length. */
static size_t put_from(struct yaml_writer *writer, struct str s, size_t i)
{
    size_t width = width_at(s, i);
    text_add(&writer->out, str_slice(s, i, i + width));
    writer->column++;
    return width;
}

static size_t put_break_from(struct yaml_writer *writer, struct str s, size_t i)
{
    size_t length = break_at(s, i);
    text_add(&writer->out, str_slice(s, i, i + length));
    writer->column = 0;
    return length;
}

static void write_indent(struct yaml_writer *writer)
{
    int indent = writer->indent > 0 ? writer->indent : 0;
    if (!writer->is_indentation || writer->column > indent ||
        (writer->column == indent && !writer->ends_in_space))
        put_break(writer);
    if (writer->column < indent) {
        text_add_repeated(&writer->out, ' ', (size_t)(indent - writer->column));
        writer->column = indent;
    }
    writer->ends_in_space = true;
    writer->is_indentation = true;
}

static void write_indicator(struct yaml_writer *writer, const char *indicator, bool needs_space,
                            bool is_space, bool is_indentation)
{
    if (needs_space && !writer->ends_in_space)
        put(writer, " ");
    put(writer, indicator);
    writer->ends_in_space = is_space;
    writer->is_indentation = writer->is_indentation && is_indentation;
}

static bool is_too_wide(const struct yaml_writer *writer)
{
    return !writer->is_pretty && writer->column > WIDTH;
}

static void write_plain(struct yaml_writer *writer, struct str s, bool may_fold)
{
    bool after_space = false;
    if (!writer->ends_in_space)
        put(writer, " ");
    if (is_word(s)) {
        text_add(&writer->out, s);
        writer->column += (int)s.n;
        s.n = 0;
    }
    for (size_t i = 0; i < s.n;) {
        bool is_space = s.p[i] == ' ';
        if (is_space && may_fold && !after_space && is_too_wide(writer) && !is_space_at(s, i + 1)) {
            write_indent(writer);
            i++;
        } else {
            i += put_from(writer, s, i);
        }
        if (!is_space)
            writer->is_indentation = false;
        after_space = is_space;
    }
    writer->ends_in_space = false;
    writer->is_indentation = false;
}

static void write_single_quoted(struct yaml_writer *writer, struct str s, bool may_fold)
{
    bool after_space = false;
    bool after_break = false;
    write_indicator(writer, "'", true, false, false);
    for (size_t i = 0; i < s.n;) {
        bool is_space = s.p[i] == ' ';
        bool is_break_here = break_at(s, i) > 0;
        if (is_space && may_fold && !after_space && is_too_wide(writer) && i > 0 && i < s.n - 1 &&
            !is_space_at(s, i + 1)) {
            write_indent(writer);
            i++;
        } else if (is_break_here) {
            if (!after_break && s.p[i] == '\n')
                put_break(writer);
            i += put_break_from(writer, s, i);
            writer->is_indentation = true;
        } else {
            if (!is_space && after_break)
                write_indent(writer);
            if (s.p[i] == '\'')
                put(writer, "'");
            i += put_from(writer, s, i);
        }
        if (!is_space && !is_break_here)
            writer->is_indentation = false;
        /* A blank leaves the memory of a line end alone, and the other way round. */
        after_break = is_break_here || (is_space && after_break);
        after_space = is_space || (is_break_here && after_space);
    }
    write_indicator(writer, "'", false, false, false);
    writer->ends_in_space = false;
    writer->is_indentation = false;
}

static void put_escape(struct yaml_writer *writer, uint32_t c)
{
    static const struct {
        uint32_t code_point;
        const char *escape;
    } escapes[] = {
        {0, "\\0"},     {7, "\\a"},    {8, "\\b"},    {9, "\\t"},      {10, "\\n"},
        {11, "\\v"},    {12, "\\f"},   {13, "\\r"},   {27, "\\e"},     {'"', "\\\""},
        {'\\', "\\\\"}, {0x85, "\\N"}, {0xA0, "\\_"}, {0x2028, "\\L"}, {0x2029, "\\P"},
    };
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        if (c == escapes[i].code_point) {
            put(writer, escapes[i].escape);
            return;
        }
    }
    const char *format = c <= 0xFF ? "\\x%02X" : c <= 0xFFFF ? "\\u%04X" : "\\U%08X";
    size_t before = writer->out.n;
    text_format(&writer->out, format, c);
    writer->column += (int)(writer->out.n - before);
}

static bool needs_escape(struct str s, size_t i)
{
    return !is_printable_at(s, i) || break_at(s, i) || s.p[i] == '"' || s.p[i] == '\\';
}

static void write_double_quoted(struct yaml_writer *writer, struct str s, bool may_fold)
{
    bool after_space = false;
    /* The emitter looks for a byte order mark at the start again and again. */
    bool escapes_all = str_starts_with(s, STR("\xEF\xBB\xBF"));
    write_indicator(writer, "\"", true, false, false);
    for (size_t i = 0; i < s.n;) {
        bool is_space = s.p[i] == ' ';
        if (escapes_all || needs_escape(s, i)) {
            uint32_t c;
            i += utf8_decode(str_from(s, i), &c);
            put_escape(writer, c);
        } else if (is_space && may_fold && !after_space && is_too_wide(writer) && i > 0 &&
                   i < s.n - 1) {
            write_indent(writer);
            if (is_space_at(s, i + 1))
                put(writer, "\\");
            i++;
        } else {
            i += put_from(writer, s, i);
        }
        after_space = is_space;
    }
    write_indicator(writer, "\"", false, false, false);
    writer->ends_in_space = false;
    writer->is_indentation = false;
}

static size_t last_break(struct str s)
{
    for (size_t length = 1; length <= 3 && length <= s.n; length++) {
        if (break_at(s, s.n - length) == length)
            return length;
    }
    return 0;
}

/* "-": no line end at the end; "+": more than one, or nothing else. */
static const char *chomping(struct str s)
{
    size_t length = last_break(s);
    if (!length)
        return "-";
    s.n -= length;
    return !s.n || last_break(s) ? "+" : "";
}

static void write_literal(struct yaml_writer *writer, struct str s)
{
    bool after_break = true;
    write_indicator(writer, "|", true, false, false);
    if (is_space_at(s, 0) || break_at(s, 0))
        write_indicator(writer, "2", false, false, false);
    write_indicator(writer, chomping(s), false, false, false);
    put_break(writer);
    writer->is_indentation = true;
    writer->ends_in_space = true;
    for (size_t i = 0; i < s.n;) {
        if (break_at(s, i)) {
            i += put_break_from(writer, s, i);
            writer->is_indentation = true;
            after_break = true;
            continue;
        }
        if (after_break)
            write_indent(writer);
        i += put_from(writer, s, i);
        writer->is_indentation = false;
        after_break = false;
    }
}

static void write_scalar(struct yaml_writer *writer, struct str s, enum style style, bool is_key)
{
    struct analysis analysis = analyze(s, writer->is_pretty);
    if (is_key && analysis.is_multiline)
        style = STYLE_DOUBLE_QUOTED;
    if (style == STYLE_PLAIN && (!analysis.allows_plain || (!s.n && is_key)))
        style = STYLE_SINGLE_QUOTED;
    if (style == STYLE_SINGLE_QUOTED && !analysis.allows_single_quoted)
        style = STYLE_DOUBLE_QUOTED;
    if (style == STYLE_LITERAL && (!analysis.allows_block || is_key))
        style = STYLE_DOUBLE_QUOTED;
    int outer = writer->indent;
    writer->indent = outer < 0 ? INDENT : outer + INDENT;
    switch (style) {
    case STYLE_PLAIN:
        write_plain(writer, s, !is_key);
        break;
    case STYLE_SINGLE_QUOTED:
        write_single_quoted(writer, s, !is_key);
        break;
    case STYLE_DOUBLE_QUOTED:
        write_double_quoted(writer, s, !is_key);
        break;
    case STYLE_LITERAL:
        write_literal(writer, s);
        break;
    }
    writer->indent = outer;
}

static enum style style_of(struct arena *arena, struct str s)
{
    if (str_find_char(s, '\n') != STR_NOT_FOUND)
        return STYLE_LITERAL;
    return reads_as_string(arena, s) ? STYLE_PLAIN : STYLE_DOUBLE_QUOTED;
}

struct yaml_writer yaml_writer_start(struct arena *arena)
{
    return (struct yaml_writer){
        .out = {.arena = arena}, .indent = -1, .ends_in_space = true, .is_indentation = true};
}

struct str yaml_writer_finish(struct yaml_writer *writer)
{
    write_indent(writer);
    return text_str(&writer->out);
}

int yaml_write_start_map(struct yaml_writer *writer)
{
    int outer = writer->indent;
    writer->indent = outer < 0 ? 0 : outer + INDENT;
    return outer;
}

int yaml_write_start_list(struct yaml_writer *writer, bool is_in_map)
{
    int outer = writer->indent;
    if (outer < 0)
        writer->indent = 0;
    else if (!is_in_map || writer->is_indentation || writer->is_pretty)
        writer->indent += INDENT;
    return outer;
}

void yaml_write_end(struct yaml_writer *writer, int outer_indent)
{
    writer->indent = outer_indent;
}

void yaml_write_empty(struct yaml_writer *writer, const char *brackets)
{
    write_indicator(writer, brackets, true, false, false);
}

void yaml_write_key(struct yaml_writer *writer, struct str key)
{
    write_indent(writer);
    if (!analyze(key, writer->is_pretty).is_multiline && key.n <= LONGEST_SIMPLE_KEY) {
        write_scalar(writer, key, style_of(writer->out.arena, key), true);
        write_indicator(writer, ":", false, false, false);
        return;
    }
    write_indicator(writer, "?", true, false, true);
    write_scalar(writer, key, style_of(writer->out.arena, key), false);
    write_indent(writer);
    write_indicator(writer, ":", true, false, true);
}

void yaml_write_item(struct yaml_writer *writer)
{
    write_indent(writer);
    write_indicator(writer, "-", true, false, true);
}

void yaml_write_string(struct yaml_writer *writer, struct str s)
{
    write_scalar(writer, s, style_of(writer->out.arena, s), false);
}

void yaml_write_plain(struct yaml_writer *writer, struct str text)
{
    write_scalar(writer, text, STYLE_PLAIN, false);
}
