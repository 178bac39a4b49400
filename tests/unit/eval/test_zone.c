#include "eval/zone.h"
#include "unit.h"

/* A file of version 2 with the changes of Berlin in 2024 and the rule behind them. */
#define EMPTY_HEADER                                                                               \
    "TZif2" Z8 Z4 Z2 "\0" Z4 Z4 Z4 Z4 "\0\0\0\1"                                                   \
    "\0\0\0\4"
#define Z2 "\0\0"
#define Z4 Z2 Z2
#define Z8 Z4 Z4
#define TYPES                                                                                      \
    "\0\0\x0e\x10"                                                                                 \
    "\0"                                                                                           \
    "\0"                                                                                           \
    "\0\0\x1c\x20"                                                                                 \
    "\1"                                                                                           \
    "\4"
static const char berlin[] = EMPTY_HEADER Z4 Z2 "UTC\0"
                                                "TZif2" Z8 Z4 Z2 "\0" Z4 Z4 Z4 "\0\0\0\2"
                                                "\0\0\0\2"
                                                "\0\0\0\x09"
                                                "\0\0\0\0\x66\x08\xb5\x90"
                                                "\0\0\0\0\x67\x1d\x90\x90"
                                                "\1\0" TYPES "CET\0CEST\0"
                                                "\nCET-1CEST,M3.5.0,M10.5.0/3\n";
static const char fixed[] = EMPTY_HEADER Z4 Z2 "UTC\0"
                                               "TZif2" Z8 Z4 Z2 "\0" Z4 Z4 Z4 Z4 "\0\0\0\1"
                                               "\0\0\0\4" Z4 Z2 "UTC\0\n<+0330>-3:30\n";
static const char southern[] =
    EMPTY_HEADER Z4 Z2 "UTC\0"
                       "TZif2" Z8 Z4 Z2 "\0" Z4 Z4 Z4 Z4 "\0\0\0\1"
                       "\0\0\0\4" Z4 Z2 "UTC\0\nAEST-10AEDT,M10.1.0,M4.1.0/3\n";
static const char cut[] = "TZif2" Z8 Z4 Z2 "\0" Z4 Z4 Z4 "\x7f\xff\xff\xff";

#define BYTES(array)                                                                               \
    {                                                                                              \
        (array), sizeof(array) - 1                                                                 \
    }
static const struct tree_memory_file files[] = {
    {STR("Europe/Berlin"), BYTES(berlin)}, {STR("fixed"), BYTES(fixed)},
    {STR("southern"), BYTES(southern)},    {STR("cut"), BYTES(cut)},
    {STR("text"), STR("no zone")},
};

/* As Go's time.LoadLocation and In give them. */
static const struct {
    const char *zone;
    int64_t seconds;
    const char *text;
} instants[] = {
    {"Europe/Berlin", 0, "1970-01-01 01:00 CET +0100"},
    {"Europe/Berlin", 1711846799, "2024-03-31 01:59 CET +0100"},
    {"Europe/Berlin", 1711846800, "2024-03-31 03:00 CEST +0200"},
    {"Europe/Berlin", 1729990799, "2024-10-27 02:59 CEST +0200"},
    {"Europe/Berlin", 1729990800, "2024-10-27 02:00 CET +0100"},
    {"Europe/Berlin", 1743296399, "2025-03-30 01:59 CET +0100"},
    {"Europe/Berlin", 1743296400, "2025-03-30 03:00 CEST +0200"},
    {"Europe/Berlin", 1761440400, "2025-10-26 02:00 CET +0100"},
    {"fixed", 0, "1970-01-01 03:30 +0330 +0330"},
    {"southern", 1735689600, "2025-01-01 11:00 AEDT +1100"},
    {"southern", 1751328000, "2025-07-01 10:00 AEST +1000"},
    {"", 0, "1970-01-01 00:00 UTC +0000"},
    {"UTC", 0, "1970-01-01 00:00 UTC +0000"},
    {"Local", 0, "1970-01-01 00:00 UTC +0000"},
    {"Nowhere", 0, "1970-01-01 00:00 UTC +0000"},
    {"Europe", 0, "1970-01-01 00:00 UTC +0000"},
    {"x/../fixed", 0, "1970-01-01 00:00 UTC +0000"},
    {"/fixed", 0, "1970-01-01 00:00 UTC +0000"},
    {"cut", 0, "1970-01-01 00:00 UTC +0000"},
    {"text", 0, "1970-01-01 00:00 UTC +0000"},
};

static struct str text_in(struct arena *arena, struct tree *zones, const char *zone,
                          int64_t seconds)
{
    struct go_time time = {.seconds = seconds};
    time_set_zone(arena, zones, str_from_c(zone), &time);
    return time_format(arena, time, STR("2006-01-02 15:04 MST -0700"));
}

START_TEST(zones_are_those_of_go)
{
    struct arena arena = {0};
    struct tree *zones = tree_open_memory(&arena, files, sizeof files / sizeof *files);
    ck_assert_str(text_in(&arena, zones, instants[_i].zone, instants[_i].seconds),
                  instants[_i].text);
    tree_close(zones);
    arena_release(&arena);
}
END_TEST

START_TEST(without_files_all_zones_are_utc)
{
    struct arena arena = {0};
    ck_assert_str(text_in(&arena, NULL, "Europe/Berlin", 0), "1970-01-01 00:00 UTC +0000");
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("zone", EACH(zones_are_those_of_go, instants), ONCE(without_files_all_zones_are_utc))
