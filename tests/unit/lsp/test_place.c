#include "lsp/place.h"

#include "unit.h"

UNIT_ARENA(arena)

/* Two lines; the cart has four bytes and two units of UTF-16, the umlaut two bytes and one unit. */
static const struct str text = {"a \xF0\x9F\x9B\x92 b\r\n\xC3\xA4:c", 14};

static const struct place_case {
    int line, character;
    enum place_encoding encoding;
    size_t offset;
} samples[] = {
    {0, 0, PLACE_UTF16, 0},  {0, 2, PLACE_UTF16, 2},  {0, 4, PLACE_UTF16, 6},
    {0, 6, PLACE_UTF8, 6},   {0, 3, PLACE_UTF32, 6},  {0, 6, PLACE_UTF16, 8},
    {1, 0, PLACE_UTF16, 10}, {1, 1, PLACE_UTF16, 12}, {1, 2, PLACE_UTF8, 12},
    {1, 3, PLACE_UTF16, 14},
};

START_TEST(positions_and_offsets)
{
    const struct place_case *each = &samples[_i];
    size_t offset;
    json_t *position = place_position(text, each->offset, each->encoding);
    ck_assert_int_eq(json_integer_value(json_object_get(position, "line")), each->line);
    ck_assert_int_eq(json_integer_value(json_object_get(position, "character")), each->character);
    ck_assert(place_offset(text, position, each->encoding, &offset));
    ck_assert_uint_eq(offset, each->offset);
    json_decref(position);
}
END_TEST

START_TEST(what_is_beyond_is_cut)
{
    static const struct place_case beyond[] = {
        {0, 3, PLACE_UTF16, 2}, /* within the cart */
        {0, 99, PLACE_UTF16, 8},
        {9, 0, PLACE_UTF16, 14},
    };
    for (size_t i = 0; i < 3; i++) {
        size_t offset;
        json_t *position =
            json_pack("{s:i, s:i}", "line", beyond[i].line, "character", beyond[i].character);
        ck_assert(place_offset(text, position, PLACE_UTF16, &offset));
        ck_assert_uint_eq(offset, beyond[i].offset);
        json_decref(position);
    }
    size_t offset = 7;
    json_t *wrong = json_pack("{s:i, s:i}", "line", -1, "character", 0);
    ck_assert(!place_offset(text, wrong, PLACE_UTF16, &offset));
    ck_assert(!place_offset(text, NULL, PLACE_UTF16, &offset));
    ck_assert_uint_eq(offset, 7);
    json_decref(wrong);
}
END_TEST

START_TEST(uris)
{
    ck_assert_str(place_path_of_uri(&arena, STR("file:///a%20b/%C3%A4%2fc")), "/a b/\xC3\xA4/c");
    ck_assert_str(place_path_of_uri(&arena, STR("FILE://localhost/a%")), "/a%");
    ck_assert_ptr_null(place_path_of_uri(&arena, STR("untitled:a")).p);
    ck_assert_ptr_null(place_path_of_uri(&arena, STR("file://server/share")).p);
    ck_assert_str(place_uri_of_path(&arena, STR("/a b/\xC3\xA4.yaml")),
                  "file:///a%20b/%C3%A4.yaml");
}
END_TEST

UNIT_TESTS("lsp/place", EACH(positions_and_offsets, samples), ONCE(what_is_beyond_is_cut),
           ONCE(uris))
