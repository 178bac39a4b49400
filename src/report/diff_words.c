#include "diff_words.h"

struct str diff_cause_words(struct arena *arena, const struct change_cause *cause)
{
    struct text text = {.arena = arena};
    const struct position *at = &cause->position;
    if (at->path.n)
        text_format(&text, "%.*s:%u:%u", STR_ARG(at->path), at->line, at->column);
    if (cause->values_path.n)
        text_format(&text, " %.*s", STR_ARG(cause->values_path));
    if (cause->text.n)
        text_format(&text, "%s%.*s", text.n ? " " : "", STR_ARG(cause->text));
    else if (cause->is_gone)
        text_add_c(&text, " (removed)");
    return text_str(&text);
}

struct str diff_effect_words(struct arena *arena, const struct effect *effect)
{
    struct text text = {.arena = arena};
    const char *what = change_name(effect->kind);
    text_add(&text, effect->object_kind);
    if (effect->field.n)
        text_format(&text, " %.*s", STR_ARG(effect->field));
    if (!effect->field.n && !effect->before.p && !effect->after.p && !effect->is_hidden)
        text_format(&text, " %s", what);
    else if (effect->is_hidden)
        text_format(&text, ": %s (hidden)", what);
    else if (effect->kind == CHANGE_CHANGED)
        text_format(&text, ": %.*s → %.*s", STR_ARG(effect->before), STR_ARG(effect->after));
    else
        text_format(&text, ": %s %.*s", what,
                    STR_ARG(effect->kind == CHANGE_ADDED ? effect->after : effect->before));
    return text_str(&text);
}

struct str diff_objects_words(struct arena *arena, const struct effect *effect, size_t most)
{
    struct text text = {.arena = arena};
    size_t count = effect->objects.count;
    size_t shown = count > most ? most - 1 : count;
    for (size_t i = 0; i < shown; i++)
        text_format(&text, "%s%.*s", i ? ", " : "", STR_ARG(effect->objects.items[i]));
    if (shown < count)
        text_format(&text, " and %zu more", count - shown);
    return text_str(&text);
}

struct str diff_summary_words(struct arena *arena, const struct diff *diff)
{
    struct text text = {.arena = arena};
    text_format(&text, "%zu object%s in %zu release%s change%s, %zu cause%s; ", diff->objects,
                plural(diff->objects), diff->releases, plural(diff->releases),
                diff->objects == 1 ? "s" : "", diff->cause_count, plural(diff->cause_count));
    text_format(&text, "findings: %zu new, %zu gone", diff->new_findings.count,
                diff->gone_findings.count);
    if (diff->uncompared.count)
        text_format(&text, "; %zu release%s could not be compared", diff->uncompared.count,
                    plural(diff->uncompared.count));
    return text_str(&text);
}
