#include "rule.h"

#include "assertion.h"

#include <stdlib.h>

struct loader {
    struct arena *arena;
    struct diagnostics *sink;
    const struct rule_language *language;
    VECTOR(struct rule) rules;
};

static void rule_error(struct loader *loader, struct span span, struct str rule, const char *what)
{
    diagnostics_add(loader->sink, SEVERITY_ERROR, "rule", span, "rule %.*s: %s", STR_ARG(rule),
                    what);
}

static void read_texts(struct loader *loader, const struct yaml_node *node, struct str_list *texts)
{
    if (!node || node->kind != YAML_LIST)
        return;
    for (size_t i = 0; i < node->list.count; i++)
        vector_push(loader->arena, texts, yaml_text(node->list.items[i]));
}

static bool read_option_type(struct str word, enum rule_option_type *ret_type)
{
    static const char *const names[] = {"bool", "number", "string", "strings", "map"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_is(word, names[i])) {
            *ret_type = (enum rule_option_type)i;
            return true;
        }
    }
    return false;
}

static bool read_options(struct loader *loader, struct rule *rule, const struct yaml_node *node)
{
    if (!node)
        return true;
    rule->option_count = node->kind == YAML_MAP ? node->map.count : 0;
    rule->options = arena_make_array(loader->arena, struct rule_option, rule->option_count);
    for (size_t i = 0; i < rule->option_count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        struct rule_option *option = &rule->options[i];
        option->name = entry->key;
        option->help = yaml_text(yaml_value(entry->value, "help"));
        option->value = yaml_value(entry->value, "default");
        struct str type = yaml_text(yaml_value(entry->value, "type"));
        if (!option->value || !option->help.n || !read_option_type(type, &option->type)) {
            rule_error(loader, entry->key_span, rule->name,
                       "an option needs `type` (bool, number, string, strings or map), `default` "
                       "and `help`");
            return false;
        }
    }
    return true;
}

/* YAML reads the key `on` as true, and so do we. */
static const char *const known_keys[] = {
    "summary", "severity", "default",   "since",    "true",     "kinds",       "at",
    "blame",   "when",     "assert",    "message",  "messages", "why",         "fix",
    "options", "profiles", "incidents", "examples", "yields",   "unnecessary",
};

static bool check_keys(struct loader *loader, const struct rule *rule)
{
    size_t count = sizeof known_keys / sizeof *known_keys;
    struct str known[sizeof known_keys / sizeof *known_keys];
    struct str_list names = {known, count, count};
    for (size_t i = 0; i < count; i++)
        known[i] = str_from_c(known_keys[i]);
    for (size_t i = 0; rule->root->kind == YAML_MAP && i < rule->root->map.count; i++) {
        const struct yaml_entry *entry = &rule->root->map.entries[i];
        if (str_list_has(&names, entry->key))
            continue;
        struct str near = similar_find(entry->key, known, count);
        struct str hint =
            near.p ? str_format(loader->arena, ", did you mean `%.*s`?", STR_ARG(near)) : STR("");
        diagnostics_add(loader->sink, SEVERITY_ERROR, "rule", entry->key_span,
                        "rule %.*s: unknown key `%.*s`%.*s", STR_ARG(rule->name),
                        STR_ARG(entry->key), STR_ARG(hint));
        return false;
    }
    return true;
}

static bool read_rule(struct loader *loader, struct rule *rule)
{
    const struct yaml_node *root = rule->root;
    rule->summary = yaml_text(yaml_value(root, "summary"));
    rule->why = yaml_text(yaml_value(root, "why"));
    rule->fix = yaml_text(yaml_value(root, "fix"));
    rule->since = yaml_text(yaml_value(root, "since"));
    rule->examples = yaml_value(root, "examples");
    rule->messages = yaml_value(root, "messages");
    if (!rule->messages)
        rule->messages = root;
    const struct yaml_node *by_default = yaml_value(root, "default");
    rule->by_default = !by_default || by_default->kind != YAML_BOOL || by_default->boolean;
    const struct yaml_node *unnecessary = yaml_value(root, "unnecessary");
    rule->is_unnecessary = unnecessary && unnecessary->kind == YAML_BOOL && unnecessary->boolean;
    read_texts(loader, yaml_value(root, "profiles"), &rule->profiles);
    read_texts(loader, yaml_value(root, "incidents"), &rule->incidents);
    read_texts(loader, yaml_value(root, "yields"), &rule->yields);
    bool complete = rule->summary.n && rule->why.n && rule->fix.n &&
                    severity_parse(yaml_text(yaml_value(root, "severity")), &rule->severity);
    if (!complete) {
        rule_error(loader, root->span, rule->name,
                   "`summary`, `severity` (error, warning or info), `why` and `fix` are needed");
        return false;
    }
    return read_options(loader, rule, yaml_value(root, "options"));
}

/* A rule has code or an assertion, and not both. */
static bool read_assertion(struct loader *loader, struct rule *rule)
{
    size_t errors = loader->sink->count;
    rule->assertion = assertion_read(loader->arena, loader->language, rule, loader->sink);
    if (loader->sink->count > errors)
        return false;
    const char *wrong = NULL;
    if (rule->assertion && rule->code)
        wrong = "it has an `assert` and a .c file; one of them says it";
    else if (!rule->assertion && !rule->is_built_in)
        wrong = "`assert` is needed";
    if (wrong)
        rule_error(loader, rule->root->span, rule->name, wrong);
    return !wrong;
}

static void add_rule(struct loader *loader, struct rule rule)
{
    const struct yaml_stream *stream = yaml_parse(loader->arena, rule.file, &limits_default);
    diagnostics_append(loader->sink, &stream->problems);
    rule.root = yaml_root(stream);
    struct str name = rule.name;
    if (!stream->complete || !check_keys(loader, &rule) || !read_rule(loader, &rule) ||
        !read_assertion(loader, &rule))
        return;
    for (size_t i = 0; i < loader->rules.count; i++) {
        if (str_equal(loader->rules.items[i].name, name)) {
            rule_error(loader, rule.root->span, name, "there is a rule of this name already");
            return;
        }
    }
    vector_push(loader->arena, &loader->rules, rule);
}

static struct tree *open_embedded(struct arena *arena)
{
    struct tree_memory_file *files =
        arena_make_array(arena, struct tree_memory_file, embedded_rule_count);
    for (size_t i = 0; i < embedded_rule_count; i++) {
        files[i].path = str_format(arena, "rules/%s.yaml", embedded_rules[i].name);
        files[i].bytes = str_from_c(embedded_rules[i].text);
    }
    return tree_open_memory(arena, files, embedded_rule_count);
}

static void add_user_rules(struct loader *loader, struct tree *tree)
{
    struct str folder = STR(".bulkhead/rules/");
    struct str_list paths = tree_glob(tree, loader->arena, STR(".bulkhead/rules/**/*.yaml"));
    for (size_t i = 0; i < paths.count; i++) {
        struct str name = str_from(paths.items[i], folder.n);
        name = str_slice(name, 0, name.n - strlen(".yaml"));
        add_rule(loader, (struct rule){.name = name, .file = tree_find(tree, paths.items[i])});
    }
}

static int compare_rules(const void *a, const void *b)
{
    const struct rule *left = a;
    const struct rule *right = b;
    return str_compare(left->name, right->name);
}

struct rule_set rules_load(struct arena *arena, struct tree *user_tree, struct diagnostics *sink)
{
    struct loader loader = {
        .arena = arena,
        .sink = sink,
        .language = rule_language_new(arena, &limits_default),
    };
    struct tree *tree = open_embedded(arena);
    for (size_t i = 0; i < embedded_rule_count; i++) {
        struct str path = str_format(arena, "rules/%s.yaml", embedded_rules[i].name);
        add_rule(&loader, (struct rule){.name = str_from_c(embedded_rules[i].name),
                                        .code = embedded_rules[i].code,
                                        .file = tree_find(tree, path),
                                        .is_built_in = true});
    }
    if (user_tree)
        add_user_rules(&loader, user_tree);
    if (loader.rules.count)
        qsort(loader.rules.items, loader.rules.count, sizeof *loader.rules.items, compare_rules);
    return (struct rule_set){loader.rules.items, loader.rules.count, tree};
}

const struct rule *rule_find(const struct rule_set *rules, struct str name)
{
    for (size_t i = 0; i < rules->count; i++) {
        if (str_equal(rules->items[i].name, name))
            return &rules->items[i];
    }
    return NULL;
}

bool rule_matches(const struct rule *rule, struct str pattern)
{
    struct str group = path_directory(rule->name);
    if (pattern.n && pattern.p[pattern.n - 1] == '/')
        pattern.n--;
    return str_is(pattern, "all") || str_equal(pattern, group) || glob_match(pattern, rule->name);
}
