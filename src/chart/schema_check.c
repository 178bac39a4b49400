#include <inttypes.h>
#include <math.h>
#include <stdarg.h>

#include "schema_check.h"

static const struct fault quiet_fault;

/* --- faults --- */

static struct fault *fault_new(const struct check *check, const char *format, va_list args)
{
    struct arena *arena = check->checker->arena;
    struct fault *fault = arena_make(arena, struct fault);
    struct text text = {.arena = arena};
    text_format_list(&text, format, args);
    fault->text = text_str(&text);
    fault->place = check->place;
    fault->value = check->value;
    return fault;
}

void schema_add_fault(struct check *check, const struct fault *fault)
{
    if (fault)
        vector_push(check->checker->arena, &check->faults, fault);
}

struct fault *schema_complain_because(struct check *check, const struct fault_list *causes,
                                      const char *format, ...)
{
    if (check->checker->quiet) {
        schema_add_fault(check, &quiet_fault);
        return NULL;
    }
    va_list args;
    va_start(args, format);
    struct fault *fault = fault_new(check, format, args);
    va_end(args);
    if (causes)
        fault->causes = *causes;
    schema_add_fault(check, fault);
    return fault;
}

struct fault_list schema_causes_of(const struct check *check, const struct fault *fault)
{
    struct fault_list causes = {0};
    if (fault->is_group)
        return fault->causes;
    vector_push(check->checker->arena, &causes, fault);
    return causes;
}

/* --- values and keywords --- */

const struct value *schema_keyword_of(const struct check *check, const char *name)
{
    return value_map_get(check->node->value.map, str_from_c(name));
}

unsigned schema_draft_of(const struct check *check)
{
    return check->node->resource->draft;
}

static const char *type_of(struct value value)
{
    switch (value.type) {
    case VALUE_NIL:
        return "null";
    case VALUE_BOOL:
        return "boolean";
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

bool schema_matches(struct check *check, struct str pattern, struct str text)
{
    struct checker *checker = check->checker;
    struct str problem;
    struct regex_match match;
    struct regex *regex = regex_cache_find(checker->arena, &checker->patterns, pattern, &problem);
    return regex &&
           regex_find(regex, text, 0, checker->schema->limits->regex_steps, &match) == REGEX_FOUND;
}

/* --- going on --- */

void schema_mark_evaluated(struct check *check, size_t index)
{
    if (check->unevaluated.left)
        check->unevaluated.left[index] = false;
}

static void merge_unevaluated(struct unevaluated *into, const struct unevaluated *from)
{
    for (size_t i = 0; into->left && i < into->count; i++)
        into->left[i] = into->left[i] && from->left[i];
}

/* Checks the same value with another schema. */
static const struct fault *check_self(struct check *check, const struct schema_node *node)
{
    struct checker *checker = check->checker;
    struct unevaluated own = {0};
    if (check->unevaluated.left) {
        own.count = check->unevaluated.count;
        own.left = arena_make_array(checker->arena, bool, own.count + 1);
        memset(own.left, true, own.count);
    }
    const struct fault *fault = schema_validate(checker, node, check->value, check->place,
                                                check->frame, own.left ? &own : NULL);
    if (!fault && own.left)
        merge_unevaluated(&check->unevaluated, &own);
    return fault;
}

const struct fault *schema_check_inner(struct check *check, struct value schema)
{
    struct schema_node node = schema_child(check->checker->schema, check->node, schema);
    return check_self(check, &node);
}

static const struct fault *check_quietly(struct check *check, struct value schema)
{
    check->checker->quiet++;
    const struct fault *fault = schema_check_inner(check, schema);
    check->checker->quiet--;
    return fault;
}

/* Checks an entry or item of the value. */
static const struct fault *check_child(struct check *check, struct value schema, struct value child,
                                       struct place place)
{
    struct schema_node node = schema_child(check->checker->schema, check->node, schema);
    const struct place *own = &place;
    if (!check->checker->quiet) {
        struct place *kept = arena_make(check->checker->arena, struct place);
        *kept = place;
        own = kept;
    }
    return schema_validate(check->checker, &node, child, own, check->frame, NULL);
}

const struct fault *schema_check_entry(struct check *check, struct value schema, size_t index)
{
    const struct value_entry *entry = &check->value.map->entries[index];
    return check_child(check, schema, entry->value,
                       (struct place){.parent = check->place, .key = entry->key});
}

const struct fault *schema_check_item(struct check *check, struct value schema, size_t index)
{
    return check_child(check, schema, check->value.list->items[index],
                       (struct place){.parent = check->place, .index = index});
}

/* --- any value --- */

static bool is_of_type(struct value value, struct str name)
{
    if (str_is(name, type_of(value)))
        return true;
    return str_is(name, "integer") && schema_is_number(value) &&
           floor(schema_number_of(value)) == schema_number_of(value);
}

static bool names_type(struct value types, const char *name)
{
    if (types.type == VALUE_STRING)
        return str_is(value_str(types), name);
    for (size_t i = 0; i < types.list->count; i++) {
        if (str_is(value_str(types.list->items[i]), name))
            return true;
    }
    return false;
}

static bool type_fits(struct check *check)
{
    /* In the order of messages. */
    static const char *const all[] = {"null",   "boolean", "number", "integer",
                                      "string", "array",   "object"};
    const struct value *types = schema_keyword_of(check, "type");
    struct str_list names = {0};
    if (!types)
        return true;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (names_type(*types, all[i]))
            vector_push(check->checker->arena, &names, str_from_c(all[i]));
    }
    for (size_t i = 0; i < names.count; i++) {
        if (is_of_type(check->value, names.items[i]))
            return true;
    }
    complain(check, "got %s, want %.*s", type_of(check->value),
             STR_ARG(str_list_join(check->checker->arena, &names, STR(" or "))));
    return false;
}

static bool is_collection(struct value value)
{
    return value.type == VALUE_LIST || value.type == VALUE_MAP;
}

static bool constant_fits(struct check *check)
{
    const struct value *wanted =
        schema_draft_of(check) >= DRAFT_6 ? schema_keyword_of(check, "const") : NULL;
    if (!wanted || schema_values_are_equal(check->value, *wanted))
        return true;
    if (is_collection(*wanted))
        complain(check, "'const' failed");
    else
        complain(check, "value must be %.*s",
                 STR_ARG(schema_scalar(check->checker->arena, *wanted)));
    return false;
}

static bool is_one_of(struct check *check)
{
    const struct value *wanted = schema_keyword_of(check, "enum");
    struct str_list words = {0};
    bool has_collection = false;
    if (!wanted)
        return true;
    for (size_t i = 0; i < wanted->list->count; i++) {
        if (schema_values_are_equal(check->value, wanted->list->items[i]))
            return true;
        has_collection = has_collection || is_collection(wanted->list->items[i]);
        vector_push(check->checker->arena, &words,
                    schema_scalar(check->checker->arena, wanted->list->items[i]));
    }
    if (has_collection)
        complain(check, "'enum' failed");
    else
        complain(check, "value must be %s%.*s", words.count == 1 ? "" : "one of ",
                 STR_ARG(str_list_join(check->checker->arena, &words, STR(", "))));
    return false;
}

/* Asserted up to draft 7 only. */
static bool format_fits(struct check *check)
{
    const struct value *format =
        schema_draft_of(check) < DRAFT_2019 ? schema_keyword_of(check, "format") : NULL;
    struct arena *arena = check->checker->arena;
    struct str problem;
    if (!format || check->value.type != VALUE_STRING ||
        schema_format_holds(arena, value_str(*format), value_str(check->value), &problem))
        return true;
    complain(check, "%.*s is not valid %.*s: %.*s",
             STR_ARG(schema_quote(arena, value_str(check->value))), STR_ARG(value_str(*format)),
             STR_ARG(problem));
    return false;
}

/* --- references --- */

static void check_target(struct check *check, const struct schema_node *target)
{
    const struct fault *fault = check_self(check, target);
    if (!fault)
        return;
    struct fault_list causes = schema_causes_of(check, fault);
    struct fault *told = schema_complain_because(check, &causes, "validation failed");
    if (told)
        told->is_reference = true;
}

/* The outermost schema on the way here that says the name too. */
static void follow_dynamic(const struct check *check, struct str anchor, struct schema_node *target)
{
    const struct schema_node *named = map_get(&target->resource->dynamic, anchor);
    if (!anchor.n || !named || named->value.map != target->value.map)
        return;
    for (const struct frame *frame = check->frame; frame; frame = frame->parent) {
        const struct schema_node *outer = map_get(&frame->node->resource->dynamic, anchor);
        if (outer)
            *target = *outer;
    }
}

static void follow_recursive(const struct check *check, struct schema_node *target)
{
    if (!target->resource->is_recursive)
        return;
    for (const struct frame *frame = check->frame; frame; frame = frame->parent) {
        if (frame->node->resource->is_recursive)
            *target = (struct schema_node){frame->node->resource->root, frame->node->resource};
    }
}

static void check_reference(struct check *check, const char *keyword)
{
    const struct value *reference = schema_keyword_of(check, keyword);
    struct schema_node target;
    struct str problem;
    if (!reference || reference->type != VALUE_STRING ||
        schema_resolve(check->checker->arena, check->checker->schema, check->node->resource,
                       value_str(*reference), &target, &problem) != REFERENCE_FOUND)
        return;
    struct str text = value_str(*reference);
    size_t hash = str_find_char(text, '#');
    if (strcmp(keyword, "$dynamicRef") == 0 && hash != STR_NOT_FOUND)
        follow_dynamic(check, str_from(text, hash + 1), &target);
    if (strcmp(keyword, "$recursiveRef") == 0)
        follow_recursive(check, &target);
    check_target(check, &target);
}

/* --- combinations --- */

static void check_all(struct check *check)
{
    const struct value *schemas = schema_keyword_of(check, "allOf");
    struct fault_list causes = {0};
    for (size_t i = 0; schemas && i < schemas->list->count; i++) {
        const struct fault *fault = schema_check_inner(check, schemas->list->items[i]);
        if (fault)
            vector_push(check->checker->arena, &causes, fault);
    }
    if (causes.count)
        schema_complain_because(check, &causes, "'allOf' failed");
}

static bool has_unevaluated(const struct check *check)
{
    for (size_t i = 0; check->unevaluated.left && i < check->unevaluated.count; i++) {
        if (check->unevaluated.left[i])
            return true;
    }
    return false;
}

static void check_any(struct check *check)
{
    const struct value *schemas = schema_keyword_of(check, "anyOf");
    struct fault_list causes = {0};
    bool matched = false;
    for (size_t i = 0; schemas && i < schemas->list->count; i++) {
        const struct fault *fault = schema_check_inner(check, schemas->list->items[i]);
        matched = matched || !fault;
        if (fault)
            vector_push(check->checker->arena, &causes, fault);
        else if (!has_unevaluated(check))
            break;
    }
    if (schemas && !matched)
        schema_complain_because(check, &causes, "'anyOf' failed");
}

static void check_one(struct check *check)
{
    const struct value *schemas = schema_keyword_of(check, "oneOf");
    struct fault_list causes = {0};
    size_t matched = SIZE_MAX;
    for (size_t i = 0; schemas && i < schemas->list->count; i++) {
        bool is_first = matched == SIZE_MAX;
        const struct fault *fault = is_first ? schema_check_inner(check, schemas->list->items[i])
                                             : check_quietly(check, schemas->list->items[i]);
        if (fault) {
            vector_push(check->checker->arena, &causes, fault);
        } else if (is_first) {
            matched = i;
        } else {
            complain(check, "'oneOf' failed, subschemas %zu, %zu matched", matched, i);
            return;
        }
    }
    if (schemas && matched == SIZE_MAX)
        schema_complain_because(check, &causes, "'oneOf' failed, none matched");
}

static void check_condition(struct check *check)
{
    const struct value *condition =
        schema_draft_of(check) >= DRAFT_7 ? schema_keyword_of(check, "if") : NULL;
    if (!condition)
        return;
    const struct value *schema =
        schema_keyword_of(check, check_quietly(check, *condition) ? "else" : "then");
    if (schema)
        schema_add_fault(check, schema_check_inner(check, *schema));
}

static void check_combinations(struct check *check)
{
    const struct value *not = schema_keyword_of(check, "not");
    if (not &&!check_quietly(check, *not ))
        complain(check, "'not' failed");
    check_all(check);
    check_any(check);
    check_one(check);
    check_condition(check);
}

static void check_unevaluated(struct check *check)
{
    bool is_map = check->value.type == VALUE_MAP;
    const struct value *schema =
        schema_keyword_of(check, is_map ? "unevaluatedProperties" : "unevaluatedItems");
    for (size_t i = 0; schema && i < check->unevaluated.count; i++) {
        if (!check->unevaluated.left[i])
            continue;
        schema_add_fault(check, is_map ? schema_check_entry(check, *schema, i)
                                       : schema_check_item(check, *schema, i));
        check->unevaluated.left[i] = false;
    }
}

/* --- one schema --- */

static bool is_in_circle(const struct frame *frame)
{
    for (const struct frame *at = frame->parent; at && at->place == frame->place; at = at->parent) {
        if (at->node->value.map == frame->node->value.map)
            return true;
    }
    return false;
}

static void check_schema(struct check *check)
{
    unsigned draft = schema_draft_of(check);
    if (draft < DRAFT_2019 && schema_keyword_of(check, "$ref")) {
        /* It hides everything beside it but a constant. */
        if (constant_fits(check))
            check_reference(check, "$ref");
        return;
    }
    if (!type_fits(check) || !constant_fits(check) || !is_one_of(check) || !format_fits(check))
        return;
    check_reference(check, "$ref");
    schema_check_by_type(check);
    if (draft >= DRAFT_2019)
        check_reference(check, "$recursiveRef");
    if (draft >= DRAFT_2020)
        check_reference(check, "$dynamicRef");
    check_combinations(check);
    if (draft >= DRAFT_2019)
        check_unevaluated(check);
}

static void track_unevaluated(struct check *check, struct unevaluated *unevaluated)
{
    bool is_map = check->value.type == VALUE_MAP;
    size_t count = is_map                            ? check->value.map->count
                   : check->value.type == VALUE_LIST ? check->value.list->count
                                                     : 0;
    bool is_asked = schema_keyword_of(check, is_map ? "unevaluatedProperties" : "unevaluatedItems");
    if (unevaluated) {
        check->unevaluated = *unevaluated;
    } else if (count && is_asked) {
        check->unevaluated.count = count;
        check->unevaluated.left = arena_make_array(check->checker->arena, bool, count);
        memset(check->unevaluated.left, true, count);
    }
}

static const struct fault *result_of(struct check *check)
{
    if (!check->faults.count)
        return NULL;
    if (check->faults.count == 1 || check->checker->quiet)
        return check->faults.items[0];
    struct fault *group = arena_make(check->checker->arena, struct fault);
    *group = (struct fault){.text = STR("validation failed"),
                            .place = check->place,
                            .is_group = true,
                            .causes = check->faults};
    return group;
}

/* NULL: the value is as the node wants it. */
const struct fault *schema_validate(struct checker *checker, const struct schema_node *node,
                                    struct value value, const struct place *place,
                                    const struct frame *parent, struct unevaluated *unevaluated)
{
    struct frame frame = {node, place, parent};
    struct check check = {
        .checker = checker, .node = node, .value = value, .place = place, .frame = &frame};
    const struct limits *limits = checker->schema->limits;
    if (node->value.type == VALUE_BOOL) {
        if (node->value.boolean)
            return NULL;
        complain(&check, "false schema");
        return check.faults.items[0];
    }
    if (is_in_circle(&frame))
        complain(&check, "the schema refers to itself for the same value");
    else if (checker->depth >= limits->yaml_depth)
        complain(&check, "it is deeper than the limit yaml_depth");
    else if (++checker->steps > limits->schema_steps)
        schema_add_fault(&check, &quiet_fault);
    if (check.faults.count)
        return check.faults.items[0];
    checker->depth++;
    track_unevaluated(&check, unevaluated);
    check_schema(&check);
    checker->depth--;
    return result_of(&check);
}

/* --- telling --- */

static struct str path_of(struct arena *arena, const struct place *place)
{
    if (!place)
        return STR("");
    struct str parent = path_of(arena, place->parent);
    return place->key.p ? values_path_key(arena, parent, place->key)
                        : values_path_index(arena, parent, place->index);
}

static void tell(struct text *out, const struct fault *fault, unsigned indent,
                 struct schema_violation_list *violations)
{
    struct arena *arena = out->arena;
    bool is_silent = fault->is_reference && fault->causes.count == 1;
    struct str path = path_of(arena, fault->place);
    if (!is_silent) {
        for (unsigned i = 0; i < indent; i++)
            text_add_c(out, "  ");
        text_format(out, "- at %.*s: %.*s\n",
                    STR_ARG(schema_quote(arena, schema_pointer(arena, path))),
                    STR_ARG(fault->text));
    }
    for (size_t i = 0; i < fault->causes.count; i++)
        tell(out, fault->causes.items[i], indent + !is_silent, violations);
    if (!fault->causes.count)
        vector_push(arena, violations,
                    ((struct schema_violation){path, fault->text, fault->value}));
}

bool schema_check(struct arena *arena, const struct schema *schema, struct value value,
                  struct str *ret_text, struct schema_violation_list *violations)
{
    struct checker checker = {.arena = arena, .schema = schema};
    struct text out = {.arena = arena};
    const struct fault *fault = schema_validate(&checker, &schema->root, value, NULL, NULL, NULL);
    regex_cache_release(&checker.patterns);
    if (!fault)
        return true;
    if (checker.steps > schema->limits->schema_steps) {
        text_format(&out, "the limit schema_steps, %" PRIu64 ", is reached\n",
                    schema->limits->schema_steps);
        vector_push(arena, violations,
                    ((struct schema_violation){
                        .path = STR(""), .text = str_trim(text_str(&out)), .value = value}));
        *ret_text = text_str(&out);
        return false;
    }
    for (size_t i = 0; fault->is_group && i < fault->causes.count; i++)
        tell(&out, fault->causes.items[i], 0, violations);
    if (!fault->is_group)
        tell(&out, fault, 0, violations);
    *ret_text = text_str(&out);
    return false;
}
