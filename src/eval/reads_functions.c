#include "functions.h"
#include "reads_private.h"

/* What functions do with values that are not known. A function that is not in the table reads its
 * arguments whole, and nothing of them is in its result that is not read. */

static const struct flow *union_from(struct flow_call *call, size_t first)
{
    const struct flow *all = call->frame->analysis->none;
    for (size_t i = first; i < call->count; i++)
        all = flow_union(call->frame->analysis, all, call->arguments[i]);
    return all;
}

bool call_read_from(struct flow_call *call, size_t first, unsigned uses)
{
    bool braces = false;
    for (size_t i = first; i < call->count; i++)
        braces |= flow_read(call->frame->analysis, call->arguments[i], uses);
    return braces;
}

/* A text or number of which nothing more is known. */
const struct flow *call_unknown(struct flow_call *call, bool braces)
{
    struct analysis *analysis = call->frame->analysis;
    return braces ? flow_union(analysis, analysis->other, analysis->braces) : analysis->other;
}

/* --- functions of constants are called --- */

static bool fit_constant(enum parameter parameter, const struct flow *flow, struct value *ret_value)
{
    const struct value *constant = flow_only_constant(flow);
    bool is_text = constant && constant->type == VALUE_STRING;
    bool is_int = constant && constant->type == VALUE_INT;
    if (!constant || (parameter == PARAMETER_STRING && !is_text) ||
        (parameter == PARAMETER_INT && !is_int))
        return false;
    *ret_value = *constant;
    return parameter == PARAMETER_STRING || parameter == PARAMETER_INT ||
           parameter == PARAMETER_ANY;
}

enum { CONSTANTS_MOST = 8 };

/* The result where all arguments are one constant each; NULL when it is not to be had. */
static const struct flow *fold(struct flow_call *call)
{
    struct analysis *analysis = call->frame->analysis;
    struct value arguments[CONSTANTS_MOST];
    size_t parameter = 0;
    if (!call->count || call->count > CONSTANTS_MOST || !call->function->run)
        return NULL;
    for (size_t i = 0; i < call->count; i++) {
        if (!fit_constant(call->function->parameters[parameter], call->arguments[i], &arguments[i]))
            return NULL;
        bool is_last = parameter + 1 >= FUNCTION_PARAMETERS ||
                       call->function->parameters[parameter + 1] == PARAMETER_NONE;
        parameter += !is_last;
    }
    struct call real = {
        .evaluation = &analysis->evaluation,
        .arena = analysis->arena,
        .function = call->function,
        .arguments = arguments,
        .count = call->count,
    };
    struct value result;
    if (!call->function->run(&real, &result))
        return NULL;
    bool is_scalar =
        result.type == VALUE_STRING || result.type == VALUE_BOOL || result.type == VALUE_INT;
    return is_scalar ? flow_constant(analysis, result) : NULL;
}

/* --- what reads all --- */

const struct flow *call_read_all(struct flow_call *call)
{
    return call_unknown(call, call_read_from(call, 0, READ_WHOLE | READ_PLAIN));
}

/* Says something about its arguments that is no text. */
static const struct flow *predicate(struct flow_call *call)
{
    const struct flow *folded = fold(call);
    for (size_t i = 0; i < call->count && !folded; i++) {
        if (!flow_only_constant(call->arguments[i]))
            flow_read(call->frame->analysis, call->arguments[i], READ_WHOLE | READ_PLAIN);
    }
    return folded ? folded : call->frame->analysis->other;
}

static const struct flow *fold_or_read(struct flow_call *call)
{
    const struct flow *folded = fold(call);
    return folded ? folded : call_read_all(call);
}

static const struct flow *print_all(struct flow_call *call)
{
    const struct flow *folded = fold(call);
    if (folded)
        return folded;
    return call_unknown(call, call_read_from(call, 0, READ_WHOLE | READ_PLAIN | READ_PRINTED));
}

/* A number is printed as such only by these verbs. */
static const struct flow *print_formatted(struct flow_call *call)
{
    const struct value *format = call->count ? flow_only_constant(call->arguments[0]) : NULL;
    bool is_text = format && format->type == VALUE_STRING;
    bool prints = !is_text || str_contains(value_str(*format), STR("%v")) ||
                  str_contains(value_str(*format), STR("%s"));
    return prints ? print_all(call) : fold_or_read(call);
}

/* Only of which type it is. */
static const struct flow *look(struct flow_call *call)
{
    return call->frame->analysis->other;
}

const struct flow *call_count_keys(struct flow_call *call)
{
    call_read_from(call, 0, READ_KEYS | READ_PLAIN);
    return call->frame->analysis->other;
}

static const struct flow *test(struct flow_call *call)
{
    call_read_from(call, 0, READ_TESTED | READ_PLAIN);
    bool is_known = call->count == 1 && flow_is_empty(call->frame->analysis, call->arguments[0]);
    return is_known ? flow_constant(call->frame->analysis, value_bool(true))
                    : call->frame->analysis->other;
}

/* --- what gives one of its arguments --- */

static struct span place_of(const struct flow_call *call)
{
    uint32_t file = call->frame->activation->definition->source->file;
    return (struct span){file, call->offset, call->offset + (uint32_t)strlen(call->function->name)};
}

static void note_default(struct flow_call *call, struct value constant)
{
    struct str text = value_to_text(call->frame->analysis->arena, constant, 4);
    struct reads *reads = call->frame->analysis->reads;
    for (size_t i = 0; i < call->arguments[1]->count; i++) {
        const struct source *value = call->arguments[1]->sources[i];
        if (value->kind != SOURCE_VALUES || value->is_filled)
            continue;
        struct read_site site = {place_of(call), text, value->node, constant.type == VALUE_BOOL};
        vector_push(call->frame->analysis->arena, &reads->defaults, site);
    }
}

static const struct flow *give_default(struct flow_call *call)
{
    struct analysis *analysis = call->frame->analysis;
    if (call->count != 2)
        return call->count ? call->arguments[0] : analysis->nil;
    const struct value *constant = flow_only_constant(call->arguments[0]);
    bool is_true = constant && value_is_true(*constant);
    if (is_true && analysis->round == 1)
        note_default(call, *constant);
    flow_read(analysis, call->arguments[1], is_true ? READ_DEFAULTED : READ_TESTED | READ_PLAIN);
    return flow_union(analysis, call->arguments[0], flow_filled(analysis, call->arguments[1]));
}

static const struct flow *give_filled(struct flow_call *call)
{
    call_read_from(call, 0, READ_TESTED | READ_PLAIN);
    return union_from(call, 0);
}

static const struct flow *give_and(struct flow_call *call)
{
    struct analysis *analysis = call->frame->analysis;
    for (size_t i = 0; i + 1 < call->count; i++) {
        flow_read(analysis, call->arguments[i], READ_TESTED);
        if (flow_is_empty(analysis, call->arguments[i]))
            return call->arguments[i];
    }
    return union_from(call, 0);
}

static const struct flow *give_or(struct flow_call *call)
{
    struct analysis *analysis = call->frame->analysis;
    const struct flow *all = analysis->none;
    for (size_t i = 0; i < call->count; i++) {
        if (i + 1 < call->count)
            flow_read(analysis, call->arguments[i], READ_TESTED | READ_PLAIN);
        if (i + 1 == call->count || !flow_is_empty(analysis, call->arguments[i]))
            all = flow_union(analysis, all, call->arguments[i]);
    }
    return all;
}

static const struct flow *give_ternary(struct flow_call *call)
{
    struct analysis *analysis = call->frame->analysis;
    if (call->count != 3)
        return call_read_all(call);
    flow_read(analysis, call->arguments[2], READ_WHOLE | READ_PLAIN);
    return flow_union(analysis, call->arguments[0], call->arguments[1]);
}

static const struct flow *give_last(struct flow_call *call)
{
    if (call->count != 2)
        return call_read_all(call);
    flow_read(call->frame->analysis, call->arguments[0], READ_WHOLE | READ_PLAIN);
    flow_read(call->frame->analysis, call->arguments[1], READ_TESTED | READ_PLAIN);
    return call->arguments[1];
}

/* --- templates --- */

static const struct flow *include(struct flow_call *call)
{
    struct analysis *analysis = call->frame->analysis;
    bool braces = false;
    if (call->count != 2)
        return call_read_all(call);
    flow_read(analysis, call->arguments[0], READ_WHOLE | READ_PLAIN);
    for (size_t i = 0; i < call->arguments[0]->count; i++) {
        const struct source *name = call->arguments[0]->sources[i];
        bool is_known = name->kind == SOURCE_CONSTANT && name->constant.type == VALUE_STRING;
        bool is_found =
            is_known && activate_all(analysis, call->frame->activation, value_str(name->constant),
                                     call->arguments[1], &braces);
        analysis->reads->has_computed_names |= !is_known;
        if (!is_known)
            braces |= flow_read(analysis, call->arguments[1], READ_WHOLE | READ_PLAIN);
        if (is_known && !is_found && analysis->round == 1) {
            struct read_site site = {place_of(call), value_str(name->constant), NULL, false};
            vector_push(analysis->arena, &analysis->reads->undefined, site);
        }
    }
    return call_unknown(call, braces);
}

typedef const struct flow *flow_function(struct flow_call *call);

static const struct {
    const char *names; /* several, with blanks between them */
    flow_function *function;
} effects[] = {
    {"eq ne lt le gt ge contains hasPrefix hasSuffix regexMatch semverCompare", predicate},
    {"lower upper title untitle trunc trim "
     "trimAll trimPrefix trimSuffix replace nospace kebabcase snakecase camelcase repeat substr "
     "abbrev",
     fold_or_read},
    {"print println toString quote squote cat", print_all},
    {"printf", print_formatted},
    {"typeOf typeIs typeIsLike kindOf kindIs", look},
    {"len", call_count_keys},
    {"empty not", test},
    {"default", give_default},
    {"coalesce", give_filled},
    {"and", give_and},
    {"or", give_or},
    {"ternary", give_ternary},
    {"required", give_last},
    {"dict", call_make_dict},
    {"set", call_set_entry},
    {"get", call_get_entry},
    {"hasKey", call_has_key},
    {"unset", call_unset_entry},
    {"index", call_index_entries},
    {"pluck", call_pluck},
    {"dig", call_dig},
    {"pick", call_pick},
    {"omit", call_omit},
    {"deepCopy mustDeepCopy", call_copy},
    {"merge mergeOverwrite mustMerge mustMergeOverwrite", call_merge},
    {"values", call_list_values},
    {"keys", call_list_keys},
    {"list tuple", call_make_list},
    {"split splitList", call_split},
    {"first mustFirst", call_first_item},
    {"last mustLast", call_any_item},
    {"rest mustRest initial mustInitial reverse mustReverse slice mustSlice", call_same_items},
    {"uniq mustUniq without mustWithout compact mustCompact sortAlpha", call_compared_items},
    {"append mustAppend push mustPush prepend mustPrepend", call_add_item},
    {"concat", call_concatenate},
    {"include", include},
    {"tpl", text_flow},
};

static bool is_named(const char *names, const char *name)
{
    struct str rest = str_from_c(names);
    while (rest.p) {
        if (str_is(str_cut(&rest, ' '), name))
            return true;
    }
    return false;
}

static flow_function *effect_of(struct analysis *analysis, const struct function *function)
{
    struct str key = {(const char *)&function, sizeof(const struct function *)};
    const size_t *known = map_get(&analysis->effects, key);
    if (!known) {
        size_t at = 0;
        while (at < sizeof effects / sizeof *effects &&
               !is_named(effects[at].names, function->name))
            at++;
        size_t *copy_of = arena_make(analysis->arena, size_t);
        *copy_of = at;
        known = copy_of;
        map_put(analysis->arena, &analysis->effects, str_copy(analysis->arena, key), copy_of);
    }
    return *known < sizeof effects / sizeof *effects ? effects[*known].function : call_read_all;
}

const struct flow *call_flow(struct flow_call *call)
{
    return effect_of(call->frame->analysis, call->function)(call);
}
