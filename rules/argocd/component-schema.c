#include "engine/engine.h"

static struct report *report_at(struct pass *pass, const struct application *application,
                                struct span span, const char *message, struct str key)
{
    struct report *report = pass_report(pass, span, message);
    report_argument(report, "application", application->name);
    report_argument(report, "key", key);
    report_only_for_all(report, application);
    return report;
}

static void check_required(struct pass *pass, const struct application *application,
                           const char *option)
{
    struct str_list keys = pass_option_strings(pass, option);
    for (size_t i = 0; i < keys.count; i++) {
        const struct yaml_node *node = yaml_at(application->component, keys.items[i]);
        if (!node || yaml_is_blank(node))
            report_at(pass, application, application->span, "missing", keys.items[i]);
    }
}

static bool is_phase(const struct yaml_node *node)
{
    bool is_digits = node->kind == YAML_STRING && node->text.n;
    for (size_t i = 0; i < node->text.n && is_digits; i++)
        is_digits = node->text.p[i] >= '0' && node->text.p[i] <= '9';
    return is_digits;
}

static void check_phases(struct pass *pass, const struct application *application)
{
    struct str_list keys = pass_option_strings(pass, "phases");
    for (size_t i = 0; i < keys.count; i++) {
        const struct yaml_node *node = yaml_at(application->component, keys.items[i]);
        if (!node || is_phase(node))
            continue;
        struct report *report = report_at(pass, application, node->span, "phase", keys.items[i]);
        report_argument(report, "value", pass_text(pass, node->span));
    }
}

static void check_forbidden(struct pass *pass, const struct application *application)
{
    struct str_list keys = pass_option_strings(pass, "forbidden");
    for (size_t i = 0; i < keys.count; i++) {
        const struct yaml_entry *entry = yaml_find(application->component, keys.items[i]);
        if (entry)
            report_at(pass, application, entry->key_span, "forbidden", keys.items[i]);
    }
}

static bool is_of_cluster(const struct application *application)
{
    for (size_t i = 0; i < application->release_count; i++) {
        if (!application->releases[i]->environment->cluster_scope)
            return false;
    }
    return application->release_count > 0;
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    for (size_t i = 0; i < model->application_count; i++) {
        const struct application *application = &model->applications[i];
        if (!application->component)
            continue;
        check_required(pass, application, "required");
        if (is_of_cluster(application))
            check_required(pass, application, "clusterRequired");
        check_phases(pass, application);
        check_forbidden(pass, application);
    }
}

const struct rule_code rule_argocd_component_schema = {.repository = check};
