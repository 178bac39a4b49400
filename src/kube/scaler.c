#include "scaler.h"

bool object_is_scaler(const struct object *object)
{
    return (str_is(object->kind, "HorizontalPodAutoscaler") &&
            str_is(object->group, "autoscaling")) ||
           (str_is(object->kind, "ScaledObject") && str_is(object->group, "keda.sh"));
}

const struct object *scaler_target(const struct object_list *objects, const struct object *scaler)
{
    struct str kind = yaml_text(yaml_at(scaler->root, STR("spec.scaleTargetRef.kind")));
    struct str name = yaml_text(yaml_at(scaler->root, STR("spec.scaleTargetRef.name")));
    if (!kind.n)
        kind = STR("Deployment"); /* KEDA's default */
    return object_find(objects, kind, scaler->namespace, name);
}

const struct object *scaler_of(const struct object_list *objects, const struct object *target)
{
    for (size_t i = 0; i < objects->count; i++) {
        const struct object *object = &objects->items[i];
        if (object_is_scaler(object) && scaler_target(objects, object) == target)
            return object;
    }
    return NULL;
}

/* The number that HorizontalPodAutoscaler and ScaledObject have under names of their own. */
static double bound(const struct object *scaler, const char *replicas, const char *keda,
                    double replicas_default, double keda_default)
{
    bool is_keda = str_is(scaler->kind, "ScaledObject");
    const struct yaml_node *spec = yaml_value(scaler->root, "spec");
    const struct yaml_node *number = yaml_value(spec, is_keda ? keda : replicas);
    if (number && number->kind == YAML_NUMBER)
        return number->number;
    return is_keda ? keda_default : replicas_default;
}

double scaler_least(const struct object *scaler)
{
    return bound(scaler, "minReplicas", "minReplicaCount", 1, 0);
}

double scaler_most(const struct object *scaler)
{
    return bound(scaler, "maxReplicas", "maxReplicaCount", 1, 100);
}
