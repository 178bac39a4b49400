#include "definition.h"

struct definition_text {
    struct chart_file file;
    const struct yaml_stream *stream; /* NULL: not yet parsed */
};

struct definitions {
    struct arena *arena;
    struct tree *directory;
    VECTOR(struct definition_text) texts;
    VECTOR(const struct object *) objects;
    struct map found; /* "apiVersion Kind" → struct answer */
};

struct answer {
    const struct definition *definition; /* NULL: there is none */
};

struct definitions *definitions_new(struct arena *arena, struct tree *directory)
{
    struct definitions *definitions = arena_make(arena, struct definitions);
    definitions->arena = arena;
    definitions->directory = directory;
    return definitions;
}

static bool is_definition(struct str kind)
{
    return str_is(kind, "CustomResourceDefinition");
}

void definitions_add_chart(struct definitions *definitions, const struct chart_package *package)
{
    for (size_t i = 0; i < package->crds.count; i++)
        vector_push(definitions->arena, &definitions->texts,
                    ((struct definition_text){package->crds.items[i], NULL}));
    for (size_t i = 0; i < package->subchart_count; i++)
        definitions_add_chart(definitions, package->subcharts[i]);
}

void definitions_add_object(struct definitions *definitions, const struct object *object)
{
    if (is_definition(object->kind))
        vector_push(definitions->arena, &definitions->objects, object);
}

/* --- schemas of definitions --- */

static struct value usable(struct arena *arena, struct value schema);

static struct value usable_map(struct arena *arena, struct value map)
{
    struct value_map *copy = value_map_new(arena, MAP_ANY);
    for (size_t i = 0; map.type == VALUE_MAP && i < map.map->count; i++)
        value_map_set(copy, map.map->entries[i].key, usable(arena, map.map->entries[i].value));
    return value_of_map(copy);
}

static struct value usable_list(struct arena *arena, struct value list)
{
    struct value_list *copy = value_list_new(arena, LIST_ANY, list.list->count);
    for (size_t i = 0; i < list.list->count; i++)
        value_list_add(arena, copy, usable(arena, list.list->items[i]));
    return value_of_list(copy);
}

static bool has_default(struct value properties, struct value name)
{
    const struct value *property = properties.type == VALUE_MAP && name.type == VALUE_STRING
                                       ? value_map_get(properties.map, value_str(name))
                                       : NULL;
    return property && property->type == VALUE_MAP && value_map_get(property->map, STR("default"));
}

/* Kubernetes fills defaults in before it looks for what is required. */
static void set_required(struct arena *arena, struct value_map *copy, struct value required,
                         const struct value *properties)
{
    struct value_list *left = value_list_new(arena, LIST_ANY, 0);
    for (size_t i = 0; required.type == VALUE_LIST && i < required.list->count; i++) {
        if (!properties || !has_default(*properties, required.list->items[i]))
            value_list_add(arena, left, required.list->items[i]);
    }
    if (left->count)
        value_map_set(copy, STR("required"), value_of_list(left));
}

static bool is_true(const struct value *value)
{
    return value && value->type == VALUE_BOOL && value->boolean;
}

static struct value usable_keyword(struct arena *arena, struct str keyword, struct value value)
{
    static const char *const maps[] = {"properties", "patternProperties"};
    static const char *const schemas[] = {"items", "additionalProperties", "not"};
    static const char *const lists[] = {"allOf", "anyOf", "oneOf"};
    if (STR_IS_ONE_OF(keyword, maps))
        return usable_map(arena, value);
    if (STR_IS_ONE_OF(keyword, schemas))
        return usable(arena, value);
    if (STR_IS_ONE_OF(keyword, lists) && value.type == VALUE_LIST)
        return usable_list(arena, value);
    return value;
}

/* The schema as JSON Schema has it: Kubernetes knows `nullable` and defaults, and its formats mean
 * other things by the same names. */
static struct value usable(struct arena *arena, struct value schema)
{
    static const char *const left_out[] = {"format", "required", "id"};
    if (schema.type != VALUE_MAP)
        return schema;
    struct value_map *copy = value_map_new(arena, MAP_ANY);
    for (size_t i = 0; i < schema.map->count; i++) {
        const struct value_entry *entry = &schema.map->entries[i];
        if (!STR_IS_ONE_OF(entry->key, left_out))
            value_map_set(copy, entry->key, usable_keyword(arena, entry->key, entry->value));
    }
    const struct value *required = value_map_get(schema.map, STR("required"));
    if (required)
        set_required(arena, copy, *required, value_map_get(schema.map, STR("properties")));
    if (is_true(value_map_get(schema.map, STR("nullable"))))
        value_map_remove(copy, STR("type"));
    return value_of_map(copy);
}

static const struct schema *checks_of(struct arena *arena, struct value schema)
{
    struct value root = usable(arena, schema);
    struct str text;
    struct str problem;
    struct str_list unfetched = {0};
    if (root.type != VALUE_MAP)
        return NULL;
    value_map_set(root.map, STR("$schema"),
                  value_string(STR("http://json-schema.org/draft-04/schema#")));
    if (!value_to_json(arena, root, (struct json_style){0}, &text))
        return NULL;
    return schema_read(arena, text, &limits_default, &unfetched, &problem);
}

/* --- definitions --- */

/* The schema of the version in a CustomResourceDefinition of that group and kind; NULL when it is
 * another one. */
static const struct yaml_node *schema_in(const struct yaml_node *root, const struct object *object)
{
    const struct yaml_node *spec = yaml_value(root, "spec");
    const struct yaml_node *versions = yaml_value(spec, "versions");
    const struct yaml_node *keeps_all = yaml_value(spec, "preserveUnknownFields");
    struct str version =
        object->group.n ? str_from(object->api_version, object->group.n + 1) : object->api_version;
    bool is_open = keeps_all && keeps_all->kind == YAML_BOOL && keeps_all->boolean;
    if (!is_definition(yaml_text(yaml_value(root, "kind"))) || is_open ||
        !str_equal(yaml_text(yaml_value(spec, "group")), object->group) ||
        !str_equal(yaml_text(yaml_at(spec, STR("names.kind"))), object->kind))
        return NULL;
    for (size_t i = 0; versions && versions->kind == YAML_LIST && i < versions->list.count; i++) {
        const struct yaml_node *item = versions->list.items[i];
        if (str_equal(yaml_text(yaml_value(item, "name")), version))
            return yaml_at(item, STR("schema.openAPIV3Schema"));
    }
    return NULL;
}

struct lookup {
    struct definitions *definitions;
    const struct object *object;
    const struct definition *found;
    bool differ;
};

static void note_schema(struct lookup *lookup, const struct yaml_node *root, struct str source,
                        struct span span)
{
    struct arena *arena = lookup->definitions->arena;
    const struct yaml_node *node = schema_in(root, lookup->object);
    if (!node || node->kind != YAML_MAP)
        return;
    struct value schema = value_from_yaml(arena, node);
    if (lookup->found) {
        lookup->differ = lookup->differ || !value_deep_equal(lookup->found->schema, schema);
        return;
    }
    struct definition *definition = arena_make(arena, struct definition);
    *definition = (struct definition){
        .schema = schema, .is_structural = true, .source = source, .span = span};
    lookup->found = definition;
}

static void look_in_text(struct lookup *lookup, struct definition_text *text)
{
    struct arena *arena = lookup->definitions->arena;
    struct str bytes = text->file.bytes;
    if (!str_contains(bytes, lookup->object->kind) || !str_contains(bytes, lookup->object->group))
        return;
    if (!text->stream)
        text->stream = yaml_parse_bytes(arena, bytes, text->file.file, &limits_default);
    for (size_t i = 0; i < text->stream->document_count; i++) {
        const struct yaml_document *document = &text->stream->documents[i];
        note_schema(lookup, document->root, text->file.name, document->root->span);
    }
}

static const struct definition *find_in_charts(struct definitions *definitions,
                                               const struct object *object)
{
    struct lookup lookup = {.definitions = definitions, .object = object};
    for (size_t i = 0; i < definitions->texts.count; i++)
        look_in_text(&lookup, &definitions->texts.items[i]);
    for (size_t i = 0; i < definitions->objects.count; i++) {
        const struct object *made = definitions->objects.items[i];
        note_schema(&lookup, made->root, made->manifest->path, (struct span){0});
    }
    if (!lookup.found || lookup.differ)
        return NULL;
    struct definition *definition = (struct definition *)lookup.found;
    definition->checks = checks_of(definitions->arena, definition->schema);
    return definition;
}

/* --- the directory --- */

static bool is_named(struct str path, struct str name)
{
    bool ends = str_ends_with(path, name);
    return str_equal(path, name) || (ends && path.p[path.n - name.n - 1] == '/');
}

/* In the folder of the last name, one of strict schemas if there is any. */
static const struct file *find_file(struct definitions *definitions, struct str name)
{
    const struct str_list *paths = tree_paths(definitions->directory);
    struct str found = {0};
    bool is_strict = false;
    for (size_t i = paths->count; i-- > 0 && !is_strict;) {
        struct str path = paths->items[i];
        if (!is_named(path, name))
            continue;
        is_strict = str_ends_with(path_directory(path), STR("-strict"));
        if (!found.p || is_strict)
            found = path;
    }
    const struct file *file = found.p ? tree_find(definitions->directory, found) : NULL;
    return file && file->state == FILE_READ ? file : NULL;
}

static const struct definition *find_in_directory(struct definitions *definitions,
                                                  const struct object *object)
{
    struct arena *arena = definitions->arena;
    struct str kind = str_lower(arena, object->kind);
    struct str group = str_slice(object->group, 0, str_find_char(object->group, '.'));
    struct str version =
        object->group.n ? str_from(object->api_version, object->group.n + 1) : object->api_version;
    struct str plain = str_format(arena, "%.*s%s%.*s-%.*s.json", STR_ARG(kind), group.n ? "-" : "",
                                  STR_ARG(group), STR_ARG(version));
    struct str of_group = str_format(arena, "%.*s/%.*s_%.*s.json", STR_ARG(object->group),
                                     STR_ARG(kind), STR_ARG(version));
    const struct file *file = definitions->directory ? find_file(definitions, of_group) : NULL;
    if (!file && definitions->directory)
        file = find_file(definitions, plain);
    struct definition definition = {.source = file ? file->path : STR("")};
    struct str problem;
    struct str_list unfetched = {0};
    if (!file || !value_from_json(arena, file->bytes, &definition.schema, &problem) ||
        definition.schema.type != VALUE_MAP)
        return NULL;
    definition.checks = schema_read(arena, file->bytes, &limits_default, &unfetched, &problem);
    struct definition *kept = arena_make(arena, struct definition);
    *kept = definition;
    return kept;
}

const struct definition *definition_find(struct definitions *definitions,
                                         const struct object *object)
{
    struct arena *arena = definitions->arena;
    struct str key =
        str_format(arena, "%.*s %.*s", STR_ARG(object->api_version), STR_ARG(object->kind));
    struct answer *answer = map_get(&definitions->found, key);
    if (!answer) {
        answer = arena_make(arena, struct answer);
        if (object->group.n)
            answer->definition = find_in_charts(definitions, object);
        if (!answer->definition)
            answer->definition = find_in_directory(definitions, object);
        map_put(arena, &definitions->found, key, answer);
    }
    return answer->definition;
}
