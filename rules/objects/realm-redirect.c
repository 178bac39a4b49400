#include "engine/engine.h"

struct search {
    struct pass *pass;
    struct arena *arena;
    struct realm_list realms; /* of all releases */
};

/* A client that somebody logs in with, and where it is sent back to. */
struct login {
    const struct object *object;
    struct str client, address;
    struct str field; /* of the address */
};

static bool concerns(const struct realm *realm, const struct login *login)
{
    const struct config_environment *own = login->object->release->environment;
    return own->cluster_scope || realm->object->release->environment == own;
}

static void check_login(struct search *search, const struct login *login)
{
    bool is_known = false;
    bool is_accepted = false;
    for (size_t i = 0; login->client.n && login->address.n && i < search->realms.count; i++) {
        const struct realm *realm = &search->realms.items[i];
        const struct yaml_node *clients = yaml_value(realm->root, "clients");
        for (size_t k = 0; concerns(realm, login) && k < yaml_item_count(clients); k++) {
            const struct yaml_node *client = clients->list.items[k];
            if (!str_equal(yaml_text(yaml_value(client, "clientId")), login->client))
                continue;
            is_known = true;
            is_accepted |= realm_client_accepts(client, login->address);
        }
    }
    if (!is_known || is_accepted)
        return;
    struct report *report = pass_report_field(search->pass, login->object, login->field, "message");
    report_argument(report, "address", login->address);
    report_argument(report, "client", login->client);
}

/* --- oauth2-proxy --- */

static void read_arguments(struct search *search, const struct yaml_node *list, struct str at,
                           struct login *login)
{
    static const struct str client = {"--client-id=", 12};
    static const struct str address = {"--redirect-url=", 15};
    for (size_t i = 0; i < yaml_item_count(list); i++) {
        struct str text = yaml_text(list->list.items[i]);
        if (str_starts_with(text, client))
            login->client = str_from(text, client.n);
        if (!str_starts_with(text, address))
            continue;
        login->address = str_from(text, address.n);
        login->field = values_path_index(search->arena, at, i);
    }
}

static void read_variables(struct search *search, const struct yaml_node *list, struct str at,
                           struct login *login)
{
    for (size_t i = 0; i < yaml_item_count(list); i++) {
        const struct yaml_node *variable = list->list.items[i];
        struct str name = yaml_text(yaml_value(variable, "name"));
        struct str value = yaml_text(yaml_value(variable, "value"));
        if (str_is(name, "OAUTH2_PROXY_CLIENT_ID"))
            login->client = value;
        if (!str_is(name, "OAUTH2_PROXY_REDIRECT_URL"))
            continue;
        login->address = value;
        login->field =
            values_path_key(search->arena, values_path_index(search->arena, at, i), STR("value"));
    }
}

static void check_containers(struct search *search, const struct object *object)
{
    static const struct str at = {"spec.template.spec.containers", 29};
    const struct yaml_node *containers = object_at(object->root, at);
    for (size_t i = 0; i < yaml_item_count(containers); i++) {
        const struct yaml_node *container = containers->list.items[i];
        struct str path = values_path_index(search->arena, at, i);
        struct login login = {.object = object};
        read_arguments(search, yaml_value(container, "args"),
                       values_path_key(search->arena, path, STR("args")), &login);
        read_variables(search, yaml_value(container, "env"),
                       values_path_key(search->arena, path, STR("env")), &login);
        check_login(search, &login);
    }
}

/* --- Dex of Argo CD --- */

static void check_dex(struct search *search, const struct object *object)
{
    struct str text = yaml_text(object_at(object->root, STR("data.dex\\.config")));
    struct str url = yaml_text(object_at(object->root, STR("data.url")));
    const struct yaml_node *root =
        text.n ? yaml_root(yaml_parse_bytes(search->arena, text, 0, &limits_default)) : NULL;
    const struct yaml_node *connectors = yaml_value(root, "connectors");
    for (size_t i = 0; url.n && i < yaml_item_count(connectors); i++) {
        const struct yaml_node *config = yaml_value(connectors->list.items[i], "config");
        struct login login = {
            .object = object,
            .client = yaml_text(yaml_value(config, "clientID")),
            .address = yaml_text(yaml_value(config, "redirectURI")),
            .field = STR("data.url"),
        };
        /* Argo CD fills in its own. */
        if (!login.address.n)
            login.address = str_join(search->arena, url, STR("/api/dex/callback"));
        check_login(search, &login);
    }
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    struct search search = {.pass = pass, .arena = pass_arena(pass)};
    for (size_t i = 0; i < model->release_count; i++) {
        const struct object_list *objects = pass_objects(pass, &model->releases[i]);
        if (objects)
            realms_find(search.arena, objects, &search.realms);
    }
    for (size_t i = 0; search.realms.count && i < model->release_count; i++) {
        const struct object_list *objects = pass_objects(pass, &model->releases[i]);
        for (size_t k = 0; objects && k < objects->count; k++) {
            const struct object *object = &objects->items[k];
            if (str_is(object->kind, "ConfigMap") && str_is(object->name, "argocd-cm"))
                check_dex(&search, object);
            check_containers(&search, object);
        }
    }
}

const struct rule_code rule_objects_realm_redirect = {.repository = check, .uses_objects = true};
