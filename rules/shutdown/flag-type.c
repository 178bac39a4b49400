#include "engine/engine.h"

static void check_flag(struct pass *pass, const struct layer *layer, struct str flag)
{
    const struct yaml_node *off = pass_shutdown_flags(pass)->off;
    const struct yaml_node *value = object_at(layer->root, flag);
    enum yaml_kind wanted = off ? off->kind : YAML_STRING;
    if (!value || value->kind == wanted)
        return;
    struct str text = pass_text(pass, value->span);
    bool is_word =
        value->kind == YAML_BOOL && wanted == YAML_STRING && text.n && !strchr("tTfF", text.p[0]);
    struct report *report = pass_report(pass, value->span, is_word ? "word" : "message");
    report_values_path(report, flag);
    report_argument(report, "found", str_from_c(yaml_kind_name(value->kind)));
    report_argument(report, "wanted", str_from_c(yaml_kind_name(wanted)));
    report_argument(report, "word", text);
    report_argument(report, "truth", value->boolean ? STR("true") : STR("false"));
    if (is_word)
        report_edit(report, value->span, str_format(pass_arena(pass), "\"%.*s\"", STR_ARG(text)));
}

static void check(struct pass *pass, const struct layer_use *use)
{
    const struct shutdown_flags *flags = pass_shutdown_flags(pass);
    for (size_t i = 0; use->layer->kind == LAYER_FILE && i < flags->paths.count; i++)
        check_flag(pass, use->layer, flags->paths.items[i]);
}

const struct rule_code rule_shutdown_flag_type = {.layer = check};
