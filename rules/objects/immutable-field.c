#include "engine/engine.h"

/* What the API server refuses to update (pkg/apis/<group>/validation, Validate<Kind>Update). */
static const struct immutable {
    const char *group, *kind, *field;
    const char *standard; /* what a missing one means; NULL: nothing */
} immutable_fields[] = {
    {"apps", "Deployment", "spec.selector", NULL},
    {"apps", "DaemonSet", "spec.selector", NULL},
    {"apps", "ReplicaSet", "spec.selector", NULL},
    {"apps", "StatefulSet", "spec.selector", NULL},
    {"apps", "StatefulSet", "spec.serviceName", NULL},
    {"apps", "StatefulSet", "spec.volumeClaimTemplates", NULL},
    {"apps", "StatefulSet", "spec.podManagementPolicy", "OrderedReady"},
    {"batch", "Job", "spec.selector", NULL},
    {"batch", "Job", "spec.template", NULL},
    {"batch", "Job", "spec.completionMode", "NonIndexed"},
    {"", "PersistentVolumeClaim", "spec.storageClassName", NULL},
    {"", "PersistentVolumeClaim", "spec.accessModes", NULL},
    {"", "PersistentVolumeClaim", "spec.selector", NULL},
    {"", "PersistentVolumeClaim", "spec.dataSource", NULL},
    {"", "PersistentVolumeClaim", "spec.volumeMode", "Filesystem"},
    {"", "Secret", "type", "Opaque"},
    {"storage.k8s.io", "StorageClass", "provisioner", NULL},
    {"storage.k8s.io", "StorageClass", "parameters", NULL},
    {"storage.k8s.io", "StorageClass", "reclaimPolicy", "Delete"},
    {"storage.k8s.io", "StorageClass", "volumeBindingMode", "Immediate"},
    {"rbac.authorization.k8s.io", "RoleBinding", "roleRef", NULL},
    {"rbac.authorization.k8s.io", "ClusterRoleBinding", "roleRef", NULL},
    {"scheduling.k8s.io", "PriorityClass", "value", NULL},
    {"apiextensions.k8s.io", "CustomResourceDefinition", "spec.scope", NULL},
};

static bool is_kind(const struct object *object, const char *group, const char *kind)
{
    return str_is(object->group, group) && str_is(object->kind, kind);
}

/* What is deleted before it is made again has no fields that cannot change. */
static bool is_replaced(const struct object *object)
{
    const struct yaml_node *annotations = object_at(object->root, STR("metadata.annotations"));
    struct str options = yaml_text(yaml_value(annotations, "argocd.argoproj.io/sync-options"));
    return object->hook.p || yaml_value(annotations, "argocd.argoproj.io/hook") ||
           str_contains(options, STR("Force=true"));
}

static void report_change(struct pass *pass, const struct object *before,
                          const struct object *after, struct str field, const char *message)
{
    enum { BRIEF = 60 };
    struct arena *arena = pass_arena(pass);
    const struct yaml_node *old = object_at(before->root, field);
    const struct yaml_node *new = object_at(after->root, field);
    struct report *report = pass_report_field(pass, after, field, message);
    report_argument(report, "field", field);
    report_argument(report, "before", old ? yaml_brief(arena, old, BRIEF) : STR("nothing"));
    report_argument(report, "after", new ? yaml_brief(arena, new, BRIEF) : STR("nothing"));
}

/* A null is what a chart prints for a value that nobody gave. */
static bool is_nothing(const struct yaml_node *node)
{
    return !node || node->kind == YAML_NULL;
}

static bool is_standard(const struct yaml_node *node, const char *standard)
{
    return standard && (is_nothing(node) || str_is(yaml_text(node), standard));
}

static bool is_same(const struct yaml_node *before, const struct yaml_node *after,
                    const char *standard)
{
    bool both_missing = is_nothing(before) && is_nothing(after);
    return both_missing || (is_standard(before, standard) && is_standard(after, standard)) ||
           (before && after && yaml_equal(before, after));
}

static void check_fields(struct pass *pass, const struct object *before, const struct object *after)
{
    for (size_t i = 0; i < sizeof immutable_fields / sizeof *immutable_fields; i++) {
        const struct immutable *immutable = &immutable_fields[i];
        struct str field = str_from_c(immutable->field);
        if (is_kind(after, immutable->group, immutable->kind) &&
            !is_same(object_at(before->root, field), object_at(after->root, field),
                     immutable->standard))
            report_change(pass, before, after, field, "message");
    }
}

static void check_claim(struct pass *pass, const struct object *before, const struct object *after)
{
    struct str field = STR("spec.resources.requests.storage");
    double old = quantity_of(pass_arena(pass), object_at(before->root, field));
    double new = quantity_of(pass_arena(pass), object_at(after->root, field));
    if (is_kind(after, "", "PersistentVolumeClaim") && new < old)
        report_change(pass, before, after, field, "shrinks");
}

/* An address that is not written is kept as it is; an ExternalName gives its up. */
static void check_address(struct pass *pass, const struct object *before,
                          const struct object *after)
{
    struct str field = STR("spec.clusterIP");
    struct str old = yaml_text(object_at(before->root, field));
    struct str new = yaml_text(object_at(after->root, field));
    bool has_address =
        !str_is(yaml_text(object_at(before->root, STR("spec.type"))), "ExternalName") &&
        !str_is(yaml_text(object_at(after->root, STR("spec.type"))), "ExternalName");
    if (is_kind(after, "", "Service") && has_address && new.n && !str_equal(old, new))
        report_change(pass, before, after, field, "message");
}

/* ConfigMaps and Secrets that say so themselves. */
static void check_immutable(struct pass *pass, const struct object *before,
                            const struct object *after)
{
    static const char *const fields[] = {"data", "binaryData", "stringData", "immutable"};
    const struct yaml_node *immutable = yaml_value(before->root, "immutable");
    bool is_secret = is_kind(after, "", "Secret");
    if ((!is_secret && !is_kind(after, "", "ConfigMap")) || !immutable ||
        immutable->kind != YAML_BOOL || !immutable->boolean)
        return;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const struct yaml_node *old = yaml_value(before->root, fields[i]);
        const struct yaml_node *new = yaml_value(after->root, fields[i]);
        if (!is_same(old, new, NULL))
            report_change(pass, before, after, str_from_c(fields[i]), "immutable");
    }
}

static void check_change(struct pass *pass, const struct object *before, const struct object *after)
{
    if (is_replaced(after) || before->hook.p)
        return;
    check_fields(pass, before, after);
    check_claim(pass, before, after);
    check_address(pass, before, after);
    check_immutable(pass, before, after);
}

const struct rule_code rule_objects_immutable_field = {.change = check_change};
