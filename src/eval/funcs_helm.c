#include "base/base.h"
#include "functions.h"
#include "memo.h"
#include "render.h"
#include "tracing.h"

/* Helm's own functions that need the templates or stop the rendering (pkg/engine/engine.go). */

/* How often Helm lets a template of one name be inside itself. */
enum { INCLUDE_MOST = 1000 };

/* Turns the failure of an execution into that of the call. */
static bool fail_with_cause(struct call *call)
{
    call->cause = call->evaluation->failure;
    call->error = call->cause->text;
    return false;
}

/* Executes a definition into a text of its own. */
static bool execute_apart(struct call *call, const struct template_definition *definition,
                          bool removes_no_value, struct value *ret_value)
{
    struct evaluation *evaluation = call->evaluation;
    struct text output = {.arena = call->arena};
    const struct trace_site *caller = trace_enter(evaluation);
    struct trace_text *outer = evaluation->events;
    struct trace_text *events = arena_make(call->arena, struct trace_text);
    evaluation->events = events;
    bool done = execute(evaluation, definition, call->arguments[1], &output);
    *ret_value =
        value_string(removes_no_value ? trace_finish(evaluation, &output) : text_str(&output));
    evaluation->events = outer;
    evaluation->caller = caller;
    if (evaluation->trace)
        value_set_source(ret_value, trace_of_text(evaluation->trace, events));
    return done;
}

static bool run_include(struct call *call, struct value *ret_value)
{
    struct evaluation *evaluation = call->evaluation;
    struct str name = value_str(call->arguments[0]);
    struct inclusion *inclusion = memo_inclusion(evaluation, name);
    if (inclusion->depth > INCLUDE_MOST)
        return call_fail(call,
                         "rendering template has a nested reference name: %.*s: unable to execute "
                         "template",
                         STR_ARG(name));
    const struct template_definition *definition = definitions_find(evaluation->definitions, name);
    if (!definition)
        return call_fail(call, "template: no template %.*s associated with template \"gotpl\"",
                         STR_ARG(quote_go(call->arena, name)));
    struct memo_key key = memo_key(evaluation, inclusion, definition, call->arguments[1]);
    const struct value *known = memo_find(evaluation, &key);
    if (known) {
        *ret_value = *known;
        return true;
    }
    inclusion->depth++;
    bool done = execute_apart(call, definition, false, ret_value);
    inclusion->depth--;
    if (!done)
        return fail_with_cause(call);
    memo_add(evaluation, &key, *ret_value);
    return true;
}

static const struct template_tree *parse_text(struct call *call, struct str text)
{
    struct evaluation *evaluation = call->evaluation;
    const struct template_tree *tree = map_get(&evaluation->parsed, text);
    if (tree)
        return tree;
    struct template_source *source = arena_make(call->arena, struct template_source);
    *source = (struct template_source){.name = STR("gotpl"), .bytes = text};
    struct template_parse_options options = {functions_find, evaluation->functions,
                                             evaluation->limits->template_depth};
    struct template_failure failure;
    tree = template_parse(call->arena, source, &options, &failure);
    if (!tree)
        call_fail(call, "cannot parse template %.*s: template: gotpl:%u: %.*s",
                  STR_ARG(quote_go(call->arena, text)), failure.line, STR_ARG(failure.message));
    else
        map_put(call->arena, &evaluation->parsed, text, (void *)tree);
    return tree;
}

static bool fail_tpl(struct call *call, struct str text)
{
    struct failure *failure = arena_make(call->arena, struct failure);
    *failure = *call->evaluation->failure;
    failure->inner = call->evaluation->failure;
    failure->text = str_format(call->arena, "error during tpl function execution for %.*s: %.*s",
                               STR_ARG(quote_go(call->arena, text)), STR_ARG(failure->text));
    call->evaluation->failure = failure;
    return fail_with_cause(call);
}

static bool run_tpl(struct call *call, struct value *ret_value)
{
    struct evaluation *evaluation = call->evaluation;
    struct str text = value_str(call->arguments[0]);
    const struct template_tree *tree = parse_text(call, text);
    if (!tree)
        return false;
    const struct definitions *outer = evaluation->definitions;
    struct definitions inner = {.outer = outer};
    if (tree->count > 1) {
        definitions_add(call->arena, &inner, tree);
        evaluation->definitions = &inner;
    }
    const struct template_source *quoted_source = evaluation->quoted_source;
    uint32_t quoted = evaluation->quoted;
    evaluation->quoted_source = tree->source;
    evaluation->quoted = call->arguments[0].source;
    bool done = execute_apart(call, &tree->definitions[tree->count - 1], true, ret_value);
    evaluation->quoted_source = quoted_source;
    evaluation->quoted = quoted;
    evaluation->definitions = outer;
    return done || fail_tpl(call, text);
}

static bool fail_with_warning(struct call *call, struct str warning)
{
    return call_fail(call, WARNING_START "%.*s" WARNING_END, STR_ARG(warning));
}

static bool run_required(struct call *call, struct value *ret_value)
{
    struct value value = call->arguments[1];
    bool is_missing = value.type == VALUE_NIL || (value.type == VALUE_STRING && !value.length);
    *ret_value = value;
    if (!is_missing)
        return true;
    call->evaluation->reason = RENDER_REQUIRED;
    call->evaluation->blamed = value.source;
    return fail_with_warning(call, value_str(call->arguments[0]));
}

static bool run_fail(struct call *call, struct value *ret_value)
{
    struct evaluation *evaluation = call->evaluation;
    *ret_value = value_nil();
    evaluation->reason = RENDER_REFUSED;
    if (evaluation->trace)
        evaluation->blamed = trace_conditions_here(evaluation);
    return fail_with_warning(call, value_str(call->arguments[0]));
}

/* There is no cluster to look into. */
static bool run_lookup(struct call *call, struct value *ret_value)
{
    *ret_value = value_of_map(value_map_new(call->arena, MAP_ANY));
    return true;
}

static const struct function table[] = {
    FUNCTION("include", run_include, PARAMETER_STRING, PARAMETER_ANY),
    FUNCTION("tpl", run_tpl, PARAMETER_STRING, PARAMETER_ANY),
    FUNCTION("required", run_required, PARAMETER_STRING, PARAMETER_ANY),
    FUNCTION("fail", run_fail, PARAMETER_STRING),
    FUNCTION("lookup", run_lookup, PARAMETER_STRING, PARAMETER_STRING, PARAMETER_STRING,
             PARAMETER_STRING),
};
const struct function_family funcs_helm = FUNCTION_FAMILY(table);
