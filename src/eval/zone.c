#include "zone.h"

/* --- a rule for the years behind the last change: "CET-1CEST,M3.5.0,M10.5.0/3" --- */

enum { DAY = 86400, HOUR = 3600 };

struct clock {
    struct str name;
    int32_t offset; /* seconds east */
};

/* When in a year the clock is changed. */
struct change {
    char kind; /* 'J': a day from 1 that does not count the leap day; 'N': a day from 0; 'M' */
    int day, week, month;
    int time; /* in seconds of that day */
};

static bool take_number(struct str *rest, int least, int most, int *ret_number)
{
    size_t n = 0;
    int number = 0;
    while (n < rest->n && n < 6 && rest->p[n] >= '0' && rest->p[n] <= '9')
        number = number * 10 + (rest->p[n++] - '0');
    *rest = str_from(*rest, n);
    *ret_number = number;
    return n && number >= least && number <= most;
}

static bool take_char(struct str *rest, char c)
{
    bool found = rest->n && rest->p[0] == c;
    *rest = str_from(*rest, found);
    return found;
}

/* "CET" or "<+03>" */
static bool take_name(struct str *rest, struct str *ret_name)
{
    if (take_char(rest, '<')) {
        size_t end = str_find_char(*rest, '>');
        *ret_name = str_slice(*rest, 0, end);
        *rest = end == STR_NOT_FOUND ? STR("") : str_from(*rest, end + 1);
        return end != STR_NOT_FOUND;
    }
    size_t n = 0;
    while (n < rest->n && is_ascii_alphanumeric(rest->p[n]) &&
           (rest->p[n] < '0' || rest->p[n] > '9'))
        n++;
    *ret_name = str_slice(*rest, 0, n);
    *rest = str_from(*rest, n);
    return n >= 3;
}

/* "-1", "5:30", "02:00:00" */
static bool take_time(struct str *rest, int *ret_seconds)
{
    int parts[3] = {0};
    bool is_negative = take_char(rest, '-');
    if (!is_negative)
        take_char(rest, '+');
    if (!take_number(rest, 0, 24 * 7, &parts[0]))
        return false;
    for (size_t i = 1; i < 3 && take_char(rest, ':'); i++) {
        if (!take_number(rest, 0, 59, &parts[i]))
            return false;
    }
    int seconds = parts[0] * HOUR + parts[1] * 60 + parts[2];
    *ret_seconds = is_negative ? -seconds : seconds;
    return true;
}

static bool take_change(struct str *rest, struct change *ret_change)
{
    struct change change = {.kind = 'N', .time = 2 * HOUR};
    bool fits;
    if (take_char(rest, 'M')) {
        change.kind = 'M';
        fits = take_number(rest, 1, 12, &change.month) && take_char(rest, '.') &&
               take_number(rest, 1, 5, &change.week) && take_char(rest, '.') &&
               take_number(rest, 0, 6, &change.day);
    } else if (take_char(rest, 'J')) {
        change.kind = 'J';
        fits = take_number(rest, 1, 365, &change.day);
    } else {
        fits = take_number(rest, 0, 365, &change.day);
    }
    if (fits && take_char(rest, '/'))
        fits = take_time(rest, &change.time);
    *ret_change = change;
    return fits;
}

/* The instant of a change, whose clock shows `offset` before it. */
static int64_t instant_of(const struct change *change, int64_t year, int32_t offset)
{
    int64_t start = seconds_of(year, 1, 1);
    int64_t days = change->day;
    if (change->kind == 'J') {
        days -= days < 60 || days_in_month(year, 2) == 28;
    } else if (change->kind == 'M') {
        int64_t first = seconds_of(year, change->month, 1);
        int weekday = date_of((struct go_time){.seconds = first}).weekday;
        int day = (change->day - weekday + 7) % 7 + (change->week - 1) * 7;
        if (day >= days_in_month(year, change->month))
            day -= 7;
        days = (first - start) / DAY + day;
    }
    return start + days * DAY + change->time - offset;
}

/* The clock of an instant as the rule has it. False: the rule is none. */
static bool follow_rule(struct str rule, int64_t seconds, struct clock *ret_clock)
{
    struct clock normal;
    struct clock summer;
    struct change start;
    struct change end;
    int time;
    if (!take_name(&rule, &normal.name) || !take_time(&rule, &time))
        return false;
    normal.offset = -time;
    *ret_clock = normal;
    if (!rule.n || rule.p[0] == ',')
        return true;
    if (!take_name(&rule, &summer.name))
        return false;
    summer.offset = normal.offset + HOUR;
    if (rule.n && rule.p[0] != ',') {
        if (!take_time(&rule, &time))
            return false;
        summer.offset = -time;
    }
    struct str changes = rule.n ? rule : STR(",M3.2.0,M11.1.0");
    if (!take_char(&changes, ',') || !take_change(&changes, &start) || !take_char(&changes, ',') ||
        !take_change(&changes, &end) || changes.n)
        return false;
    int64_t year = date_of((struct go_time){.seconds = seconds}).year;
    int64_t from = instant_of(&start, year, normal.offset);
    int64_t to = instant_of(&end, year, summer.offset);
    bool is_summer = from < to ? seconds >= from && seconds < to : seconds >= from || seconds < to;
    *ret_clock = is_summer ? summer : normal;
    return true;
}

/* --- a file --- */

/* A block of a file: what it counts, and where its parts begin. */
struct block {
    struct str bytes; /* from its header on */
    size_t width;     /* of an instant: 4 or 8 */
    size_t changes, types, letters;
    size_t at_indexes, at_types, at_letters, end;
};

enum { HEADER = 44, TYPE = 6 };

static uint64_t number_at(struct str bytes, size_t at, size_t width)
{
    uint64_t number = 0;
    for (size_t i = 0; i < width; i++)
        number = number << 8 | (unsigned char)bytes.p[at + i];
    return number;
}

static bool read_block(struct str bytes, size_t width, struct block *ret_block)
{
    if (bytes.n < HEADER || !str_starts_with(bytes, STR("TZif")))
        return false;
    struct block block = {.bytes = bytes, .width = width};
    size_t flags_utc = number_at(bytes, 20, 4);
    size_t flags_standard = number_at(bytes, 24, 4);
    size_t leaps = number_at(bytes, 28, 4);
    block.changes = number_at(bytes, 32, 4);
    block.types = number_at(bytes, 36, 4);
    block.letters = number_at(bytes, 40, 4);
    block.at_indexes = HEADER + block.changes * width;
    block.at_types = block.at_indexes + block.changes;
    block.at_letters = block.at_types + block.types * TYPE;
    block.end = block.at_letters + block.letters + leaps * (width + 4) + flags_standard + flags_utc;
    *ret_block = block;
    return block.types && block.end <= bytes.n;
}

static int64_t change_at(const struct block *block, size_t index)
{
    uint64_t number = number_at(block->bytes, HEADER + index * block->width, block->width);
    return block->width == 4 ? (int32_t)(uint32_t)number : (int64_t)number;
}

static size_t type_behind(const struct block *block, size_t change)
{
    return (unsigned char)block->bytes.p[block->at_indexes + change];
}

static bool is_summer_type(const struct block *block, size_t type)
{
    return block->bytes.p[block->at_types + type * TYPE + 4] != 0;
}

static bool read_type(const struct block *block, size_t type, struct clock *ret_clock)
{
    if (type >= block->types)
        return false;
    size_t at = block->at_types + type * TYPE;
    size_t letter = (unsigned char)block->bytes.p[at + 5];
    if (letter >= block->letters)
        return false;
    struct str letters =
        str_slice(block->bytes, block->at_letters + letter, block->at_letters + block->letters);
    size_t end = str_find_char(letters, '\0');
    *ret_clock = (struct clock){str_slice(letters, 0, end),
                                (int32_t)(uint32_t)number_at(block->bytes, at, 4)};
    return true;
}

/* The type before the first change (Go's lookupFirstZone): the first if no change leads to it, else
 * the last that is no summer time before the first change's, else the first that is none. */
static size_t first_type(const struct block *block)
{
    bool is_used = false;
    for (size_t i = 0; i < block->changes && !is_used; i++)
        is_used = type_behind(block, i) == 0;
    if (!is_used)
        return 0;
    size_t next = type_behind(block, 0);
    if (next < block->types && is_summer_type(block, next)) {
        for (size_t i = next; i-- > 0;) {
            if (!is_summer_type(block, i))
                return i;
        }
    }
    for (size_t i = 0; i < block->types; i++) {
        if (!is_summer_type(block, i))
            return i;
    }
    return 0;
}

static bool find_clock(const struct block *block, struct str rule, int64_t seconds,
                       struct clock *ret_clock)
{
    size_t low = 0; /* changes at or before the instant */
    size_t high = block->changes;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (change_at(block, middle) <= seconds)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == block->changes && rule.n && follow_rule(rule, seconds, ret_clock))
        return true;
    return read_type(block, low ? type_behind(block, low - 1) : first_type(block), ret_clock);
}

/* Files of version 2 and later hold everything twice, the second time with wider numbers, and then
 * the rule between line ends. */
static bool read_zone(struct str bytes, int64_t seconds, struct clock *ret_clock)
{
    struct block block;
    struct str rule = STR("");
    if (!read_block(bytes, 4, &block))
        return false;
    if (bytes.p[4] >= '2') {
        if (!read_block(str_from(bytes, block.end), 8, &block))
            return false;
        rule = str_trim(str_from(block.bytes, block.end));
    }
    return find_clock(&block, rule, seconds, ret_clock);
}

/* Go refuses names that lead out of the folder, and so does this. */
static bool is_zone_name(struct str name)
{
    return name.n && name.p[0] != '/' && str_find_char(name, '\\') == STR_NOT_FOUND &&
           str_find_char(name, '\0') == STR_NOT_FOUND && str_find(name, STR("..")) == STR_NOT_FOUND;
}

void time_set_zone(struct arena *arena, struct tree *zones, struct str name, struct go_time *time)
{
    struct clock clock;
    time->offset = 0;
    time->zone = (struct str){0};
    if (!zones || !is_zone_name(name) || str_is(name, "UTC") || str_is(name, "Local"))
        return;
    const struct file *file = tree_find(zones, name);
    if (!file || file->state != FILE_READ || !read_zone(file->bytes, time->seconds, &clock))
        return;
    time->offset = clock.offset;
    time->zone = str_copy(arena, clock.name);
}
