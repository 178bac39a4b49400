#include <stdio.h>

#include "cli.h"
#include "why_field.h"

static const struct option options[] = {
    {"config", "FILE", "configuration file, instead of .bulkhead.yaml"},
    {"path", "PATH", "where the repository is; default: here"},
};

enum { BRIEF = 70 };

static struct span place_of(const struct value_write *write)
{
    return write->key_span.file ? write->key_span : write->node->span;
}

/* What the write at `index` means for the value. */
static const char *role_of(const struct merged *merged, size_t index)
{
    const struct value_write *winner = merged_winner(merged);
    const struct value_write *write = &merged->writes[index];
    if (merged->deletes_default)
        return write == winner ? "null: deletes the chart's default" : "deleted";
    if (write == winner)
        return merged->expanded ? "wins where maps meet" : "wins";
    bool maps = write->node->kind == YAML_MAP && winner->node->kind == YAML_MAP;
    for (size_t i = index + 1; i < merged->write_count && maps; i++)
        maps = merged->writes[i].node->kind == YAML_MAP || write->layer->kind == LAYER_CHART;
    return maps ? "merged" : "hidden";
}

static void explain_chain(struct arena *arena, struct text *out,
                          const struct repository *repository, const struct merged *merged)
{
    for (size_t i = merged->write_count; i > 0; i--) {
        const struct value_write *write = &merged->writes[i - 1];
        text_format(out, "  %-22s ", role_of(merged, i - 1));
        repository_add_place(out, repository, place_of(write));
        text_format(out, ": %.*s\n", STR_ARG(yaml_brief(arena, write->node, BRIEF)));
    }
}

/* The paths of a map that one layer gives, and of those in it. */
static void add_node_paths(struct arena *arena, struct str_list *paths, struct str path,
                           const struct yaml_node *node)
{
    for (size_t i = 0; i < yaml_entry_count(node); i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        struct str own = values_path_key(arena, path, entry->key);
        vector_push(arena, paths, own);
        add_node_paths(arena, paths, own, entry->value);
    }
}

static void add_paths(struct arena *arena, struct str_list *paths, const struct merged *merged)
{
    struct str path = merged->parent ? merged_path(arena, merged) : STR("");
    if (merged->parent)
        vector_push(arena, paths, path);
    if (!merged->expanded)
        add_node_paths(arena, paths, path, merged_winner(merged)->node);
    for (size_t i = 0; i < merged->child_count; i++)
        add_paths(arena, paths, &merged->children[i]);
}

static int explain_value(struct arena *arena, struct text *out, const struct repository *repository,
                         const struct merged *root, struct str path)
{
    struct merged_value value = merged_at(root, path);
    if (!value.node && !value.merged) {
        struct str_list paths = {0};
        add_paths(arena, &paths, root);
        fprintf(stderr, "bulkhead: no layer of the release sets %.*s%.*s\n", STR_ARG(path),
                STR_ARG(similar_hint(arena, path, &paths)));
        return EXIT_NOT_DONE;
    }
    text_format(out, "%.*s\n", STR_ARG(path));
    if (value.merged) {
        explain_chain(arena, out, repository, value.merged);
    } else {
        text_format(out, "  %-22s ", "only here");
        repository_add_place(out, repository, value.key_span);
        text_format(out, ": %.*s\n", STR_ARG(yaml_brief(arena, value.node, BRIEF)));
    }
    return EXIT_CLEAN;
}

static void explain_line(struct arena *arena, struct text *out, const struct repository *repository,
                         struct str path, const struct yaml_node *node, struct span at)
{
    text_format(out, "%.*s: %.*s  # ", STR_ARG(path), STR_ARG(yaml_brief(arena, node, BRIEF)));
    repository_add_place(out, repository, at);
    text_add_char(out, '\n');
}

static void explain_tree(struct arena *arena, struct text *out, const struct repository *repository,
                         const struct merged *merged)
{
    for (size_t i = 0; i < merged->child_count; i++) {
        const struct merged *child = &merged->children[i];
        const struct value_write *winner = merged_winner(child);
        struct str path = merged_path(arena, child);
        if (child->expanded)
            explain_tree(arena, out, repository, child);
        else if (!child->deletes_default)
            explain_line(arena, out, repository, path, winner->node, place_of(winner));
    }
}

static void explain_release(struct arena *arena, struct text *out,
                            const struct repository *repository, const struct merged *root)
{
    if (root->expanded) {
        explain_tree(arena, out, repository, root);
        return;
    }
    const struct yaml_node *node = merged_winner(root)->node;
    for (size_t i = 0; i < node->map.count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        explain_line(arena, out, repository, values_path_key(arena, STR(""), entry->key),
                     entry->value, entry->key_span);
    }
}

static int run(struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    const struct str_list *words = &invocation->arguments.positional;
    bool good;
    const struct release *release = repository_open_release(invocation, words->items[0], &good);
    if (!release)
        return EXIT_NOT_DONE;
    const struct repository *repository = &invocation->repository;
    struct text out = {.arena = arena};
    const struct merged *root = release_merge(arena, release);
    int status = EXIT_CLEAN;
    if (words->count > 2)
        status = why_field(invocation, release, words->items[1], words->items[2], &out);
    else if (words->count > 1)
        status = explain_value(arena, &out, repository, root, words->items[1]);
    else
        explain_release(arena, &out, repository, root);
    return print(text_str(&out)) && good ? status : EXIT_NOT_DONE;
}

const struct cli_command command_why = {
    .name = "why",
    .arguments = "ENV/APP [VALUES.PATH | KIND/NAME FIELD.PATH]",
    .help = "Prints the chain of layers behind a value, the winner first.\n"
            "Without a path it prints every value of the release and where it comes from.\n"
            "With an object and a path in it: what made this field, or kept it from existing.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .least_arguments = 1,
    .most_arguments = 3,
    .run = run,
};
