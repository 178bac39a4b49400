#include "engine/engine.h"

/* False for patterns, and for what is no subject. */
static bool read_subject(struct str text, struct identifier *ret_identifier)
{
    struct str rest = str_from(text, STR("system:serviceaccount:").n);
    struct str namespace = str_cut(&rest, ':');
    *ret_identifier = (struct identifier){STR(""), STR("ServiceAccount"), namespace, rest};
    return namespace.n && rest.n && !glob_is_pattern(text) &&
           str_find_char(rest, ':') == STR_NOT_FOUND;
}

/* A release that goes to the namespace, in whose cluster the ServiceAccount is certainly not there;
 * NULL when there is none, or some cluster has it or may have it. */
static const struct release *find_lacking(struct pass *pass, const struct identifier *identifier)
{
    const struct makers *makers = pass_makers(pass);
    const struct model *model = pass_model(pass);
    const struct release *lacking = NULL;
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        struct object user = {.release = release};
        if (!str_equal(release->namespace, identifier->namespace))
            continue;
        if (!makers_are_known(makers, release, identifier->namespace) ||
            makers_find(makers, release, identifier) || makers_may_have(makers, &user, identifier))
            return NULL;
        lacking = lacking ? lacking : release;
    }
    return lacking;
}

/* " (there is cert-manager)": the ServiceAccounts of the namespace, when they are few. */
static struct str list_accounts(struct pass *pass, const struct release *release,
                                const struct identifier *identifier)
{
    enum { MOST_ACCOUNTS = 3 };
    struct arena *arena = pass_arena(pass);
    const struct made_list *list =
        makers_of_kind(pass_makers(pass), release, identifier->group, identifier->kind);
    struct str_list names = {0};
    for (size_t i = 0; list && i < list->count; i++) {
        if (str_equal(list->items[i]->identifier.namespace, identifier->namespace))
            vector_push(arena, &names, list->items[i]->identifier.name);
    }
    if (!names.count || names.count > MOST_ACCOUNTS)
        return STR("");
    struct str all = str_list_join(arena, &names, STR(", "));
    return str_format(arena, " (there is %.*s)", STR_ARG(all));
}

static void check_subject(struct pass *pass, const struct identity_subject *subject)
{
    struct identifier identifier;
    const struct release *release =
        read_subject(subject->text, &identifier) ? find_lacking(pass, &identifier) : NULL;
    if (!release)
        return;
    struct object user = {.release = release};
    struct maker_hint hint = makers_hint(pass_arena(pass), pass_makers(pass), &user, &identifier);
    /* Whoever wrote no configuration may keep the rest in another repository. */
    if (pass_model(pass)->detected && !hint.text.n)
        return;
    struct report *report = pass_report(pass, subject->span, "message");
    report_argument(report, "name", identifier.name);
    report_argument(report, "namespace", identifier.namespace);
    report_argument(report, "hint",
                    hint.text.n ? hint.text : list_accounts(pass, release, &identifier));
    report_only_for(report, release);
}

static void check(struct pass *pass)
{
    const struct node_pools *pools = pass_pools(pass);
    for (size_t i = 0; !pools->makes_objects && i < pools->subjects.count; i++)
        check_subject(pass, &pools->subjects.items[i]);
}

const struct rule_code rule_infra_identity_subject = {.repository = check, .uses_objects = true};
