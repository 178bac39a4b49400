#include "dependence.h"

static void add(struct arena *arena, struct dependence_list *list, struct str kind, struct str name,
                struct str path)
{
    if (name.n)
        vector_push(arena, list, ((struct dependence){kind, name, path}));
}

static struct str text_of(const struct object *object, const char *path)
{
    return yaml_text(object_at(object->root, str_from_c(path)));
}

static struct str definition_name(struct arena *arena, struct str kind, struct str group)
{
    return group.n ? str_format(arena, "%.*s.%.*s", STR_ARG(kind), STR_ARG(group)) : STR("");
}

/* --- what is made --- */

/* Operators that make a Secret. Of External Secrets one that is merged into is not theirs. */
static const struct {
    const char *kind, *group, *name;
    bool is_own_name_else; /* without the field it is called like the object */
} makers[] = {
    {"ExternalSecret", "external-secrets.io", "spec.target.name", true},
    {"SealedSecret", "bitnami.com", "spec.template.metadata.name", true},
    {"Certificate", "cert-manager.io", "spec.secretName", false},
    {"VaultStaticSecret", "secrets.hashicorp.com", "spec.destination.name", false},
    {"VaultDynamicSecret", "secrets.hashicorp.com", "spec.destination.name", false},
    {"VaultPKISecret", "secrets.hashicorp.com", "spec.destination.name", false},
};

struct dependence_list object_makes(struct arena *arena, const struct object *object)
{
    struct dependence_list made = {0};
    bool is_definition = str_is(object->kind, "CustomResourceDefinition");
    struct str name = is_definition ? definition_name(arena, text_of(object, "spec.names.kind"),
                                                      text_of(object, "spec.group"))
                                    : object->name;
    add(arena, &made, object->kind, name, STR(""));
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++) {
        if (!str_is(object->kind, makers[i].kind) || !str_is(object->group, makers[i].group))
            continue;
        struct str secret = text_of(object, makers[i].name);
        struct str policy = text_of(object, "spec.target.creationPolicy");
        if (!secret.n && makers[i].is_own_name_else)
            secret = object->name;
        if (!str_is(policy, "None") && !str_is(policy, "Merge"))
            add(arena, &made, STR("Secret"), secret, str_from_c(makers[i].name));
    }
    return made;
}

/* --- what is needed --- */

struct needs {
    struct arena *arena;
    struct dependence_list list;
};

/* References have these keys in pods and in the custom resources of most operators. */
static const struct {
    const char *key, *name, *kind;
} references[] = {
    {"secretKeyRef", "name", "Secret"},
    {"secretRef", "name", "Secret"},
    {"secret", "secretName", "Secret"},
    {"secret", "name", "Secret"},
    {"configMapKeyRef", "name", "ConfigMap"},
    {"configMapRef", "name", "ConfigMap"},
    {"configMap", "name", "ConfigMap"},
    {"persistentVolumeClaim", "claimName", "PersistentVolumeClaim"},
};

static bool is_optional(const struct yaml_node *reference)
{
    const struct yaml_node *optional = yaml_value(reference, "optional");
    return optional && optional->kind == YAML_BOOL && optional->boolean;
}

static void need_named(struct needs *needs, const struct yaml_entry *entry, struct str path)
{
    if (str_is(entry->key, "serviceAccountName"))
        add(needs->arena, &needs->list, STR("ServiceAccount"), yaml_text(entry->value), path);
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        if (!str_is(entry->key, references[i].key) || is_optional(entry->value))
            continue;
        struct str name = yaml_text(yaml_value(entry->value, references[i].name));
        add(needs->arena, &needs->list, str_from_c(references[i].kind), name,
            values_path_key(needs->arena, path, str_from_c(references[i].name)));
    }
}

static void need_all(struct needs *needs, const struct yaml_node *node, struct str path)
{
    for (size_t i = 0; node->kind == YAML_LIST && i < node->list.count; i++) {
        if (node->list.items[i]->kind >= YAML_LIST)
            need_all(needs, node->list.items[i], values_path_index(needs->arena, path, i));
    }
    for (size_t i = 0; node->kind == YAML_MAP && i < node->map.count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        struct str below = values_path_key(needs->arena, path, entry->key);
        need_named(needs, entry, below);
        if (entry->value->kind >= YAML_LIST)
            need_all(needs, entry->value, below);
    }
}

/* Custom resources that live in another one, and where they name it. */
static const struct {
    const char *kind, *group, *at, *owner;
} owned[] = {
    {"TemporalNamespace", "temporal.io", "spec.clusterRef.name", "TemporalCluster"},
    {"TemporalSchedule", "temporal.io", "spec.clusterRef.name", "TemporalCluster"},
    {"KeycloakRealmImport", "k8s.keycloak.org", "spec.keycloakCRName", "Keycloak"},
    {"KafkaTopic", "kafka.strimzi.io", "metadata.labels.strimzi\\.io/cluster", "Kafka"},
    {"KafkaUser", "kafka.strimzi.io", "metadata.labels.strimzi\\.io/cluster", "Kafka"},
    {"KafkaConnector", "kafka.strimzi.io", "metadata.labels.strimzi\\.io/cluster", "KafkaConnect"},
};

struct dependence_list object_needs(struct arena *arena, const struct object *object)
{
    struct needs needs = {.arena = arena};
    const struct yaml_node *spec = yaml_value(object->root, "spec");
    if (spec)
        need_all(&needs, spec, STR("spec"));
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        if (str_is(object->kind, owned[i].kind) && str_is(object->group, owned[i].group))
            add(arena, &needs.list, str_from_c(owned[i].owner), text_of(object, owned[i].at),
                str_from_c(owned[i].at));
    }
    add(arena, &needs.list, STR("CustomResourceDefinition"),
        definition_name(arena, object->kind, object->group), STR("kind"));
    return needs.list;
}

struct str dependence_key(struct arena *arena, const struct dependence *dependence,
                          struct str namespace)
{
    bool is_of_cluster = str_is(dependence->kind, "CustomResourceDefinition");
    return str_format(arena, "%.*s %.*s %.*s", STR_ARG(is_of_cluster ? STR("") : namespace),
                      STR_ARG(dependence->kind), STR_ARG(dependence->name));
}
