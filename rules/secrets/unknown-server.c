#include "engine/engine.h"

/* A Service as an address names it. */
struct address {
    struct str name, namespace;
};

/* False for an address outside of the cluster, or one that is not known. */
static bool read_address(struct str text, struct str own_namespace, struct address *ret_address)
{
    size_t scheme = str_find(text, STR("://"));
    struct str host = scheme == STR_NOT_FOUND ? text : str_from(text, scheme + 3);
    host = str_cut(&host, '/');
    host = str_cut(&host, ':');
    struct str rest = host;
    struct address address = {str_cut(&rest, '.'), own_namespace};
    if (rest.p) {
        address.namespace = str_cut(&rest, '.');
        if (!str_equal(str_cut(&rest, '.'), STR("svc")))
            return false;
    }
    bool is_known = str_find_char(host, '$') == STR_NOT_FOUND &&
                    str_find_char(host, '{') == STR_NOT_FOUND &&
                    str_find_char(host, '[') == STR_NOT_FOUND;
    *ret_address = address;
    return address.name.n && address.namespace.n && is_known && !str_is(host, "localhost");
}

/* Which namespaces there are is known when the configuration declares those of others. */
static bool is_known(struct pass *pass, const struct release *release, struct str namespace)
{
    const struct model *model = pass_model(pass);
    const struct secret_model *secrets = pass_secrets(pass);
    const struct str_list *shared = &model->config->shared_namespaces;
    if (str_list_has(shared, namespace))
        return false;
    return secret_model_knows(secrets, release, namespace) ||
           (!model->detected && shared->count && !secret_model_uses(secrets, release, namespace));
}

static void check_server(struct pass *pass, const struct secret_text *server)
{
    const struct secret_model *secrets = pass_secrets(pass);
    const struct release *release = server->object->release;
    struct address address;
    if (!read_address(server->text, server->object->namespace, &address) ||
        release_has_unknown_layers(release) || !is_known(pass, release, address.namespace) ||
        secret_model_object(secrets, release, address.namespace, STR("Service"), address.name) ||
        secret_mention_derives(secrets, address.namespace, address.name))
        return;
    bool is_used = secret_model_uses(secrets, release, address.namespace);
    struct text_part part = text_part_of(server->text, is_used ? address.name : address.namespace);
    struct report *report = pass_report_text(pass, server->object, server->field, part,
                                             is_used ? "message" : "namespace");
    report_argument(report, "server", server->text);
    report_argument(report, "service", address.name);
    report_argument(report, "namespace", address.namespace);
}

static void check(struct pass *pass)
{
    const struct secret_model *secrets = pass_secrets(pass);
    for (size_t i = 0; i < secrets->facts.servers.count; i++)
        check_server(pass, &secrets->facts.servers.items[i]);
}

const struct rule_code rule_secrets_unknown_server = {.repository = check, .uses_objects = true};
