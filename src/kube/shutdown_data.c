#include "shutdown_data.h"

/* What holds data, as the documentation of Kubernetes and of each operator has it. */
struct data_kind {
    const char *group, *kind;
    const char *holds;      /* only when something stands at this path; NULL: always */
    const char *key, *word; /* a key anywhere in spec, and the word that decides; NULL: none does */
    bool is_lost_by_word;   /* the word gives the data up; else it keeps it */
};

static const struct data_kind data_kinds[] = {
    {"", "PersistentVolumeClaim", NULL, NULL, NULL, false},
    {"", "Namespace", NULL, NULL, NULL, false},
    {"apiextensions.k8s.io", "CustomResourceDefinition", NULL, NULL, NULL, false},
    {"apps", "StatefulSet", "spec.volumeClaimTemplates", "whenDeleted", "Delete", true},
    {"postgresql.cnpg.io", "Cluster", NULL, NULL, NULL, false},
    {"kafka.strimzi.io", "Kafka", "spec.kafka.storage", "deleteClaim", "true", true},
    {"kafka.strimzi.io", "KafkaNodePool", "spec.storage", "deleteClaim", "true", true},
    {"kafka.strimzi.io", "KafkaTopic", NULL, NULL, NULL, false},
    {"databases.spotahome.com", "RedisFailover", "spec.redis.storage.persistentVolumeClaim",
     "keepAfterDeletion", "true", false},
    {"redis.redis.opstreelabs.in", "Redis", "spec.storage", "keepAfterDelete", "true", false},
    {"redis.redis.opstreelabs.in", "RedisCluster", "spec.storage", "keepAfterDelete", "true",
     false},
    {"redis.redis.opstreelabs.in", "RedisReplication", "spec.storage", "keepAfterDelete", "true",
     false},
    {"clickhouse.altinity.com", "ClickHouseInstallation", "spec.templates.volumeClaimTemplates",
     "reclaimPolicy", "Retain", false},
    {"clickhouse-keeper.altinity.com", "ClickHouseKeeperInstallation",
     "spec.templates.volumeClaimTemplates", "reclaimPolicy", "Retain", false},
    {"rabbitmq.com", "RabbitmqCluster", NULL, NULL, NULL, false},
    {"elasticsearch.k8s.elastic.co", "Elasticsearch", NULL, "volumeClaimDeletePolicy",
     "DeleteOnScaledownOnly", false},
    {"objectbucket.io", "ObjectBucketClaim", NULL, NULL, NULL, false},
    {"s3.aws.upbound.io", "Bucket", NULL, "deletionPolicy", "Orphan", false},
    {"storage.gcp.upbound.io", "Bucket", NULL, "deletionPolicy", "Orphan", false},
};

static const struct data_kind *find_kind(const struct object *object)
{
    for (size_t i = 0; i < sizeof data_kinds / sizeof *data_kinds; i++) {
        const struct data_kind *kind = &data_kinds[i];
        if (str_is(object->kind, kind->kind) && str_is(object->group, kind->group))
            return kind;
    }
    return NULL;
}

/* True when the key stands somewhere below the node with the word as its value. */
static bool says(const struct yaml_node *node, const char *key, const char *word)
{
    bool found = false;
    for (size_t i = 0; node->kind == YAML_LIST && i < node->list.count && !found; i++)
        found = says(node->list.items[i], key, word);
    for (size_t i = 0; node->kind == YAML_MAP && i < node->map.count && !found; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        bool is_key = str_is(entry->key, key) && str_is(yaml_text(entry->value), word);
        found = is_key || says(entry->value, key, word);
    }
    return found;
}

bool object_holds_data(const struct object *object)
{
    const struct data_kind *kind = find_kind(object);
    return kind && (!kind->holds || object_at(object->root, str_from_c(kind->holds)));
}

bool object_loses_data(const struct object *object)
{
    const struct data_kind *kind = find_kind(object);
    const struct yaml_node *spec = yaml_value(object->root, "spec");
    if (!object_holds_data(object))
        return false;
    bool is_said = kind->key && spec && says(spec, kind->key, kind->word);
    return is_said == kind->is_lost_by_word;
}

bool object_is_never_pruned(const struct object *object)
{
    static const struct {
        const char *annotation, *word;
    } keepers[] = {
        {"metadata.annotations.helm\\.sh/resource-policy", "keep"},
        {"metadata.annotations.argocd\\.argoproj\\.io/sync-options", "Prune=false"},
        {"metadata.annotations.kustomize\\.toolkit\\.fluxcd\\.io/prune", "disabled"},
    };
    bool is_kept = false;
    for (size_t i = 0; i < sizeof keepers / sizeof *keepers && !is_kept; i++) {
        struct str text = yaml_text(object_at(object->root, str_from_c(keepers[i].annotation)));
        is_kept = str_contains(text, str_from_c(keepers[i].word));
    }
    return is_kept;
}

struct str object_scales_data_away(const struct object *object)
{
    static const char field[] = "spec.persistentVolumeClaimRetentionPolicy.whenScaled";
    bool is_set = str_is(object->kind, "StatefulSet") && object_holds_data(object) &&
                  str_is(yaml_text(object_at(object->root, str_from_c(field))), "Delete");
    return is_set ? str_from_c(field) : (struct str){0};
}
