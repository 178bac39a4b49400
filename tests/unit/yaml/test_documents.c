#include "yaml_unit.h"

/* Expected: `helm template -f` of Helm 4.1.4, which Helm 3.17.2 does not follow. */

static void merges_to(const char *text, const char *same)
{
    const struct yaml_node *merged = yaml_merged(&arena, parse(text));
    ck_assert_msg(yaml_equal(merged, root_of(same)), "%s gives %.*s", text,
                  STR_ARG(yaml_brief(&arena, merged, 200)));
}

START_TEST(later_documents_win_and_maps_merge)
{
    merges_to("a: 1\nm: {x: 1, l: ~}\n---\nb: 2\nm: {z: 2}\n---\na: 3\n",
              "{a: 3, b: 2, m: {l: ~, x: 1, z: 2}}");
    merges_to("b: {x: 1}\n---\nb: 4\n---\nb: {z: 1}\n", "b: {z: 1}");
    merges_to("b: 1\n---\nb: ~\n", "b: ~");
}
END_TEST

START_TEST(empty_documents_count_for_nothing)
{
    merges_to("# c\n---\nb: 2\n", "b: 2");
    merges_to("b: 2\n---\n# c\n", "b: 2");
    merges_to("---\n---\n", "~");
    const struct yaml_stream *stream = parse("---\n---\nb: 2\n---\n");
    ck_assert_ptr_eq(yaml_merged(&arena, stream), stream->documents[1].root);
}
END_TEST

START_TEST(what_helm_refuses_is_returned)
{
    ck_assert_int_eq(yaml_merged(&arena, parse("b: 2\n---\n- 1\n"))->kind, YAML_LIST);
    ck_assert_int_eq(yaml_merged(&arena, parse("text\n"))->kind, YAML_STRING);
}
END_TEST

START_TEST(documents_know_where_they_are)
{
    const char *text = "a: 1\n---\n# c\nb: 2\n\n---\n";
    const struct yaml_stream *stream = parse(text);
    ck_assert_uint_eq(stream->document_count, 3);
    ck_assert_source(text, stream->documents[1].root->span, "b: 2");
    ck_assert_uint_eq(stream->documents[1].span.end, stream->documents[1].root->span.end);
    ck_assert_uint_eq(stream->documents[1].span.start, 5);
}
END_TEST

UNIT_TESTS("yaml/documents", ONCE(later_documents_win_and_maps_merge),
           ONCE(empty_documents_count_for_nothing), ONCE(what_helm_refuses_is_returned),
           ONCE(documents_know_where_they_are))
