#include "head.h"

enum field_type { FIELD_TEXT, FIELD_TEXTS, FIELD_METADATA };

struct field {
    const char *name;    /* in the document, in any case of letters */
    const char *go_name; /* in errors */
    const char *go_type;
    enum field_type type;
};
struct fields {
    const struct field *items;
    size_t count;
};

static const struct field head_fields[] = {
    {"apiVersion", "SimpleHead.apiVersion", "string", FIELD_TEXT},
    {"kind", "SimpleHead.kind", "string", FIELD_TEXT},
    {"metadata", "SimpleHead.metadata",
     "struct { Name string \"json:\\\"name\\\"\"; Annotations map[string]string "
     "\"json:\\\"annotations\\\"\" }",
     FIELD_METADATA},
};
static const struct field metadata_fields[] = {
    {"annotations", ".metadata.annotations", "map[string]string", FIELD_TEXTS},
    {"name", ".metadata.name", "string", FIELD_TEXT},
};
static const struct fields head = {head_fields, sizeof head_fields / sizeof *head_fields};
static const struct fields metadata = {metadata_fields,
                                       sizeof metadata_fields / sizeof *metadata_fields};

static struct str mismatch(struct arena *arena, const struct yaml_node *node,
                           const struct field *field, const char *go_type)
{
    return str_format(arena, "json: cannot unmarshal %s into Go struct field %s of type %s",
                      yaml_json_name(node->kind), field->go_name, go_type);
}

static bool is_collection(const struct yaml_node *node)
{
    return node->kind == YAML_LIST || node->kind == YAML_MAP;
}

static struct str check_texts(struct arena *arena, const struct yaml_node *map,
                              const struct field *field)
{
    const struct yaml_entry *first = NULL;
    for (size_t i = 0; i < map->map.count; i++) {
        const struct yaml_entry *entry = &map->map.entries[i];
        if (is_collection(entry->value) && (!first || str_compare(entry->key, first->key) < 0))
            first = entry;
    }
    return first ? mismatch(arena, first->value, field, "string") : (struct str){0};
}

static struct str check_fields(struct arena *arena, const struct yaml_node *map,
                               const struct fields *fields);

/* Numbers and booleans fit where a text is wanted: sigs.k8s.io/yaml makes texts of them. */
static struct str check_field(struct arena *arena, const struct yaml_node *node,
                              const struct field *field)
{
    bool fits = field->type == FIELD_TEXT ? !is_collection(node) : node->kind == YAML_MAP;
    if (node->kind == YAML_NULL)
        return (struct str){0};
    if (!fits)
        return mismatch(arena, node, field, field->go_type);
    if (field->type == FIELD_TEXTS)
        return check_texts(arena, node, field);
    return field->type == FIELD_METADATA ? check_fields(arena, node, &metadata) : (struct str){0};
}

/* The first problem in the order of the keys, which is that of the JSON in between. */
static struct str check_fields(struct arena *arena, const struct yaml_node *map,
                               const struct fields *fields)
{
    const struct yaml_entry *first = NULL;
    struct str problem = {0};
    for (size_t i = 0; i < map->map.count; i++) {
        const struct yaml_entry *entry = &map->map.entries[i];
        for (size_t k = 0; k < fields->count; k++) {
            const struct field *field = &fields->items[k];
            if (!str_equal_ignoring_case(entry->key, str_from_c(field->name)))
                continue;
            struct str found = check_field(arena, entry->value, field);
            if (!found.p || (first && str_compare(first->key, entry->key) < 0))
                continue;
            first = entry;
            problem = found;
        }
    }
    return problem;
}

struct str head_mismatch(struct arena *arena, const struct yaml_node *root, unsigned helm)
{
    if (root->kind == YAML_MAP)
        return check_fields(arena, root, &head);
    if (root->kind == YAML_NULL)
        return (struct str){0};
    return str_format(arena, "json: cannot unmarshal %s into Go value of type %s.SimpleHead",
                      yaml_json_name(root->kind), helm == 3 ? "releaseutil" : "util");
}
