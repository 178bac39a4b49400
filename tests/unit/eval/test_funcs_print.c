#include "eval_unit.h"

#include <math.h>

/* The expected texts are those of text/template and Sprig 3.3.0. */

static bool run(struct arena *arena, const char *name, const struct value *arguments, size_t count,
                struct str *ret_text)
{
    struct value value;
    bool ok = call_function(arena, &limits_default, name, arguments, count, &value, ret_text);
    if (ok)
        *ret_text = value_to_text(arena, value, 4);
    return ok;
}

START_TEST(values_are_printed_and_escaped)
{
    const struct {
        const char *function;
        struct value arguments[6];
        size_t count;
        const char *expected;
    } samples[] = {
        {"print", {value_nil()}, 0, ""},
        {"print",
         {value_int(1), value_int(2), value_string(STR("a")), value_string(STR("b")), value_int(3),
          value_nil()},
         6,
         "1 2ab3 <nil>"},
        {"print", {value_nil()}, 1, "<nil>"},
        {"println", {value_string(STR("a")), value_int(1), value_nil()}, 3, "a 1 <nil>\012"},
        {"printf", {value_string(STR("%s-%d")), value_string(STR("a")), value_int(1)}, 3, "a-1"},
        {"printf", {value_string(STR("%d")), value_string(STR("a"))}, 2, "%!d(string=a)"},
        {"html",
         {value_string(STR("<a href='x'>&\"\000"))},
         1,
         "&lt;a href=&#39;x&#39;&gt;&amp;&#34;\357\277\275"},
        {"html", {value_nil()}, 1, "&lt;no value&gt;"},
        {"html", {value_int(1), value_nil(), value_int(2)}, 3, "1&lt;no value&gt;2"},
        {"html",
         {value_string(STR("a")), value_nil(), value_string(STR("b"))},
         3,
         "a&lt;no value&gt;b"},
        {"js",
         {value_string(STR("<a>'\"\\&=\012\177\303\251\342\200\250\377"))},
         1,
         "\\u003Ca\\u003E\\'\\\"\\\\\\u0026\\u003D\\u000A\177\303\251\\u2028\377"},
        {"js", {value_nil()}, 1, "\\u003Cno value\\u003E"},
        {"urlquery", {value_string(STR("a b&c=d/\303\251~-_."))}, 1, "a+b%26c%3Dd%2F%C3%A9~-_."},
        {"urlquery", {value_int(1), value_int(2)}, 2, "1+2"},
        {"toString", {value_float(1.5)}, 1, "1.5"},
        {"toString", {value_nil()}, 1, "<nil>"},
        {"toString", {value_string(STR("a"))}, 1, "a"},
        {"toString", {value_bool(true)}, 1, "true"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct arena arena = {0};
        struct str text;
        bool ok = run(&arena, samples[i].function, samples[i].arguments, samples[i].count, &text);
        ck_assert(ok);
        ck_assert_str(text, samples[i].expected);
        arena_release(&arena);
    }
}
END_TEST

UNIT_TESTS("eval/funcs_print", ONCE(values_are_printed_and_escaped))
