#include <jansson.h>
#include <stdio.h>

#include "cli.h"
#include "rule_page.h"

static const struct option options[] = {
    {"format", "FORMAT", "text (default), json or markdown"},
};

static const char *default_mark(const struct rule *rule)
{
    return rule->by_default ? severity_name(rule->severity) : "off";
}

static void list_text(struct text *out, const struct rule_set *rules)
{
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->items[i];
        text_format(out, "%-32.*s %-8s %.*s\n", STR_ARG(rule->name), default_mark(rule),
                    STR_ARG(rule->summary));
    }
}

static void explain_text(struct text *out, const struct rule *rule)
{
    text_format(out, "%.*s: %.*s\n\n", STR_ARG(rule->name), STR_ARG(rule->summary));
    text_format(out, "Severity: %s%s\n\n", severity_name(rule->severity),
                rule->by_default ? "" : " (runs only when it is selected)");
    text_format(out, "Why it matters\n%.*s\nWhat to do\n%.*s", STR_ARG(rule->why),
                STR_ARG(rule->fix));
    for (size_t i = 0; i < rule->option_count; i++) {
        const struct rule_option *option = &rule->options[i];
        text_format(out, "%s  %.*s: %.*s (default %.*s)\n", i ? "" : "\nOptions\n",
                    STR_ARG(option->name), STR_ARG(option->help),
                    STR_ARG(yaml_brief(out->arena, option->value, 60)));
    }
}

static void set(json_t *object, const char *key, struct str value)
{
    json_object_set_new(object, key, json_stringn(value.n ? value.p : "", value.n));
}

static json_t *json_of(const struct rule *rule)
{
    json_t *object = json_object();
    set(object, "rule", rule->name);
    set(object, "summary", rule->summary);
    set(object, "severity", str_from_c(severity_name(rule->severity)));
    json_object_set_new(object, "default", json_boolean(rule->by_default));
    set(object, "since", rule->since);
    set(object, "why", rule->why);
    set(object, "fix", rule->fix);
    return object;
}

static int append(const char *bytes, size_t count, void *context)
{
    text_add(context, (struct str){bytes, count});
    return 0;
}

static void list_json(struct text *out, const struct rule_set *rules, const struct rule *only)
{
    json_t *list = json_array();
    for (size_t i = 0; i < rules->count; i++) {
        if (!only || only == &rules->items[i])
            json_array_append_new(list, json_of(&rules->items[i]));
    }
    json_dump_callback(list, append, out, JSON_INDENT(2));
    text_add_char(out, '\n');
    json_decref(list);
}

static const struct rule *find_named(struct arena *arena, const struct cli_command *command,
                                     const struct rule_set *rules, struct str name)
{
    const struct rule *rule = rule_find(rules, name);
    if (rule)
        return rule;
    struct str_list names = {0};
    for (size_t i = 0; i < rules->count; i++)
        vector_push(arena, &names, rules->items[i].name);
    usage_error(command, "no rule is called %.*s%.*s", STR_ARG(name),
                STR_ARG(similar_hint(arena, name, &names)));
    return NULL;
}

static int print_rules(const struct invocation *invocation, const struct rule_set *rules)
{
    struct arena *arena = invocation->arena;
    const struct cli_command *command = invocation->command;
    const struct arguments *arguments = &invocation->arguments;
    struct text out = {.arena = arena};
    static const char *const formats[] = {"text", "json", "markdown"};
    struct str format = option_word(invocation, "format", formats, 3);
    const struct rule *rule = NULL;
    if (arguments->positional.count) {
        rule = find_named(arena, command, rules, arguments->positional.items[0]);
        if (!rule)
            return EXIT_NOT_DONE;
    }
    if (!format.p)
        return EXIT_NOT_DONE;
    if (str_is(format, "json"))
        list_json(&out, rules, rule);
    else if (str_is(format, "markdown") && rule)
        rule_page_write(&out, rule);
    else if (str_is(format, "markdown"))
        rule_index_write(&out, rules);
    else if (rule)
        explain_text(&out, rule);
    else
        list_text(&out, rules);
    return print(text_str(&out)) ? EXIT_CLEAN : EXIT_NOT_DONE;
}

static int run(struct invocation *invocation)
{
    struct diagnostics problems = {.arena = invocation->arena};
    struct rule_set rules = rules_load(invocation->arena, NULL, &problems);
    int status = print_rules(invocation, &rules);
    tree_close(rules.tree);
    return status;
}

const struct cli_command command_rules = {
    .name = "rules",
    .arguments = "[RULE]",
    .help = "Lists the rules, or explains one.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .most_arguments = 1,
    .run = run,
};
