#include "engine/engine.h"

static struct str tier_of(struct pass *pass, const struct application *application)
{
    struct str key = pass_option_string(pass, "key");
    for (size_t i = 0; i < application->release_count; i++) {
        struct arena scratch = {0};
        const struct merged *values = release_merge(&scratch, application->releases[i]);
        struct str tier = yaml_text(merged_at(values, key).node);
        arena_release(&scratch);
        if (tier.n)
            return tier;
    }
    return (struct str){0};
}

/* A file that cannot be read whole may hold it; what is deployed for the cluster needs none. */
static bool is_known(const struct application *application)
{
    bool known = application->chart_directory.p && application->release_count;
    for (size_t i = 0; i < application->release_count; i++) {
        const struct release *release = application->releases[i];
        known = known && !release->environment->cluster_scope;
        for (size_t k = 0; k < release->layer_count; k++) {
            const struct layer *layer = release->layers[k].layer;
            known = known && !(layer && (layer->kind == LAYER_UNKNOWN || !layer->stream->complete));
        }
    }
    return known;
}

struct domain {
    size_t applications, with_tier;
};

static struct domain *domain_of(struct pass *pass, struct map *domains,
                                const struct application *application)
{
    struct domain *domain = map_get(domains, application->domain);
    if (!domain) {
        domain = arena_make(pass_arena(pass), struct domain);
        map_put(pass_arena(pass), domains, application->domain, domain);
    }
    return domain;
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    struct map domains = {0};
    bool *missing = arena_make_array(pass_arena(pass), bool, model->application_count);
    for (size_t i = 0; model->config->tiers.count && i < model->application_count; i++) {
        const struct application *application = &model->applications[i];
        if (!is_known(application))
            continue;
        struct domain *domain = domain_of(pass, &domains, application);
        missing[i] = !tier_of(pass, application).n;
        domain->applications++;
        domain->with_tier += !missing[i];
    }
    for (size_t i = 0; i < model->application_count; i++) {
        const struct application *application = &model->applications[i];
        if (!missing[i])
            continue;
        const struct domain *domain = domain_of(pass, &domains, application);
        if (domain->with_tier * 2 < domain->applications)
            continue; /* charts of this kind have no tier */
        struct report *report = pass_report(pass, application->span, "message");
        report_argument(report, "application", application->name);
        report_argument(report, "key", pass_option_string(pass, "key"));
        report_argument(report, "tiers",
                        str_list_join(pass_arena(pass), &model->config->tiers, STR(", ")));
        for (size_t k = 0; k < application->release_count; k++)
            report_only_for(report, application->releases[k]);
    }
}

const struct rule_code rule_labels_tier_missing = {.repository = check};
