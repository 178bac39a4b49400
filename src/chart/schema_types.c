#include "schema_check.h"

/* --- objects --- */

static void complain_limit(struct check *check, const char *keyword, struct str got,
                           struct str want)
{
    complain(check, "%s: got %.*s, want %.*s", keyword, STR_ARG(got), STR_ARG(want));
}

/* A count between two keywords, as minItems and maxItems. */
static void check_count(struct check *check, const char *least, const char *most, size_t got)
{
    struct arena *arena = check->checker->arena;
    const struct value *lower = schema_keyword_of(check, least);
    const struct value *upper = schema_keyword_of(check, most);
    double count = (double)got;
    if (lower && count < lower->number)
        complain_limit(check, least, schema_count(arena, count),
                       schema_count(arena, lower->number));
    if (upper && count > upper->number)
        complain_limit(check, most, schema_count(arena, count), schema_count(arena, upper->number));
}

static struct str_list missing_of(const struct check *check, struct value names)
{
    struct str_list missing = {0};
    for (size_t i = 0; names.type == VALUE_LIST && i < names.list->count; i++) {
        struct str name = value_str(names.list->items[i]);
        if (!value_map_get(check->value.map, name))
            vector_push(check->checker->arena, &missing, name);
    }
    return missing;
}

static void check_required(struct check *check)
{
    const struct value *required = schema_keyword_of(check, "required");
    struct str_list missing = required ? missing_of(check, *required) : (struct str_list){0};
    if (missing.count)
        complain(check, "missing %s %.*s", missing.count == 1 ? "property" : "properties",
                 STR_ARG(schema_quote_all(check->checker->arena, &missing)));
}

static void check_dependencies(struct check *check, const char *keyword)
{
    const struct value *map = schema_keyword_of(check, keyword);
    for (size_t i = 0; map && i < map->map->count; i++) {
        const struct value_entry *entry = &map->map->entries[i];
        if (!value_map_get(check->value.map, entry->key))
            continue;
        if (entry->value.type != VALUE_LIST) {
            schema_add_fault(check, schema_check_inner(check, entry->value));
            continue;
        }
        struct str_list missing = missing_of(check, entry->value);
        if (missing.count)
            complain(check, "properties %.*s required, if %.*s exists",
                     STR_ARG(schema_quote_all(check->checker->arena, &missing)),
                     STR_ARG(schema_quote(check->checker->arena, entry->key)));
    }
}

/* True when `properties` or `patternProperties` looked at it. */
static bool check_named(struct check *check, size_t index)
{
    struct str key = check->value.map->entries[index].key;
    const struct value *properties = schema_keyword_of(check, "properties");
    const struct value *patterns = schema_keyword_of(check, "patternProperties");
    const struct value *schema = properties ? value_map_get(properties->map, key) : NULL;
    bool evaluated = schema != NULL;
    if (schema)
        schema_add_fault(check, schema_check_entry(check, *schema, index));
    for (size_t i = 0; patterns && i < patterns->map->count; i++) {
        const struct value_entry *pattern = &patterns->map->entries[i];
        if (!schema_matches(check, pattern->key, key))
            continue;
        evaluated = true;
        schema_add_fault(check, schema_check_entry(check, pattern->value, index));
    }
    return evaluated;
}

static void check_entries(struct check *check)
{
    struct str_list additional = {0};
    const struct value *other = schema_keyword_of(check, "additionalProperties");
    for (size_t i = 0; i < check->value.map->count; i++) {
        bool evaluated = check_named(check, i);
        if (!evaluated && other) {
            evaluated = true;
            if (other->type != VALUE_BOOL)
                schema_add_fault(check, schema_check_entry(check, *other, i));
            else if (!other->boolean)
                vector_push(check->checker->arena, &additional, check->value.map->entries[i].key);
        }
        if (evaluated)
            schema_mark_evaluated(check, i);
    }
    if (additional.count)
        complain(check, "additional properties %.*s not allowed",
                 STR_ARG(schema_quote_all(check->checker->arena, &additional)));
}

static void check_names(struct check *check)
{
    const struct value *schema = schema_keyword_of(check, "propertyNames");
    for (size_t i = 0; schema && i < check->value.map->count; i++) {
        struct str key = check->value.map->entries[i].key;
        struct schema_node node = schema_child(check->checker->schema, check->node, *schema);
        const struct fault *fault =
            schema_validate(check->checker, &node, value_string(key), NULL, NULL, NULL);
        if (!fault)
            continue;
        struct fault_list causes = schema_causes_of(check, fault);
        struct fault *told =
            schema_complain_because(check, &causes, "invalid propertyName %.*s",
                                    STR_ARG(schema_quote(check->checker->arena, key)));
        if (told)
            told->place = NULL;
    }
}

static void check_object(struct check *check)
{
    check_count(check, "minProperties", "maxProperties", check->value.map->count);
    check_required(check);
    check_dependencies(check, "dependencies");
    check_entries(check);
    if (schema_draft_of(check) >= DRAFT_6)
        check_names(check);
    if (schema_draft_of(check) >= DRAFT_2019) {
        check_dependencies(check, "dependentSchemas");
        check_dependencies(check, "dependentRequired");
    }
}

/* --- lists --- */

static void check_unique(struct check *check)
{
    const struct value *unique = schema_keyword_of(check, "uniqueItems");
    size_t first;
    size_t second;
    if (unique && unique->boolean &&
        schema_find_equal_items(check->checker->arena, check->value.list, &first, &second))
        complain(check, "items at %.*s and %.*s are equal",
                 STR_ARG(schema_count(check->checker->arena, (double)first)),
                 STR_ARG(schema_count(check->checker->arena, (double)second)));
}

static size_t check_leading(struct check *check, const struct value *schemas)
{
    size_t count = check->value.list->count;
    if (schemas->list->count < count)
        count = schemas->list->count;
    for (size_t i = 0; i < count; i++) {
        schema_add_fault(check, schema_check_item(check, schemas->list->items[i], i));
        schema_mark_evaluated(check, i);
    }
    return count;
}

static void check_rest(struct check *check, const struct value *schema, size_t from)
{
    for (size_t i = from; schema && i < check->value.list->count; i++) {
        schema_add_fault(check, schema_check_item(check, *schema, i));
        schema_mark_evaluated(check, i);
    }
}

/* Up to 2019 `items` is one schema or a list, with `additionalItems` for the others. */
static void check_items_of_old(struct check *check)
{
    const struct value *items = schema_keyword_of(check, "items");
    const struct value *other = schema_keyword_of(check, "additionalItems");
    if (!items || items->type != VALUE_LIST) {
        check_rest(check, items, 0);
        return;
    }
    size_t from = check_leading(check, items);
    size_t count = check->value.list->count;
    if (other && other->type == VALUE_BOOL) {
        if (!other->boolean && from < count)
            complain(check, "last %.*s additionalItem(s) not allowed",
                     STR_ARG(schema_count(check->checker->arena, (double)(count - from))));
        for (size_t i = from; i < count; i++)
            schema_mark_evaluated(check, i);
        return;
    }
    check_rest(check, other, from);
}

static void check_items(struct check *check)
{
    const struct value *leading = schema_keyword_of(check, "prefixItems");
    check_rest(check, schema_keyword_of(check, "items"),
               leading ? check_leading(check, leading) : 0);
}

/* The items that `contains` matches. */
struct contained {
    double count;
    struct str words;         /* "matched 2 items at 0 3" */
    struct fault_list causes; /* why the others do not match */
};

static struct contained find_contained(struct check *check, struct value schema)
{
    struct arena *arena = check->checker->arena;
    struct contained contained = {0};
    struct text numbers = {.arena = arena};
    for (size_t i = 0; i < check->value.list->count; i++) {
        const struct fault *fault = schema_check_item(check, schema, i);
        if (fault) {
            vector_push(arena, &contained.causes, fault);
            continue;
        }
        contained.count++;
        text_format(&numbers, " %zu", i);
        if (schema_draft_of(check) >= DRAFT_2020)
            schema_mark_evaluated(check, i);
    }
    contained.words =
        str_format(arena, "matched %.*s items at%.*s",
                   STR_ARG(schema_count(arena, contained.count)), STR_ARG(text_str(&numbers)));
    return contained;
}

/* What is said of a limit of `contains`. */
static void complain_contained(struct check *check, const char *limit, double want,
                               const struct contained *contained, struct str words)
{
    schema_complain_because(check, &contained->causes,
                            "%s %.*s items required to match contains schema, but %.*s", limit,
                            STR_ARG(schema_count(check->checker->arena, want)), STR_ARG(words));
}

static void check_contains(struct check *check)
{
    static const struct contained nothing;
    const struct value *schema =
        schema_draft_of(check) >= DRAFT_6 ? schema_keyword_of(check, "contains") : NULL;
    bool counts = schema_draft_of(check) >= DRAFT_2019;
    const struct value *least = counts ? schema_keyword_of(check, "minContains") : NULL;
    const struct value *most = counts ? schema_keyword_of(check, "maxContains") : NULL;
    if (!schema)
        return;
    struct contained found = find_contained(check, *schema);
    if (least && found.count < least->number)
        complain_contained(check, "min", least->number, &found,
                           found.count > 0 ? found.words : STR("none matched"));
    else if (!least && !(found.count > 0))
        schema_complain_because(check, &found.causes, "no items match contains schema");
    if (most && found.count > most->number)
        complain_contained(check, "max", most->number, &nothing, found.words);
}

static void check_list(struct check *check)
{
    check_count(check, "minItems", "maxItems", check->value.list->count);
    check_unique(check);
    if (schema_draft_of(check) < DRAFT_2020)
        check_items_of_old(check);
    else
        check_items(check);
    check_contains(check);
}

/* --- texts and numbers --- */

static void check_text(struct check *check)
{
    struct arena *arena = check->checker->arena;
    struct str text = value_str(check->value);
    const struct value *pattern = schema_keyword_of(check, "pattern");
    check_count(check, "minLength", "maxLength", utf8_length(text));
    if (pattern && !schema_matches(check, value_str(*pattern), text))
        complain(check, "%.*s does not match pattern %.*s", STR_ARG(schema_quote(arena, text)),
                 STR_ARG(schema_quote(arena, value_str(*pattern))));
}

/* Exact, as the decimals that the numbers are written in: 0.07 is a multiple of 0.01. */
static bool is_multiple(struct arena *arena, double number, double of)
{
    if (number == 0)
        return true;
    struct decimal quotient =
        decimal_divide(arena, decimal_from_double(arena, number), decimal_from_double(arena, of));
    struct decimal product = decimal_multiply(arena, quotient, decimal_from_double(arena, of));
    struct decimal difference =
        decimal_add(arena, product, decimal_negate(decimal_from_double(arena, number)));
    return quotient.point >= (int64_t)quotient.digits.n && !difference.digits.n;
}

static void complain_number(struct check *check, const char *keyword, double want)
{
    struct arena *arena = check->checker->arena;
    complain_limit(check, keyword, schema_number(arena, schema_number_of(check->value)),
                   schema_number(arena, want));
}

/* In draft 4 the exclusive limits are booleans beside the others. */
static void check_limits(struct check *check, bool is_upper)
{
    const char *inclusive = is_upper ? "maximum" : "minimum";
    const char *exclusive = is_upper ? "exclusiveMaximum" : "exclusiveMinimum";
    const struct value *limit = schema_keyword_of(check, inclusive);
    const struct value *outer = schema_keyword_of(check, exclusive);
    double number = schema_number_of(check->value);
    double sign = is_upper ? 1 : -1;
    if (outer && outer->type == VALUE_BOOL) {
        outer = outer->boolean ? limit : NULL;
        limit = outer ? NULL : limit;
    }
    if (limit && sign * number > sign * limit->number)
        complain_number(check, inclusive, limit->number);
    if (outer && sign * number >= sign * outer->number)
        complain_number(check, exclusive, outer->number);
}

static void check_number(struct check *check)
{
    const struct value *of = schema_keyword_of(check, "multipleOf");
    check_limits(check, false);
    check_limits(check, true);
    if (of && !is_multiple(check->checker->arena, schema_number_of(check->value), of->number))
        complain_number(check, "multipleOf", of->number);
}

void schema_check_by_type(struct check *check)
{
    if (check->value.type == VALUE_MAP)
        check_object(check);
    else if (check->value.type == VALUE_LIST)
        check_list(check);
    else if (check->value.type == VALUE_STRING)
        check_text(check);
    else if (schema_is_number(check->value))
        check_number(check);
}
