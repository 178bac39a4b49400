#include "unit.h"

#include "chart/chart.h"

/* Schema, values and what Helm 4.1.4 says behind the chart's name; nothing when they fit. What it
 * says of a schema that is none is longer. */
static const struct {
    const char *schema, *values, *text;
} checks[] = {
    {"{\"type\":\"object\",\"required\":[\"b\",\"c\"]}", "a: 1",
     "- at '': missing properties 'b', 'c'\n"},
    {"{\"properties\":{\"a\":{\"type\":[\"string\",\"null\"]}}}", "a: 1",
     "- at '/a': got number, want null or string\n"},
    {"{\"properties\":{\"a\":{\"type\":\"integer\"}}}", "a: 1.0", ""},
    {"{\"properties\":{\"a\":{\"enum\":[\"x\",\"y'z\",10000000,null]}}}", "a: q",
     "- at '/a': value must be one of 'x', 'y\\'z', 10000000, <nil>\n"},
    {"{\"properties\":{\"a\":{\"const\":{\"b\":[1]}}}}", "a: {b: [1]}", ""},
    {"{\"properties\":{\"a\":{\"minimum\":70000,\"multipleOf\":0.01}}}", "a: 0.07",
     "- at '/a': minimum: got 0.07, want 70,000\n"},
    {"{\"properties\":{\"a\":{\"multipleOf\":0.01}}}", "a: 0.075",
     "- at '/a': multipleOf: got 0.075, want 0.01\n"},
    {"{\"properties\":{\"a\":{\"minLength\":3,\"pattern\":\"^b\"}}}", "a: é",
     "- at '/a': minLength: got 1, want 3\n- at '/a': 'é' does not match pattern '^b'\n"},
    {"{\"$schema\":\"http://json-schema.org/draft-07/"
     "schema#\",\"properties\":{\"a\":{\"format\":\"ipv4\"}}}",
     "a: 1.2.3", "- at '/a': '1.2.3' is not valid ipv4: expected four decimals\n"},
    {"{\"properties\":{\"a\":{\"format\":\"ipv4\"}}}", "a: 1.2.3", ""},
    {"{\"$schema\":\"http://json-schema.org/draft-07/"
     "schema#\",\"properties\":{\"a\":{\"format\":\"date-time\"}}}",
     "a: \"2020-02-30T00:00:00Z\"",
     "- at '/a': '2020-02-30T00:00:00Z' is not valid date-time: invalid date element: parsing time "
     "\"2020-02-30\": day out of range\n"},
    {"{\"$schema\":\"http://json-schema.org/draft-04/"
     "schema#\",\"properties\":{\"a\":{\"maximum\":3,\"exclusiveMaximum\":true}}}",
     "a: 3", "- at '/a': exclusiveMaximum: got 3, want 3\n"},
    {"{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"properties\":{\"a\":true}}",
     "a: 3",
     "\"file:///values.schema.json#\" is not valid against metaschema: at '/properties/a': it is "
     "no schema"},
    {"{\"properties\":{\"a\":{\"$id\":\"#/properties/a\"}}}", "a: 3",
     "\"file:///values.schema.json#\" is not valid against metaschema: at '/properties/a/$id': it "
     "has a fragment"},
    {"{\"properties\":{\"a\":{\"$id\":\"a#\",\"$anchor\":\"x.y\"}}}", "a: 3", ""},
    {"{\"properties\":{\"a\":{\"$anchor\":\"#a\"}}}", "a: 3",
     "\"file:///values.schema.json#\" is not valid against metaschema: at '/properties/a/$anchor': "
     "it is no name"},
    {"{\"properties\":{\"a\":{\"readOnly\":\"yes\"}}}", "a: 3",
     "\"file:///values.schema.json#\" is not valid against metaschema: at "
     "'/properties/a/readOnly': it is no boolean"},
    {"{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"properties\":{\"a\":{\"$id\":\"#/"
     "properties/a\"}}}",
     "a: 3", ""},
    {"{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"$dynamicRef\":\"#x\"}", "a: 3",
     ""},
    {"{\"properties\":{\"a\":{\"items\":{\"type\":\"string\"},\"uniqueItems\":true,\"maxItems\":1}}"
     "}",
     "a: [x, x]", "- at '/a': maxItems: got 2, want 1\n- at '/a': items at 0 and 1 are equal\n"},
    {"{\"properties\":{\"a\":{\"prefixItems\":[{\"type\":\"string\"}],\"items\":false}}}",
     "a: [x, 1]",
     /* Helm counts from the first item behind prefixItems */
     "- at '/a/1': false schema\n"},
    {"{\"$schema\":\"http://json-schema.org/draft-07/"
     "schema#\",\"properties\":{\"a\":{\"items\":[{\"type\":\"string\"}],\"additionalItems\":false}"
     "}}",
     "a: [x, 1, 2]", "- at '/a': last 2 additionalItem(s) not allowed\n"},
    {"{\"properties\":{\"a\":{\"contains\":{\"type\":\"string\"},\"minContains\":2}}}", "a: [x, 1]",
     "- at '/a': min 2 items required to match contains schema, but matched 1 items at 0\n  - at "
     "'/a/1': got number, want string\n"},
    {"{\"additionalProperties\":false,\"patternProperties\":{\"^x\":{\"type\":\"number\"}}}",
     "{\"x1\": a, y: 1}",
     "- at '/x1': got string, want number\n- at '': additional properties 'true' not allowed\n"},
    {"{\"propertyNames\":{\"maxLength\":1}}", "ab: 1",
     "- at '': invalid propertyName 'ab'\n  - at '': maxLength: got 2, want 1\n"},
    {"{\"dependentRequired\":{\"a\":[\"b\"]},\"dependentSchemas\":{\"a\":{\"required\":[\"c\"]}}}",
     "a: 1", "- at '': missing property 'c'\n- at '': properties 'b' required, if 'a' exists\n"},
    {"{\"anyOf\":[{\"required\":[\"b\"]},{\"required\":[\"c\",\"d\"]}]}", "a: 1",
     "- at '': 'anyOf' failed\n  - at '': missing property 'b'\n  - at '': missing properties 'c', "
     "'d'\n"},
    {"{\"oneOf\":[{\"required\":[\"a\"]},{\"type\":\"object\"}]}", "a: 1",
     "- at '': 'oneOf' failed, subschemas 0, 1 matched\n"},
    {"{\"not\":{\"required\":[\"a\"]}}", "a: 1", "- at '': 'not' failed\n"},
    {"{\"if\":{\"properties\":{\"a\":{\"const\":1}}},\"then\":{\"required\":[\"b\"]},\"else\":{"
     "\"required\":[\"c\"]}}",
     "a: 1", "- at '': missing property 'b'\n"},
    {"{\"properties\":{\"a\":{\"$ref\":\"#/$defs/"
     "x\"}},\"$defs\":{\"x\":{\"type\":\"object\",\"minProperties\":3,\"required\":[\"q\"]}}}",
     "a: {}",
     "- at '/a': validation failed\n  - at '/a': minProperties: got 0, want 3\n  - at '/a': "
     "missing property 'q'\n"},
    {"{\"properties\":{\"a\":{\"$ref\":\"#x\"}},\"$defs\":{\"y\":{\"$anchor\":\"x\",\"type\":"
     "\"string\"}}}",
     "a: 1", "- at '/a': got number, want string\n"},
    {"{\"properties\":{\"a\":{\"$ref\":\"b.json#/$defs/"
     "z\"}},\"$defs\":{\"y\":{\"$id\":\"b.json\",\"$defs\":{\"z\":{\"type\":\"string\"}}}}}",
     "a: 1", "- at '/a': got number, want string\n"},
    {"{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"properties\":{\"a\":{\"$ref\":\"#/"
     "definitions/x\",\"type\":\"number\"}},\"definitions\":{\"x\":{\"type\":\"string\"}}}",
     "a: x", ""},
    {"{\"properties\":{\"a\":{\"$ref\":\"#/nope\"}}}", "a: x",
     "json-pointer in \"file:///values.schema.json#/nope\" not found"},
    {"{\"allOf\":[{\"properties\":{\"a\":{}}}],\"unevaluatedProperties\":false}", "{a: 1, b: 2}",
     "- at '/b': false schema\n"},
    {"{\"properties\":{\"a\":{\"prefixItems\":[{}],\"unevaluatedItems\":false}}}", "a: [1, 2]",
     "- at '/a/1': false schema\n"},
    {"{\"$dynamicAnchor\":\"n\",\"properties\":{\"v\":{\"type\":\"number\"},\"next\":{\"$"
     "dynamicRef\":\"#n\"}}}",
     "{v: 1, next: {v: x}}", "- at '/next/v': got string, want number\n"},
    {"{\"$schema\":\"https://json-schema.org/draft/2019-09/"
     "schema\",\"$recursiveAnchor\":true,\"properties\":{\"v\":{\"type\":\"number\"},\"next\":{\"$"
     "recursiveRef\":\"#\"}}}",
     "{v: 1, next: {next: {v: x}}}", "- at '/next/next/v': got string, want number\n"},
    {"{\"properties\":{\"a/b\":{\"properties\":{\"c~d\":false}}}}", "\"a/b\": {c~d: 1}",
     "- at '/a~1b/c~0d': false schema\n"},
    {"{\"properties\":{\"a\":{\"maximum\":1}}}", "a: 1234567.5",
     "- at '/a': maximum: got 1.2345675×10⁰⁶, want 1\n"},
    {"{\"properties\":{\"a\":{\"minLength\":1234567}}}", "a: x",
     "- at '/a': minLength: got 1, want 1,234,567\n"},
    {"{\"properties\":{\"a\":{\"contains\":{\"type\":\"null\"},\"minContains\":2000}}}",
     "a: [null]",
     "- at '/a': min 2,000 items required to match contains schema, but matched 1 items at 0\n"},
};

START_TEST(values_are_checked_as_helm_checks_them)
{
    struct arena arena = {0};
    struct str_list unfetched = {0};
    struct schema_violation_list violations = {0};
    struct str text = STR("");
    const struct schema *schema =
        schema_read(&arena, str_from_c(checks[_i].schema), &limits_default, &unfetched, &text);
    const struct yaml_stream *stream =
        yaml_parse_bytes(&arena, str_from_c(checks[_i].values), 0, &limits_default);
    if (schema)
        schema_check(&arena, schema, value_from_yaml(&arena, yaml_root(stream)), &text,
                     &violations);
    ck_assert_str(text, checks[_i].text);
    ck_assert_int_eq(violations.count > 0, schema && text.n > 0);
    arena_release(&arena);
}
END_TEST

START_TEST(nothing_is_fetched)
{
    struct arena arena = {0};
    struct str_list unfetched = {0};
    struct str problem;
    struct str text = STR("{\"properties\": {\"a\": {\"$ref\": \"https://example.org/x\"}}}");
    ck_assert_ptr_nonnull(schema_read(&arena, text, &limits_default, &unfetched, &problem));
    ck_assert_uint_eq(unfetched.count, 1);
    ck_assert_str(unfetched.items[0], "https://example.org/x");
    arena_release(&arena);
}
END_TEST

/* Ends, and says that the value does not fit. */
static void check_hostile(struct arena *arena, struct str text)
{
    struct str_list unfetched = {0};
    struct schema_violation_list violations = {0};
    struct str problem;
    const struct schema *schema = schema_read(arena, text, &limits_default, &unfetched, &problem);
    ck_assert(!schema || !schema_check(arena, schema, value_int(1), &problem, &violations));
}

START_TEST(hostile_schemas_come_to_an_end)
{
    struct arena arena = {0};
    struct text deep = {.arena = &arena};
    struct text doubling = {.arena = &arena};
    for (unsigned i = 0; i < 100000; i++)
        text_add_c(&deep, "{\"not\":");
    text_add_c(&doubling, "{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
    for (unsigned i = 0; i < 60; i++)
        text_format(&doubling,
                    "\"d%u\":{\"allOf\":[{\"$ref\":\"#/$defs/d%u\"},{\"$ref\":\"#/$defs/d%u\"}]},",
                    i, i + 1, i + 1);
    text_add_c(&doubling, "\"d60\":{\"type\":\"string\"}}}");
    check_hostile(&arena, text_str(&deep));
    check_hostile(&arena, text_str(&doubling));
    check_hostile(&arena, STR("{\"$ref\": \"#\"}"));
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("schema", EACH(values_are_checked_as_helm_checks_them, checks), ONCE(nothing_is_fetched),
           ONCE(hostile_schemas_come_to_an_end))
