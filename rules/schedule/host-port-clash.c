#include "engine/engine.h"

/* A port of the node that a workload's pods take. */
struct host_port {
    const struct workload *workload;
    struct str field; /* in the object */
    struct str number, protocol, address;
};

struct host_port_list {
    struct host_port *items;
    size_t count, capacity;
};

static bool is_true(const struct yaml_node *node)
{
    return node && node->kind == YAML_BOOL && node->boolean;
}

static struct str text_or(const struct yaml_node *map, const char *key, const char *otherwise)
{
    struct str text = yaml_text(yaml_value(map, key));
    return text.n ? text : str_from_c(otherwise);
}

/* In the network of the node every port of a container is one of the node. */
static void add_port(struct pass *pass, const struct workload *workload, struct str pod_path,
                     bool in_host_network, struct host_port_list *ports)
{
    struct arena *arena = pass_arena(pass);
    const struct yaml_node *port = workload_part(arena, workload, pod_path).node;
    const char *key = yaml_value(port, "hostPort") ? "hostPort" : "containerPort";
    struct str number = yaml_text(yaml_value(port, key));
    if (!number.n || (str_is(str_from_c(key), "containerPort") && !in_host_network))
        return;
    struct str path = values_path_key(arena, pod_path, str_from_c(key));
    vector_push(
        arena, ports,
        ((struct host_port){workload, workload_part(arena, workload, path).path, number,
                            text_or(port, "protocol", "TCP"), text_or(port, "hostIP", "0.0.0.0")}));
}

static void add_ports(struct pass *pass, const struct workload *workload,
                      struct host_port_list *ports)
{
    struct arena *arena = pass_arena(pass);
    struct workload_container_list containers = workload_containers(arena, workload);
    bool in_host_network = is_true(workload_part(arena, workload, STR("hostNetwork")).node);
    for (size_t i = 0; i < containers.count; i++) {
        struct str list = values_path_key(arena, containers.items[i].pod_path, STR("ports"));
        size_t count = yaml_item_count(workload_part(arena, workload, list).node);
        for (size_t k = 0; k < count && !containers.items[i].is_init; k++)
            add_port(pass, workload, values_path_index(arena, list, k), in_host_network, ports);
    }
}

static bool is_same_port(const struct host_port *a, const struct host_port *b)
{
    bool is_same_address = str_equal(a->address, b->address) || str_is(a->address, "0.0.0.0") ||
                           str_is(b->address, "0.0.0.0");
    return str_equal(a->number, b->number) && str_equal(a->protocol, b->protocol) &&
           is_same_address;
}

/* What was only detected says nothing of the clusters of environments; then node pools have to show
 * that two of them share one. */
static bool may_share_nodes(struct pass *pass, const struct release *a, const struct release *b)
{
    const struct model *model = pass_model(pass);
    bool is_certain = !model->detected || pass_pools(pass)->count;
    return is_certain || (a->environment == b->environment && model_knows_environment(model, a));
}

/* Pods on every node meet all others there; of other pods the scheduler puts each on a node where
 * the port is free. */
static bool clash(struct pass *pass, const struct host_port *a, const struct host_port *b)
{
    const struct release *left = a->workload->object->release;
    const struct release *right = b->workload->object->release;
    bool is_everywhere = a->workload->pods->is_on_every_node && b->workload->pods->is_on_every_node;
    struct str left_cluster = left->environment->cluster;
    struct str right_cluster = right->environment->cluster;
    bool is_apart = left_cluster.n && right_cluster.n && !str_equal(left_cluster, right_cluster);
    return left != right && is_everywhere && !is_apart && may_share_nodes(pass, left, right) &&
           is_same_port(a, b) &&
           workloads_meet(pass_arena(pass), pass_pools(pass), a->workload, b->workload);
}

static void report_clash(struct pass *pass, const struct host_port *port,
                         const struct host_port *other)
{
    struct report *report = pass_report_field(pass, port->workload->object, port->field, "message");
    report_argument(report, "port", port->number);
    report_only_for(report, other->workload->object->release);
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    struct host_port_list ports = {0};
    for (size_t i = 0; i < model->release_count; i++) {
        const struct workload_list *workloads = pass_workloads(pass, &model->releases[i]);
        for (size_t k = 0; workloads && k < workloads->count; k++)
            add_ports(pass, &workloads->items[k], &ports);
    }
    for (size_t i = 0; i < ports.count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (clash(pass, &ports.items[i], &ports.items[k]))
                report_clash(pass, &ports.items[i], &ports.items[k]);
        }
    }
}

const struct rule_code rule_schedule_host_port_clash = {.repository = check, .uses_objects = true};
