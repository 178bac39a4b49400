#include "engine/engine.h"

/* True for text that is meant for Helm: one of its names stands between the braces. */
static bool is_for_helm(struct str text)
{
    static const char *const names[] = {".Values.", ".Release.", ".Chart.", "include \""};
    for (size_t at; (at = str_find(text, STR("{{"))) != STR_NOT_FOUND;) {
        text = str_from(text, at + 2);
        size_t end = str_find(text, STR("}}"));
        struct str action = str_slice(text, 0, end == STR_NOT_FOUND ? 0 : end);
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            if (str_contains(action, str_from_c(names[i])))
                return true;
        }
    }
    return false;
}

/* Whether a chart may execute the text. */
static bool may_execute(const struct value_reads *value)
{
    for (size_t i = 0; i < value->charts->count; i++) {
        if (value->charts->items[i]->has_made_templates)
            return true;
    }
    return value_uses(value) & READ_TEMPLATE;
}

static bool visit(void *context, const struct value_reads *value)
{
    struct pass *pass = context;
    bool is_text = value->node->kind == YAML_STRING;
    if (value->entry && !value_is_read(value))
        return false;
    if (!is_text || !is_for_helm(value->node->text) || may_execute(value))
        return true;
    struct report *report = pass_report(pass, value->node->span, "message");
    report_values_path(report, value->path);
    return true;
}

static void check(struct pass *pass, const struct layer_use *use)
{
    layer_reads_walk(pass, use, visit, pass);
}

const struct rule_code rule_values_literal_template = {.layer = check, .uses_reads = true};
