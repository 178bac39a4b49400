#include "unit.h"

START_TEST(code_points_are_read_as_go_reads_them)
{
    uint32_t code_point;
    ck_assert_uint_eq(utf8_decode(STR("é"), &code_point), 2);
    ck_assert_uint_eq(code_point, 0xE9);
    ck_assert_uint_eq(utf8_decode(STR("😀"), &code_point), 4);
    ck_assert_uint_eq(code_point, 0x1F600);
    /* An overlong slash, a surrogate, a lone continuation and a cut sequence are one invalid byte
     * each. */
    const char *const invalid[] = {"\xC0\xAF", "\xED\xA0\x80", "\x80", "\xE2\x82"};
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++) {
        ck_assert_uint_eq(utf8_decode(str_from_c(invalid[i]), &code_point), 1);
        ck_assert_uint_eq(code_point, 0xFFFD);
    }
}
END_TEST

START_TEST(what_is_written_reads_back)
{
    const uint32_t points[] = {0x24, 0x7F, 0x80, 0x7FF, 0x800, 0xFFFF, 0x10000, 0x10FFFF};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        char bytes[4];
        uint32_t code_point;
        size_t n = utf8_write(points[i], bytes);
        ck_assert_uint_eq(utf8_decode((struct str){bytes, n}, &code_point), n);
        ck_assert_uint_eq(code_point, points[i]);
    }
    char bytes[4];
    ck_assert_uint_eq(utf8_write(0xD800, bytes), 3);
    ck_assert_mem_eq(bytes, "\xEF\xBF\xBD", 3);
}
END_TEST

START_TEST(lengths_and_the_first_invalid_byte)
{
    ck_assert_uint_eq(utf8_length(STR("aé😀")), 3);
    ck_assert_uint_eq(utf8_length(STR("a\xFF")), 2);
    ck_assert_uint_eq(utf8_find_invalid(STR("aé\xFF")), 3);
    ck_assert_uint_eq(utf8_find_invalid(STR("aé")), STR_NOT_FOUND);
    ck_assert_uint_eq(utf8_find_invalid(STR("\xEF\xBF\xBD")), STR_NOT_FOUND);
}
END_TEST

UNIT_TESTS("base/utf8", ONCE(code_points_are_read_as_go_reads_them),
           ONCE(what_is_written_reads_back), ONCE(lengths_and_the_first_invalid_byte))
