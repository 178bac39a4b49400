#include "engine/engine.h"

static bool defines(const struct yaml_node *scopes, struct str name)
{
    for (size_t i = 0; i < yaml_item_count(scopes); i++) {
        if (str_equal(yaml_text(yaml_value(scopes->list.items[i], "name")), name))
            return true;
    }
    return false;
}

/* One finding for all that are missing from a list, at the first of them. */
static void check_scopes(struct pass *pass, const struct realm *realm, size_t number,
                         const char *key)
{
    struct arena *arena = pass_arena(pass);
    const struct yaml_node *client = yaml_value(realm->root, "clients")->list.items[number];
    const struct yaml_node *wanted = yaml_value(client, key);
    struct str_list missing = {0};
    struct str part = {0};
    for (size_t i = 0; i < yaml_item_count(wanted); i++) {
        struct str scope = yaml_text(wanted->list.items[i]);
        if (!scope.n || defines(yaml_value(realm->root, "clientScopes"), scope))
            continue;
        if (!missing.count)
            part = str_format(arena, "clients[%zu].%s[%zu]", number, key, i);
        vector_push(arena, &missing, scope);
    }
    if (!missing.count)
        return;
    struct report *report =
        pass_report_field(pass, realm->object, realm_field(arena, realm, part), "message");
    report_argument(report, "client", yaml_text(yaml_value(client, "clientId")));
    report_argument(report, "realm", yaml_text(yaml_value(realm->root, "realm")));
    report_argument(report, "scopes", str_list_join(arena, &missing, STR(", ")));
}

static void check(struct pass *pass, const struct release *release)
{
    const struct object_list *objects = pass_objects(pass, release);
    struct realm_list realms = {0};
    if (objects)
        realms_find(pass_arena(pass), objects, &realms);
    for (size_t i = 0; i < realms.count; i++) {
        const struct realm *realm = &realms.items[i];
        size_t clients = yaml_item_count(yaml_value(realm->root, "clients"));
        if (!yaml_item_count(yaml_value(realm->root, "clientScopes")))
            continue;
        for (size_t k = 0; k < clients; k++) {
            check_scopes(pass, realm, k, "defaultClientScopes");
            check_scopes(pass, realm, k, "optionalClientScopes");
        }
    }
}

const struct rule_code rule_objects_realm_scope = {.release = check, .uses_objects = true};
