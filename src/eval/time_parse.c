#include "time.h"

struct parsed_time {
    int64_t year;
    int month, day, year_day;
    int hour, minute, second;
    int32_t nanoseconds, offset;
    bool is_pm, is_am;
    bool has_offset, has_year_day;
    bool fraction_follows;    /* the layout's next element is one */
    struct str zone;          /* an abbreviation */
    const char *out_of_range; /* what was read, but cannot be so large */
};

static bool is_in_range(struct parsed_time *time, int number, int least, int most, const char *what)
{
    bool fits = number >= least && number <= most;
    if (!fits)
        time->out_of_range = what;
    return fits;
}

/* Digits of a number, at least `least` and at most `most` of them. */
static bool take_number(struct str *rest, size_t least, size_t most, int *ret_number)
{
    size_t n = 0;
    int number = 0;
    while (n < most && n < rest->n && rest->p[n] >= '0' && rest->p[n] <= '9')
        number = number * 10 + (rest->p[n++] - '0');
    *rest = str_from(*rest, n);
    *ret_number = number;
    return n >= least;
}

static bool take_name(struct str *rest, const char *const *names, size_t count, size_t length,
                      int *ret_index)
{
    for (size_t i = 0; i < count; i++) {
        struct str name = str_slice(str_from_c(names[i]), 0, length);
        if (rest->n >= name.n && str_equal_ignoring_case(str_slice(*rest, 0, name.n), name)) {
            *rest = str_from(*rest, name.n);
            *ret_index = (int)i;
            return true;
        }
    }
    return false;
}

/* A point or comma and as many digits, or, for SIZE_MAX, all that are there. */
static bool take_fraction(struct str *rest, size_t digits, struct parsed_time *time)
{
    int32_t scale = 100000000;
    size_t n = 1;
    if (!rest->n || (rest->p[0] != '.' && rest->p[0] != ','))
        return false;
    while (n < rest->n && n <= digits && is_ascii_digit(rest->p[n]))
        n++;
    if (n == 1 || (digits != SIZE_MAX && n <= digits))
        return false;
    struct str fraction = str_slice(*rest, 1, n);
    *rest = str_from(*rest, n);
    time->nanoseconds = 0;
    for (size_t i = 0; i < fraction.n; i++) {
        time->nanoseconds += (fraction.p[i] - '0') * scale;
        scale /= 10;
    }
    return true;
}

static bool take_zone(struct str *rest, enum layout_element element, struct parsed_time *time)
{
    int hours;
    int minutes = 0;
    bool has_z = element == LAYOUT_ISO_ZONE || element == LAYOUT_ISO_COLON_ZONE;
    bool has_colon = element == LAYOUT_NUMBER_COLON_ZONE || element == LAYOUT_ISO_COLON_ZONE;
    if (has_z && rest->n && rest->p[0] == 'Z') {
        *rest = str_from(*rest, 1);
        return true;
    }
    if (!rest->n || (rest->p[0] != '+' && rest->p[0] != '-'))
        return false;
    bool is_west = rest->p[0] == '-';
    *rest = str_from(*rest, 1);
    if (!take_number(rest, 2, 2, &hours))
        return false;
    if (has_colon && (!rest->n || rest->p[0] != ':'))
        return false;
    if (has_colon)
        *rest = str_from(*rest, 1);
    if (element != LAYOUT_SHORT_ZONE && !take_number(rest, 2, 2, &minutes))
        return false;
    if (!is_in_range(time, hours, 0, 24, "time zone offset hour") ||
        !is_in_range(time, minutes, 0, 60, "time zone offset minute"))
        return false;
    time->offset = (hours * 3600 + minutes * 60) * (is_west ? -1 : 1);
    return true;
}

/* The length of "+3" or "-11" at the start; 0: there is none. */
static size_t signed_hours(struct str text)
{
    int hours;
    struct str rest = str_from(text, 1);
    if (!text.n || (text.p[0] != '+' && text.p[0] != '-') || !take_number(&rest, 1, 4, &hours))
        return 0;
    return hours > 23 ? 0 : text.n - rest.n;
}

/* The length of a zone's abbreviation; 0: it is none. Go takes three letters, four or five that end
 * in T, some more, GMT+3 and +03. */
static size_t zone_name_length(struct str text)
{
    size_t n = 0;
    if (text.n < 3)
        return 0;
    if (str_starts_with(text, STR("ChST")) || str_starts_with(text, STR("MeST")) ||
        str_starts_with(text, STR("WITA")))
        return 4;
    if (str_starts_with(text, STR("GMT")))
        return 3 + signed_hours(str_from(text, 3));
    if (text.p[0] == '+' || text.p[0] == '-')
        return signed_hours(text);
    while (n < text.n && n < 6 && text.p[n] >= 'A' && text.p[n] <= 'Z')
        n++;
    return n == 3 || ((n == 4 || n == 5) && text.p[n - 1] == 'T') ? n : 0;
}

static bool take_zone_name(struct str *rest, struct parsed_time *time)
{
    size_t n = str_starts_with(*rest, STR("UTC")) ? 3 : zone_name_length(*rest);
    time->zone = str_slice(*rest, 0, n);
    *rest = str_from(*rest, n);
    return n > 0;
}

/* The zone of what was read, whose clock shows the time. Of an abbreviation alone Go does not know
 * the offset, except that it moves the clock for GMT+3. */
static void settle_zone(const struct parsed_time *parsed, struct go_time *time)
{
    bool is_gmt = parsed->zone.n > 3 && str_starts_with(parsed->zone, STR("GMT"));
    struct str digits = str_from(parsed->zone, 4);
    int hours;
    if (!parsed->zone.n || str_is(parsed->zone, "UTC"))
        return;
    time->zone = parsed->zone;
    if (!parsed->has_offset && is_gmt && take_number(&digits, 1, 4, &hours))
        time->offset = hours * 3600 * (parsed->zone.p[3] == '-' ? -1 : 1);
}

static bool take_date_element(struct str *rest, enum layout_element element,
                              struct parsed_time *time)
{
    int number = 0;
    bool done = true;
    switch (element) {
    case LAYOUT_LONG_MONTH:
    case LAYOUT_MONTH:
        done = take_name(rest, month_names, 12, element == LAYOUT_MONTH ? 3 : SIZE_MAX, &number);
        time->month = number + 1;
        return done;
    case LAYOUT_NUMBER_MONTH:
    case LAYOUT_ZERO_MONTH:
        return take_number(rest, element == LAYOUT_ZERO_MONTH ? 2 : 1, 2, &time->month) &&
               is_in_range(time, time->month, 1, 12, "month");
    case LAYOUT_LONG_WEEKDAY:
    case LAYOUT_WEEKDAY:
        return take_name(rest, weekday_names, 7, element == LAYOUT_WEEKDAY ? 3 : SIZE_MAX, &number);
    case LAYOUT_SPACE_DAY:
        if (rest->n && rest->p[0] == ' ')
            *rest = str_from(*rest, 1);
        __attribute__((fallthrough));
    case LAYOUT_DAY:
    case LAYOUT_ZERO_DAY:
        return take_number(rest, element == LAYOUT_ZERO_DAY ? 2 : 1, 2, &time->day);
    case LAYOUT_SPACE_YEAR_DAY:
    case LAYOUT_ZERO_YEAR_DAY:
        while (element == LAYOUT_SPACE_YEAR_DAY && rest->n && rest->p[0] == ' ')
            *rest = str_from(*rest, 1);
        time->has_year_day =
            take_number(rest, element == LAYOUT_ZERO_YEAR_DAY ? 3 : 1, 3, &time->year_day);
        return time->has_year_day;
    case LAYOUT_LONG_YEAR:
        done = take_number(rest, 4, 4, &number);
        time->year = number;
        return done;
    default:
        done = take_number(rest, 2, 2, &number);
        time->year = number >= 69 ? 1900 + number : 2000 + number;
        return done;
    }
}

static bool take_clock_element(struct str *rest, enum layout_element element,
                               struct parsed_time *time)
{
    bool has_two = element == LAYOUT_ZERO_HOUR_12 || element == LAYOUT_ZERO_MINUTE ||
                   element == LAYOUT_ZERO_SECOND || element == LAYOUT_HOUR;
    size_t least = has_two ? 2 : 1;
    switch (element) {
    case LAYOUT_HOUR:
        return take_number(rest, 1, 2, &time->hour) && is_in_range(time, time->hour, 0, 23, "hour");
    case LAYOUT_HOUR_12:
    case LAYOUT_ZERO_HOUR_12:
        return take_number(rest, least, 2, &time->hour) &&
               is_in_range(time, time->hour, 0, 12, "hour");
    case LAYOUT_MINUTE:
    case LAYOUT_ZERO_MINUTE:
        return take_number(rest, least, 2, &time->minute) &&
               is_in_range(time, time->minute, 0, 59, "minute");
    case LAYOUT_SECOND:
    case LAYOUT_ZERO_SECOND:
        if (!take_number(rest, least, 2, &time->second) ||
            !is_in_range(time, time->second, 0, 59, "second"))
            return false;
        if (!time->fraction_follows)
            take_fraction(rest, SIZE_MAX, time);
        return true;
    default: {
        struct str half = str_slice(*rest, 0, 2);
        bool is_upper = element == LAYOUT_PM;
        time->is_pm = str_is(half, is_upper ? "PM" : "pm");
        time->is_am = str_is(half, is_upper ? "AM" : "am");
        *rest = str_from(*rest, 2);
        return time->is_pm || time->is_am;
    }
    }
}

static bool take_element(struct str *rest, const struct layout_part *part, struct parsed_time *time)
{
    enum layout_element element = part->element;
    if (element == LAYOUT_FRACTION_0)
        return take_fraction(rest, part->digits, time);
    if (element == LAYOUT_FRACTION_9) {
        take_fraction(rest, SIZE_MAX, time);
        return true;
    }
    if (element == LAYOUT_ZONE_NAME)
        return take_zone_name(rest, time);
    if (element >= LAYOUT_ISO_ZONE && element <= LAYOUT_SHORT_ZONE)
        return time->has_offset = take_zone(rest, element, time);
    bool is_date =
        element <= LAYOUT_ZERO_YEAR_DAY || element == LAYOUT_LONG_YEAR || element == LAYOUT_YEAR;
    return is_date ? take_date_element(rest, element, time)
                   : take_clock_element(rest, element, time);
}

static bool settle(struct parsed_time *parsed, struct go_time *ret_time)
{
    if (parsed->is_pm && parsed->hour < 12)
        parsed->hour += 12;
    else if (parsed->is_am && parsed->hour == 12)
        parsed->hour = 0;
    if (parsed->has_year_day) {
        int days = days_in_month(parsed->year, 2) + 337;
        if (!is_in_range(parsed, parsed->year_day, 1, days, "day-of-year"))
            return false;
        parsed->month = 1;
        parsed->day = 1;
    }
    if (!is_in_range(parsed, parsed->day, 1, days_in_month(parsed->year, parsed->month), "day"))
        return false;
    int64_t seconds = seconds_of(parsed->year, parsed->month, parsed->day) +
                      (parsed->has_year_day ? (parsed->year_day - 1) * 86400LL : 0) +
                      parsed->hour * 3600LL + parsed->minute * 60LL + parsed->second -
                      parsed->offset;
    *ret_time = (struct go_time){seconds, parsed->nanoseconds, parsed->offset, {0}};
    settle_zone(parsed, ret_time);
    return true;
}

struct str time_quote(struct arena *arena, struct str text)
{
    struct text quoted = {.arena = arena};
    text_add_char(&quoted, '"');
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c < ' ' || c >= 0x80)
            text_format(&quoted, "\\x%02x", c);
        else
            text_format(&quoted, c == '"' || c == '\\' ? "\\%c" : "%c", c);
    }
    text_add_char(&quoted, '"');
    return text_str(&quoted);
}

/* Cuts the literal part of a layout off the text. Blanks stand for any number of blanks. False: the
 * rest is cut to what does not fit. */
static bool skip_literal(struct str *rest, struct str literal)
{
    while (literal.n) {
        bool is_blank = literal.p[0] == ' ';
        if (is_blank ? rest->n && rest->p[0] != ' ' : !rest->n || rest->p[0] != literal.p[0])
            return false;
        if (!is_blank) {
            literal = str_from(literal, 1);
            *rest = str_from(*rest, 1);
        }
        while (is_blank && literal.n && literal.p[0] == ' ')
            literal = str_from(literal, 1);
        while (is_blank && rest->n && rest->p[0] == ' ')
            *rest = str_from(*rest, 1);
    }
    return true;
}

/* What time.ParseError says: the part of the text does not fit the part of the layout. */
static struct str cannot_parse(struct arena *arena, struct str layout, struct str text,
                               struct str layout_part, struct str text_part)
{
    return str_format(arena, "parsing time %.*s as %.*s: cannot parse %.*s as %.*s",
                      STR_ARG(time_quote(arena, text)), STR_ARG(time_quote(arena, layout)),
                      STR_ARG(time_quote(arena, text_part)),
                      STR_ARG(time_quote(arena, layout_part)));
}

/* All of the layout. False: *ret_problem says why, unless a part is out of range. */
static bool take_layout(struct arena *arena, struct str layout, struct str text,
                        struct parsed_time *parsed, struct str *ret_problem)
{
    struct str rest = text;
    for (struct str left = layout; left.n;) {
        struct str whole = left;
        struct layout_part part = layout_next(&left);
        struct str element =
            str_slice(str_from(whole, part.text.n), 0, whole.n - part.text.n - left.n);
        struct str behind = left;
        enum layout_element next = layout_next(&behind).element;
        parsed->fraction_follows = next == LAYOUT_FRACTION_0 || next == LAYOUT_FRACTION_9;
        bool fits = skip_literal(&rest, part.text);
        struct str before = rest;
        if (fits && (!part.element || take_element(&rest, &part, parsed)))
            continue;
        *ret_problem = cannot_parse(arena, layout, text, fits ? element : part.text, before);
        return false;
    }
    if (rest.n)
        *ret_problem =
            str_format(arena, "parsing time %.*s: extra text: %.*s",
                       STR_ARG(time_quote(arena, text)), STR_ARG(time_quote(arena, rest)));
    return !rest.n;
}

bool time_parse(struct arena *arena, struct str layout, struct str text, struct go_time *ret_time,
                struct str *ret_problem)
{
    struct parsed_time parsed = {.month = 1, .day = 1};
    if (take_layout(arena, layout, text, &parsed, ret_problem) && settle(&parsed, ret_time))
        return true;
    if (parsed.out_of_range)
        *ret_problem = str_format(arena, "parsing time %.*s: %s out of range",
                                  STR_ARG(time_quote(arena, text)), parsed.out_of_range);
    return false;
}

bool duration_parse(struct str text, int64_t *ret_duration)
{
    static const struct {
        const char *name;
        double nanoseconds;
    } units[] = {{"ns", 1},   {"us", 1e3}, {"\xC2\xB5s", 1e3}, {"\xCE\xBCs", 1e3},
                 {"ms", 1e6}, {"s", 1e9},  {"m", 60e9},        {"h", 3600e9}};
    bool is_negative = text.n && text.p[0] == '-';
    double total = 0;
    if (text.n && (text.p[0] == '-' || text.p[0] == '+'))
        text = str_from(text, 1);
    if (str_is(text, "0")) {
        *ret_duration = 0;
        return true;
    }
    if (!text.n)
        return false;
    while (text.n) {
        size_t n = 0;
        double number;
        while (n < text.n && ((text.p[n] >= '0' && text.p[n] <= '9') || text.p[n] == '.'))
            n++;
        if (!n || !parse_go_float(str_slice(text, 0, n), &number))
            return false;
        text = str_from(text, n);
        size_t unit = 0;
        while (unit < sizeof units / sizeof *units &&
               !str_starts_with(text, str_from_c(units[unit].name)))
            unit++;
        if (unit == sizeof units / sizeof *units)
            return false;
        text = str_from(text, strlen(units[unit].name));
        total += number * units[unit].nanoseconds;
    }
    if (total >= 0x1p63)
        return false;
    *ret_duration = (int64_t)(is_negative ? -total : total);
    return true;
}
