#include <inttypes.h>

#include "private.h"

void refuse(struct refusals *refusals, enum refusal_stage stage, struct str words)
{
    if (!refusals->is_over && !refusals->words[stage].p)
        refusals->words[stage] = words;
}

struct str refusals_first(const struct refusals *refusals)
{
    for (size_t i = 0; i < REFUSAL_STAGES; i++) {
        if (refusals->words[i].p)
            return refusals->words[i];
    }
    return (struct str){0};
}

void refuse_syntax(struct arena *arena, struct refusals *refusals, const struct syntax_error *error)
{
    size_t line = error->line;
    if (line && error->is_scanner)
        line++;
    if (!line)
        line = error->context_line;
    const char *problem = error->problem ? error->problem : "unknown problem parsing YAML content";
    refuse(refusals, REFUSED_BY_PARSER,
           line ? str_format(arena, "yaml: line %zu: %s", line, problem)
                : str_format(arena, "yaml: %s", problem));
}

void refuse_tag(struct arena *arena, struct refusals *refusals, const struct yaml_node *node,
                const char *tag)
{
    static const char *const kinds[] = {
        [YAML_NULL] = "null", [YAML_BOOL] = "bool", [YAML_NUMBER] = "float", [YAML_STRING] = "str"};
    static const char prefix[] = "tag:yaml.org,2002:";
    bool is_standard = strncmp(tag, prefix, sizeof prefix - 1) == 0;
    const char *wanted = is_standard ? tag + sizeof prefix - 1 : tag;
    bool is_integer =
        node->kind == YAML_NUMBER && scalar_is_integer(arena, node) && strcmp(wanted, "int") != 0;
    struct str words = STR("yaml: !!binary value contains invalid base64 data");
    if (strcmp(wanted, "binary") != 0)
        words = str_format(arena, "yaml: cannot decode !!%s `%.*s` as a !!%s",
                           is_integer ? "int" : kinds[node->kind], STR_ARG(node->text), wanted);
    refuse(refusals, REFUSED_BY_DECODER, words);
}

/* --- values in Go's syntax, as %#v prints what goyaml.v2 reads --- */

enum { SYNTAX_BYTES = 64 * 1024 };

static void add_syntax(struct text *out, const struct yaml_node *node, bool is_inner);

static void add_number(struct text *out, const struct yaml_node *node)
{
    if (!scalar_is_integer(out->arena, node)) {
        text_add(out, format_go_float(out->arena, node->number, 'g', -1));
        return;
    }
    struct str key = scalar_key(out->arena, node);
    uint64_t large = 0;
    if (!key.p)
        parse_go_uint(str_replace(out->arena, node->text, STR("_"), STR("")), 0, &large);
    if (key.p)
        text_add(out, key);
    else
        text_format(out, "0x%" PRIx64, large);
}

static void add_key_syntax(struct text *out, const struct yaml_entry *entry)
{
    text_add(out, entry->key_kind == YAML_STRING ? quote_go(out->arena, entry->key) : entry->key);
    text_add_char(out, ':');
}

static void add_collection(struct text *out, const struct yaml_node *node)
{
    bool is_map = node->kind == YAML_MAP;
    size_t count = is_map ? node->map.count : node->list.count;
    text_add_c(out, is_map ? "map[interface {}]interface {}{" : "[]interface {}{");
    struct map sorted = {0};
    struct str_list keys = {0};
    for (size_t i = 0; is_map && i < count; i++) {
        map_put(out->arena, &sorted, node->map.entries[i].key, &node->map.entries[i]);
        vector_push(out->arena, &keys, node->map.entries[i].key);
    }
    str_list_sort(&keys);
    for (size_t i = 0; i < count && out->n < SYNTAX_BYTES; i++) {
        text_add_c(out, i ? ", " : "");
        const struct yaml_entry *entry = is_map ? map_get(&sorted, keys.items[i]) : NULL;
        if (entry)
            add_key_syntax(out, entry);
        add_syntax(out, entry ? entry->value : node->list.items[i], true);
    }
    text_add_char(out, '}');
}

static void add_syntax(struct text *out, const struct yaml_node *node, bool is_inner)
{
    switch (node->kind) {
    case YAML_NULL:
        text_add_c(out, is_inner ? "interface {}(nil)" : "<nil>");
        return;
    case YAML_BOOL:
        text_add_c(out, node->boolean ? "true" : "false");
        return;
    case YAML_NUMBER:
        add_number(out, node);
        return;
    case YAML_STRING:
        text_add(out, quote_go(out->arena, node->text));
        return;
    case YAML_LIST:
    case YAML_MAP:
        add_collection(out, node);
        return;
    }
}

static struct str in_go_syntax(struct arena *arena, const struct yaml_node *node)
{
    struct text out = {.arena = arena};
    add_syntax(&out, node, false);
    return text_str(&out);
}

void refuse_collection_key(struct arena *arena, struct refusals *refusals,
                           const struct yaml_node *key)
{
    if (key->kind == YAML_LIST || key->kind == YAML_MAP)
        refuse(refusals, REFUSED_BY_DECODER,
               str_join(arena, STR("yaml: invalid map key: "), in_go_syntax(arena, key)));
}

void refuse_scalar_key(struct arena *arena, struct refusals *refusals, const struct yaml_node *key,
                       const struct yaml_node *value)
{
    if (key->kind != YAML_NULL && key->kind != YAML_NUMBER)
        return;
    refuse(refusals, REFUSED_BY_CONVERTER,
           str_format(arena, "unsupported map key of type: %s, key: %.*s, value: %.*s",
                      key->kind == YAML_NULL ? "%!s(<nil>)" : "uint64",
                      STR_ARG(in_go_syntax(arena, key)), STR_ARG(in_go_syntax(arena, value))));
}

void refuse_number(struct refusals *refusals, const struct yaml_node *number)
{
    refuse(refusals, REFUSED_BY_JSON,
           number->number > 0   ? STR("json: unsupported value: +Inf")
           : number->number < 0 ? STR("json: unsupported value: -Inf")
                                : STR("json: unsupported value: NaN"));
}
