#include <stdarg.h>

#include "yaml_unit.h"

static void has_comments(const char *text, size_t count, ...)
{
    const struct yaml_stream *stream = parse(text);
    ck_assert_msg(stream->comment_count == count, "%zu comments, expected %zu, in: %s",
                  stream->comment_count, count, text);
    va_list expected;
    va_start(expected, count);
    for (size_t i = 0; i < count; i++)
        ck_assert_str(stream->comments[i].text, va_arg(expected, const char *));
    va_end(expected);
}

START_TEST(comments_stand_alone_or_behind_a_blank)
{
    const char *text = "# first\nk: 1 #  second  \n\t#third\n#\nl: a#b\n";
    has_comments(text, 4, "first", "second", "third", "");
    const struct yaml_stream *stream = parse(text);
    ck_assert(stream->comments[0].alone);
    ck_assert(!stream->comments[1].alone);
    ck_assert(stream->comments[2].alone);
    ck_assert_source(text, stream->comments[1].span, "#  second  ");
}
END_TEST

START_TEST(scalars_hold_no_comments)
{
    has_comments("k: 'a # b' # c\n", 1, "c");
    has_comments("k: \"a # b\n  # still\" # c\n", 1, "c");
    has_comments("k: |\n  # text\n  a # b\n# c\nl: 1\n", 1, "c");
    has_comments("'# k': 1 # c\n", 1, "c");
    has_comments("k: >-\n  # text\n\n  # more\n", 0);
}
END_TEST

START_TEST(the_header_of_block_text_may_have_one)
{
    has_comments("k: | # header\n  # text\nl: 1 # c\n", 2, "header", "c");
    has_comments("k: |\n  # text\n # c\nl: 1\n", 1, "c");
    has_comments("k: &a !!str >- # header\n  text\n", 1, "header");
}
END_TEST

START_TEST(comments_in_flow_collections_and_between_documents)
{
    has_comments("[ a, # one\n  b ] # two\n--- # three\n# four\n", 4, "one", "two", "three",
                 "four");
    has_comments("%YAML 1.1 # one\n---\nk: 1\n... # two\n", 2, "one", "two");
}
END_TEST

START_TEST(lines_may_end_with_carriage_returns)
{
    has_comments("# one\r\nk: 1 # two\r\n", 2, "one", "two");
    has_comments("# one\r# two\r", 2, "one", "two");
}
END_TEST

START_TEST(a_broken_file_keeps_the_comments_that_were_read)
{
    has_comments("# one\nk: [a\nl: 1\n", 1, "one");
}
END_TEST

/* The comments of a text, joined by "|"; those that stand alone on their line begin with "!". */
static const struct {
    const char *text, *comments;
} texts[] = {
    {"# one\na: 1 # two\n  # three\n", "!one|two|!three"},
    {"a: b#c\n", ""},
    {"a: 'x # no' # yes\n", "yes"},
    {"a: \"x # no\n  # nor this\" # yes\n", "yes"},
    {"a: | # head\n  # no\n  text # no\n# yes\n", "head|!yes"},
    {"a: plain\n  more # yes\n", "yes"},
    {"#only", "!only"},
    {"a: [1, # one\n  2] # two\n", "one|two"},
    {"a: 1 #\r\nb: 2\r\n", ""},
    {"url: http://x/#frag # yes\n", "yes"},
};

START_TEST(comments_are_found_outside_of_scalars)
{
    const struct yaml_stream *stream =
        yaml_parse_bytes(&arena, str_from_c(texts[_i].text), 1, &limits_default);
    struct text found = {.arena = &arena};
    for (size_t i = 0; i < stream->comment_count; i++) {
        const struct yaml_comment *comment = &stream->comments[i];
        if (!comment->text.n)
            continue;
        text_add_c(&found, found.n ? "|" : "");
        text_add_c(&found, comment->alone ? "!" : "");
        text_add(&found, comment->text);
    }
    ck_assert_str(text_str(&found), texts[_i].comments);
}
END_TEST

UNIT_TESTS("yaml/comment", ONCE(comments_stand_alone_or_behind_a_blank),
           ONCE(scalars_hold_no_comments), ONCE(the_header_of_block_text_may_have_one),
           ONCE(comments_in_flow_collections_and_between_documents),
           ONCE(lines_may_end_with_carriage_returns),
           ONCE(a_broken_file_keeps_the_comments_that_were_read),
           EACH(comments_are_found_outside_of_scalars, texts))
