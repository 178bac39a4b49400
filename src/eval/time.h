#ifndef BULKHEAD_EVAL_TIME_H
#define BULKHEAD_EVAL_TIME_H

#include "object.h"

/* Private to eval/: Go's time.Time. */
struct go_time {
    int64_t seconds; /* since 1970 */
    int32_t nanoseconds;
    int32_t offset;  /* of its zone, in seconds east */
    struct str zone; /* its abbreviation there; p == NULL: UTC, or only the offset is known */
};

struct go_date {
    int64_t year;
    int month, day, hour, minute, second;
    int weekday;  /* 0 is Sunday */
    int year_day; /* from 1 */
};
struct go_date date_of(struct go_time time);
int64_t seconds_of(int64_t year, int month, int day);

/* time.Format and time.Parse with Go's layouts. False: the text does not fit the layout, and
 * *ret_problem says where, as Go does. */
struct str time_format(struct arena *arena, struct go_time time, struct str layout);
bool time_parse(struct arena *arena, struct str layout, struct str text, struct go_time *ret_time,
                struct str *ret_problem);
/* A text in quotes as the errors of Go's package time show it: every byte that is not ASCII as
 * \xNN.
 */
struct str time_quote(struct arena *arena, struct str text);
/* time.ParseDuration: "1h30m", in nanoseconds. */
bool duration_parse(struct str text, int64_t *ret_duration);
/* What `now` is: a fixed instant, so that two runs give the same. */
extern const struct go_time time_now;

extern const char *const month_names[12];
extern const char *const weekday_names[7]; /* Sunday first */

struct value time_object(struct arena *arena, struct go_time time);

/* One element of a layout, such as "2006" or "Jan". */
enum layout_element {
    LAYOUT_NONE,
    LAYOUT_LONG_MONTH,
    LAYOUT_MONTH,
    LAYOUT_NUMBER_MONTH,
    LAYOUT_ZERO_MONTH,
    LAYOUT_LONG_WEEKDAY,
    LAYOUT_WEEKDAY,
    LAYOUT_DAY,
    LAYOUT_SPACE_DAY,
    LAYOUT_ZERO_DAY,
    LAYOUT_SPACE_YEAR_DAY,
    LAYOUT_ZERO_YEAR_DAY,
    LAYOUT_HOUR,
    LAYOUT_HOUR_12,
    LAYOUT_ZERO_HOUR_12,
    LAYOUT_MINUTE,
    LAYOUT_ZERO_MINUTE,
    LAYOUT_SECOND,
    LAYOUT_ZERO_SECOND,
    LAYOUT_LONG_YEAR,
    LAYOUT_YEAR,
    LAYOUT_PM,
    LAYOUT_LOWER_PM,
    LAYOUT_ZONE_NAME,
    LAYOUT_ISO_ZONE,          /* Z0700 */
    LAYOUT_ISO_COLON_ZONE,    /* Z07:00 */
    LAYOUT_NUMBER_ZONE,       /* -0700 */
    LAYOUT_NUMBER_COLON_ZONE, /* -07:00 */
    LAYOUT_SHORT_ZONE,        /* -07 */
    LAYOUT_FRACTION_0,        /* .000 */
    LAYOUT_FRACTION_9,        /* .999 */
};
/* The text before the first element, and the element with its length; the rest of the layout is cut
 * to what follows. */
struct layout_part {
    struct str text;
    enum layout_element element;
    size_t digits; /* of a fraction */
};
struct layout_part layout_next(struct str *layout);

#endif
