#include "schema.h"

#include <math.h>

#include "schema_private.h"

#define DOCUMENT "file:///values.schema.json"

/* What a keyword holds. */
enum shape {
    SHAPE_SCHEMA,
    SHAPE_SCHEMA_OR_BOOL, /* the same; a boolean in draft 4 too */
    SHAPE_SCHEMAS,        /* a list of them, not empty */
    SHAPE_SCHEMA_OR_LIST, /* one, or a list of them */
    SHAPE_SCHEMA_MAP,
    SHAPE_DEPENDENCIES, /* a map of schemas and lists of names */
    SHAPE_NAMES_MAP,    /* a map of lists of names */
    SHAPE_NAMES,
    SHAPE_TYPE,
    SHAPE_LIST,
    SHAPE_UNIQUE_LIST,
    SHAPE_COUNT,
    SHAPE_NUMBER,
    SHAPE_POSITIVE,
    SHAPE_BOOL,
    SHAPE_TEXT,
    SHAPE_ADDRESS, /* without a fragment */
    SHAPE_ANCHOR,  /* a name */
    SHAPE_PATTERN,
    SHAPE_PATTERN_MAP, /* a map from patterns to schemas */
};

struct keyword {
    const char *name;
    enum shape shape;
    unsigned first, last;     /* drafts that have it so; last 0: all later ones */
    bool is_only_a_container; /* its schemas count only when they are referred to */
};

static const struct keyword keywords[] = {
    {"$schema", SHAPE_TEXT, DRAFT_4, 0, false},
    {"id", SHAPE_TEXT, DRAFT_4, DRAFT_4, false},
    {"$id", SHAPE_TEXT, DRAFT_6, DRAFT_7, false},
    {"$id", SHAPE_ADDRESS, DRAFT_2019, 0, false},
    {"$anchor", SHAPE_ANCHOR, DRAFT_2019, 0, false},
    {"$dynamicAnchor", SHAPE_ANCHOR, DRAFT_2020, 0, false},
    {"$recursiveAnchor", SHAPE_BOOL, DRAFT_2019, DRAFT_2019, false},
    {"$recursiveAnchor", SHAPE_ANCHOR, DRAFT_2020, 0, false},
    {"$ref", SHAPE_TEXT, DRAFT_4, 0, false},
    {"$dynamicRef", SHAPE_TEXT, DRAFT_2020, 0, false},
    {"$comment", SHAPE_TEXT, DRAFT_7, 0, false},
    {"$defs", SHAPE_SCHEMA_MAP, DRAFT_2019, 0, true},
    {"definitions", SHAPE_SCHEMA_MAP, DRAFT_4, 0, true},
    {"additionalItems", SHAPE_SCHEMA_OR_BOOL, DRAFT_4, DRAFT_2019, false},
    {"additionalProperties", SHAPE_SCHEMA_OR_BOOL, DRAFT_4, 0, false},
    {"allOf", SHAPE_SCHEMAS, DRAFT_4, 0, false},
    {"anyOf", SHAPE_SCHEMAS, DRAFT_4, 0, false},
    {"contains", SHAPE_SCHEMA, DRAFT_6, 0, false},
    {"contentEncoding", SHAPE_TEXT, DRAFT_7, 0, false},
    {"contentMediaType", SHAPE_TEXT, DRAFT_7, 0, false},
    {"dependencies", SHAPE_DEPENDENCIES, DRAFT_4, 0, false},
    {"dependentRequired", SHAPE_NAMES_MAP, DRAFT_2019, 0, false},
    {"dependentSchemas", SHAPE_SCHEMA_MAP, DRAFT_2019, 0, false},
    {"deprecated", SHAPE_BOOL, DRAFT_2019, 0, false},
    {"else", SHAPE_SCHEMA, DRAFT_7, 0, false},
    {"enum", SHAPE_UNIQUE_LIST, DRAFT_4, DRAFT_7, false},
    {"enum", SHAPE_LIST, DRAFT_2019, 0, false},
    {"examples", SHAPE_LIST, DRAFT_7, 0, false},
    {"exclusiveMaximum", SHAPE_BOOL, DRAFT_4, DRAFT_4, false},
    {"exclusiveMaximum", SHAPE_NUMBER, DRAFT_6, 0, false},
    {"exclusiveMinimum", SHAPE_BOOL, DRAFT_4, DRAFT_4, false},
    {"exclusiveMinimum", SHAPE_NUMBER, DRAFT_6, 0, false},
    {"format", SHAPE_TEXT, DRAFT_4, 0, false},
    {"if", SHAPE_SCHEMA, DRAFT_7, 0, false},
    {"items", SHAPE_SCHEMA_OR_LIST, DRAFT_4, DRAFT_2019, false},
    {"items", SHAPE_SCHEMA, DRAFT_2020, 0, false},
    {"maxContains", SHAPE_COUNT, DRAFT_2019, 0, false},
    {"maxItems", SHAPE_COUNT, DRAFT_4, 0, false},
    {"maxLength", SHAPE_COUNT, DRAFT_4, 0, false},
    {"maxProperties", SHAPE_COUNT, DRAFT_4, 0, false},
    {"maximum", SHAPE_NUMBER, DRAFT_4, 0, false},
    {"minContains", SHAPE_COUNT, DRAFT_2019, 0, false},
    {"minItems", SHAPE_COUNT, DRAFT_4, 0, false},
    {"minLength", SHAPE_COUNT, DRAFT_4, 0, false},
    {"minProperties", SHAPE_COUNT, DRAFT_4, 0, false},
    {"minimum", SHAPE_NUMBER, DRAFT_4, 0, false},
    {"multipleOf", SHAPE_POSITIVE, DRAFT_4, 0, false},
    {"not", SHAPE_SCHEMA, DRAFT_4, 0, false},
    {"oneOf", SHAPE_SCHEMAS, DRAFT_4, 0, false},
    {"pattern", SHAPE_PATTERN, DRAFT_4, 0, false},
    {"patternProperties", SHAPE_PATTERN_MAP, DRAFT_4, 0, false},
    {"prefixItems", SHAPE_SCHEMAS, DRAFT_2020, 0, false},
    {"properties", SHAPE_SCHEMA_MAP, DRAFT_4, 0, false},
    {"propertyNames", SHAPE_SCHEMA, DRAFT_6, 0, false},
    {"readOnly", SHAPE_BOOL, DRAFT_7, 0, false},
    {"required", SHAPE_NAMES, DRAFT_4, 0, false},
    {"then", SHAPE_SCHEMA, DRAFT_7, 0, false},
    {"title", SHAPE_TEXT, DRAFT_4, 0, false},
    {"description", SHAPE_TEXT, DRAFT_4, 0, false},
    {"type", SHAPE_TYPE, DRAFT_4, 0, false},
    {"unevaluatedItems", SHAPE_SCHEMA, DRAFT_2019, 0, false},
    {"unevaluatedProperties", SHAPE_SCHEMA, DRAFT_2019, 0, false},
    {"uniqueItems", SHAPE_BOOL, DRAFT_4, 0, false},
    {"writeOnly", SHAPE_BOOL, DRAFT_7, 0, false},
};

struct reader {
    struct arena *arena;
    struct schema *schema;
    struct str_list *unfetched;
    struct str problem;
    struct map checked; /* pointers of the maps that were checked */
    unsigned depth;
};

static bool fail(struct reader *reader, struct str path, const char *what)
{
    struct str pointer = schema_pointer(reader->arena, path);
    reader->problem = str_format(reader->arena,
                                 "\"" DOCUMENT "#\" is not valid against metaschema: at '%.*s': %s",
                                 STR_ARG(pointer), what);
    return false;
}

static const struct value *member(struct value map, const char *name)
{
    return map.type == VALUE_MAP ? value_map_get(map.map, str_from_c(name)) : NULL;
}

static struct str text_member(struct value map, const char *name)
{
    const struct value *value = member(map, name);
    return value && value->type == VALUE_STRING ? value_str(*value) : (struct str){0};
}

/* --- drafts and addresses --- */

static const struct {
    const char *name;
    unsigned draft;
} drafts[] = {
    {"json-schema.org/schema", DRAFT_2020},
    {"json-schema.org/draft/2020-12/schema", DRAFT_2020},
    {"json-schema.org/draft/2019-09/schema", DRAFT_2019},
    {"json-schema.org/draft-07/schema", DRAFT_7},
    {"json-schema.org/draft-06/schema", DRAFT_6},
    {"json-schema.org/draft-04/schema", DRAFT_4},
};

/* 0 for an address that is no known draft. */
static unsigned draft_of(struct str address)
{
    size_t scheme = str_find(address, STR("://"));
    struct str name = scheme == STR_NOT_FOUND ? address : str_from(address, scheme + 3);
    if (str_ends_with(name, STR("#")))
        name.n--;
    for (size_t i = 0; i < sizeof drafts / sizeof *drafts; i++) {
        if (str_is(name, drafts[i].name))
            return drafts[i].draft;
    }
    return 0;
}

static bool is_hidden_by_reference(struct value value, unsigned draft)
{
    return draft < DRAFT_2019 && member(value, "$ref");
}

static struct str id_of(struct value value, unsigned draft)
{
    if (is_hidden_by_reference(value, draft))
        return (struct str){0};
    return text_member(value, draft == DRAFT_4 ? "id" : "$id");
}

static struct schema_resource *add_resource(struct reader *reader, struct value root,
                                            struct str base, unsigned draft)
{
    struct schema *schema = reader->schema;
    struct schema_resource *resource = arena_make(reader->arena, struct schema_resource);
    const struct value *recursive = member(root, "$recursiveAnchor");
    *resource = (struct schema_resource){.base = base, .draft = draft, .root = root};
    resource->is_recursive = recursive && recursive->type == VALUE_BOOL && recursive->boolean;
    map_put(reader->arena, &schema->resources, base, resource);
    if (root.type == VALUE_MAP)
        map_put(reader->arena, &schema->inner, schema_key_of(reader->arena, root.map), resource);
    return resource;
}

static void add_anchor(struct reader *reader, const struct schema_resource *resource,
                       const struct schema_node *node, struct str name)
{
    if (name.n)
        map_put(reader->arena, &reader->schema->anchors,
                str_format(reader->arena, "%.*s#%.*s", STR_ARG(resource->base), STR_ARG(name)),
                (void *)node);
}

static struct str without_fragment(struct str address)
{
    return str_slice(address, 0, str_find_char(address, '#'));
}

/* The resource that the value belongs to: its own when it has an address. */
static struct schema_resource *enter(struct reader *reader, struct value value,
                                     struct schema_resource *resource)
{
    struct arena *arena = reader->arena;
    struct str id = id_of(value, resource->draft);
    struct str address = without_fragment(id);
    if (address.n && value.map != resource->root.map) {
        struct str base = schema_join_address(arena, resource->base, address);
        unsigned draft = draft_of(text_member(value, "$schema"));
        resource = add_resource(reader, value, base, draft ? draft : resource->draft);
    }
    struct schema_node *node = arena_make(arena, struct schema_node);
    *node = (struct schema_node){value, resource};
    struct str anchor = text_member(value, "$anchor");
    if (resource->draft < DRAFT_2019)
        anchor = str_from(id, address.n + (address.n < id.n));
    add_anchor(reader, resource, node, anchor);
    struct str dynamic = text_member(value, "$dynamicAnchor");
    if (resource->draft >= DRAFT_2020 && dynamic.n) {
        add_anchor(reader, resource, node, dynamic);
        map_put(arena, &resource->dynamic, dynamic, node);
    }
    return resource;
}

/* --- the shapes of keywords, and the addresses in them --- */

static bool read_node(struct reader *reader, struct value value, struct schema_resource *resource,
                      struct str path);

static bool read_list(struct reader *reader, struct value list, struct schema_resource *resource,
                      struct str path)
{
    for (size_t i = 0; i < list.list->count; i++) {
        if (!read_node(reader, list.list->items[i], resource,
                       values_path_index(reader->arena, path, i)))
            return false;
    }
    return true;
}

static bool is_unique(struct reader *reader, struct value list)
{
    size_t first;
    size_t second;
    return !schema_find_equal_items(reader->arena, list.list, &first, &second);
}

static bool is_names(struct reader *reader, struct value value)
{
    if (value.type != VALUE_LIST || !is_unique(reader, value))
        return false;
    for (size_t i = 0; i < value.list->count; i++) {
        if (value.list->items[i].type != VALUE_STRING)
            return false;
    }
    return true;
}

static bool is_type_name(struct value value)
{
    static const char *const names[] = {"array",  "boolean", "integer", "null",
                                        "number", "object",  "string"};
    return value.type == VALUE_STRING && STR_IS_ONE_OF(value_str(value), names);
}

static bool is_type(struct reader *reader, struct value value)
{
    if (value.type != VALUE_LIST)
        return is_type_name(value);
    for (size_t i = 0; i < value.list->count; i++) {
        if (!is_type_name(value.list->items[i]))
            return false;
    }
    return value.list->count > 0 && is_unique(reader, value);
}

static bool check_pattern(struct reader *reader, struct str pattern, struct str path)
{
    struct str problem;
    struct regex *regex = regex_compile(reader->arena, pattern, &problem);
    if (regex) {
        regex_release(regex);
        return true;
    }
    return fail(reader, path,
                str_format(reader->arena, "%.*s is not valid regex: %.*s",
                           STR_ARG(schema_quote(reader->arena, pattern)), STR_ARG(problem))
                    .p);
}

static bool read_map(struct reader *reader, enum shape shape, struct value map,
                     struct schema_resource *resource, struct str path)
{
    if (map.type != VALUE_MAP)
        return fail(reader, path, "it is no object");
    for (size_t i = 0; i < map.map->count; i++) {
        const struct value_entry *entry = &map.map->entries[i];
        struct str below = values_path_key(reader->arena, path, entry->key);
        bool may_be_names = shape == SHAPE_DEPENDENCIES || shape == SHAPE_NAMES_MAP;
        if (shape == SHAPE_PATTERN_MAP && !check_pattern(reader, entry->key, path))
            return false;
        if (may_be_names && is_names(reader, entry->value))
            continue;
        if (shape == SHAPE_NAMES_MAP)
            return fail(reader, below, "it is no list of names");
        if (!read_node(reader, entry->value, resource, below))
            return false;
    }
    return true;
}

static bool is_count(struct value value)
{
    return value.type == VALUE_FLOAT64 && value.number >= 0 && floor(value.number) == value.number;
}

/* ^[^#]*#?$ */
static bool has_fragment(struct str address)
{
    size_t at = str_find_char(address, '#');
    return at != STR_NOT_FOUND && at + 1 < address.n;
}

static bool is_anchor(struct str name)
{
    for (size_t i = 0; i < name.n; i++) {
        bool may_begin =
            name.p[i] == '_' || (is_ascii_alphanumeric(name.p[i]) && !is_ascii_digit(name.p[i]));
        bool may_follow =
            is_ascii_alphanumeric(name.p[i]) || (name.p[i] && strchr("-.:", name.p[i]));
        if (!may_begin && (i == 0 || !may_follow))
            return false;
    }
    return name.n > 0;
}

static bool fits_shape(struct reader *reader, enum shape shape, struct value value)
{
    bool is_number = value.type == VALUE_FLOAT64;
    switch (shape) {
    case SHAPE_NAMES:
        return is_names(reader, value);
    case SHAPE_TYPE:
        return is_type(reader, value);
    case SHAPE_LIST:
        return value.type == VALUE_LIST;
    case SHAPE_UNIQUE_LIST:
        return value.type == VALUE_LIST && is_unique(reader, value);
    case SHAPE_COUNT:
        return is_count(value);
    case SHAPE_NUMBER:
        return is_number;
    case SHAPE_POSITIVE:
        return is_number && value.number > 0;
    case SHAPE_BOOL:
        return value.type == VALUE_BOOL;
    case SHAPE_ANCHOR:
        return value.type == VALUE_STRING && is_anchor(value_str(value));
    case SHAPE_ADDRESS:
    case SHAPE_TEXT:
    case SHAPE_PATTERN:
        return value.type == VALUE_STRING;
    default:
        return true;
    }
}

/* Why a keyword that holds no schemas is wrong; NULL when it is not. */
static const char *wrong_shape(struct reader *reader, enum shape shape, struct value value)
{
    static const char *const reasons[] = {
        [SHAPE_NAMES] = "it is no list of names",
        [SHAPE_TYPE] = "it is no type",
        [SHAPE_LIST] = "it is no array",
        [SHAPE_UNIQUE_LIST] = "it is no array of unique items",
        [SHAPE_COUNT] = "it is no count",
        [SHAPE_NUMBER] = "it is no number",
        [SHAPE_POSITIVE] = "it is no number above 0",
        [SHAPE_BOOL] = "it is no boolean",
        [SHAPE_ANCHOR] = "it is no name",
        [SHAPE_ADDRESS] = "it is no string",
        [SHAPE_TEXT] = "it is no string",
        [SHAPE_PATTERN] = "it is no string",
    };
    if (!fits_shape(reader, shape, value))
        return reasons[shape];
    bool is_part = shape == SHAPE_ADDRESS && has_fragment(value_str(value));
    return is_part ? "it has a fragment" : NULL;
}

static bool read_keyword(struct reader *reader, const struct keyword *keyword, struct value value,
                         struct schema_resource *resource, struct str path)
{
    const char *wrong = wrong_shape(reader, keyword->shape, value);
    if (wrong)
        return fail(reader, path, wrong);
    switch (keyword->shape) {
    case SHAPE_SCHEMA_OR_BOOL:
        return value.type == VALUE_BOOL || read_node(reader, value, resource, path);
    case SHAPE_SCHEMA:
        return read_node(reader, value, resource, path);
    case SHAPE_SCHEMAS:
        if (value.type != VALUE_LIST || !value.list->count)
            return fail(reader, path, "it is no list of schemas");
        return read_list(reader, value, resource, path);
    case SHAPE_SCHEMA_OR_LIST:
        return value.type == VALUE_LIST ? read_list(reader, value, resource, path)
                                        : read_node(reader, value, resource, path);
    case SHAPE_SCHEMA_MAP:
    case SHAPE_DEPENDENCIES:
    case SHAPE_NAMES_MAP:
    case SHAPE_PATTERN_MAP:
        return read_map(reader, keyword->shape, value, resource, path);
    case SHAPE_PATTERN:
        return check_pattern(reader, value_str(value), path);
    default:
        return true;
    }
}

static bool applies(const struct keyword *keyword, unsigned draft)
{
    return draft >= keyword->first && (!keyword->last || draft <= keyword->last);
}

static bool read_keywords(struct reader *reader, struct value map, struct schema_resource *resource,
                          struct str path)
{
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        const struct value *value = member(map, keywords[i].name);
        if (!value || !applies(&keywords[i], resource->draft))
            continue;
        struct str below = values_path_key(reader->arena, path, str_from_c(keywords[i].name));
        if (!read_keyword(reader, &keywords[i], *value, resource, below))
            return false;
    }
    return true;
}

static bool read_node(struct reader *reader, struct value value, struct schema_resource *resource,
                      struct str path)
{
    bool is_boolean = value.type == VALUE_BOOL && resource->draft >= DRAFT_6;
    if (value.type != VALUE_MAP && !is_boolean)
        return fail(reader, path, "it is no schema");
    if (value.type == VALUE_BOOL)
        return true;
    if (reader->depth >= reader->schema->limits->yaml_depth)
        return fail(reader, path, "it is deeper than the limit yaml_depth");
    reader->depth++;
    bool good = read_keywords(reader, value, enter(reader, value, resource), path);
    reader->depth--;
    return good;
}

/* --- references --- */

static bool check_references(struct reader *reader, struct schema_node node);

static bool check_reference(struct reader *reader, const struct schema_node *node,
                            const char *keyword)
{
    struct schema_node target;
    struct str problem;
    struct str reference = text_member(node->value, keyword);
    if (!reference.p)
        return true;
    switch (schema_resolve(reader->arena, reader->schema, node->resource, reference, &target,
                           &problem)) {
    case REFERENCE_FOUND:
        return check_references(reader, target);
    case REFERENCE_REMOTE:
        if (!draft_of(problem) && !str_list_has(reader->unfetched, problem))
            vector_push(reader->arena, reader->unfetched, problem);
        return true;
    case REFERENCE_MISSING:
        break;
    }
    reader->problem = problem;
    return false;
}

static bool check_below(struct reader *reader, const struct schema_node *node, struct value value)
{
    if (value.type == VALUE_MAP)
        return check_references(reader, schema_child(reader->schema, node, value));
    for (size_t i = 0; value.type == VALUE_LIST && i < value.list->count; i++) {
        if (!check_references(reader, schema_child(reader->schema, node, value.list->items[i])))
            return false;
    }
    return true;
}

static bool check_keyword(struct reader *reader, const struct schema_node *node,
                          const struct keyword *keyword, struct value value)
{
    if (keyword->is_only_a_container || keyword->shape == SHAPE_NAMES_MAP)
        return true;
    if (keyword->shape <= SHAPE_SCHEMA_OR_LIST)
        return check_below(reader, node, value);
    bool has_schemas = keyword->shape == SHAPE_SCHEMA_MAP || keyword->shape == SHAPE_DEPENDENCIES ||
                       keyword->shape == SHAPE_PATTERN_MAP;
    for (size_t i = 0; has_schemas && value.type == VALUE_MAP && i < value.map->count; i++) {
        const struct value entry = value.map->entries[i].value;
        if (entry.type == VALUE_MAP && !check_below(reader, node, entry))
            return false;
    }
    return true;
}

/* Every reference that some value can lead to must be there. */
static bool check_references(struct reader *reader, struct schema_node node)
{
    if (node.value.type != VALUE_MAP)
        return true;
    struct str seen = schema_key_of(reader->arena, node.value.map);
    if (map_get(&reader->checked, seen))
        return true;
    map_put(reader->arena, &reader->checked, seen, reader);
    if (reader->depth >= reader->schema->limits->yaml_depth)
        return true;
    reader->depth++;
    bool good =
        check_reference(reader, &node, "$ref") &&
        (node.resource->draft != DRAFT_2019 || check_reference(reader, &node, "$recursiveRef")) &&
        (node.resource->draft < DRAFT_2020 || check_reference(reader, &node, "$dynamicRef"));
    bool is_hidden = is_hidden_by_reference(node.value, node.resource->draft);
    for (size_t i = 0; good && !is_hidden && i < sizeof keywords / sizeof *keywords; i++) {
        const struct value *value = member(node.value, keywords[i].name);
        if (value && applies(&keywords[i], node.resource->draft))
            good = check_keyword(reader, &node, &keywords[i], *value);
    }
    reader->depth--;
    return good;
}

const struct schema *schema_read(struct arena *arena, struct str text, const struct limits *limits,
                                 struct str_list *unfetched, struct str *ret_problem)
{
    struct schema *schema = arena_make(arena, struct schema);
    struct reader reader = {.arena = arena, .schema = schema, .unfetched = unfetched};
    schema->limits = limits;
    struct value root;
    if (!value_from_json(arena, text, &root, ret_problem))
        return NULL;
    struct str address = text_member(root, "$schema");
    unsigned draft = address.n ? draft_of(address) : DRAFT_2020;
    if (!draft) {
        vector_push(arena, unfetched, address);
        draft = DRAFT_2020;
    }
    struct schema_resource *resource = add_resource(&reader, root, STR(DOCUMENT), draft);
    struct str id = without_fragment(id_of(root, draft));
    if (id.n) {
        resource->base = schema_join_address(arena, resource->base, id);
        map_put(arena, &schema->resources, resource->base, resource);
    }
    schema->root = (struct schema_node){root, resource};
    if (!read_node(&reader, root, resource, STR("")) || !check_references(&reader, schema->root)) {
        *ret_problem = reader.problem;
        return NULL;
    }
    return schema;
}
