#include "unit.h"

/* The expected results are those of Go's package strconv. */

static const struct {
    const char *text, *quoted, *ascii;
} texts[] = {
    {"", "\"\"", "\"\""},
    {"h\u00e9", "\"h\u00e9\"", "\"h\\u00e9\""},
    {"\"\\'`", "\"\\\"\\\\'`\"", "\"\\\"\\\\'`\""},
    {"\a\b\f\n\r\t\v", "\"\\a\\b\\f\\n\\r\\t\\v\"", "\"\\a\\b\\f\\n\\r\\t\\v\""},
    {"\x1b\x7f", "\"\\x1b\\x7f\"", "\"\\x1b\\x7f\""},
    {"a\xff", "\"a\\xff\"", "\"a\\xff\""},
    {"\xef\xbf\xbd", "\"\xef\xbf\xbd\"", "\"\\ufffd\""},
    {"\u00ad\u2028\ufeff", "\"\\u00ad\\u2028\\ufeff\"", "\"\\u00ad\\u2028\\ufeff\""},
    {"\U0001F600", "\"\U0001F600\"", "\"\\U0001f600\""},
};

START_TEST(texts_are_quoted_as_go_quotes_them)
{
    struct arena arena = {0};
    struct str text = str_from_c(texts[_i].text);
    ck_assert_str(quote_go(&arena, text), texts[_i].quoted);
    ck_assert_str(quote_go_ascii(&arena, text), texts[_i].ascii);
    arena_release(&arena);
}
END_TEST

static const struct {
    const char *quoted, *text; /* NULL: it is no Go string */
} strings[] = {
    {"\"a\"", "a"},
    {"\"\\n\\x41\\101\\u00e9\\\"\"", "\nAA\u00e9\""},
    {"\"\\xff\"", "\xff"},
    {"\"\xff\"", "\xef\xbf\xbd"},
    {"`a\\n\r\xff`", "a\\n\xff"},
    {"\"\\ud800\"", NULL},
    {"\"\\400\"", NULL},
    {"\"\\'\"", NULL},
    {"\"\n\"", NULL},
    {"\"a\"b\"", NULL},
    {"`a`b`", NULL},
    {"\"", NULL},
    {"a", NULL},
};

START_TEST(strings_are_unquoted_as_go_unquotes_them)
{
    struct arena arena = {0};
    struct str text;
    bool is_string = unquote_go(&arena, str_from_c(strings[_i].quoted), &text);
    ck_assert_int_eq(is_string, strings[_i].text != NULL);
    if (is_string)
        ck_assert_str(text, strings[_i].text);
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("base/quote", EACH(texts_are_quoted_as_go_quotes_them, texts),
           EACH(strings_are_unquoted_as_go_unquotes_them, strings))
