#include "private.h"

static struct yaml_node *merge(struct arena *arena, const struct yaml_node *below,
                               const struct yaml_node *above)
{
    struct entry_list entries = {0};
    for (size_t i = 0; i < below->map.count; i++)
        entries_add(arena, &entries, below->map.entries[i]);
    for (size_t i = 0; i < above->map.count; i++) {
        struct yaml_entry entry = above->map.entries[i];
        struct yaml_entry *there = entries_find(&entries, entry.key);
        if (!there)
            entries_add(arena, &entries, entry);
        else if (there->value->kind == YAML_MAP && entry.value->kind == YAML_MAP)
            there->value = merge(arena, there->value, entry.value);
        else
            *there = entry;
    }
    struct yaml_node *merged = arena_make(arena, struct yaml_node);
    *merged = *below;
    merged->map.index = NULL;
    entries_finish(arena, &entries, merged);
    return merged;
}

const struct yaml_node *yaml_merged(struct arena *arena, const struct yaml_stream *stream)
{
    const struct yaml_node *merged = NULL;
    for (size_t i = 0; i < stream->document_count; i++) {
        const struct yaml_node *root = stream->documents[i].root;
        if (root->kind == YAML_NULL)
            continue;
        if (root->kind != YAML_MAP)
            return root;
        merged = merged ? merge(arena, merged, root) : root;
    }
    return merged ? merged : yaml_root(stream);
}

/* --- what Helm refuses --- */

static struct str refusal_of(struct arena *arena, const struct yaml_stream *stream)
{
    const struct yaml_node *root = yaml_root(stream);
    if (stream->refusal.p)
        return str_join(arena, STR("error converting YAML to JSON: "), stream->refusal);
    if (root->kind == YAML_MAP || root->kind == YAML_NULL)
        return (struct str){0};
    return str_format(
        arena,
        "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal %s into "
        "Go value of type map[string]interface {}",
        yaml_json_name(root->kind));
}

static bool is_separator(struct str line)
{
    return str_starts_with(line, STR("---"));
}

/* What may not stand behind the "---" of a separator; empty when nothing is wrong. */
static struct str text_behind(struct str separator)
{
    struct str behind = str_trim(str_from(separator, strlen("---")));
    return behind.n && behind.p[0] != '#' ? behind : STR("");
}

static bool has_wrong_separator(struct str bytes)
{
    while (bytes.n) {
        struct str line = str_slice(bytes, 0, str_find_char(bytes, '\n'));
        if (is_separator(line) && text_behind(line).n)
            return true;
        size_t next = str_find(bytes, STR("\n---"));
        bytes = str_from(bytes, next == STR_NOT_FOUND ? bytes.n : next + 1);
    }
    return false;
}

/* Takes the lines before the next separator, which is taken too, off; a "\r" that ends a line does
 * not belong to it. *ret_separator is the line of the separator; p == NULL at the end. */
static struct str take_document(struct arena *arena, struct str *rest, struct str *ret_separator)
{
    struct text document = {.arena = arena};
    *ret_separator = (struct str){0};
    while (rest->p && rest->n && !ret_separator->p) {
        struct str line = str_cut(rest, '\n');
        if (str_ends_with(line, STR("\r")))
            line.n--;
        if (is_separator(line))
            *ret_separator = line;
        else
            text_format(&document, "%.*s\n", STR_ARG(line));
    }
    return text_str(&document);
}

static struct str refusal_of_documents(struct arena *arena, struct str bytes,
                                       const struct limits *limits)
{
    struct str rest = bytes;
    struct str separator = STR("---");
    while (separator.p) {
        struct str document = take_document(arena, &rest, &separator);
        struct str behind = text_behind(separator);
        if (behind.n)
            return str_join(arena,
                            STR("error reading yaml document: invalid Yaml document separator: "),
                            behind);
        struct str refusal = refusal_of(arena, yaml_parse_bytes(arena, document, 0, limits));
        if (refusal.p)
            return str_join(arena, STR("cannot unmarshal yaml document: "), refusal);
    }
    return (struct str){0};
}

struct str yaml_values_refusal(struct arena *arena, const struct yaml_stream *stream,
                               struct str bytes, const struct limits *limits, unsigned helm)
{
    bool is_one_map = stream->complete && stream->document_count == 1 &&
                      !refusal_of(arena, stream).p && !has_wrong_separator(bytes);
    if (is_one_map)
        return (struct str){0};
    return helm == 3 ? refusal_of(arena, stream) : refusal_of_documents(arena, bytes, limits);
}
