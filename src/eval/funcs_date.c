#include <inttypes.h>

#include "base/base.h"
#include "evaluation.h"
#include "format.h"
#include "functions.h"
#include "zone.h"

/* Sprig's functions of dates (date.go). Local time is UTC, and so is a zone that is not known. */

/* --- time.Time --- */

static const struct go_time *time_at(const void *data)
{
    return data;
}

struct value time_object(struct arena *arena, struct go_time time)
{
    struct go_time *data = arena_make(arena, struct go_time);
    *data = time;
    return object_new(arena, &time_type, data);
}

static struct str print_time(struct arena *arena, const void *data)
{
    return time_format(arena, *time_at(data), STR("2006-01-02 15:04:05.999999999 -0700 MST"));
}

static struct value time_to_plain(struct arena *arena, const void *data)
{
    return value_string(
        time_format(arena, *time_at(data), STR("2006-01-02T15:04:05.999999999Z07:00")));
}

static bool get_format(struct call *call, const void *data, struct value *ret_value)
{
    *ret_value =
        value_string(time_format(call->arena, *time_at(data), value_str(call->arguments[0])));
    return true;
}

static bool get_string(struct call *call, const void *data, struct value *ret_value)
{
    *ret_value = value_string(print_time(call->arena, data));
    return true;
}

static bool get_unix(struct call *call, const void *data, struct value *ret_value)
{
    (void)call;
    *ret_value = value_int64(time_at(data)->seconds);
    return true;
}

static bool get_unix_nano(struct call *call, const void *data, struct value *ret_value)
{
    (void)call;
    *ret_value = value_int64((int64_t)((uint64_t)time_at(data)->seconds * 1000000000u +
                                       (uint64_t)time_at(data)->nanoseconds));
    return true;
}

static bool get_year(struct call *call, const void *data, struct value *ret_value)
{
    (void)call;
    *ret_value = value_int(date_of(*time_at(data)).year);
    return true;
}

static bool get_day(struct call *call, const void *data, struct value *ret_value)
{
    (void)call;
    *ret_value = value_int(date_of(*time_at(data)).day);
    return true;
}

static bool get_hour(struct call *call, const void *data, struct value *ret_value)
{
    (void)call;
    *ret_value = value_int(date_of(*time_at(data)).hour);
    return true;
}

static bool get_minute(struct call *call, const void *data, struct value *ret_value)
{
    (void)call;
    *ret_value = value_int(date_of(*time_at(data)).minute);
    return true;
}

static bool get_second(struct call *call, const void *data, struct value *ret_value)
{
    (void)call;
    *ret_value = value_int(date_of(*time_at(data)).second);
    return true;
}

static bool get_year_day(struct call *call, const void *data, struct value *ret_value)
{
    (void)call;
    *ret_value = value_int(date_of(*time_at(data)).year_day);
    return true;
}

static bool get_utc(struct call *call, const void *data, struct value *ret_value)
{
    struct go_time time = *time_at(data);
    time.offset = 0;
    time.zone = (struct str){0};
    *ret_value = time_object(call->arena, time);
    return true;
}

static bool get_add_date(struct call *call, const void *data, struct value *ret_value)
{
    struct go_time time = *time_at(data);
    struct go_date date = date_of(time);
    const struct value *by = call->arguments;
    int64_t limit = 1000000;
    for (size_t i = 0; i < 3; i++) {
        if (by[i].integer > limit || by[i].integer < -limit)
            return call_fail(call, "the date is out of range");
    }
    int64_t month = date.month - 1 + by[1].integer;
    int64_t year = date.year + by[0].integer + month / 12 - (month % 12 < 0);
    month = (month % 12 + 12) % 12;
    int64_t before = seconds_of(date.year, date.month, date.day);
    int64_t after = seconds_of(year, (int)month + 1, 1) + (date.day - 1 + by[2].integer) * 86400;
    time.seconds += after - before;
    *ret_value = time_object(call->arena, time);
    return true;
}

static const struct object_member members[] = {
    {"Format", get_format, .parameters = {PARAMETER_STRING}, .is_method = true},
    {"String", get_string, .is_method = true},
    {"Unix", get_unix, .is_method = true},
    {"UnixNano", get_unix_nano, .is_method = true},
    {"Year", get_year, .is_method = true},
    {"Day", get_day, .is_method = true},
    {"Hour", get_hour, .is_method = true},
    {"Minute", get_minute, .is_method = true},
    {"Second", get_second, .is_method = true},
    {"YearDay", get_year_day, .is_method = true},
    {"UTC", get_utc, .is_method = true},
    {"Local", get_utc, .is_method = true},
    {"AddDate", get_add_date, .parameters = {PARAMETER_INT, PARAMETER_INT, PARAMETER_INT},
     .is_method = true},
};
const struct object_type time_type = {
    .name = "time.Time",
    .kind = "struct",
    .members = members,
    .member_count = sizeof members / sizeof *members,
    .print = print_time,
    .to_plain = time_to_plain,
};

/* --- functions --- */

/* A time, or a number of seconds since 1970; anything else is now. */
static struct go_time moment(struct value value)
{
    if (value_is_object(value, &time_type))
        return *time_at(value.object->data);
    if (value.type == VALUE_INT || value.type == VALUE_INT32 || value.type == VALUE_INT64)
        return (struct go_time){.seconds = value.integer};
    return time_now;
}

static bool run_now(struct call *call, struct value *ret_value)
{
    *ret_value = time_object(call->arena, time_now);
    return true;
}

/* Its argument at that place is the zone, if there is one. */
static bool give_date(struct call *call, struct str layout, size_t zone, struct value *ret_value)
{
    struct go_time time = moment(call->arguments[zone - 1]);
    struct str name = call->count > zone ? value_str(call->arguments[zone]) : STR("");
    time_set_zone(call->arena, call->evaluation->zones, name, &time);
    *ret_value = value_string(time_format(call->arena, time, layout));
    return true;
}

static bool run_date(struct call *call, struct value *ret_value)
{
    return give_date(call, value_str(call->arguments[0]), 2, ret_value);
}

static bool run_html_date(struct call *call, struct value *ret_value)
{
    return give_date(call, STR("2006-01-02"), 1, ret_value);
}

static bool run_must_date_modify(struct call *call, struct value *ret_value)
{
    struct str text = value_str(call->arguments[0]);
    struct go_time time = *time_at(call->arguments[1].object->data);
    int64_t duration;
    if (!duration_parse(text, &duration))
        return call_fail(call, "time: invalid duration %.*s",
                         STR_ARG(time_quote(call->arena, text)));
    int64_t nanoseconds = time.nanoseconds + duration % 1000000000;
    time.seconds += duration / 1000000000 + nanoseconds / 1000000000;
    nanoseconds %= 1000000000;
    if (nanoseconds < 0) {
        nanoseconds += 1000000000;
        time.seconds--;
    }
    time.nanoseconds = (int32_t)nanoseconds;
    *ret_value = time_object(call->arena, time);
    return true;
}

/* A duration that is none changes nothing. */
static bool run_date_modify(struct call *call, struct value *ret_value)
{
    if (!run_must_date_modify(call, ret_value))
        *ret_value = call->arguments[1];
    return true;
}

static bool run_must_to_date(struct call *call, struct value *ret_value)
{
    struct go_time time;
    struct str problem;
    if (!time_parse(call->arena, value_str(call->arguments[0]), value_str(call->arguments[1]),
                    &time, &problem))
        return call_fail(call, "%.*s", STR_ARG(problem));
    *ret_value = time_object(call->arena, time);
    return true;
}

/* What cannot be read is the first of January of the year 1. */
static bool run_to_date(struct call *call, struct value *ret_value)
{
    if (!run_must_to_date(call, ret_value))
        *ret_value = time_object(call->arena, (struct go_time){.seconds = -62135596800});
    return true;
}

static bool run_unix_epoch(struct call *call, struct value *ret_value)
{
    *ret_value = value_string(
        str_format(call->arena, "%" PRId64, time_at(call->arguments[0].object->data)->seconds));
    return true;
}

static bool give_duration(struct call *call, int64_t nanoseconds, struct value *ret_value)
{
    *ret_value = value_string(
        value_to_text(call->arena, value_integer(VALUE_DURATION, nanoseconds), call_helm(call)));
    return true;
}

static bool run_ago(struct call *call, struct value *ret_value)
{
    int64_t seconds = time_now.seconds - moment(call->arguments[0]).seconds;
    return give_duration(call, (int64_t)((uint64_t)seconds * 1000000000u), ret_value);
}

static bool run_duration(struct call *call, struct value *ret_value)
{
    struct value value = call->arguments[0];
    int64_t seconds = 0;
    if (value.type == VALUE_INT64)
        seconds = value.integer;
    else if (value.type == VALUE_STRING && !parse_go_int(value_str(value), 10, &seconds))
        seconds = 0;
    return give_duration(call, (int64_t)((uint64_t)seconds * 1000000000u), ret_value);
}

static int64_t duration_of(struct value value)
{
    int64_t duration = 0;
    if (value.type == VALUE_INT64)
        return value.integer;
    if (value.type == VALUE_STRING)
        return duration_parse(value_str(value), &duration) ? duration : 0;
    if (value_is_object(value, &time_type))
        return (time_now.seconds - time_at(value.object->data)->seconds) * 1000000000;
    return 0;
}

static bool run_duration_round(struct call *call, struct value *ret_value)
{
    static const struct {
        uint64_t seconds;
        const char *unit;
    } units[] = {{31536000, "y"}, {2592000, "mo"}, {86400, "d"}, {3600, "h"}, {60, "m"}, {1, "s"}};
    int64_t duration = duration_of(call->arguments[0]);
    uint64_t size = duration < 0 ? 0 - (uint64_t)duration : (uint64_t)duration;
    *ret_value = value_string(STR("0s"));
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        uint64_t unit = units[i].seconds * 1000000000;
        if (size > unit) {
            *ret_value =
                value_string(str_format(call->arena, "%" PRIu64 "%s", size / unit, units[i].unit));
            break;
        }
    }
    return true;
}

static const struct function table[] = {
    FUNCTION("now", run_now, PARAMETER_NONE),
    FUNCTION("date", run_date, PARAMETER_STRING, PARAMETER_ANY),
    FUNCTION("dateInZone", run_date, PARAMETER_STRING, PARAMETER_ANY, PARAMETER_STRING),
    FUNCTION("date_in_zone", run_date, PARAMETER_STRING, PARAMETER_ANY, PARAMETER_STRING),
    FUNCTION("htmlDate", run_html_date, PARAMETER_ANY),
    FUNCTION("htmlDateInZone", run_html_date, PARAMETER_ANY, PARAMETER_STRING),
    FUNCTION("dateModify", run_date_modify, PARAMETER_STRING, PARAMETER_TIME),
    FUNCTION("date_modify", run_date_modify, PARAMETER_STRING, PARAMETER_TIME),
    FUNCTION("mustDateModify", run_must_date_modify, PARAMETER_STRING, PARAMETER_TIME),
    FUNCTION("must_date_modify", run_must_date_modify, PARAMETER_STRING, PARAMETER_TIME),
    FUNCTION("toDate", run_to_date, PARAMETER_STRING, PARAMETER_STRING),
    FUNCTION("mustToDate", run_must_to_date, PARAMETER_STRING, PARAMETER_STRING),
    FUNCTION("unixEpoch", run_unix_epoch, PARAMETER_TIME),
    FUNCTION("ago", run_ago, PARAMETER_ANY),
    FUNCTION("duration", run_duration, PARAMETER_ANY),
    FUNCTION("durationRound", run_duration_round, PARAMETER_ANY),
};
const struct function_family funcs_date = FUNCTION_FAMILY(table);
