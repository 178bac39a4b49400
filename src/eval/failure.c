#include <inttypes.h>
#include <stdarg.h>

#include "evaluation.h"

static uint32_t site_offset(struct site site)
{
    switch (site.kind) {
    case SITE_NODE:
        return ((const struct template_node *)site.node)->offset;
    case SITE_PIPELINE:
        return ((const struct pipeline *)site.node)->offset;
    case SITE_COMMAND:
        return ((const struct command *)site.node)->offset;
    case SITE_OPERAND:
        return ((const struct operand *)site.node)->offset;
    }
    return 0;
}

static struct str site_text(struct arena *arena, struct site site)
{
    switch (site.kind) {
    case SITE_NODE:
        return template_node_to_text(arena, site.node);
    case SITE_PIPELINE:
        return pipeline_to_text(arena, site.node);
    case SITE_COMMAND:
        return command_to_text(arena, site.node);
    case SITE_OPERAND:
        return operand_to_text(arena, site.node);
    }
    return STR("");
}

static bool note(struct evaluation *evaluation, const struct failure *inner, const char *format,
                 va_list args)
{
    struct arena *arena = evaluation->arena;
    const struct template_definition *definition = evaluation->executing;
    uint32_t offset = site_offset(evaluation->at);
    struct template_place place = template_place_of(definition->source, offset);
    struct text text = {.arena = arena};
    text_format(&text, "template: %.*s:%u:%u: executing %.*s at <%.*s>: ",
                STR_ARG(definition->source->name), place.line, place.column,
                STR_ARG(quote_go(arena, definition->name)),
                STR_ARG(site_text(arena, evaluation->at)));
    text_format_list(&text, format, args);
    struct failure *failure = arena_make(arena, struct failure);
    *failure = (struct failure){text_str(&text), inner, definition->source, offset};
    evaluation->failure = failure;
    return false;
}

bool fail(struct evaluation *evaluation, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    note(evaluation, NULL, format, args);
    va_end(args);
    return false;
}

bool fail_because(struct evaluation *evaluation, const struct failure *inner, const char *format,
                  ...)
{
    va_list args;
    va_start(args, format);
    note(evaluation, inner, format, args);
    va_end(args);
    return false;
}

bool spend_step(struct evaluation *evaluation)
{
    if (++evaluation->steps > evaluation->limits->render_steps)
        return fail(evaluation, "the limit render_steps, %" PRIu64 ", is reached",
                    evaluation->limits->render_steps);
    if (evaluation->arena->allocated > evaluation->limits->render_bytes)
        return fail(evaluation, "the limit render_bytes, %" PRIu64 ", is reached",
                    evaluation->limits->render_bytes);
    return true;
}

/* What one error says about itself; the parts may be empty. */
struct traceable {
    struct str location, executing, message;
};

/* An error inside the message is told by itself. */
static struct str without_chained(struct str message)
{
    size_t cut = str_find(message, STR(" template:"));
    return cut == STR_NOT_FOUND ? message : str_slice(message, 0, cut);
}

/* NAME: executing "X" at <Y>: MESSAGE. The second quote is the first one after the opening one, as
 * Helm looks for it. */
static bool parse_executing(struct arena *arena, struct str text, struct traceable *ret_traceable)
{
    size_t at = str_find(text, STR(": executing "));
    if (at == STR_NOT_FOUND)
        return false;
    struct str after = str_from(text, at + strlen(": executing "));
    size_t quote =
        after.n && after.p[0] == '"' ? str_find_char(str_from(after, 1), '"') : STR_NOT_FOUND;
    if (quote == STR_NOT_FOUND)
        return false;
    struct str name = str_slice(after, 1, quote + 1);
    struct str place = str_from(after, quote + 2);
    if (!str_starts_with(place, STR(" at <")))
        return false;
    place = str_from(place, strlen(" at <"));
    size_t end = str_find(place, STR(">: "));
    if (end == STR_NOT_FOUND)
        return false;
    ret_traceable->location = str_slice(text, 0, at);
    ret_traceable->executing = str_format(arena, "executing \"%.*s\" at <%.*s>:", STR_ARG(name),
                                          STR_ARG(str_slice(place, 0, end)));
    ret_traceable->message = without_chained(str_from(place, end + strlen(">: ")));
    return true;
}

static size_t find_last(struct str s, struct str needle)
{
    for (size_t at = s.n; at-- > 0;) {
        if (str_starts_with(str_from(s, at), needle))
            return at;
    }
    return STR_NOT_FOUND;
}

static bool parse_traceable(struct arena *arena, struct str text, struct traceable *ret_traceable)
{
    *ret_traceable = (struct traceable){0};
    if (!str_starts_with(text, STR("template: ")))
        return false;
    struct str rest = str_from(text, strlen("template: "));
    if (str_starts_with(rest, STR("no template "))) {
        ret_traceable->message = text;
        return true;
    }
    if (parse_executing(arena, rest, ret_traceable))
        return true;
    size_t at = find_last(rest, STR(": "));
    if (at == STR_NOT_FOUND)
        return false;
    ret_traceable->location = str_slice(rest, 0, at);
    ret_traceable->message = without_chained(str_from(rest, at + 2));
    return true;
}

static bool traceables_are_equal(const struct traceable *a, const struct traceable *b)
{
    return str_equal(a->location, b->location) && str_equal(a->executing, b->executing) &&
           str_equal(a->message, b->message);
}

/* Helm 4 tells the chain of errors line by line, but only when all of them come from templates. */
static struct str tell_chain(struct arena *arena, const struct failure *failure)
{
    struct text out = {.arena = arena};
    struct traceable last = {0};
    for (const struct failure *at = failure; at; at = at->inner) {
        struct traceable told;
        if (!parse_traceable(arena, at->text, &told))
            return failure->text;
        if (at != failure && traceables_are_equal(&told, &last))
            continue;
        if (told.location.n)
            text_format(&out, "%.*s\n  ", STR_ARG(told.location));
        if (told.executing.n)
            text_format(&out, "%.*s\n    ", STR_ARG(told.executing));
        if (told.message.n)
            text_format(&out, "%.*s\n", STR_ARG(told.message));
        last = told;
    }
    return str_trim(text_str(&out));
}

struct str failure_to_helm(struct arena *arena, const struct failure *failure, struct str file,
                           unsigned helm)
{
    struct str rest = failure->text;
    size_t first = str_find(rest, STR(": "));
    rest = first == STR_NOT_FOUND ? STR("") : str_from(rest, first + 2);
    size_t second = str_find(rest, STR(": "));
    if (second == STR_NOT_FOUND)
        return str_format(arena, "execution error in (%.*s): %.*s", STR_ARG(file),
                          STR_ARG(failure->text));
    struct str location = str_slice(rest, 0, second);
    rest = str_from(rest, second + 2);
    size_t start = str_find(rest, STR(WARNING_START));
    size_t end = start == STR_NOT_FOUND ? STR_NOT_FOUND : find_last(rest, STR(WARNING_END));
    if (end != STR_NOT_FOUND && end >= start + strlen(WARNING_START))
        return str_format(arena, "execution error at (%.*s): %.*s", STR_ARG(location),
                          STR_ARG(str_slice(rest, start + strlen(WARNING_START), end)));
    return helm == 3 ? failure->text : tell_chain(arena, failure);
}
