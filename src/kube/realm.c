#include "realm.h"

static void add_texts(struct arena *arena, const struct object *object, const char *key,
                      struct realm_list *list)
{
    const struct yaml_node *data = yaml_value(object->root, key);
    for (size_t i = 0; i < yaml_entry_count(data); i++) {
        const struct yaml_entry *entry = &data->map.entries[i];
        struct str text = yaml_text(entry->value);
        if (!str_contains(text, STR("\"clients\"")) || !str_contains(text, STR("\"realm\"")))
            continue;
        const struct yaml_node *root = yaml_root(yaml_parse_bytes(arena, text, 0, &limits_default));
        struct str field = values_path_key(arena, str_from_c(key), entry->key);
        if (yaml_value(root, "realm") && yaml_value(root, "clients"))
            vector_push(arena, list, ((struct realm){object, root, field, true}));
    }
}

void realms_find(struct arena *arena, const struct object_list *objects, struct realm_list *list)
{
    for (size_t i = 0; i < objects->count; i++) {
        const struct object *object = &objects->items[i];
        const struct yaml_node *root = object_at(object->root, STR("spec.realm"));
        if (str_is(object->kind, "KeycloakRealmImport") && root && root->kind == YAML_MAP)
            vector_push(arena, list, ((struct realm){object, root, STR("spec.realm"), false}));
        if (str_is(object->kind, "ConfigMap"))
            add_texts(arena, object, "data", list);
        if (str_is(object->kind, "Secret"))
            add_texts(arena, object, "stringData", list);
    }
}

struct str realm_field(struct arena *arena, const struct realm *realm, struct str part)
{
    return realm->is_text ? realm->field
                          : str_format(arena, "%.*s.%.*s", STR_ARG(realm->field), STR_ARG(part));
}

static bool accepts(struct str pattern, struct str address)
{
    bool is_open = str_contains(pattern, STR("$")) || !str_contains(pattern, STR("://"));
    size_t stem = str_ends_with(pattern, STR("*")) ? pattern.n - 1 : SIZE_MAX;
    return is_open || str_equal(str_slice(address, 0, stem), str_slice(pattern, 0, stem));
}

bool realm_client_accepts(const struct yaml_node *client, struct str address)
{
    const struct yaml_node *patterns = yaml_value(client, "redirectUris");
    bool found = !patterns;
    for (size_t i = 0; i < yaml_item_count(patterns) && !found; i++)
        found = accepts(yaml_text(patterns->list.items[i]), address);
    return found;
}
