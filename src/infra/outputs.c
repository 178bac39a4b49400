#include "outputs.h"

static const struct yaml_node *value_of(const struct yaml_node *output)
{
    const struct yaml_node *value = yaml_value(output, "value");
    return output->kind == YAML_MAP && value ? value : output;
}

static void read_file(struct arena *arena, const struct file *file,
                      struct infra_output_list *outputs)
{
    const struct yaml_stream *stream = yaml_parse(arena, file, &limits_default);
    const struct yaml_node *root = yaml_root(stream);
    for (size_t i = 0; i < yaml_entry_count(root); i++) {
        const struct yaml_entry *entry = &root->map.entries[i];
        const struct yaml_node *value = value_of(entry->value);
        struct str text = yaml_text(value);
        if (text.n)
            vector_push(arena, outputs,
                        ((struct infra_output){entry->key, text, file->path, value->span}));
    }
}

struct infra_output_list infra_outputs_read(struct arena *arena, struct tree *tree,
                                            const struct str_list *paths,
                                            const struct str_list *globs)
{
    struct infra_output_list outputs = {0};
    for (size_t i = 0; i < paths->count; i++) {
        const struct file *file =
            glob_match_any(globs, paths->items[i]) ? tree_find(tree, paths->items[i]) : NULL;
        if (file)
            read_file(arena, file, &outputs);
    }
    return outputs;
}

static struct str skip_separators(struct str name)
{
    while (name.n && (name.p[0] == '_' || name.p[0] == '-'))
        name = str_from(name, 1);
    return name;
}

bool infra_names_are_same(struct str a, struct str b)
{
    a = skip_separators(a);
    b = skip_separators(b);
    while (a.n && b.n && str_equal_ignoring_case(str_slice(a, 0, 1), str_slice(b, 0, 1))) {
        a = skip_separators(str_from(a, 1));
        b = skip_separators(str_from(b, 1));
    }
    return !a.n && !b.n;
}
