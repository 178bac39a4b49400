#include "yaml_unit.h"

/* Expected: sigs.k8s.io/yaml 1.6.0, less "error converting YAML to JSON: ". */
static const struct {
    const char *text, *refusal;
} refusals[] = {
    {"a: b: c", "yaml: mapping values are not allowed in this context"},
    {"a: 1\nb: c: d\n", "yaml: line 2: mapping values are not allowed in this context"},
    {"a:\n  b: 1\n c: 2\n", "yaml: line 2: did not find expected key"},
    {"a: [1\nb: 2\n", "yaml: line 1: did not find expected ',' or ']'"},
    {"a: {b\nc: 2\n", "yaml: line 1: did not find expected ',' or '}'"},
    {"[a?b]", "yaml: did not find expected ',' or ']'"},
    {"a: {u: http://h/p?q=1, b: 2}", "yaml: did not find expected ',' or '}'"},
    {"x:\n  - [a, b?c]\n", "yaml: line 1: did not find expected ',' or ']'"},
    {"x:\n  y: {u: http://h?x,\n   v: c}\n", "yaml: line 1: did not find expected ',' or '}'"},
    {"[a?b: c]", "yaml: did not find expected ',' or ']'"},
    {"[a\n ?b]", "yaml: line 1: did not find expected ',' or ']'"},
    {"a: 'x\n", "yaml: line 2: found unexpected end of stream"},
    {"a: \"\\q\"\n", "yaml: found unknown escape character"},
    {"a: \"\\/\"\n", "yaml: found unknown escape character"},
    {"x: 1\na: @b\n", "yaml: line 2: found character that cannot start any token"},
    {"\ta: 1\n", "yaml: found character that cannot start any token"},
    {"a: 1\nb\nc: 2\n", "yaml: line 3: could not find expected ':'"},
    {"- 1\nb: 2\n", "yaml: line 1: did not find expected '-' indicator"},
    {"a: *x\n", "yaml: unknown anchor 'x' referenced"},
    {"a: &x [*x]\n", "yaml: anchor 'x' value contains itself"},
    {"a: &x {b: *x}\n", "yaml: anchor 'x' value contains itself"},
    {"<<: 1\n", "yaml: map merge requires map or sequence of maps as the value"},
    {"a: 1\n<<: [{b: 1}, 2]\n", "yaml: map merge requires map or sequence of maps as the value"},
    {"{{ x }}: 1\n",
     "yaml: invalid map key: map[interface {}]interface {}{\"x\":interface {}(nil)}"},
    {"a: {{ x }}\n",
     "yaml: invalid map key: map[interface {}]interface {}{\"x\":interface {}(nil)}"},
    {"[1, 2.5, {a: [~]}]: x\n", "yaml: invalid map key: []interface {}{1, 2.5, map[interface "
                                "{}]interface {}{\"a\":[]interface {}{interface {}(nil)}}}"},
    {"? {b: 1, a: yes}\n: 2\n",
     "yaml: invalid map key: map[interface {}]interface {}{\"a\":true, \"b\":1}"},
    {"~: x\n", "unsupported map key of type: %!s(<nil>), key: <nil>, value: \"x\""},
    {"~: [1, {a: ~}]\n", "unsupported map key of type: %!s(<nil>), key: <nil>, value: []interface "
                         "{}{1, map[interface {}]interface {}{\"a\":interface {}(nil)}}"},
    {"18446744073709551615: x\n",
     "unsupported map key of type: uint64, key: 0xffffffffffffffff, value: \"x\""},
    {"a: .inf\n", "json: unsupported value: +Inf"},
    {"a: [-.inf]\n", "json: unsupported value: -Inf"},
    {"a: .nan\n", "json: unsupported value: NaN"},
    {"a: !!int x\n", "yaml: cannot decode !!str `x` as a !!int"},
    {"a: !!float x\n", "yaml: cannot decode !!str `x` as a !!float"},
    {"a: !!int 1.5\n", "yaml: cannot decode !!float `1.5` as a !!int"},
    {"a: !!bool 1\n", "yaml: cannot decode !!int `1` as a !!bool"},
    {"a: !!binary x\n", "yaml: !!binary value contains invalid base64 data"},
    {"a: \001\n", "yaml: control characters are not allowed"},
    {"x: 1\ny: \177\001\n", "yaml: control characters are not allowed"},
    {"%YAML 1.2\n---\na: 1\n", "yaml: found incompatible YAML document"},
    {"# c\n%YAML 1.2\n---\na: 1\n", "yaml: line 1: found incompatible YAML document"},
    {"a: 1\n--- {b: 2}\nc: d: e\n", NULL},
    {"a: 1\n...\n]\n", NULL},
    {"\"a\" b\n", NULL},
    {"a: |1x\n", "yaml: did not find expected comment or line break"},
    {"a: !x!y 1\n", "yaml: found undefined tag handle"},
    {"a: &\n", "yaml: did not find expected alphabetic or numeric character"},
    {"a: [1, {b: ~}\n", "yaml: line 1: did not find expected ',' or ']'"},
    {"a: *x\nb: c: d\n", "yaml: unknown anchor 'x' referenced"},
    {"~: .inf\n", "unsupported map key of type: %!s(<nil>), key: <nil>, value: +Inf"},
    {"~: 1\na: !!int x\n", "yaml: cannot decode !!str `x` as a !!int"},
    {"a: 1\n", NULL},
};

START_TEST(what_helm_refuses_is_said_in_its_words)
{
    struct str refusal = parse(refusals[_i].text)->refusal;
    if (refusals[_i].refusal)
        ck_assert_str(refusal, refusals[_i].refusal);
    else
        ck_assert_msg(!refusal.p, "%s: %.*s", refusals[_i].text, STR_ARG(refusal));
}
END_TEST

/* Expected: `helm template -f` of Helm 4.1.4 and of 3.17.2, less "failed to parse FILE: ". */
#define YAML_3 "error converting YAML to JSON: yaml: "
#define YAML_4 "cannot unmarshal yaml document: " YAML_3
#define JSON_3 "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal "
#define JSON_4 "cannot unmarshal yaml document: " JSON_3
#define SEPARATOR "error reading yaml document: invalid Yaml document separator: "
#define INTO " into Go value of type map[string]interface {}"
static const struct {
    const char *text, *helm4, *helm3;
} values_files[] = {
    {"a: 1\n", NULL, NULL},
    {"", NULL, NULL},
    {"---\n# c\n---\na: 1\n", NULL, NULL},
    {"a: b: c\n", YAML_4 "mapping values are not allowed in this context",
     YAML_3 "mapping values are not allowed in this context"},
    {"a: 1\n---\nb: 1\n c: 2\n", YAML_4 "line 2: mapping values are not allowed in this context",
     NULL},
    {"a: 1\r\n---\r\nb: 1\r\n c: 2\r\n",
     YAML_4 "line 2: mapping values are not allowed in this context", NULL},
    {"- 1\n", JSON_4 "array" INTO, JSON_3 "array" INTO},
    {"a\n", JSON_4 "string" INTO, JSON_3 "string" INTO},
    {"a: 1\n---\n1\n", JSON_4 "number" INTO, NULL},
    {"a: 1\n--- x\n", SEPARATOR "x", NULL},
    {"--- # x\na: 1\n", NULL, NULL},
};

START_TEST(values_files_are_refused_in_the_words_of_each_helm)
{
    const struct yaml_stream *stream = parse(values_files[_i].text);
    for (unsigned helm = 3; helm <= 4; helm++) {
        const char *expected = helm == 3 ? values_files[_i].helm3 : values_files[_i].helm4;
        struct str refusal = yaml_values_refusal(&arena, stream, str_from_c(values_files[_i].text),
                                                 &limits_default, helm);
        if (expected)
            ck_assert_str(refusal, expected);
        else
            ck_assert_msg(!refusal.p, "%u: %.*s", helm, STR_ARG(refusal));
    }
}
END_TEST

UNIT_TESTS("yaml/refusal", EACH(what_helm_refuses_is_said_in_its_words, refusals),
           EACH(values_files_are_refused_in_the_words_of_each_helm, values_files))
