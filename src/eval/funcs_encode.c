#include "base/base.h"
#include "encode.h"
#include "evaluation.h"
#include "functions.h"

/* Helm's and Sprig's functions that write and read YAML, JSON and base64 (pkg/engine/funcs.go). */

static bool run_to_yaml(struct call *call, struct value *ret_value)
{
    *ret_value = value_string(value_to_template_yaml(call->arena, call->arguments[0]));
    return true;
}

static bool run_must_to_yaml(struct call *call, struct value *ret_value)
{
    struct str text;
    struct value plain = value_to_plain(call->arena, call->arguments[0]);
    if (!value_to_yaml(call->arena, plain, &text))
        return call_fail(call, "%.*s", STR_ARG(yaml_problem(call->arena, plain, call_helm(call))));
    *ret_value = value_string(value_to_template_yaml(call->arena, plain));
    return true;
}

static bool run_to_yaml_pretty(struct call *call, struct value *ret_value)
{
    struct str text = STR("");
    if (value_to_pretty_yaml(call->arena, value_to_plain(call->arena, call->arguments[0]), &text) &&
        str_ends_with(text, STR("\n")))
        text.n--;
    *ret_value = value_string(text);
    return true;
}

/* The first document's root, or why it is none. */
static const struct yaml_node *read_yaml(struct call *call, struct str text,
                                         struct str *ret_problem)
{
    const struct yaml_stream *stream =
        yaml_parse_bytes(call->arena, text, 0, call->evaluation->limits);
    if (stream->refusal.p) {
        *ret_problem =
            str_join(call->arena, STR("error converting YAML to JSON: "), stream->refusal);
        return NULL;
    }
    return yaml_root(stream);
}

static const char *go_json_kind(struct value value)
{
    switch (value.type) {
    case VALUE_BOOL:
        return "bool";
    case VALUE_STRING:
        return "string";
    case VALUE_LIST:
        return "array";
    case VALUE_MAP:
        return "object";
    default:
        return "number";
    }
}

static struct str mismatch(struct call *call, struct value value, const char *wanted)
{
    return str_format(call->arena, "json: cannot unmarshal %s into Go value of type %s",
                      go_json_kind(value), wanted);
}

/* A map with the problem under "Error", which is how these functions fail. */
static struct value error_map(struct call *call, struct str problem)
{
    struct value_map *map = value_map_new(call->arena, MAP_ANY);
    value_map_set(map, STR("Error"), value_string(problem));
    return value_of_map(map);
}

static struct value error_list(struct call *call, struct str problem)
{
    struct value_list *list = value_list_new(call->arena, LIST_ANY, 1);
    value_list_add(call->arena, list, value_string(problem));
    return value_of_list(list);
}

static struct value as_map(struct call *call, struct value value, const char *prefix)
{
    if (value.type == VALUE_MAP)
        return value;
    if (value.type == VALUE_NIL)
        return value_of_map(value_map_new(call->arena, MAP_ANY));
    return error_map(call, str_join(call->arena, str_from_c(prefix),
                                    mismatch(call, value, "map[string]interface {}")));
}

static struct value as_list(struct call *call, struct value value, const char *prefix)
{
    if (value.type == VALUE_LIST)
        return value;
    if (value.type == VALUE_NIL)
        return value_of_list(value_list_new(call->arena, LIST_ANY, 0));
    return error_list(
        call, str_join(call->arena, str_from_c(prefix), mismatch(call, value, "[]interface {}")));
}

static const char from_yaml_prefix[] = "error unmarshaling JSON: while decoding JSON: ";

static bool run_from_yaml(struct call *call, struct value *ret_value)
{
    struct str problem = {0};
    const struct yaml_node *root = read_yaml(call, value_str(call->arguments[0]), &problem);
    *ret_value = root ? as_map(call, value_from_yaml(call->arena, root), from_yaml_prefix)
                      : error_map(call, problem);
    return true;
}

static bool run_from_yaml_array(struct call *call, struct value *ret_value)
{
    struct str problem = {0};
    const struct yaml_node *root = read_yaml(call, value_str(call->arguments[0]), &problem);
    *ret_value = root ? as_list(call, value_from_yaml(call->arena, root), from_yaml_prefix)
                      : error_list(call, problem);
    return true;
}

/* What a collection is wanted of. A number that is too large is a number all the same. */
static bool read_json(struct call *call, struct value *ret_value, struct str *ret_problem)
{
    bool done = value_from_json(call->arena, value_str(call->arguments[0]), ret_value, ret_problem);
    if (done && ret_value->type == VALUE_NIL && ret_problem->p)
        *ret_value = value_float(0);
    return done;
}

static bool run_from_json(struct call *call, struct value *ret_value)
{
    struct str problem;
    struct value value;
    bool done = read_json(call, &value, &problem);
    *ret_value = done ? as_map(call, value, "") : error_map(call, problem);
    if (done && value.type == VALUE_NIL)
        ret_value->map->is_nil = true;
    if (done && value.type == VALUE_MAP && problem.p)
        value_map_set(value.map, STR("Error"), value_string(problem));
    return true;
}

static bool run_from_json_array(struct call *call, struct value *ret_value)
{
    struct str problem;
    struct value value;
    bool done = read_json(call, &value, &problem);
    bool is_list = done && value.type == VALUE_LIST;
    *ret_value =
        done && !(is_list && problem.p) ? as_list(call, value, "") : error_list(call, problem);
    if (done && value.type == VALUE_NIL)
        ret_value->list->is_nil = true;
    return true;
}

static bool run_must_from_json(struct call *call, struct value *ret_value)
{
    struct str problem;
    if (value_from_json(call->arena, value_str(call->arguments[0]), ret_value, &problem) &&
        !problem.p)
        return true;
    return call_fail(call, "%.*s", STR_ARG(problem));
}

static bool to_json(struct call *call, struct json_style style, struct str *ret_text)
{
    struct value plain = value_to_plain(call->arena, call->arguments[0]);
    return value_to_json(call->arena, plain, style, ret_text);
}

static bool to_json_or_nothing(struct call *call, struct json_style style, struct value *ret_value)
{
    struct str text = STR("");
    to_json(call, style, &text);
    *ret_value = value_string(text);
    return true;
}

static bool to_json_or_fail(struct call *call, struct json_style style, struct value *ret_value)
{
    struct str text;
    if (!to_json(call, style, &text))
        return call_fail(call, "%.*s",
                         STR_ARG(json_problem(call->arena, call->arguments[0], call_helm(call))));
    *ret_value = value_string(text);
    return true;
}

static const struct json_style plain_style = {.escape_html = true};
static const struct json_style pretty_style = {.escape_html = true, .indent = "  "};
static const struct json_style raw_style = {0};

static bool run_to_json(struct call *call, struct value *ret_value)
{
    return to_json_or_nothing(call, plain_style, ret_value);
}

static bool run_must_to_json(struct call *call, struct value *ret_value)
{
    return to_json_or_fail(call, plain_style, ret_value);
}

static bool run_to_pretty_json(struct call *call, struct value *ret_value)
{
    return to_json_or_nothing(call, pretty_style, ret_value);
}

static bool run_must_to_pretty_json(struct call *call, struct value *ret_value)
{
    return to_json_or_fail(call, pretty_style, ret_value);
}

static bool run_to_raw_json(struct call *call, struct value *ret_value)
{
    return to_json_or_fail(call, raw_style, ret_value);
}

static bool run_b64enc(struct call *call, struct value *ret_value)
{
    *ret_value = value_string(base64_encode(call->arena, value_str(call->arguments[0])));
    return true;
}

static bool run_b32enc(struct call *call, struct value *ret_value)
{
    *ret_value = value_string(base32_encode(call->arena, value_str(call->arguments[0])));
    return true;
}

/* What cannot be decoded gives the text of the error. */
static bool run_b64dec(struct call *call, struct value *ret_value)
{
    struct str bytes;
    size_t at;
    if (!base64_decode(call->arena, value_str(call->arguments[0]), &bytes, &at))
        bytes = str_format(call->arena, "illegal base64 data at input byte %zu", at);
    *ret_value = value_string(bytes);
    return true;
}

static bool run_b32dec(struct call *call, struct value *ret_value)
{
    struct str bytes;
    size_t at;
    if (!base32_decode(call->arena, value_str(call->arguments[0]), &bytes, &at))
        bytes = str_format(call->arena, "illegal base32 data at input byte %zu", at);
    *ret_value = value_string(bytes);
    return true;
}

static const struct function table[] = {
    FUNCTION("toYaml", run_to_yaml, PARAMETER_ANY),
    {.name = "mustToYaml", .run = run_must_to_yaml, .parameters = {PARAMETER_ANY}, .since = 4},
    FUNCTION("toYamlPretty", run_to_yaml_pretty, PARAMETER_ANY),
    FUNCTION("fromYaml", run_from_yaml, PARAMETER_STRING),
    FUNCTION("fromYamlArray", run_from_yaml_array, PARAMETER_STRING),
    FUNCTION("toJson", run_to_json, PARAMETER_ANY),
    FUNCTION("mustToJson", run_must_to_json, PARAMETER_ANY),
    FUNCTION("toPrettyJson", run_to_pretty_json, PARAMETER_ANY),
    FUNCTION("mustToPrettyJson", run_must_to_pretty_json, PARAMETER_ANY),
    FUNCTION("toRawJson", run_to_raw_json, PARAMETER_ANY),
    FUNCTION("mustToRawJson", run_to_raw_json, PARAMETER_ANY),
    FUNCTION("fromJson", run_from_json, PARAMETER_STRING),
    FUNCTION("fromJsonArray", run_from_json_array, PARAMETER_STRING),
    FUNCTION("mustFromJson", run_must_from_json, PARAMETER_STRING),
    FUNCTION("b64enc", run_b64enc, PARAMETER_STRING),
    FUNCTION("b64dec", run_b64dec, PARAMETER_STRING),
    FUNCTION("b32enc", run_b32enc, PARAMETER_STRING),
    FUNCTION("b32dec", run_b32dec, PARAMETER_STRING),
};
const struct function_family funcs_encode = FUNCTION_FAMILY(table);
