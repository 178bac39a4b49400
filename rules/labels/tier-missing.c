#include "engine/engine.h"

static bool has_tier(struct str key, const struct release *release)
{
    struct arena scratch = {0};
    struct str tier = yaml_text(merged_at(release_merge(&scratch, release), key).node);
    bool has = tier.n;
    arena_release(&scratch);
    return has;
}

/* The releases without a tier, in the arena. */
struct lacking {
    const struct release **items;
    size_t count, capacity;
};

static struct lacking find_lacking(struct pass *pass, const struct application *application)
{
    struct lacking lacking = {0};
    struct str key = pass_option_string(pass, "key");
    for (size_t i = 0; i < application->release_count; i++) {
        if (!has_tier(key, application->releases[i]))
            vector_push(pass_arena(pass), &lacking, application->releases[i]);
    }
    return lacking;
}

/* A file that cannot be read whole may hold it; what is deployed for the cluster needs none. */
static bool is_known(const struct application *application)
{
    bool known = application->chart_directory.p && application->release_count;
    for (size_t i = 0; i < application->release_count; i++) {
        const struct release *release = application->releases[i];
        known =
            known && !release->environment->cluster_scope && !release_has_unread_layers(release);
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

static void report_lacking(struct pass *pass, const struct application *application,
                           const struct lacking *lacking)
{
    bool all = lacking->count == application->release_count;
    struct report *report = pass_report(pass, application->span, all ? "message" : "some");
    report_values_path(report, pass_option_string(pass, "key"));
    report_argument(report, "application", application->name);
    report_argument(report, "key", pass_option_string(pass, "key"));
    report_argument(report, "tiers",
                    str_list_join(pass_arena(pass), &pass_model(pass)->config->tiers, STR(", ")));
    for (size_t i = 0; i < lacking->count; i++)
        report_only_for(report, lacking->items[i]);
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    struct map domains = {0};
    struct lacking *lacking =
        arena_make_array(pass_arena(pass), struct lacking, model->application_count);
    for (size_t i = 0; model->config->tiers.count && i < model->application_count; i++) {
        const struct application *application = &model->applications[i];
        if (!is_known(application))
            continue;
        struct domain *domain = domain_of(pass, &domains, application);
        lacking[i] = find_lacking(pass, application);
        domain->applications++;
        domain->with_tier += lacking[i].count < application->release_count;
    }
    for (size_t i = 0; i < model->application_count; i++) {
        const struct application *application = &model->applications[i];
        if (!lacking[i].count)
            continue;
        const struct domain *domain = domain_of(pass, &domains, application);
        /* else charts of this kind have no tier */
        if (domain->with_tier * 2 >= domain->applications)
            report_lacking(pass, application, &lacking[i]);
    }
}

const struct rule_code rule_labels_tier_missing = {.repository = check};
