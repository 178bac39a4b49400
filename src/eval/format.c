#include "format.h"

#include <inttypes.h>

#include "base/base.h"
#include "format_private.h"
#include "object.h"

enum {
    FORMAT_MOST = 1000000, /* width and precision, as in Go */
    FORMAT_DEPTH = 1000,   /* maps that contain themselves would never end */
};

void format_pad(struct text *text, const struct directive *directive, struct str body)
{
    size_t width = directive->has_width ? (size_t)directive->width : 0;
    size_t length = width ? utf8_length(body) : 0;
    size_t padding = width > length ? width - length : 0;
    if (!directive->minus)
        text_add_repeated(text, directive->zero ? '0' : ' ', padding);
    text_add(text, body);
    if (directive->minus)
        text_add_repeated(text, ' ', padding);
}

/* time.Duration's String method: "1h15m30.918s". */
static struct str duration_text(struct arena *arena, int64_t nanoseconds)
{
    struct text text = {.arena = arena};
    uint64_t rest = nanoseconds < 0 ? 0 - (uint64_t)nanoseconds : (uint64_t)nanoseconds;
    if (!rest)
        return STR("0s");
    if (nanoseconds < 0)
        text_add_char(&text, '-');
    if (rest < 1000000000) {
        const char *unit = rest < 1000 ? "ns" : rest < 1000000 ? "µs" : "ms";
        double scale = rest < 1000 ? 1 : rest < 1000000 ? 1e3 : 1e6;
        text_add(&text, format_go_float(arena, (double)rest / scale, 'f', -1));
        text_add_c(&text, unit);
        return text_str(&text);
    }
    uint64_t seconds = rest / 1000000000;
    if (seconds >= 3600)
        text_format(&text, "%" PRIu64 "h", seconds / 3600);
    if (seconds >= 60)
        text_format(&text, "%" PRIu64 "m", seconds / 60 % 60);
    text_format(&text, "%" PRIu64, seconds % 60);
    uint64_t fraction = rest % 1000000000;
    if (fraction) {
        char digits[16];
        size_t n = 9;
        for (size_t i = n; i-- > 0; fraction /= 10)
            digits[i] = (char)('0' + fraction % 10);
        while (digits[n - 1] == '0')
            n--;
        text_format(&text, ".%.*s", (int)n, digits);
    }
    text_add_char(&text, 's');
    return text_str(&text);
}

static void add_list(struct text *text, const struct directive *directive,
                     const struct value_list *list, unsigned depth)
{
    if (directive->sharp_v)
        text_format(text, "%s{",
                    value_type_name(value_of_list((struct value_list *)list), directive->helm));
    else
        text_add_char(text, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            text_add_c(text, directive->sharp_v ? ", " : " ");
        format_value(text, directive, list->items[i], depth + 1);
    }
    text_add_char(text, directive->sharp_v ? '}' : ']');
}

static void add_map(struct text *text, const struct directive *directive,
                    const struct value_map *map, unsigned depth)
{
    if (directive->sharp_v)
        text_format(text, "%s{",
                    value_type_name(value_of_map((struct value_map *)map), directive->helm));
    else
        text_add_c(text, "map[");
    for (size_t i = 0; i < map->count; i++) {
        if (i)
            text_add_c(text, directive->sharp_v ? ", " : " ");
        format_value(text, directive, value_string(map->entries[i].key), depth + 1);
        text_add_char(text, ':');
        format_value(text, directive, map->entries[i].value, depth + 1);
    }
    text_add_char(text, directive->sharp_v ? '}' : ']');
}

static void add_bool(struct text *text, const struct directive *directive, struct value value)
{
    if (directive->verb == 't' || directive->verb == 'v')
        format_pad(text, directive, value.boolean ? STR("true") : STR("false"));
    else
        format_bad_verb(text, directive, value);
}

/* A nil inside a list or map prints with its own words; alone it is a wrong argument. */
static void add_nil(struct text *text, const struct directive *directive, unsigned depth)
{
    if (directive->verb == 'v' && directive->sharp_v && depth)
        text_add_c(text, "interface {}(nil)");
    else if (directive->verb == 'v')
        format_pad(text, directive, STR("<nil>"));
    else
        text_format(text, "%%!%c(<nil>)", directive->verb);
}

static void add_bytes(struct text *text, const struct directive *directive, struct value value,
                      unsigned depth)
{
    if (directive->verb != 'v' && directive->verb != 'd') {
        format_string(text, directive, value);
        return;
    }
    struct str bytes = value_str(value);
    text_add_char(text, '[');
    for (size_t i = 0; i < bytes.n; i++) {
        if (i)
            text_add_char(text, ' ');
        format_value(text, directive, value_integer(VALUE_UINT8, (uint8_t)bytes.p[i]), depth + 1);
    }
    text_add_char(text, ']');
}

static bool prints_as_text(char verb)
{
    return verb == 'v' || verb == 's' || verb == 'q' || verb == 'x' || verb == 'X';
}

static void add_object(struct text *text, const struct directive *directive, struct value value)
{
    struct str printed = value.object->type->print
                             ? value.object->type->print(text->arena, value.object->data)
                             : STR("{}");
    if (prints_as_text(directive->verb))
        format_string(text, directive, value_string(printed));
    else
        text_add(text, printed);
}

void format_value(struct text *text, const struct directive *directive, struct value value,
                  unsigned depth)
{
    if (depth > FORMAT_DEPTH)
        return;
    switch (value.type) {
    case VALUE_NIL:
        add_nil(text, directive, depth);
        break;
    case VALUE_BOOL:
        add_bool(text, directive, value);
        break;
    case VALUE_FLOAT64:
        format_float(text, directive, value.number);
        break;
    case VALUE_STRING:
        format_string(text, directive, value);
        break;
    case VALUE_BYTES:
        add_bytes(text, directive, value, depth);
        break;
    case VALUE_LIST:
        add_list(text, directive, value.list, depth);
        break;
    case VALUE_MAP:
        add_map(text, directive, value.map, depth);
        break;
    case VALUE_OBJECT:
        add_object(text, directive, value);
        break;
    case VALUE_DURATION:
        if (prints_as_text(directive->verb) && !directive->sharp_v) {
            struct str shown = duration_text(text->arena, value.integer);
            format_string(text, directive, value_string(shown));
            break;
        }
        __attribute__((fallthrough));
    default:
        format_integer(text, directive, value);
    }
}

struct str value_to_text(struct arena *arena, struct value value, unsigned helm)
{
    if (value.type == VALUE_STRING)
        return value_str(value);
    struct text text = {.arena = arena};
    struct directive plain = {.verb = 'v', .helm = helm};
    format_value(&text, &plain, value, 0);
    return text_str(&text);
}

struct str value_to_output(struct arena *arena, struct value value, unsigned helm)
{
    return value.type == VALUE_NIL ? STR("<no value>") : value_to_text(arena, value, helm);
}

/* A format being worked through. */
struct formatting {
    struct text text;
    struct str rest;
    const struct value *arguments;
    size_t count, at;
    bool reordered;   /* some directive had an index, so surplus arguments are not told */
    bool good_index;  /* the last index was right */
    bool after_index; /* an index stands directly before the verb */
};

/* "[3]" sets the argument. */
static void read_index(struct formatting *formatting)
{
    formatting->after_index = false;
    if (!formatting->rest.n || formatting->rest.p[0] != '[')
        return;
    formatting->reordered = true;
    size_t end = str_find_char(formatting->rest, ']');
    int64_t number = 0;
    bool is_number =
        end != STR_NOT_FOUND && parse_go_int(str_slice(formatting->rest, 1, end), 10, &number);
    formatting->rest = str_from(formatting->rest, end == STR_NOT_FOUND ? 1 : end + 1);
    if (!is_number || number < 1 || (uint64_t)number > formatting->count) {
        formatting->good_index = false;
        return;
    }
    formatting->at = (size_t)number - 1;
    formatting->after_index = true;
}

static void read_flags(struct formatting *formatting, struct directive *directive)
{
    for (; formatting->rest.n; formatting->rest = str_from(formatting->rest, 1)) {
        switch (formatting->rest.p[0]) {
        case '#':
            directive->sharp = true;
            break;
        case '0':
            directive->zero = true;
            break;
        case '+':
            directive->plus = true;
            break;
        case '-':
            directive->minus = true;
            break;
        case ' ':
            directive->space = true;
            break;
        default:
            return;
        }
    }
}

/* Digits, or "*" which takes an argument. False: there is no number, or a wrong one. */
static bool read_number(struct formatting *formatting, int *ret_number, bool *ret_is_bad)
{
    *ret_is_bad = false;
    if (formatting->rest.n && formatting->rest.p[0] == '*') {
        formatting->rest = str_from(formatting->rest, 1);
        formatting->after_index = false;
        struct value value = formatting->at < formatting->count
                                 ? formatting->arguments[formatting->at]
                                 : value_nil();
        formatting->at++;
        *ret_is_bad =
            !value_is_integer(value) || value.integer > FORMAT_MOST || value.integer < -FORMAT_MOST;
        *ret_number = *ret_is_bad ? 0 : (int)value.integer;
        return !*ret_is_bad;
    }
    bool is_number = false;
    int number = 0;
    while (formatting->rest.n && formatting->rest.p[0] >= '0' && formatting->rest.p[0] <= '9') {
        if (number > FORMAT_MOST)
            return false;
        number = number * 10 + (formatting->rest.p[0] - '0');
        is_number = true;
        formatting->rest = str_from(formatting->rest, 1);
    }
    *ret_number = number;
    return is_number && number <= FORMAT_MOST;
}

static void read_width(struct formatting *formatting, struct directive *directive)
{
    bool is_bad;
    int number = 0;
    bool had_index = formatting->after_index;
    if (formatting->rest.n && formatting->rest.p[0] != '*' && had_index &&
        formatting->rest.p[0] >= '0' && formatting->rest.p[0] <= '9')
        formatting->good_index = false; /* "%[3]2d" */
    directive->has_width = read_number(formatting, &number, &is_bad);
    if (is_bad)
        text_add_c(&formatting->text, "%!(BADWIDTH)");
    if (number < 0) {
        number = -number;
        directive->minus = true;
        directive->zero = false;
    }
    directive->width = number;
}

static void read_precision(struct formatting *formatting, struct directive *directive)
{
    bool is_bad;
    int number = 0;
    if (!formatting->rest.n || formatting->rest.p[0] != '.')
        return;
    formatting->rest = str_from(formatting->rest, 1);
    if (formatting->after_index)
        formatting->good_index = false; /* "%[3].2d" */
    read_index(formatting);
    bool is_given = read_number(formatting, &number, &is_bad);
    if (is_bad || number < 0)
        text_add_c(&formatting->text, "%!(BADPREC)");
    directive->has_precision = !is_bad && number >= 0;
    directive->precision = is_given && number > 0 ? number : 0;
}

/* The flags of %v mean another form of value, not of number. */
static void settle_flags(struct directive *directive)
{
    if (directive->minus)
        directive->zero = false;
    if (directive->verb == 'v') {
        directive->sharp_v = directive->sharp;
        directive->plus_v = directive->plus;
        directive->sharp = false;
        directive->plus = false;
    }
}

static void format_argument(struct formatting *formatting, const struct directive *directive)
{
    struct value value = formatting->arguments[formatting->at++];
    if (directive->verb == 'T') {
        struct str name = str_from_c(value_type_name(value, directive->helm));
        format_pad(&formatting->text, directive, name);
        return;
    }
    format_value(&formatting->text, directive, value, 0);
}

static void format_directive(struct formatting *formatting, unsigned helm)
{
    struct directive directive = {.helm = helm};
    formatting->good_index = true;
    read_flags(formatting, &directive);
    read_index(formatting);
    read_width(formatting, &directive);
    read_precision(formatting, &directive);
    if (!formatting->after_index)
        read_index(formatting);
    if (!formatting->rest.n) {
        text_add_c(&formatting->text, "%!(NOVERB)");
        return;
    }
    uint32_t verb;
    size_t length = utf8_decode(formatting->rest, &verb);
    struct str shown = str_slice(formatting->rest, 0, length);
    formatting->rest = str_from(formatting->rest, length);
    directive.verb = verb < 0x80 ? (char)verb : '\0';
    settle_flags(&directive);
    if (verb == '%')
        text_add_char(&formatting->text, '%');
    else if (!formatting->good_index)
        text_format(&formatting->text, "%%!%.*s(BADINDEX)", STR_ARG(shown));
    else if (formatting->at >= formatting->count)
        text_format(&formatting->text, "%%!%.*s(MISSING)", STR_ARG(shown));
    else
        format_argument(formatting, &directive);
}

static void tell_surplus(struct formatting *formatting, unsigned helm)
{
    struct directive plain = {.verb = 'v', .helm = helm};
    text_add_c(&formatting->text, "%!(EXTRA ");
    for (size_t i = formatting->at; i < formatting->count; i++) {
        struct value value = formatting->arguments[i];
        if (i > formatting->at)
            text_add_c(&formatting->text, ", ");
        if (value.type != VALUE_NIL)
            text_format(&formatting->text, "%s=", value_type_name(value, helm));
        format_value(&formatting->text, &plain, value, 0);
    }
    text_add_char(&formatting->text, ')');
}

bool format_printf(struct call *call, struct str format, const struct value *arguments,
                   size_t count, struct str *ret_text)
{
    struct formatting formatting = {
        .text = {.arena = call->arena}, .rest = format, .arguments = arguments, .count = count};
    while (formatting.rest.n) {
        size_t length = str_find_char(formatting.rest, '%');
        text_add(&formatting.text, str_slice(formatting.rest, 0, length));
        if (length == STR_NOT_FOUND)
            break;
        size_t before = formatting.text.n;
        formatting.rest = str_from(formatting.rest, length + 1);
        format_directive(&formatting, call_helm(call));
        if (!call_spend(call, formatting.text.n - before))
            return false;
    }
    if (!formatting.reordered && formatting.at < count)
        tell_surplus(&formatting, call_helm(call));
    *ret_text = text_str(&formatting.text);
    return true;
}
