#include "network.h"

/* Collects what decides who can reach whom. */

struct reading {
    struct arena *arena;
    const struct model *model;
    struct network *network;
    struct map by_name; /* "CLUSTER/NAMESPACE" → struct network_namespace */
};

static struct str cluster_of(const struct reading *reading, const struct release *release)
{
    return model_cluster(reading->model, release->environment);
}

static void add_label(struct arena *arena, struct network_labels *labels, struct str key,
                      struct str value)
{
    struct str *text = arena_make(arena, struct str);
    *text = value.p ? value : STR("");
    map_put(arena, &labels->texts, key, text);
}

static void add_labels(struct arena *arena, struct network_labels *labels,
                       const struct yaml_node *node)
{
    for (size_t i = 0; node && node->kind == YAML_MAP && i < node->map.count; i++)
        add_label(arena, labels, node->map.entries[i].key, yaml_text(node->map.entries[i].value));
}

/* --- namespaces --- */

static struct network_namespace *make_namespace(struct reading *reading, struct str cluster,
                                                struct str name, bool is_known)
{
    struct arena *arena = reading->arena;
    struct str key = str_format(arena, "%.*s/%.*s", STR_ARG(cluster), STR_ARG(name));
    struct network_namespace *namespace = map_get(&reading->by_name, key);
    if (namespace)
        return namespace;
    namespace = arena_make(arena, struct network_namespace);
    namespace->name = name;
    namespace->cluster = cluster;
    namespace->labels.is_open = true;
    namespace->is_shared = str_list_has(&reading->model->config->shared_namespaces, name);
    if (is_known)
        add_label(arena, &namespace->labels, STR("kubernetes.io/metadata.name"), name);
    map_put(arena, &reading->by_name, key, namespace);
    vector_push(arena, &reading->network->namespaces, namespace);
    return namespace;
}

static struct network_namespace *get_namespace(struct reading *reading, struct str cluster,
                                               struct str name)
{
    return make_namespace(reading, cluster, name, true);
}

/* Notes that an environment uses the namespace. */
static void use_namespace(struct network_namespace *namespace,
                          const struct config_environment *environment)
{
    namespace->is_used = true;
    bool is_another = namespace->environment && namespace->environment != environment;
    namespace->is_shared = namespace->is_shared || environment->cluster_scope || is_another;
    namespace->environment = namespace->is_shared ? NULL : environment;
}

static bool is_namespace(const struct object *object)
{
    return str_is(object->kind, "Namespace") && !object->group.n;
}

static void add_namespace(struct reading *reading, const struct object *object)
{
    struct network_namespace *namespace =
        get_namespace(reading, cluster_of(reading, object->release), object->name);
    if (namespace->object)
        return;
    namespace->object = object;
    namespace->labels.is_open = false;
    add_labels(reading->arena, &namespace->labels, object_at(object->root, STR("metadata.labels")));
}

/* A release whose namespace is not known has one of its own, in which there may be more. */
static struct network_namespace *namespace_of(struct reading *reading, const struct object *object)
{
    const struct release *release = object->release;
    struct str cluster = cluster_of(reading, release);
    if (object->namespace.n)
        return get_namespace(reading, cluster, object->namespace);
    struct network_namespace *namespace = make_namespace(reading, cluster, release->name, false);
    namespace->is_partial = true;
    return namespace;
}

static void use_release_namespace(struct reading *reading, const struct release *release,
                                  bool is_rendered)
{
    if (!release->namespace.n)
        return;
    struct network_namespace *namespace =
        get_namespace(reading, cluster_of(reading, release), release->namespace);
    use_namespace(namespace, release->environment);
    namespace->is_partial = namespace->is_partial || !is_rendered;
}

static void use_environment_namespace(struct reading *reading,
                                      const struct config_environment *environment)
{
    if (environment->namespace.n)
        use_namespace(get_namespace(reading, model_cluster(reading->model, environment),
                                    environment->namespace),
                      environment);
}

/* --- pods --- */

static void add_port(struct reading *reading, struct network_pod *pod, const struct yaml_node *node)
{
    uint64_t number = 0;
    if (!parse_go_uint(yaml_text(yaml_value(node, "containerPort")), 10, &number) ||
        number > UINT16_MAX)
        return;
    struct str name = yaml_text(yaml_value(node, "name"));
    struct network_port port = {
        .protocol = network_protocol_read(yaml_value(node, "protocol")),
        .number = (uint32_t)number,
        .name = name.p ? name : STR(""),
    };
    vector_push(reading->arena, &pod->ports, port);
}

/* An init container serves only when it stays. */
static void add_ports(struct reading *reading, struct network_pod *pod,
                      const struct workload *workload)
{
    struct arena *arena = reading->arena;
    struct workload_container_list containers = workload_containers(arena, workload);
    for (size_t i = 0; i < containers.count; i++) {
        const struct workload_container *container = &containers.items[i];
        struct str ports = values_path_key(arena, container->pod_path, STR("ports"));
        struct str restart = values_path_key(arena, container->pod_path, STR("restartPolicy"));
        const struct yaml_node *node = workload_part(arena, workload, ports).node;
        bool stays = !container->is_init ||
                     str_is(yaml_text(workload_part(arena, workload, restart).node), "Always");
        for (size_t k = 0; stays && node && node->kind == YAML_LIST && k < node->list.count; k++)
            add_port(reading, pod, node->list.items[k]);
    }
}

static void add_pod(struct reading *reading, const struct workload *workload)
{
    struct arena *arena = reading->arena;
    struct network_pod *pod = arena_make(arena, struct network_pod);
    const struct yaml_node *host = workload_part(arena, workload, STR("hostNetwork")).node;
    pod->object = workload->object;
    pod->title = workload_title(arena, workload);
    pod->namespace = namespace_of(reading, workload->object);
    pod->is_custom = workload->kind->operator_name.n > 0;
    pod->has_more_ports = pod->is_custom;
    pod->labels.is_open = pod->is_custom;
    pod->is_on_host = host && host->kind == YAML_BOOL && host->boolean;
    add_labels(arena, &pod->labels, workload_part(arena, workload, STR("labels")).node);
    const struct str *tier = map_get(&pod->labels.texts, reading->model->config->label_tier);
    pod->tier = tier ? *tier : STR("");
    add_ports(reading, pod, workload);
    use_namespace(pod->namespace, workload->object->release->environment);
    vector_push(arena, &reading->network->pods, pod);
}

/* --- services --- */

static void add_service_port(struct reading *reading, struct network_service *service,
                             const struct yaml_node *node)
{
    uint64_t number = 0;
    uint64_t target = 0;
    if (!parse_go_uint(yaml_text(yaml_value(node, "port")), 10, &number) || number > UINT16_MAX)
        return;
    struct str target_text = yaml_text(yaml_value(node, "targetPort"));
    bool is_number = parse_go_uint(target_text, 10, &target) && target <= UINT16_MAX;
    struct network_service_port port = {
        .protocol = network_protocol_read(yaml_value(node, "protocol")),
        .number = (uint32_t)number,
        .target = (uint32_t)(is_number && target ? target
                             : target_text.n     ? 0
                                                 : number),
        .target_name = is_number ? STR("") : target_text,
    };
    vector_push(reading->arena, &service->ports, port);
}

static void add_service(struct reading *reading, const struct object *object)
{
    struct network_service *service = arena_make(reading->arena, struct network_service);
    const struct yaml_node *spec = yaml_value(object->root, "spec");
    const struct yaml_node *ports = yaml_value(spec, "ports");
    service->object = object;
    service->namespace = namespace_of(reading, object);
    service->selector = network_selector_of_labels(reading->arena, yaml_value(spec, "selector"));
    service->has_selector = service->selector.count > 0;
    for (size_t i = 0; ports && ports->kind == YAML_LIST && i < ports->list.count; i++)
        add_service_port(reading, service, ports->list.items[i]);
    vector_push(reading->arena, &reading->network->services, service);
}

/* --- policies --- */

static void add_policy(struct reading *reading, const struct object *object)
{
    struct network_policy *policy = network_policy_read(reading->arena, object);
    if (!policy)
        return;
    vector_push(reading->arena, &reading->network->policies, policy);
    if (network_policy_is_of_cluster(object))
        return;
    struct network_namespace *namespace = namespace_of(reading, object);
    policy->namespace = namespace;
    vector_push(reading->arena, &namespace->policies, policy);
}

/* A policy of the cluster concerns every namespace that is known by now. */
static void spread_policy(struct reading *reading, const struct network_policy *policy)
{
    struct network *network = reading->network;
    struct str cluster = cluster_of(reading, policy->object->release);
    for (size_t i = 0; i < network->namespaces.count; i++) {
        if (str_equal(network->namespaces.items[i]->cluster, cluster))
            vector_push(reading->arena, &network->namespaces.items[i]->policies, policy);
    }
}

static void add_object(struct reading *reading, const struct object *object)
{
    if (is_namespace(object))
        add_namespace(reading, object);
    else if (str_is(object->kind, "Service") && !object->group.n)
        add_service(reading, object);
    else
        add_policy(reading, object);
}

static void add_release(struct reading *reading, const struct workload_kinds *kinds,
                        const struct object_list *objects)
{
    struct workload_list workloads = workloads_of(reading->arena, kinds, objects);
    for (size_t i = 0; i < objects->count; i++)
        add_object(reading, &objects->items[i]);
    for (size_t i = 0; i < workloads.count; i++)
        add_pod(reading, &workloads.items[i]);
}

struct network *network_read(struct arena *arena, const struct workload_kinds *kinds,
                             const struct model *model, const struct object_list *by_release,
                             const bool *is_rendered)
{
    struct network *network = arena_make(arena, struct network);
    struct reading reading = {.arena = arena, .model = model, .network = network};
    for (size_t i = 0; i < model->config->environments.count; i++)
        use_environment_namespace(&reading, &model->config->environments.items[i]);
    for (size_t i = 0; i < model->release_count; i++) {
        use_release_namespace(&reading, &model->releases[i], is_rendered[i]);
        if (is_rendered[i])
            add_release(&reading, kinds, &by_release[i]);
    }
    for (size_t i = 0; i < network->policies.count; i++) {
        if (!network->policies.items[i]->namespace)
            spread_policy(&reading, network->policies.items[i]);
    }
    for (size_t i = 0; i < network->namespaces.count; i++) {
        struct network_namespace *namespace = network->namespaces.items[i];
        namespace->is_meant_apart = network_means_isolation(network, namespace->cluster);
    }
    return network;
}

struct network_namespace *network_namespace_find(const struct network *network, struct str cluster,
                                                 struct str name)
{
    for (size_t i = 0; i < network->namespaces.count; i++) {
        struct network_namespace *namespace = network->namespaces.items[i];
        if (str_equal(namespace->name, name) && str_equal(namespace->cluster, cluster))
            return namespace;
    }
    return NULL;
}

bool network_knows_namespace(const struct network *network, const struct config *config,
                             struct str name)
{
    static const char *const always[] = {"default", "kube-system", "kube-public",
                                         "kube-node-lease"};
    bool is_known = STR_IS_ONE_OF(name, always) || str_list_has(&config->shared_namespaces, name);
    for (size_t i = 0; i < network->namespaces.count && !is_known; i++) {
        const struct network_namespace *namespace = network->namespaces.items[i];
        is_known = str_equal(namespace->name, name) && (namespace->is_used || namespace->object);
    }
    return is_known;
}

struct str network_tenant(const struct network_namespace *namespace, const struct str_list *labels)
{
    for (size_t i = 0; namespace && namespace->object && i < labels->count; i++) {
        const struct str *tenant = map_get(&namespace->labels.texts, labels->items[i]);
        if (tenant)
            return *tenant;
    }
    return STR("");
}

const struct network_namespace *network_namespace_of(const struct network *network,
                                                     const struct model *model,
                                                     const struct object *object)
{
    struct str cluster = model_cluster(model, object->release->environment);
    struct str name = object->namespace.n ? object->namespace : object->release->namespace;
    return network_namespace_find(network, cluster, name);
}
