#include "template_output.h"

enum { COMMENT_COLUMN = 56 };

/* The first thing that the line was made of. */
static void add_origin(struct text *out, const struct repository *repository,
                       const struct cause *cause)
{
    if (cause->places.count) {
        const struct cause_place *place = &cause->places.items[0];
        text_format(out, "%.*s ", STR_ARG(place->path));
        if (place->value.node && place->value.node->span.file) {
            text_add_char(out, '(');
            struct span span = value_span(place->value.node, place->value.key_span);
            repository_add_place(out, repository, span);
            text_add_c(out, ") ");
        } else if (place->kind == CAUSE_VALUES) {
            text_add_c(out, "(unknown) ");
        }
    } else if (cause->kind == CAUSE_UNKNOWN) {
        text_add_c(out, "unknown ");
    }
    for (size_t i = 0; i < cause->steps.count; i++)
        text_format(out, "%s%.*s:%u", i ? " < " : "", STR_ARG(cause->steps.items[i].template),
                    cause->steps.items[i].line);
}

static void add_line(struct text *out, const struct template_output *how,
                     const struct rendering *rendering, const struct manifest *manifest,
                     struct str line)
{
    struct str content = str_trim(line);
    text_add(out, line);
    if (!content.n)
        return;
    uint32_t start = (uint32_t)(content.p - manifest->text.p);
    struct span span = {0, start, start + (uint32_t)content.n};
    struct cause cause = cause_of_text(how->arena, how->origins, rendering, manifest, span);
    text_add_repeated(out, ' ', line.n < COMMENT_COLUMN ? COMMENT_COLUMN - line.n : 1);
    text_add_c(out, " # ");
    add_origin(out, how->repository, &cause);
}

struct str template_trace(const struct template_output *how, const struct rendering *rendering,
                          const struct manifest *manifest)
{
    struct text out = {.arena = how->arena};
    for (struct str rest = manifest->text; rest.p;) {
        struct str line = str_cut(&rest, '\n');
        add_line(&out, how, rendering, manifest, line);
        if (rest.p)
            text_add_char(&out, '\n');
    }
    return text_str(&out);
}
