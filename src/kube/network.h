#ifndef BULKHEAD_KUBE_NETWORK_H
#define BULKHEAD_KUBE_NETWORK_H

#include "workload.h"

/* What decides who can reach whom: namespaces, pods, Services and policies of all releases
 * together. Everything lives in the arena of network_read or with the objects. */

/* What is not known is a truth of its own: labels that an operator adds, a policy of another kind.
 * The least of two is their "and", the greatest their "or". */
enum network_truth { NETWORK_NO, NETWORK_MAYBE, NETWORK_YES };
enum network_direction { NETWORK_INGRESS, NETWORK_EGRESS, NETWORK_DIRECTIONS };
enum network_protocol { NETWORK_TCP, NETWORK_UDP, NETWORK_SCTP, NETWORK_OTHER };

struct network_labels {
    struct map texts; /* key → struct str */
    bool is_open;     /* there may be more */
};

enum network_test { NETWORK_IN, NETWORK_NOT_IN, NETWORK_EXISTS, NETWORK_NOT_EXISTS };
struct network_requirement {
    struct str key;
    enum network_test test;
    struct str_list values;
};
/* A label selector; without requirements everything. */
struct network_selector {
    struct network_requirement *items;
    size_t count, capacity;
    bool is_unknown; /* has something that is not understood */
};

/* Whom a rule lets through. Without a selector of namespaces it is about the policy's own. */
struct network_peer {
    const struct network_selector *pods, *namespaces; /* NULL: not written */
    bool is_block;
    enum network_truth block; /* whether the block's addresses can be pods': no or maybe */
    struct str path;          /* in the policy: "spec.ingress[0].from[1]" */
};
struct network_policy_port {
    enum network_protocol protocol;
    bool is_any;     /* of the protocol */
    struct str name; /* p == NULL: the numbers count */
    uint32_t first, last;
    struct str path;
};
struct network_rule {
    VECTOR(struct network_peer) peers;
    VECTOR(struct network_policy_port) ports;
    bool allows_any_peer, allows_any_port;
    struct str path; /* "spec.ingress[0]" */
};

struct network_namespace;
struct network_policy {
    const struct object *object;
    const struct network_namespace *namespace;
    struct network_selector selector;
    bool isolates[NETWORK_DIRECTIONS];
    VECTOR(struct network_rule) rules[NETWORK_DIRECTIONS];
    bool is_unknown; /* nothing can be concluded for the pods it selects */
};
struct network_policy_list {
    const struct network_policy **items;
    size_t count, capacity;
};

struct network_namespace {
    struct str name; /* ENV/APP for that of a release whose namespace is not known */
    struct str cluster;
    struct network_labels labels;
    const struct object *object; /* the Namespace; NULL when no release makes it */
    /* Whose it is: the one environment whose releases go there. NULL: of none or several, or it is
     * shared. */
    const struct config_environment *environment;
    bool is_used;        /* a release goes there, has pods there, or the configuration names it */
    bool is_shared;      /* several environments use it, or the configuration says so */
    bool is_meant_apart; /* see network_means_isolation */
    bool is_partial;     /* a release that goes there could not be rendered */
    struct network_policy_list policies;
};

struct network_port {
    enum network_protocol protocol;
    uint32_t number; /* 0: not known */
    struct str name; /* empty: none */
};
struct network_port_list {
    struct network_port *items;
    size_t count, capacity;
};

/* The pods of one template, taken as one. */
struct network_pod {
    const struct object *object;
    struct str title, tier; /* the tier is empty when there is no such label */
    struct network_namespace *namespace;
    struct network_labels labels;
    struct network_port_list ports; /* that its containers declare */
    bool has_more_ports;            /* an operator may add some */
    bool is_on_host;                /* uses the node's network, where policies have no say */
    bool is_custom;                 /* an operator makes it */
};

struct network_service_port {
    enum network_protocol protocol;
    uint32_t number, target; /* target 0: by name */
    struct str target_name;
};
struct network_service {
    const struct object *object;
    const struct network_namespace *namespace;
    struct network_selector selector;
    bool has_selector;
    VECTOR(struct network_service_port) ports;
};

struct network {
    VECTOR(struct network_namespace *) namespaces;
    VECTOR(struct network_pod *) pods;
    VECTOR(struct network_policy *) policies;
    VECTOR(struct network_service *) services;
};

/* Reads the objects of all releases, by the release's number; `is_rendered` says which of them are
 * known. */
struct network *network_read(struct arena *arena, const struct workload_kinds *kinds,
                             const struct model *model, const struct object_list *by_release,
                             const bool *is_rendered);
/* NULL when nothing in the repository is in, makes or means that namespace. */
struct network_namespace *network_namespace_find(const struct network *network, struct str cluster,
                                                 struct str name);
/* The tenant that a namespace belongs to, by the first of the labels that its Namespace has; empty:
 * none, or it is not known. */
struct str network_tenant(const struct network_namespace *namespace, const struct str_list *labels);
/* The namespace in which an object lies, or whose release's it is when it belongs to none; NULL as
 * above. */
const struct network_namespace *network_namespace_of(const struct network *network,
                                                     const struct model *model,
                                                     const struct object *object);
/* True for a namespace that some release makes or uses, that the configuration declares, or that
 * every cluster has. */
bool network_knows_namespace(const struct network *network, const struct config *config,
                             struct str name);
/* The policy of an object of the kinds NetworkPolicy (networking.k8s.io), CiliumNetworkPolicy and
 * their relatives; NULL for other objects. Of Cilium's those are understood that select endpoints
 * and ports; of Calico's those of a namespace that only allow, by selectors and ports. */
struct network_policy *network_policy_read(struct arena *arena, const struct object *object);
/* True for kinds that concern all namespaces. */
bool network_policy_is_of_cluster(const struct object *object);

/* LabelSelector as the API reads it: matchLabels and matchExpressions. */
struct network_selector network_selector_read(struct arena *arena, const struct yaml_node *node);
struct network_selector network_selector_of_labels(struct arena *arena,
                                                   const struct yaml_node *labels);
enum network_protocol network_protocol_read(const struct yaml_node *node);
const char *network_protocol_name(enum network_protocol protocol);

enum network_truth network_selects(const struct network_selector *selector,
                                   const struct network_labels *labels);
/* Whether the policy is about the pod, which need not be in its namespace. */
enum network_truth network_policy_selects(const struct network_policy *policy,
                                          const struct network_pod *pod);
enum network_truth network_peer_matches(const struct network_policy *policy,
                                        const struct network_peer *peer,
                                        const struct network_pod *pod);
/* `destination` is the pod whose port it is: it says which port has a name. */
enum network_truth network_port_matches(const struct network_policy_port *allowed,
                                        const struct network_pod *destination,
                                        const struct network_port *port);
/* Whether an address block can be that of pods: no when it leaves the private networks out. */
enum network_truth network_block_has_pods(struct str cidr, const struct yaml_node *except);

/* Whether this policy alone allows it to a pod that it selects; *ret_rule is the rule, or NULL. */
enum network_truth
network_policy_allows(const struct network_policy *policy, const struct network_pod *subject,
                      const struct network_pod *peer, enum network_direction direction,
                      const struct network_port *port, const struct network_rule **ret_rule);

/* What one side of a connection says. */
struct network_side {
    enum network_truth truth;
    enum network_truth isolated;
    const struct network_policy *policy; /* that allows or isolates; NULL: none concerns the pod */
    const struct network_rule *rule;     /* that allows, else NULL */
    const struct network_peer *peer;     /* of the rule; NULL: it allows any */
};
/* Whether the subject's policies let it connect to, or be reached from, the peer. */
struct network_side network_side_of(const struct network_pod *subject,
                                    const struct network_pod *peer,
                                    enum network_direction direction,
                                    const struct network_port *port);

struct network_verdict {
    enum network_truth truth;
    struct network_side sides[NETWORK_DIRECTIONS]; /* the destination's ingress, the source's
                                                    * egress */
};
/* Whether `from` can connect to a port of `to`, as the documentation of Kubernetes defines it:
 * policies add up, a pod that no policy isolates in a direction is open in it, and both sides must
 * allow. Of a pod with itself: between two of its replicas. Pods of different clusters do not reach
 * each other. */
struct network_verdict network_connect(const struct network_pod *from, const struct network_pod *to,
                                       const struct network_port *port);

/* The ports on which a pod may be asked: those it declares, else one that is not known. */
struct network_ports {
    const struct network_port *items;
    size_t count;
};
struct network_ports network_ports(const struct network_pod *pod);
/* The best verdict on any of these ports. */
struct network_verdict network_connect_any(const struct network_pod *from,
                                           const struct network_pod *to);

/* --- what is meant to be kept apart --- */

/* True for a policy that isolates all pods of its namespace. */
bool network_policy_is_for_all(const struct network_policy *policy,
                               enum network_direction direction);
/* True when some namespace of the cluster, one of an environment, is isolated as a whole: the
 * repository means to keep namespaces apart. */
bool network_means_isolation(const struct network *network, struct str cluster);

/* A way between pods that are meant to be apart, and what lets it be: a peer or rule of a policy of
 * the destination's (in the verdict's ingress), or that no policy isolates it. */
struct network_leak {
    const struct network_pod *from, *to; /* one of the pairs */
    struct network_verdict verdict;
};
struct network_leak_list {
    struct network_leak *items;
    size_t count, capacity;
};
/* One leak for every cause. Ports that a policy opens to everybody are meant to be public and are
 * none. `are_apart` tells which pods may not reach each other. */
struct network_leak_list network_leaks(struct arena *arena, const struct network *network,
                                       bool (*are_apart)(const void *context,
                                                         const struct network_pod *from,
                                                         const struct network_pod *to),
                                       const void *context);

#endif
