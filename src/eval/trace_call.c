#include "render.h"
#include "tracing.h"

/* How the sources of a function's arguments become that of its result. */
enum way {
    WAY_MIXES,  /* it is made of all of them */
    WAY_WRITES, /* a text of the first: YAML or JSON */
    WAY_READS,  /* what the text of the first says */
    WAY_ENTERS, /* what stands in the first, under the keys that follow */
    WAY_DIGS,   /* what stands in the last, under the keys in front; else the one before the last */
    WAY_DECIDES, /* one of them, which the last decides */
    WAY_CHOOSES, /* one of them, which those in front of it decide */
    WAY_BUILDS,  /* a list or map that holds them */
    WAY_MERGES,  /* a map of all of them, of which the first counts most */
    WAY_COVERS,  /* a map of all of them, of which the last counts most */
    WAY_COPIES,  /* the map, or a part of it */
    WAY_SETS,    /* the first, into which the others were written */
    WAY_CHANCE,  /* something else each time */
    WAY_TYPES,   /* what kind of value the last is: of what a template built that is known */
};

static const struct {
    const char *name;
    enum way way;
} ways[] = {
    {"toYaml", WAY_WRITES},
    {"mustToYaml", WAY_WRITES},
    {"toYamlPretty", WAY_WRITES},
    {"toJson", WAY_WRITES},
    {"mustToJson", WAY_WRITES},
    {"toPrettyJson", WAY_WRITES},
    {"toRawJson", WAY_WRITES},
    {"mustToPrettyJson", WAY_WRITES},
    {"mustToRawJson", WAY_WRITES},
    {"fromYaml", WAY_READS},
    {"fromYamlArray", WAY_READS},
    {"fromJson", WAY_READS},
    {"fromJsonArray", WAY_READS},
    {"mustFromJson", WAY_READS},
    {"index", WAY_ENTERS},
    {"get", WAY_ENTERS},
    {"hasKey", WAY_ENTERS},
    {"dig", WAY_DIGS},
    {"default", WAY_DECIDES},
    {"ternary", WAY_DECIDES},
    {"coalesce", WAY_CHOOSES},
    {"dict", WAY_BUILDS},
    {"list", WAY_BUILDS},
    {"tuple", WAY_BUILDS},
    {"append", WAY_BUILDS},
    {"mustAppend", WAY_BUILDS},
    {"push", WAY_BUILDS},
    {"mustPush", WAY_BUILDS},
    {"prepend", WAY_BUILDS},
    {"mustPrepend", WAY_BUILDS},
    {"merge", WAY_MERGES},
    {"mustMerge", WAY_MERGES},
    {"mergeOverwrite", WAY_COVERS},
    {"deepCopy", WAY_COPIES},
    {"mustDeepCopy", WAY_COPIES},
    {"pick", WAY_COPIES},
    {"omit", WAY_COPIES},
    {"mustMergeOverwrite", WAY_COVERS},
    {"randAlphaNum", WAY_CHANCE},
    {"randAlpha", WAY_CHANCE},
    {"randAscii", WAY_CHANCE},
    {"randNumeric", WAY_CHANCE},
    {"randBytes", WAY_CHANCE},
    {"randInt", WAY_CHANCE},
    {"uuidv4", WAY_CHANCE},
    {"now", WAY_CHANCE},
    {"shuffle", WAY_CHANCE},
    {"genPrivateKey", WAY_CHANCE},
    {"genCA", WAY_CHANCE},
    {"genCAWithKey", WAY_CHANCE},
    {"genSelfSignedCert", WAY_CHANCE},
    {"genSelfSignedCertWithKey", WAY_CHANCE},
    {"genSignedCert", WAY_CHANCE},
    {"genSignedCertWithKey", WAY_CHANCE},
    {"bcrypt", WAY_CHANCE},
    {"htpasswd", WAY_CHANCE},
    {"encryptAES", WAY_CHANCE},
    {"set", WAY_SETS},
    {"typeIs", WAY_TYPES},
    {"typeOf", WAY_TYPES},
    {"kindIs", WAY_TYPES},
    {"kindOf", WAY_TYPES},
    {"typeIsLike", WAY_TYPES},
};

static enum way way_of(const struct function *function)
{
    for (size_t i = 0; function && i < sizeof ways / sizeof *ways; i++) {
        if (strcmp(function->name, ways[i].name) == 0)
            return ways[i].way;
    }
    return WAY_MIXES;
}

/* The sources of the arguments, from the last to the first when it is told so. */
static const uint32_t *argument_sources(const struct call *call, bool is_reversed)
{
    uint32_t *sources = arena_make_array(call->arena, uint32_t, call->count + 1);
    for (size_t i = 0; i < call->count; i++)
        sources[is_reversed ? call->count - 1 - i : i] = call->arguments[i].source;
    return sources;
}

static uint32_t mix(const struct call *call, bool is_reversed)
{
    return trace_mixed(call->evaluation->trace, argument_sources(call, is_reversed), call->count);
}

static uint32_t contain(const struct call *call, enum trace_kind kind)
{
    return trace_container(call->evaluation->trace, kind, argument_sources(call, false),
                           call->count);
}

/* A text that was made of one text keeps what is known of its lines. */
static uint32_t mix_or_lines(const struct call *call, struct value result)
{
    struct trace *trace = call->evaluation->trace;
    if (result.type == VALUE_LIST || result.type == VALUE_MAP || result.type == VALUE_OBJECT)
        return contain(call, TRACE_DERIVED);
    uint32_t mixed = mix(call, false);
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

/* Notes that something was written into a map, because of all that was asked on the way. */
static void note_set(const struct call *call)
{
    struct value *value = value_map_get(call->arguments[0].map, value_str(call->arguments[1]));
    for (const struct trace_asking *asking = call->evaluation->asking; value && asking;
         asking = asking->outer)
        value_set_source(value,
                         trace_because(call->evaluation->trace, value->source, asking->chain));
}

/* The result's own source, and what decided that it is the result. */
static uint32_t decide(const struct call *call, struct value result, enum way way)
{
    uint32_t decision =
        way == WAY_CHOOSES ? mix(call, false) : call->arguments[call->count - 1].source;
    return trace_decided(call->evaluation->trace, result.source, decision);
}

static bool is_built(const struct call *call, struct value value)
{
    enum trace_kind kind = trace_source_at(call->evaluation->trace, value.source)->kind;
    return kind == TRACE_BUILT || kind == TRACE_READ || kind == TRACE_DERIVED || kind == TRACE_TEXT;
}

/* Chance, and the arguments. */
static uint32_t chance(const struct call *call, struct value result)
{
    struct evaluation *evaluation = call->evaluation;
    const struct trace_site *site = trace_site_here(evaluation, evaluation->node);
    struct str name = str_from_c(call->function->name);
    uint32_t sources[] = {trace_chance(evaluation->trace, name, site), mix(call, false)};
    bool is_plain = result.type != VALUE_LIST && result.type != VALUE_OBJECT;
    return is_plain ? trace_mixed(evaluation->trace, sources, 2)
                    : trace_container(evaluation->trace, TRACE_DERIVED, sources, 2);
}

/* What a result without a source of its own comes from. */
static uint32_t source_of(const struct call *call, struct value result, enum way way)
{
    struct trace *trace = call->evaluation->trace;
    switch (way) {
    case WAY_WRITES:
        return trace_of_text(trace, trace_written(trace, value_str(result), call->arguments[0]));
    case WAY_ENTERS:
        return enter(call, call->arguments[0].source, 1, call->count);
    case WAY_DIGS:
        return dig(call);
    case WAY_BUILDS:
        return contain(call, TRACE_BUILT);
    case WAY_CHANCE:
        return chance(call, result);
    case WAY_TYPES:
        return is_built(call, call->arguments[call->count - 1]) ? TRACE_NONE : mix(call, false);
    case WAY_SETS:
    case WAY_COPIES:
        return call->arguments[0].source;
    default:
        return mix_or_lines(call, result);
    }
}

void trace_call(struct call *call, struct value *result)
{
    struct trace *trace = call->evaluation->trace;
    enum way way = way_of(call->function);
    if (way == WAY_DECIDES || way == WAY_CHOOSES)
        value_set_source(result, decide(call, *result, way));
    else if (way == WAY_MERGES || way == WAY_COVERS)
        value_set_source(result, mix(call, way == WAY_COVERS));
    else if (way == WAY_READS && call->count == 1)
        trace_read(trace, value_str(call->arguments[0]), call->arguments[0].source, result);
    if (way == WAY_SETS)
        note_set(call);
    if (result->source == TRACE_NONE)
        value_set_source(result, source_of(call, *result, way));
}

void trace_failed(struct call *call)
{
    struct evaluation *evaluation = call->evaluation;
    bool is_told = evaluation->reason != RENDER_FAILS || evaluation->blamed != TRACE_NONE;
    if (!is_told)
        evaluation->blamed = mix(call, true);
}

uint32_t trace_with(struct evaluation *evaluation, struct value *value, uint32_t others,
                    bool is_decisive)
{
    if (!evaluation->trace)
        return TRACE_NONE;
    uint32_t sources[] = {others, value->source};
    uint32_t source = is_decisive ? trace_decided(evaluation->trace, value->source, others)
                                  : trace_mixed(evaluation->trace, sources, 2);
    value_set_source(value, source);
    return source;
}
