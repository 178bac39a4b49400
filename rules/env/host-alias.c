#include "engine/engine.h"

/* A host of some environment that the name is, or lies below. */
static const struct identity *find_host(struct pass *pass, struct str name)
{
    struct identity_match match;
    for (size_t at = 0; identities_next(pass_model(pass)->identities, name, false, &at, &match);) {
        if (match.identity->kind == IDENTITY_HOST)
            return match.identity;
    }
    return NULL;
}

static void check_alias(struct pass *pass, const struct workload *workload, struct str path,
                        const struct yaml_node *names)
{
    struct arena *arena = pass_arena(pass);
    for (size_t i = 0; i < yaml_item_count(names); i++) {
        struct str name = yaml_text(names->list.items[i]);
        const struct identity *host = find_host(pass, name);
        if (!host)
            continue;
        struct str at =
            values_path_index(arena, str_format(arena, "%.*s.hostnames", STR_ARG(path)), i);
        struct workload_part part = workload_part(arena, workload, at);
        struct report *report = pass_report_part(pass, workload, &part, "message");
        report_argument(report, "host", name);
        report_argument(report, "owner", host->environment->name);
    }
}

static void check(struct pass *pass, const struct workload *workload)
{
    struct workload_part aliases = workload_part(pass_arena(pass), workload, STR("hostAliases"));
    for (size_t i = 0; i < yaml_item_count(aliases.node); i++) {
        struct str path = values_path_index(pass_arena(pass), STR("hostAliases"), i);
        check_alias(pass, workload, path, yaml_value(aliases.node->list.items[i], "hostnames"));
    }
}

const struct rule_code rule_env_host_alias = {.workload = check};
