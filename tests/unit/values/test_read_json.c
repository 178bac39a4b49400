#include "unit.h"
#include "values/values.h"

UNIT_ARENA(arena)

/* Expected: json.Unmarshal of Go 1.26 into an any, and what Go writes of it. */
static const struct {
    const char *text;
    size_t length;
    const char *problem, *value;
} texts[] = {
    {"", 0, "unexpected end of JSON input", "null"},
    {" \012", 2, "unexpected end of JSON input", "null"},
    {"x", 1, "invalid character 'x' looking for beginning of value", "null"},
    {"{", 1, "unexpected end of JSON input", "null"},
    {"[", 1, "unexpected end of JSON input", "null"},
    {"{\"a\"", 4, "unexpected end of JSON input", "null"},
    {"{\"a\":", 5, "unexpected end of JSON input", "null"},
    {"{\"a\" 1}", 7, "invalid character '1' after object key", "null"},
    {"{\"a\":1,}", 8, "invalid character '}' looking for beginning of object key string", "null"},
    {"{\"a\":1 \"b\"}", 11, "invalid character '\"' after object key:value pair", "null"},
    {"{1:2}", 5, "invalid character '1' looking for beginning of object key string", "null"},
    {"[1,]", 4, "invalid character ']' looking for beginning of value", "null"},
    {"[1 2]", 5, "invalid character '2' after array element", "null"},
    {"[,]", 3, "invalid character ',' looking for beginning of value", "null"},
    {"1 2", 3, "invalid character '2' after top-level value", "null"},
    {"nul", 3, "invalid character ' ' in literal null (expecting 'l')", "null"},
    {"nulx", 4, "invalid character 'x' in literal null (expecting 'l')", "null"},
    {"tru", 3, "invalid character ' ' in literal true (expecting 'e')", "null"},
    {"falsy", 5, "invalid character 'y' in literal false (expecting 'e')", "null"},
    {"-", 1, "invalid character ' ' in numeric literal", "null"},
    {"01", 2, "invalid character '1' after top-level value", "null"},
    {"1.", 2, "invalid character ' ' after decimal point in numeric literal", "null"},
    {"1.x", 3, "invalid character 'x' after decimal point in numeric literal", "null"},
    {"1e", 2, "invalid character ' ' in exponent of numeric literal", "null"},
    {"1e+x", 4, "invalid character 'x' in exponent of numeric literal", "null"},
    {"-x", 2, "invalid character 'x' in numeric literal", "null"},
    {"\"a", 2, "unexpected end of JSON input", "null"},
    {"\"\\", 2, "invalid character ' ' in string escape code", "null"},
    {"\"\\x\"", 4, "invalid character 'x' in string escape code", "null"},
    {"\"\\u12\"", 6, "invalid character '\"' in \\u hexadecimal character escape", "null"},
    {"\"\\u12g4\"", 8, "invalid character 'g' in \\u hexadecimal character escape", "null"},
    {"\"a\012b\"", 5, "invalid character '\\n' in string literal", "null"},
    {"\"a\000\"", 4, "invalid character '\\x00' in string literal", "null"},
    {"'a'", 3, "invalid character '\\'' looking for beginning of value", "null"},
    {"\"a\"b", 4, "invalid character 'b' after top-level value", "null"},
    {"\303\251", 2, "invalid character '\303\203' looking for beginning of value", "null"},
    {"\377", 1, "invalid character '\303\277' looking for beginning of value", "null"},
    {"\357\273\2771", 4, "invalid character '\303\257' looking for beginning of value", "null"},
    {"1e999", 5, "json: cannot unmarshal number 1e999 into Go value of type float64", "null"},
    {"[1,-1e999,2]", 12, "json: cannot unmarshal number -1e999 into Go value of type float64",
     "[1,null,2]"},
    {"null", 4, NULL, "null"},
    {"-0", 2, NULL, "-0"},
    {"0.1e1", 5, NULL, "1"},
    {"\"\\ud83d\\ude00\"", 14, NULL, "\"\360\237\230\200\""},
    {"\"\\ud83d\"", 8, NULL, "\"\357\277\275\""},
    {"\"\\ude00\\ud83d\"", 14, NULL, "\"\357\277\275\357\277\275\""},
    {"\"\\ud83d\\u0041\"", 14, NULL, "\"\357\277\275A\""},
    {"\"\377\342\202\"", 5, NULL, "\"\357\277\275\357\277\275\357\277\275\""},
    {"\"\355\240\200\"", 5, NULL, "\"\357\277\275\357\277\275\357\277\275\""},
    {"\"\\u0000\\/\\b\\f\\n\\r\\t\\\\\"", 22, NULL, "\"\\u0000/\\b\\f\\n\\r\\t\\\\\""},
    {"{\"b\":1,\"a\":2,\"b\":3}", 19, NULL, "{\"a\":2,\"b\":3}"},
    {"{\"\\u0000\":{\"\":[]}}", 18, NULL, "{\"\\u0000\":{\"\":[]}}"},
    {"[{}, [], [[]]]", 14, NULL, "[{},[],[[]]]"},
    {"12345678901234567890", 20, NULL, "12345678901234567000"},
    {"1e-999", 6, NULL, "0"},
    {" [ 1 , \"x\" ] ", 13, NULL, "[1,\"x\"]"},
};

START_TEST(texts_are_read_as_go_reads_them)
{
    struct value value;
    struct str problem = {0};
    struct str written = STR("");
    struct str text = {texts[_i].text, texts[_i].length};
    value_from_json(&arena, text, &value, &problem);
    ck_assert(value_to_json(&arena, value, (struct json_style){0}, &written));
    ck_assert_str(written, texts[_i].value);
    if (texts[_i].problem)
        ck_assert_str(problem, texts[_i].problem);
    else
        ck_assert_msg(!problem.p, "%s: %.*s", texts[_i].text, STR_ARG(problem));
}
END_TEST

/* Go allows ten thousand lists or maps within each other. */
START_TEST(nesting_is_bounded)
{
    enum { MOST = 10000 };
    static char text[2 * MOST + 4];
    struct value value;
    struct str problem;
    memset(text, '[', MOST + 1);
    memset(text + MOST + 1, ']', MOST + 1);
    ck_assert(value_from_json(&arena, (struct str){text + 1, (size_t)2 * MOST}, &value, &problem));
    ck_assert(!value_from_json(&arena, (struct str){text, (size_t)2 * MOST + 2}, &value, &problem));
    ck_assert_str(problem, "invalid character '[' exceeded max depth");
}
END_TEST

START_TEST(many_keys_take_no_quadratic_time)
{
    struct text text = {.arena = &arena};
    struct value value;
    struct str problem;
    text_add_char(&text, '{');
    for (int i = 300000; i > 0; i--)
        text_format(&text, "\"%06d\":%d%s", i, i, i > 1 ? "," : "}");
    ck_assert(value_from_json(&arena, text_str(&text), &value, &problem));
    ck_assert_uint_eq(value.map->count, 300000);
    ck_assert(value_map_get(value.map, STR("000042"))->number == 42);
}
END_TEST

START_TEST(a_value_is_taken_from_the_start)
{
    struct value value;
    struct str problem;
    struct str rest = STR("{\"a\":[1]},b=2");
    ck_assert(value_take_json(&arena, &rest, &value, &problem));
    ck_assert_str(rest, ",b=2");
    ck_assert_uint_eq(value.map->count, 1);
}
END_TEST

UNIT_TESTS("values/read_json", EACH(texts_are_read_as_go_reads_them, texts),
           ONCE(nesting_is_bounded), ONCE(many_keys_take_no_quadratic_time),
           ONCE(a_value_is_taken_from_the_start))
