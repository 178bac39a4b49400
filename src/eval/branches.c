#include "branches.h"

static struct str key_of(const struct span *span)
{
    return (struct str){(const char *)span, sizeof *span};
}

/* The condition as it is written, to the end of its line or action. */
static struct span condition_span(const struct template_source *source,
                                  const struct template_node *node)
{
    struct str rest = str_from(source->bytes, node->offset);
    rest = str_slice(rest, 0, str_find_char(rest, '\n'));
    rest = str_trim(str_slice(rest, 0, str_find(rest, STR("}}"))));
    if (str_ends_with(rest, STR(" -")))
        rest = str_trim(str_slice(rest, 0, rest.n - 1));
    return (struct span){source->file, node->offset, node->offset + (uint32_t)rest.n};
}

void branches_note(struct branches *branches, const struct template_source *source,
                   const struct template_node *node, bool holds)
{
    if (!source->file)
        return;
    struct span span = condition_span(source, node);
    struct branch *branch = map_get(&branches->by_span, key_of(&span));
    if (!branch) {
        branch = arena_make(branches->arena, struct branch);
        branch->span = span;
        branch->pipeline = pipeline_to_text(branches->arena, node->pipeline);
        branch->has_otherwise = node->otherwise.count > 0;
        map_put(branches->arena, &branches->by_span, key_of(&branch->span), branch);
    }
    branch->was_true = branch->was_true || holds;
    branch->was_false = branch->was_false || !holds;
}
