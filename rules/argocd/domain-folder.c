#include "engine/engine.h"

enum { MOST_FOLDERS = 32, LEAST_COMPONENTS = 3 };

static const struct yaml_node *domain_of(const struct application *application)
{
    const struct yaml_node *domain = yaml_value(application->component, "domain");
    return domain && domain->kind == YAML_STRING && domain->text.n ? domain : NULL;
}

/* The folder at a depth in the path of a component file; empty when the path is shorter. */
static struct str folder_of(struct pass *pass, const struct yaml_node *domain, size_t depth)
{
    const struct file *file = tree_file(pass_tree(pass), domain->span.file);
    struct str rest = path_directory(file->path);
    struct str folder = {0};
    for (size_t i = 0; i <= depth; i++) {
        if (!rest.p || !rest.n)
            return STR("");
        folder = str_cut(&rest, '/');
    }
    return folder;
}

/* How many components lie in the folder of their domain's name at the depth, and how many do not.
 */
struct agreement {
    size_t same, other;
};

static struct agreement agreement_at(struct pass *pass, size_t depth)
{
    const struct model *model = pass_model(pass);
    struct agreement agreement = {0};
    for (size_t i = 0; i < model->application_count; i++) {
        const struct yaml_node *domain = domain_of(&model->applications[i]);
        if (!domain)
            continue;
        if (str_equal(folder_of(pass, domain, depth), domain->text))
            agreement.same++;
        else
            agreement.other++;
    }
    return agreement;
}

static void report_others(struct pass *pass, size_t depth)
{
    const struct model *model = pass_model(pass);
    for (size_t i = 0; i < model->application_count; i++) {
        const struct application *application = &model->applications[i];
        const struct yaml_node *domain = domain_of(application);
        struct str folder = domain ? folder_of(pass, domain, depth) : STR("");
        if (!folder.n || str_equal(folder, domain->text))
            continue;
        struct report *report = pass_report(pass, domain->span, "message");
        report_argument(report, "application", application->name);
        report_argument(report, "value", domain->text);
        report_argument(report, "folder", folder);
        report_only_for_all(report, application);
    }
}

static void check(struct pass *pass)
{
    for (size_t depth = 0; depth < MOST_FOLDERS; depth++) {
        struct agreement agreement = agreement_at(pass, depth);
        if (agreement.same < LEAST_COMPONENTS || agreement.same <= agreement.other)
            continue;
        report_others(pass, depth);
        return;
    }
}

const struct rule_code rule_argocd_domain_folder = {.repository = check};
