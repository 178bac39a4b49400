#include "engine/engine.h"

/* The first name in the text that belongs to another environment. */
static bool find_foreign(struct pass *pass, struct str text, const struct config_environment *own,
                         struct identity_match *ret_match)
{
    struct identity_match match;
    for (size_t at = 0; identities_next(pass_model(pass)->identities, text, false, &at, &match);) {
        if (match.identity->environment != own) {
            *ret_match = match;
            return true;
        }
    }
    return false;
}

static void check_server(struct pass *pass, const struct secret_text *server)
{
    const struct config_environment *own = server->object->release->environment;
    struct identity_match match;
    if (own->cluster_scope || !find_foreign(pass, server->text, own, &match))
        return;
    const struct config_environment *other = match.identity->environment;
    struct report *report = pass_report_field(pass, server->object, server->field, "message");
    report_argument(report, "server", server->text);
    report_argument(report, "text", str_slice(server->text, match.start, match.end));
    report_argument(report, "kind", str_from_c(identity_kind_name(match.identity->kind)));
    report_argument(report, "other", other->name);
    if (other->span.file)
        report_related(report, other->span, "%.*s is described here", STR_ARG(other->name));
}

static void check(struct pass *pass)
{
    const struct secret_model *secrets = pass_secrets(pass);
    for (size_t i = 0; i < secrets->facts.servers.count; i++)
        check_server(pass, &secrets->facts.servers.items[i]);
}

const struct rule_code rule_secrets_foreign_server = {.repository = check, .uses_objects = true};
