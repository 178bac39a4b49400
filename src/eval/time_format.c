#include <inttypes.h>
#include <stdlib.h>

#include "time.h"

const struct go_time time_now = {.seconds = 1767225600}; /* 2026-01-01 00:00:00 UTC */

const char *const month_names[12] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
const char *const weekday_names[7] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                      "Thursday", "Friday", "Saturday"};

/* Days since 1970 of a date in the Gregorian calendar: years begin in March, so that the leap day
 * comes last. */
static int64_t days_of(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

int64_t seconds_of(int64_t year, int month, int day)
{
    return days_of(year, month, day) * 86400;
}

struct go_date date_of(struct go_time time)
{
    int64_t local = time.seconds + time.offset;
    int64_t days = local / 86400 - (local % 86400 < 0);
    int64_t second = local - days * 86400;
    int64_t shifted = days + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    struct go_date date = {
        .month = (int)(month < 10 ? month + 3 : month - 9),
        .day = (int)(day_of_year - (153 * month + 2) / 5 + 1),
        .hour = (int)(second / 3600),
        .minute = (int)(second / 60 % 60),
        .second = (int)(second % 60),
        .weekday = (int)(((days + 4) % 7 + 7) % 7),
    };
    date.year = year_of_era + era * 400 + (date.month <= 2);
    date.year_day = (int)(days - days_of(date.year, 1, 1)) + 1;
    return date;
}

static void add_zone(struct text *text, int offset, enum layout_element element)
{
    bool has_z = element == LAYOUT_ISO_ZONE || element == LAYOUT_ISO_COLON_ZONE;
    bool has_colon = element == LAYOUT_NUMBER_COLON_ZONE || element == LAYOUT_ISO_COLON_ZONE;
    if (has_z && !offset) {
        text_add_char(text, 'Z');
        return;
    }
    int minutes = abs(offset) / 60;
    text_format(text, "%c%02d", offset < 0 ? '-' : '+', minutes / 60);
    if (element != LAYOUT_SHORT_ZONE)
        text_format(text, "%s%02d", has_colon ? ":" : "", minutes % 60);
}

static void add_fraction(struct text *text, int32_t nanoseconds, size_t digits, bool trims)
{
    char buffer[16];
    uint32_t rest = (uint32_t)nanoseconds;
    for (size_t i = 9; i-- > 0; rest /= 10)
        buffer[i] = (char)('0' + rest % 10);
    size_t n = digits < 9 ? digits : 9;
    while (trims && n > 0 && buffer[n - 1] == '0')
        n--;
    if (n)
        text_format(text, ".%.*s", (int)n, buffer);
}

static int hour_12(int hour)
{
    return hour % 12 == 0 ? 12 : hour % 12;
}

static void add_date_element(struct text *text, struct go_date date, enum layout_element element)
{
    switch (element) {
    case LAYOUT_LONG_MONTH:
        text_add_c(text, month_names[date.month - 1]);
        break;
    case LAYOUT_MONTH:
        text_format(text, "%.3s", month_names[date.month - 1]);
        break;
    case LAYOUT_NUMBER_MONTH:
        text_format(text, "%d", date.month);
        break;
    case LAYOUT_ZERO_MONTH:
        text_format(text, "%02d", date.month);
        break;
    case LAYOUT_LONG_WEEKDAY:
        text_add_c(text, weekday_names[date.weekday]);
        break;
    case LAYOUT_WEEKDAY:
        text_format(text, "%.3s", weekday_names[date.weekday]);
        break;
    case LAYOUT_DAY:
        text_format(text, "%d", date.day);
        break;
    case LAYOUT_SPACE_DAY:
        text_format(text, "%2d", date.day);
        break;
    case LAYOUT_ZERO_DAY:
        text_format(text, "%02d", date.day);
        break;
    case LAYOUT_SPACE_YEAR_DAY:
        text_format(text, "%3d", date.year_day);
        break;
    case LAYOUT_ZERO_YEAR_DAY:
        text_format(text, "%03d", date.year_day);
        break;
    case LAYOUT_LONG_YEAR:
        text_format(text, "%04" PRId64, date.year);
        break;
    case LAYOUT_YEAR:
        text_format(text, "%02d", (int)(date.year % 100));
        break;
    default:
        break;
    }
}

static void add_clock_element(struct text *text, struct go_date date, enum layout_element element)
{
    switch (element) {
    case LAYOUT_HOUR:
        text_format(text, "%02d", date.hour);
        break;
    case LAYOUT_HOUR_12:
        text_format(text, "%d", hour_12(date.hour));
        break;
    case LAYOUT_ZERO_HOUR_12:
        text_format(text, "%02d", hour_12(date.hour));
        break;
    case LAYOUT_MINUTE:
        text_format(text, "%d", date.minute);
        break;
    case LAYOUT_ZERO_MINUTE:
        text_format(text, "%02d", date.minute);
        break;
    case LAYOUT_SECOND:
        text_format(text, "%d", date.second);
        break;
    case LAYOUT_ZERO_SECOND:
        text_format(text, "%02d", date.second);
        break;
    case LAYOUT_PM:
        text_add_c(text, date.hour >= 12 ? "PM" : "AM");
        break;
    case LAYOUT_LOWER_PM:
        text_add_c(text, date.hour >= 12 ? "pm" : "am");
        break;
    default:
        break;
    }
}

static void add_element(struct text *text, struct go_time time, struct go_date date,
                        const struct layout_part *part)
{
    if (part->element == LAYOUT_FRACTION_0 || part->element == LAYOUT_FRACTION_9)
        add_fraction(text, time.nanoseconds, part->digits, part->element == LAYOUT_FRACTION_9);
    else if (part->element == LAYOUT_ZONE_NAME && time.zone.n)
        text_add(text, time.zone);
    else if (part->element == LAYOUT_ZONE_NAME && !time.offset)
        text_add_c(text, "UTC");
    else if (part->element == LAYOUT_ZONE_NAME)
        add_zone(text, time.offset, LAYOUT_NUMBER_ZONE);
    else if (part->element >= LAYOUT_ISO_ZONE && part->element <= LAYOUT_SHORT_ZONE)
        add_zone(text, time.offset, part->element);
    else {
        add_date_element(text, date, part->element);
        add_clock_element(text, date, part->element);
    }
}

struct str time_format(struct arena *arena, struct go_time time, struct str layout)
{
    struct text text = {.arena = arena};
    struct go_date date = date_of(time);
    while (layout.n) {
        struct layout_part part = layout_next(&layout);
        text_add(&text, part.text);
        if (part.element)
            add_element(&text, time, date, &part);
    }
    return text_str(&text);
}
