#include "reads_private.h"

/* What functions do with maps and lists of which it is known what may be in them. */

/* --- maps --- */

static struct collection *made(struct flow_call *call)
{
    return collection_new(call->frame->analysis, call->frame, call->place, 0);
}

/* Puts a value behind the keys that a flow may be. */
static void put(struct flow_call *call, const struct flow *map, const struct flow *key,
                const struct flow *value)
{
    struct analysis *analysis = call->frame->analysis;
    flow_read(analysis, key, READ_WHOLE | READ_PLAIN);
    for (size_t i = 0; i < key->count; i++) {
        const struct source *source = key->sources[i];
        bool is_known = source->kind == SOURCE_CONSTANT && source->constant.type == VALUE_STRING;
        flow_store(analysis, map, is_known ? value_str(source->constant) : (struct str){0}, value);
    }
}

const struct flow *call_make_dict(struct flow_call *call)
{
    struct analysis *analysis = call->frame->analysis;
    const struct flow *map = flow_collection(analysis, made(call));
    for (size_t i = 0; i + 1 < call->count; i += 2)
        put(call, map, call->arguments[i], call->arguments[i + 1]);
    return map;
}

const struct flow *call_set_entry(struct flow_call *call)
{
    if (call->count != 3)
        return call_read_all(call);
    put(call, call->arguments[0], call->arguments[1], call->arguments[2]);
    return call->arguments[0];
}

const struct flow *call_get_entry(struct flow_call *call)
{
    if (call->count != 2)
        return call_read_all(call);
    return flow_index(call->frame->analysis, call->arguments[0], call->arguments[1]);
}

/* hasKey and unset: the key counts, not what stands there. */
const struct flow *call_has_key(struct flow_call *call)
{
    call_get_entry(call);
    return call->frame->analysis->other;
}

const struct flow *call_unset_entry(struct flow_call *call)
{
    if (call->count != 2)
        return call_read_all(call);
    flow_read(call->frame->analysis, call->arguments[1], READ_WHOLE | READ_PLAIN);
    return call->arguments[0];
}

const struct flow *call_index_entries(struct flow_call *call)
{
    struct analysis *analysis = call->frame->analysis;
    const struct flow *found = call->count ? call->arguments[0] : analysis->nil;
    for (size_t i = 1; i < call->count; i++)
        found = flow_index(analysis, found, call->arguments[i]);
    return found;
}

static const struct flow *list_of(struct flow_call *call, const struct flow *items)
{
    struct collection *list = made(call);
    collection_put_unknown(call->frame->analysis, list, items);
    return flow_collection(call->frame->analysis, list);
}

const struct flow *call_pluck(struct flow_call *call)
{
    struct analysis *analysis = call->frame->analysis;
    const struct flow *items = analysis->none;
    for (size_t i = 1; i < call->count; i++)
        items = flow_union(analysis, items,
                           flow_index(analysis, call->arguments[i], call->arguments[0]));
    return list_of(call, items);
}

/* dig "a" "b" otherwise map */
const struct flow *call_dig(struct flow_call *call)
{
    struct analysis *analysis = call->frame->analysis;
    if (call->count < 3)
        return call_read_all(call);
    const struct flow *found = call->arguments[call->count - 1];
    for (size_t i = 0; i + 2 < call->count; i++)
        found = flow_index(analysis, found, call->arguments[i]);
    return flow_union(analysis, found, call->arguments[call->count - 2]);
}

const struct flow *call_pick(struct flow_call *call)
{
    struct analysis *analysis = call->frame->analysis;
    const struct flow *map = flow_collection(analysis, made(call));
    for (size_t i = 1; i < call->count; i++)
        put(call, map, call->arguments[i],
            flow_index(analysis, call->arguments[0], call->arguments[i]));
    return map;
}

const struct flow *call_omit(struct flow_call *call)
{
    call_read_from(call, 1, READ_WHOLE | READ_PLAIN);
    return call->count ? call->arguments[0] : call->frame->analysis->nil;
}

const struct flow *call_copy(struct flow_call *call)
{
    struct analysis *analysis = call->frame->analysis;
    struct collection *map = made(call);
    if (call->count != 1)
        return call_read_all(call);
    /* Of scalars and of nil nothing is a copy. */
    const struct flow *plain = analysis->none;
    for (size_t i = 0; i < call->arguments[0]->count; i++) {
        const struct source *source = call->arguments[0]->sources[i];
        const struct flow *flow = flow_of(analysis, source);
        if (source->kind <= SOURCE_CONSTANT)
            plain = flow_union(analysis, plain, flow);
        else
            collection_inherit(analysis, map, flow);
    }
    return flow_union(analysis, plain, flow_collection(analysis, map));
}

static const struct flow *merge_into(struct analysis *analysis, const struct source *into,
                                     const struct flow *from)
{
    if (into->kind == SOURCE_COLLECTION)
        collection_inherit(analysis, into->collection, from);
    else if (into->kind == SOURCE_ROOT)
        collection_inherit(analysis, into->scope->additional, from);
    else
        flow_read(analysis, from, READ_WHOLE | READ_PLAIN);
    return flow_of(analysis, into);
}

const struct flow *call_merge(struct flow_call *call)
{
    struct analysis *analysis = call->frame->analysis;
    if (!call->count)
        return analysis->nil;
    for (size_t i = 0; i < call->arguments[0]->count; i++) {
        for (size_t k = 1; k < call->count; k++)
            merge_into(analysis, call->arguments[0]->sources[i], call->arguments[k]);
    }
    return call->arguments[0];
}

const struct flow *call_list_values(struct flow_call *call)
{
    return call->count ? list_of(call, flow_elements(call->frame->analysis, call->arguments[0]))
                       : call->frame->analysis->nil;
}

const struct flow *call_list_keys(struct flow_call *call)
{
    struct analysis *analysis = call->frame->analysis;
    const struct flow *keys = analysis->none;
    call_count_keys(call);
    for (size_t i = 0; i < call->count; i++)
        keys = flow_union(analysis, keys, flow_keys(analysis, call->arguments[i]));
    return list_of(call, keys);
}

/* --- lists --- */

const struct flow *call_make_list(struct flow_call *call)
{
    struct analysis *analysis = call->frame->analysis;
    struct collection *list = made(call);
    for (size_t i = 0; i < call->count; i++)
        collection_put(analysis, list, str_format(analysis->arena, "%zu", i), call->arguments[i]);
    list->is_sequence = true;
    return flow_collection(analysis, list);
}

/* split and splitList of constants; what `split` makes is a map with the keys _0, _1 … */
const struct flow *call_split(struct flow_call *call)
{
    struct analysis *analysis = call->frame->analysis;
    const struct value *separator =
        call->count == 2 ? flow_only_constant(call->arguments[0]) : NULL;
    const struct value *text = call->count == 2 ? flow_only_constant(call->arguments[1]) : NULL;
    if (!separator || !text || separator->type != VALUE_STRING || text->type != VALUE_STRING ||
        separator->length != 1)
        return call_read_all(call);
    bool is_map = strcmp(call->function->name, "split") == 0;
    struct collection *list =
        collection_new(analysis, call->frame, call->place, (uintptr_t)call->arguments[1]);
    struct str rest = value_str(*text);
    for (size_t i = 0; rest.p; i++) {
        struct str part = str_cut(&rest, separator->bytes[0]);
        collection_put(analysis, list, str_format(analysis->arena, is_map ? "_%zu" : "%zu", i),
                       flow_constant(analysis, value_string(part)));
    }
    list->is_sequence = list->entries.count <= 10;
    return flow_collection(analysis, list);
}

const struct flow *call_first_item(struct flow_call *call)
{
    struct analysis *analysis = call->frame->analysis;
    if (call->count != 1)
        return call_read_all(call);
    const struct flow *list = call->arguments[0];
    bool is_made = list->count == 1 && list->sources[0]->kind == SOURCE_COLLECTION;
    return is_made ? flow_at(analysis, list, STR("0")) : flow_elements(analysis, list);
}

const struct flow *call_any_item(struct flow_call *call)
{
    return call->count == 1 ? flow_elements(call->frame->analysis, call->arguments[0])
                            : call_read_all(call);
}

/* A list of items of another one. */
const struct flow *call_same_items(struct flow_call *call)
{
    if (!call->count)
        return call->frame->analysis->nil;
    call_read_from(call, 1, READ_WHOLE | READ_PLAIN);
    return list_of(call, flow_elements(call->frame->analysis, call->arguments[0]));
}

/* The same, the items being looked at. */
const struct flow *call_compared_items(struct flow_call *call)
{
    bool braces = call_read_from(call, 0, READ_WHOLE | READ_PLAIN);
    return list_of(call, call_unknown(call, braces));
}

const struct flow *call_add_item(struct flow_call *call)
{
    struct analysis *analysis = call->frame->analysis;
    if (call->count != 2)
        return call_read_all(call);
    const struct flow *items = flow_elements(analysis, call->arguments[0]);
    return list_of(call, flow_union(analysis, items, call->arguments[1]));
}

const struct flow *call_concatenate(struct flow_call *call)
{
    struct analysis *analysis = call->frame->analysis;
    const struct flow *items = analysis->none;
    for (size_t i = 0; i < call->count; i++)
        items = flow_union(analysis, items, flow_elements(analysis, call->arguments[i]));
    return list_of(call, items);
}
