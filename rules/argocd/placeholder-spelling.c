#include "engine/engine.h"

struct search {
    struct pass *pass;
    const struct application *application;
    struct str_list known;
};

static void report_unknown(const struct search *search, const struct yaml_node *node,
                           struct str placeholder)
{
    struct pass *pass = search->pass;
    const struct file *file = tree_file(pass_tree(pass), node->span.file);
    struct report *report =
        pass_report(pass, file_text_span(file, node->span, placeholder), "message");
    report_argument(report, "application", search->application->name);
    report_argument(report, "value", placeholder);
    report_argument(report, "known", str_list_join(pass_arena(pass), &search->known, STR(", ")));
    for (size_t i = 0; i < search->application->release_count; i++)
        report_only_for(report, search->application->releases[i]);
}

static void check_text(const struct search *search, const struct yaml_node *node)
{
    struct str rest = node->text;
    for (size_t start; (start = str_find(rest, STR("{{"))) != STR_NOT_FOUND;) {
        size_t length = str_find(str_from(rest, start), STR("}}"));
        if (length == STR_NOT_FOUND)
            return;
        struct str placeholder = str_slice(rest, start, start + length + 2);
        if (!str_list_has(&search->known, placeholder))
            report_unknown(search, node, placeholder);
        rest = str_from(rest, start + length + 2);
    }
}

static void check_node(const struct search *search, const struct yaml_node *node)
{
    for (size_t i = 0; node->kind == YAML_MAP && i < node->map.count; i++)
        check_node(search, node->map.entries[i].value);
    for (size_t i = 0; node->kind == YAML_LIST && i < node->list.count; i++)
        check_node(search, node->list.items[i]);
    if (node->kind == YAML_STRING)
        check_text(search, node);
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    struct search search = {pass, NULL, pass_option_strings(pass, "known")};
    for (size_t i = 0; i < model->application_count; i++) {
        search.application = &model->applications[i];
        if (search.application->component)
            check_node(&search, search.application->component);
    }
}

const struct rule_code rule_argocd_placeholder_spelling = {.repository = check};
