#include "engine/engine.h"

static void check_dangling(struct pass *pass, const struct application_set *set)
{
    const struct diagnostics *problems = tree_problems(pass_tree(pass));
    for (size_t i = 0; i < problems->count; i++) {
        struct str path = problems->items[i].path;
        const struct yaml_node *pattern =
            path.n ? application_set_pattern(set, pass_model(pass)->config, path) : NULL;
        if (!pattern)
            continue;
        struct report *report = pass_report(pass, pattern->span, "dangling");
        report_argument(report, "path", path);
    }
}

/* "../web/component.yaml" and nothing else. */
static bool is_text_of_link(const struct yaml_node *root)
{
    return root->kind == YAML_STRING && path_is_yaml(root->text) &&
           str_find_char(root->text, '/') != STR_NOT_FOUND &&
           str_find_char(root->text, ' ') == STR_NOT_FOUND;
}

static void check_text(struct pass *pass, struct str path)
{
    const struct file *file = tree_find(pass_tree(pass), path);
    if (!file || file->state != FILE_READ)
        return;
    const struct yaml_node *root = yaml_root(yaml_parse(pass_arena(pass), file, &limits_default));
    if (is_text_of_link(root))
        report_argument(pass_report(pass, root->span, "text"), "path", path);
}

static void check(struct pass *pass)
{
    struct application_set_list sets =
        application_sets_find(pass_arena(pass), pass_tree(pass), pass_model(pass)->config);
    for (size_t i = 0; i < sets.count; i++) {
        check_dangling(pass, &sets.items[i]);
        for (size_t k = 0; k < sets.items[i].files.count; k++)
            check_text(pass, sets.items[i].files.items[k]);
    }
}

const struct rule_code rule_argocd_broken_link = {.repository = check};
