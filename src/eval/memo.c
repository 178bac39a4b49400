#include "memo.h"

struct inclusion *memo_inclusion(struct evaluation *evaluation, struct str name)
{
    struct inclusion *inclusion = map_get(&evaluation->included, name);
    if (!inclusion) {
        inclusion = arena_make(evaluation->arena, struct inclusion);
        map_put(evaluation->arena, &evaluation->included, name, inclusion);
    }
    return inclusion;
}

static bool file_matters(struct evaluation *evaluation, struct inclusion *inclusion,
                         const struct template_definition *definition)
{
    bool is_elsewhere = evaluation->changes || evaluation->definitions->outer;
    return is_elsewhere || !memo_spans_files(evaluation, inclusion, definition);
}

struct memo_key memo_key(struct evaluation *evaluation, struct inclusion *inclusion,
                         const struct template_definition *definition, struct value dot)
{
    return (struct memo_key){
        .definition = definition,
        .dot = {(uint64_t)dot.type | (uint64_t)dot.is_values << 8 | (uint64_t)dot.length << 32,
                dot.type == VALUE_BOOL ? dot.boolean : (uint64_t)dot.integer},
        .changes = evaluation->changes,
        .random = evaluation->random,
        .file = file_matters(evaluation, inclusion, definition) ? evaluation->file : 0,
    };
}

static struct str bytes_of(const struct memo_key *key)
{
    return (struct str){(const char *)key, sizeof *key};
}

/* Within a `tpl` with definitions of its own the same name may mean something else. */
static bool can_remember(const struct evaluation *evaluation)
{
    return !evaluation->trace && !evaluation->definitions->outer;
}

const struct value *memo_find(const struct evaluation *evaluation, const struct memo_key *key)
{
    return can_remember(evaluation) ? map_get(&evaluation->included_texts, bytes_of(key)) : NULL;
}

void memo_add(struct evaluation *evaluation, const struct memo_key *key, struct value text)
{
    struct arena *arena = evaluation->arena;
    bool has_changed = evaluation->changes != key->changes || evaluation->random != key->random;
    if (has_changed || !can_remember(evaluation))
        return;
    struct value *kept = arena_make(arena, struct value);
    *kept = text;
    map_put(arena, &evaluation->included_texts, str_copy(arena, bytes_of(key)), kept);
}
