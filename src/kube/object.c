#include "object.h"

/* Kinds without a namespace: those of Kubernetes 1.35 and of operators that many clusters have. */
static const struct {
    const char *group, *kind;
} cluster_scoped[] = {
    {"", "Namespace"},
    {"", "Node"},
    {"", "PersistentVolume"},
    {"admissionregistration.k8s.io", "MutatingAdmissionPolicy"},
    {"admissionregistration.k8s.io", "MutatingAdmissionPolicyBinding"},
    {"admissionregistration.k8s.io", "MutatingWebhookConfiguration"},
    {"admissionregistration.k8s.io", "ValidatingAdmissionPolicy"},
    {"admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding"},
    {"admissionregistration.k8s.io", "ValidatingWebhookConfiguration"},
    {"apiextensions.k8s.io", "CustomResourceDefinition"},
    {"apiregistration.k8s.io", "APIService"},
    {"certificates.k8s.io", "CertificateSigningRequest"},
    {"flowcontrol.apiserver.k8s.io", "FlowSchema"},
    {"flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration"},
    {"networking.k8s.io", "IngressClass"},
    {"networking.k8s.io", "IPAddress"},
    {"networking.k8s.io", "ServiceCIDR"},
    {"node.k8s.io", "RuntimeClass"},
    {"policy", "PodSecurityPolicy"},
    {"rbac.authorization.k8s.io", "ClusterRole"},
    {"rbac.authorization.k8s.io", "ClusterRoleBinding"},
    {"resource.k8s.io", "DeviceClass"},
    {"scheduling.k8s.io", "PriorityClass"},
    {"storage.k8s.io", "CSIDriver"},
    {"storage.k8s.io", "CSINode"},
    {"storage.k8s.io", "StorageClass"},
    {"storage.k8s.io", "VolumeAttachment"},
    {"snapshot.storage.k8s.io", "VolumeSnapshotClass"},
    {"snapshot.storage.k8s.io", "VolumeSnapshotContent"},
    {"cert-manager.io", "ClusterIssuer"},
    {"external-secrets.io", "ClusterSecretStore"},
    {"external-secrets.io", "ClusterExternalSecret"},
    {"external-secrets.io", "ClusterPushSecret"},
    {"gateway.networking.k8s.io", "GatewayClass"},
    {"cilium.io", "CiliumClusterwideNetworkPolicy"},
    {"kyverno.io", "ClusterPolicy"},
    {"karpenter.sh", "NodePool"},
    {"keda.sh", "ClusterTriggerAuthentication"},
    {"postgresql.cnpg.io", "ClusterImageCatalog"},
};

bool kind_is_cluster_scoped(struct str group, struct str kind)
{
    for (size_t i = 0; i < sizeof cluster_scoped / sizeof *cluster_scoped; i++) {
        if (str_is(group, cluster_scoped[i].group) && str_is(kind, cluster_scoped[i].kind))
            return true;
    }
    return false;
}

static struct str text_at(const struct yaml_node *root, const char *path)
{
    struct str text = yaml_text(yaml_at(root, str_from_c(path)));
    return text.p ? text : STR("");
}

static void add_object(struct arena *arena, struct object_list *objects, struct object object)
{
    const struct yaml_node *root = object.root;
    if (root->kind != YAML_MAP || !text_at(root, "kind").n)
        return;
    const struct yaml_node *annotations = yaml_at(root, STR("metadata.annotations"));
    size_t slash = str_find_char(text_at(root, "apiVersion"), '/');
    object.kind = text_at(root, "kind");
    object.api_version = text_at(root, "apiVersion");
    object.group = slash == STR_NOT_FOUND ? STR("") : str_slice(object.api_version, 0, slash);
    object.name = text_at(root, "metadata.name");
    object.hook = yaml_text(yaml_value(annotations, "helm.sh/hook"));
    object.namespace = text_at(root, "metadata.namespace");
    if (kind_is_cluster_scoped(object.group, object.kind))
        object.namespace = STR("");
    else if (!object.namespace.n)
        object.namespace = object.release->namespace;
    vector_push(arena, objects, object);
}

struct object_list objects_of(struct arena *arena, const struct rendering *rendering,
                              const struct release *release)
{
    struct object_list objects = {0};
    for (size_t i = 0; i < rendering->manifests.count; i++) {
        const struct manifest *manifest = &rendering->manifests.items[i];
        const struct yaml_node *items = yaml_value(manifest->root, "items");
        struct object object = {release, manifest, i, manifest->root, .at = STR("")};
        bool is_list =
            str_ends_with(manifest->kind, STR("List")) && items && items->kind == YAML_LIST;
        for (size_t k = 0; is_list && k < items->list.count; k++) {
            object.root = items->list.items[k];
            object.at = values_path_index(arena, STR("items"), k);
            add_object(arena, &objects, object);
        }
        if (!is_list)
            add_object(arena, &objects, object);
    }
    return objects;
}

static struct object copy_object(struct arena *arena, const struct object *object)
{
    struct object copy = *object;
    struct manifest *manifest = arena_make(arena, struct manifest);
    *manifest = (struct manifest){
        .path = str_copy(arena, object->manifest->path),
        .kind = str_copy(arena, object->manifest->kind),
        .name = str_copy(arena, object->manifest->name),
        .is_hook = object->manifest->is_hook,
        .is_test = object->manifest->is_test,
    };
    copy.manifest = manifest;
    copy.root = yaml_copy(arena, object->root);
    copy.at = str_copy(arena, object->at);
    copy.api_version = str_copy(arena, object->api_version);
    copy.group = str_slice(copy.api_version, 0, object->group.n);
    copy.kind = str_copy(arena, object->kind);
    copy.name = str_copy(arena, object->name);
    copy.namespace = str_copy(arena, object->namespace);
    if (object->hook.p)
        copy.hook = str_copy(arena, object->hook);
    return copy;
}

struct object_list objects_copy(struct arena *arena, const struct object_list *objects)
{
    struct object_list copies = {0};
    for (size_t i = 0; i < objects->count; i++)
        vector_push(arena, &copies, copy_object(arena, &objects->items[i]));
    return copies;
}

const struct yaml_node *object_step(const struct yaml_node *node, const struct values_step *step)
{
    if (step->is_index) {
        bool there = node->kind == YAML_LIST && step->index < node->list.count;
        return there ? node->list.items[step->index] : NULL;
    }
    const struct yaml_entry *entry = yaml_find(node, step->key);
    return entry ? entry->value : NULL;
}

const struct object *object_find(const struct object_list *objects, struct str kind,
                                 struct str namespace, struct str name)
{
    for (size_t i = 0; i < objects->count; i++) {
        const struct object *object = &objects->items[i];
        if (str_equal(object->kind, kind) && str_equal(object->name, name) &&
            str_equal(object->namespace, namespace))
            return object;
    }
    return NULL;
}

const struct object *object_find_same(const struct object_list *objects,
                                      const struct object *object)
{
    for (size_t i = 0; i < objects->count; i++) {
        const struct object *other = &objects->items[i];
        if (str_equal(other->name, object->name) && str_equal(other->kind, object->kind) &&
            str_equal(other->group, object->group) &&
            str_equal(other->namespace, object->namespace))
            return other;
    }
    return NULL;
}

struct str object_title(struct arena *arena, const struct object *object)
{
    return str_format(arena, "%.*s %.*s", STR_ARG(object->kind), STR_ARG(object->name));
}

const struct yaml_node *object_at(const struct yaml_node *root, struct str path)
{
    struct arena scratch = {0};
    struct values_step_list steps = values_path_parse(&scratch, path);
    for (size_t i = 0; i < steps.count && root; i++)
        root = object_step(root, &steps.items[i]);
    arena_release(&scratch);
    return root;
}

struct match {
    struct arena *arena;
    struct values_step_list steps;
    object_visit *visit;
    void *context;
};

static void match_from(const struct match *match, size_t step, struct str path,
                       const struct yaml_node *node)
{
    if (!node || step == match->steps.count) {
        if (node)
            match->visit(match->context, path, node);
        return;
    }
    struct str key = match->steps.items[step].key;
    bool is_any = str_is(key, "*");
    for (size_t i = 0; is_any && i < yaml_item_count(node); i++)
        match_from(match, step + 1, values_path_index(match->arena, path, i), node->list.items[i]);
    for (size_t i = 0; i < yaml_entry_count(node); i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        if (is_any || str_equal(entry->key, key))
            match_from(match, step + 1, values_path_key(match->arena, path, entry->key),
                       entry->value);
    }
}

void object_match(struct arena *arena, const struct yaml_node *root, struct str pattern,
                  object_visit *visit, void *context)
{
    struct match match = {arena, values_path_parse(arena, pattern), visit, context};
    match_from(&match, 0, STR(""), root);
}
