#include "rule_page.h"

#include "engine/example.h"

static void add_options(struct text *out, const struct rule *rule)
{
    static const char *const types[] = {"bool", "number", "string", "strings", "map"};
    if (!rule->option_count)
        return;
    text_add_c(out,
               "\n## Options\n\n| option | type | default | what it does |\n|---|---|---|---|\n");
    for (size_t i = 0; i < rule->option_count; i++) {
        const struct rule_option *option = &rule->options[i];
        text_format(out, "| `%.*s` | %s | `%.*s` | %.*s |\n", STR_ARG(option->name),
                    types[option->type], STR_ARG(yaml_brief(out->arena, option->value, 400)),
                    STR_ARG(option->help));
    }
}

static void add_files(struct text *out, const struct yaml_node *files, const char *when)
{
    for (size_t i = 0; files && files->kind == YAML_MAP && i < files->map.count; i++) {
        const struct yaml_entry *entry = &files->map.entries[i];
        struct str text = yaml_text(entry->value);
        bool ends = text.n && text.p[text.n - 1] == '\n';
        text_format(out, "\n`%.*s`%s\n\n```yaml\n%.*s%s```\n", STR_ARG(entry->key), when,
                    STR_ARG(text), ends || !text.n ? "" : "\n");
    }
}

static void add_example(struct text *out, const struct yaml_node *example)
{
    struct str bad = yaml_text(yaml_value(example, "bad"));
    struct str good = yaml_text(yaml_value(example, "good"));
    text_format(out, "\n### %s: %.*s\n", bad.n ? "Reported" : "Not reported",
                STR_ARG(bad.n ? bad : good));
    struct str config = yaml_text(yaml_value(example, "config"));
    if (config.n)
        text_format(out, "\nIn `.bulkhead.yaml`:\n\n```yaml\n%.*s```\n", STR_ARG(config));
    add_files(out, yaml_value(example, "files"), "");
    add_files(out, yaml_value(example, "before"), " before the change");
}

void rule_page_write(struct text *out, const struct rule *rule)
{
    text_format(out, "<!-- Generated from rules/%.*s.yaml by ./dev docs. -->\n\n",
                STR_ARG(rule->name));
    text_format(out, "# %.*s\n\n%.*s\n\n", STR_ARG(rule->name), STR_ARG(rule->summary));
    text_format(out, "Severity: %s. %s ", severity_name(rule->severity),
                rule->by_default ? "Runs by default."
                                 : "Runs only when it is selected or a profile has it.");
    struct str profiles = str_list_join(out->arena, &rule->profiles, STR(", "));
    if (profiles.n)
        text_format(out, "Profiles: %.*s. ", STR_ARG(profiles));
    text_format(out, "Since %.*s.\n", STR_ARG(rule->since));
    text_format(out, "\n## Why it matters\n\n%.*s", STR_ARG(rule->why));
    text_format(out, "\n## What to do\n\n%.*s", STR_ARG(rule->fix));
    add_options(out, rule);
    if (!rule->examples || rule->examples->kind != YAML_LIST)
        return;
    text_add_c(out, "\n## Examples\n\nLines with carets show what is reported; they are not part "
                    "of the files.\n");
    for (size_t i = 0; i < rule->examples->list.count; i++)
        add_example(out, rule->examples->list.items[i]);
}

void rule_index_write(struct text *out, const struct rule_set *rules)
{
    text_add_c(out, "<!-- Generated from the rules by ./dev docs. -->\n\n# Rules\n\n"
                    "| rule | default | what |\n|---|---|---|\n");
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->items[i];
        text_format(out, "| [%.*s](%.*s.md) | %s | %.*s |\n", STR_ARG(rule->name),
                    STR_ARG(rule->name), rule->by_default ? severity_name(rule->severity) : "off",
                    STR_ARG(rule->summary));
    }
}
