#include "unit.h"
#include "yaml/yaml.h"

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
    struct arena arena = {0};
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
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("yaml/comment", EACH(comments_are_found_outside_of_scalars, texts))
