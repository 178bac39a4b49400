#include "report/markdown_parts.h"
#include "report/xml_parts.h"
#include "unit.h"

UNIT_ARENA(arena)

static struct str xml_text(struct str s)
{
    struct text text = {.arena = &arena};
    xml_add_text(&text, s);
    return text_str(&text);
}

START_TEST(xml_text_is_escaped_and_valid)
{
    ck_assert_str(xml_text(STR("a<b> & \"c\" ]]>")), "a&lt;b&gt; &amp; \"c\" ]]&gt;");
    ck_assert_str(xml_text(STR("a\tb\nc\rd")), "a\tb\nc&#13;d");
    ck_assert_str(xml_text(STR("\x01\x1b[1m\xff")), "\uFFFD\uFFFD[1m\uFFFD");
    ck_assert_str(xml_text(STR("\xef\xbf\xbe")), "\uFFFD"); /* U+FFFE */
    ck_assert_str(xml_text(STR("ä→")), "ä→");
}
END_TEST

START_TEST(xml_attributes_keep_their_line_ends)
{
    struct text text = {.arena = &arena};
    xml_add_attribute(&text, "a", STR("x\ny\t\"<z"));
    xml_add_number(&text, "b", 7);
    ck_assert_str(text_str(&text), " a=\"x&#10;y&#9;&quot;&lt;z\" b=\"7\"");
}
END_TEST

START_TEST(markdown_code_is_longer_than_what_is_in_it)
{
    struct text text = {.arena = &arena};
    markdown_add_code(&text, STR("a\nb"));
    text_add_char(&text, '|');
    markdown_add_code(&text, STR("a``b`"));
    ck_assert_str(text_str(&text), "`a b`|``` a``b` ```");
}
END_TEST

START_TEST(markdown_text_has_no_meaning)
{
    struct text text = {.arena = &arena};
    markdown_add_plain(&text, STR("a|b *c*\n[d](e) <f>"));
    ck_assert_str(text_str(&text), "a\\|b \\*c\\* \\[d\\](e) \\<f\\>");
}
END_TEST

UNIT_TESTS("report/parts", ONCE(xml_text_is_escaped_and_valid),
           ONCE(xml_attributes_keep_their_line_ends),
           ONCE(markdown_code_is_longer_than_what_is_in_it), ONCE(markdown_text_has_no_meaning))
