#include "tracing.h"

/* How the sources of a function's arguments become that of its result. */
enum way {
    WAY_MIXES,  /* it is made of all of them */
    WAY_WRITES, /* a text of the first: YAML or JSON */
    WAY_READS,  /* what the text of the first says */
    WAY_ENTERS, /* what stands in the first, under the keys that follow */
    WAY_DIGS,   /* what stands in the last, under the keys in front; else the one before the last */
    WAY_DECIDES, /* one of them, which the last decides */
};

static const struct {
    const char *name;
    enum way way;
} ways[] = {
    {"toYaml", WAY_WRITES},       {"mustToYaml", WAY_WRITES},       {"toYamlPretty", WAY_WRITES},
    {"toJson", WAY_WRITES},       {"mustToJson", WAY_WRITES},       {"toPrettyJson", WAY_WRITES},
    {"toRawJson", WAY_WRITES},    {"mustToPrettyJson", WAY_WRITES}, {"mustToRawJson", WAY_WRITES},
    {"fromYaml", WAY_READS},      {"fromYamlArray", WAY_READS},     {"fromJson", WAY_READS},
    {"fromJsonArray", WAY_READS}, {"mustFromJson", WAY_READS},      {"index", WAY_ENTERS},
    {"get", WAY_ENTERS},          {"hasKey", WAY_ENTERS},           {"dig", WAY_DIGS},
    {"default", WAY_DECIDES},     {"ternary", WAY_DECIDES},
};

static enum way way_of(const struct function *function)
{
    for (size_t i = 0; function && i < sizeof ways / sizeof *ways; i++) {
        if (strcmp(function->name, ways[i].name) == 0)
            return ways[i].way;
    }
    return WAY_MIXES;
}

static uint32_t mix(const struct call *call)
{
    struct trace *trace = call->evaluation->trace;
    uint32_t *sources = arena_make_array(call->arena, uint32_t, call->count + 1);
    for (size_t i = 0; i < call->count; i++)
        sources[i] = call->arguments[i].source;
    return trace_mixed(trace, sources, call->count);
}

/* A text that was made of one text keeps what is known of its lines. */
static uint32_t mix_or_lines(const struct call *call, struct value result)
{
    struct trace *trace = call->evaluation->trace;
    uint32_t mixed = mix(call);
    const struct trace_text *events = trace_source_at(trace, mixed)->text;
    for (size_t i = 0; events && result.type == VALUE_STRING && i < call->count; i++) {
        struct value from = call->arguments[i];
        if (from.type == VALUE_STRING && from.source == mixed)
            return trace_of_text(trace,
                                 trace_lines(trace, value_str(from), events, value_str(result)));
    }
    return mixed;
}

static uint32_t enter(const struct call *call, uint32_t source, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        struct value key = call->arguments[i];
        if (key.type == VALUE_STRING)
            source = trace_child(call->evaluation->trace, source, value_str(key), value_nil());
        else if (value_is_integer(key) && key.integer >= 0)
            source = trace_item(call->evaluation->trace, source, (size_t)key.integer, value_nil());
    }
    return source;
}

static uint32_t dig(const struct call *call)
{
    struct value map = call->arguments[call->count - 1];
    struct value otherwise = call->arguments[call->count - 2];
    uint32_t sources[] = {enter(call, map.source, 0, call->count - 2), otherwise.source};
    return trace_mixed(call->evaluation->trace, sources, 2);
}

static uint32_t decide(const struct call *call, struct value result)
{
    uint32_t sources[] = {result.source, call->arguments[call->count - 1].source};
    return trace_mixed(call->evaluation->trace, sources, 2);
}

void trace_call(struct call *call, struct value *result)
{
    struct trace *trace = call->evaluation->trace;
    enum way way = way_of(call->function);
    if (way == WAY_DECIDES)
        value_set_source(result, decide(call, *result));
    if (way == WAY_READS && call->count == 1)
        trace_read(trace, value_str(call->arguments[0]), call->arguments[0].source, result);
    if (result->source != TRACE_NONE)
        return;
    uint32_t source;
    if (way == WAY_WRITES)
        source = trace_of_text(trace, trace_written(trace, value_str(*result), call->arguments[0]));
    else if (way == WAY_ENTERS)
        source = enter(call, call->arguments[0].source, 1, call->count);
    else if (way == WAY_DIGS)
        source = dig(call);
    else
        source = mix_or_lines(call, *result);
    value_set_source(result, source);
}

uint32_t trace_with(struct evaluation *evaluation, struct value *value, uint32_t others)
{
    uint32_t sources[] = {value->source, others};
    if (evaluation->trace)
        value_set_source(value, trace_mixed(evaluation->trace, sources, 2));
    return value->source;
}
