#include "kube/kube.h"
#include "random_network.h"
#include "unit.h"

UNIT_ARENA(arena)

static const struct render_options helm_4 = {.helm = 4, .limits = &limits_default};

static struct workload_kinds known_kinds(void)
{
    struct diagnostics problems = {.arena = &arena};
    struct workload_kinds kinds = workload_kinds_load(&arena, NULL, &problems);
    ck_assert_uint_eq(problems.count, 0);
    return kinds;
}

/* The network of one release that makes these objects. */
static const struct network *network_in(struct arena *own, const struct workload_kinds *kinds,
                                        struct str text)
{
    static const struct config config = {.label_tier = {"tier", 4}};
    static const struct config_environment environment = {.name = {"dev", 3}};
    static struct release release = {.environment = &environment, .namespace = {"v1", 2}};
    static const bool is_rendered[] = {true};
    static const struct model model = {.config = &config, .releases = &release, .release_count = 1};
    struct rendered_file file = {.name = STR("c/t.yaml"), .text = text};
    struct rendered_list files = {&file, 1, 1};
    struct rendering rendering = {0};
    struct str problem = {0};
    ck_assert_msg(manifests_sort(own, &files, &helm_4, &rendering.manifests, &problem),
                  "%.*s\n%.*s", STR_ARG(problem), STR_ARG(text));
    struct object_list objects = objects_of(own, &rendering, &release);
    struct object_list *list = arena_make(own, struct object_list);
    *list = objects_copy(own, &objects);
    return network_read(own, kinds, &model, list, is_rendered);
}

/* Pods stand in the order of their numbers. */
static const struct network_pod *pod_of(const struct network *network, int number)
{
    ck_assert_uint_lt((size_t)number, network->pods.count);
    return network->pods.items[number];
}

static void compare(const struct network *network, const struct drawn_network *drawn,
                    struct str text)
{
    for (int i = 0; i < PODS * PODS * PORTS * PROTOCOLS; i++) {
        int from = i % PODS;
        int to = i / PODS % PODS;
        int protocol = i / PODS / PODS % PROTOCOLS;
        int number = FIRST_PORT + i / PODS / PODS / PROTOCOLS;
        struct network_port port = {(enum network_protocol)protocol, (uint32_t)number, STR("")};
        struct network_verdict verdict =
            network_connect(pod_of(network, from), pod_of(network, to), &port);
        bool is_allowed = definition_allows(drawn, from, to, protocol, number);
        ck_assert_msg(verdict.truth == (is_allowed ? NETWORK_YES : NETWORK_NO),
                      "d%d to d%d at %d/%s is %d in\n%.*s", from, to, number,
                      network_protocol_name(port.protocol), verdict.truth, STR_ARG(text));
    }
}

/* A thousand networks for each. */
static const uint64_t seeds[] = {11, 22, 33, 44, 55, 66, 77, 88, 99, 110};

START_TEST(evaluation_agrees_with_the_definition)
{
    enum { ROUNDS = 1000 };
    uint64_t seed = seeds[_i];
    struct workload_kinds kinds = known_kinds();
    struct arena own = {0};
    for (int i = 0; i < ROUNDS; i++) {
        struct drawn_network drawn = draw_network(&seed);
        struct str text = write_network(&own, &drawn, i % 2);
        compare(network_in(&own, &kinds, text), &drawn, text);
        arena_reset(&own);
    }
    arena_release(&own);
}
END_TEST

/* What is not known stays unknown. */

#define SPACES "apiVersion: v1\nkind: Namespace\nmetadata: {name: v1}\n---\n"
#define POD(name, labels)                                                                          \
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " name ", namespace: v1}\nspec:\n"    \
    "  template:\n    metadata: {labels: " labels "}\n    spec: {containers: [{name: c}]}\n---\n"
#define POLICY(text)                                                                               \
    "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"                                      \
    "metadata: {name: p, namespace: v1}\nspec: " text "\n---\n"
#define CILIUM(text)                                                                               \
    "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\n"                                        \
    "metadata: {name: p, namespace: v1}\nspec: " text "\n---\n"
#define CALICO(text)                                                                               \
    "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\n"                                      \
    "metadata: {name: p, namespace: v1}\nspec: " text "\n---\n"
#define PODS_OF_V1 SPACES POD("d0", "{app: a}") POD("d1", "{app: b}")

/* d0 to d1 at 80/TCP. */
static const struct {
    const char *objects;
    enum network_truth truth;
} known[] = {
    {PODS_OF_V1, NETWORK_YES},
    {PODS_OF_V1 POLICY("{podSelector: {}}"), NETWORK_NO},
    {PODS_OF_V1 POLICY("{podSelector: {}, ingress: [{}]}"), NETWORK_YES},
    /* a block of addresses that pods may have, and one that leaves them out */
    {PODS_OF_V1 POLICY("{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}"),
     NETWORK_MAYBE},
    {PODS_OF_V1 POLICY("{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0, except: "
                       "[10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]}}]}]}"),
     NETWORK_NO},
    {PODS_OF_V1 POLICY("{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.4.0.0/16}}]}]}"),
     NETWORK_MAYBE},
    /* controllers add labels, and namespaces that nobody makes here may have any */
    {PODS_OF_V1 POLICY("{podSelector: {matchLabels: {pod-template-hash: x}}}"), NETWORK_MAYBE},
    {POD("d0", "{}") POD("d1", "{}")
         POLICY("{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {env: "
                "dev}}}]}]}"),
     NETWORK_MAYBE},
    {POD("d0", "{}") POD("d1", "{}")
         POLICY("{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: "
                "{kubernetes.io/metadata.name: v1}}}]}]}"),
     NETWORK_YES},
    /* policies of others */
    {PODS_OF_V1 "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\n"
                "metadata: {name: p}\nspec: {selector: all()}\n",
     NETWORK_MAYBE},
    {PODS_OF_V1 CALICO("{selector: all()}"), NETWORK_NO},
    {PODS_OF_V1 CALICO("{}"), NETWORK_NO},
    {PODS_OF_V1 CALICO("{selector: app == 'a'}"), NETWORK_YES},
    {PODS_OF_V1 CALICO("{egress: [{action: Allow}]}"), NETWORK_YES},
    {PODS_OF_V1 CALICO("{types: [Ingress], egress: [{action: Allow}]}"), NETWORK_NO},
    {PODS_OF_V1 CALICO("{ingress: [{action: Allow, source: {selector: \"app == 'a'\"}}]}"),
     NETWORK_YES},
    {PODS_OF_V1 CALICO("{ingress: [{action: Allow, source: {selector: app != \"a\"}}]}"),
     NETWORK_NO},
    {PODS_OF_V1 CALICO("{ingress: [{action: Allow, protocol: TCP, destination: {ports: ['79:81']"
                       "}}]}"),
     NETWORK_YES},
    {PODS_OF_V1 CALICO("{ingress: [{action: Allow, protocol: UDP}]}"), NETWORK_NO},
    {PODS_OF_V1 CALICO("{ingress: [{action: Allow, source: {namespaceSelector: "
                       "\"projectcalico.org/name == 'v1'\"}}]}"),
     NETWORK_YES},
    /* what it denies depends on the order, and what it selects by others is not known */
    {PODS_OF_V1 CALICO("{ingress: [{action: Deny}]}"), NETWORK_MAYBE},
    {PODS_OF_V1 CALICO("{selector: \"app == 'b' || app == 'c'\"}"), NETWORK_MAYBE},
    {PODS_OF_V1 CALICO("{tier: security}"), NETWORK_MAYBE},
    {PODS_OF_V1 CALICO("{ingress: [{action: Allow, source: {nets: [10.0.0.0/8]}}]}"),
     NETWORK_MAYBE},
    {PODS_OF_V1 CALICO("{ingress: [{action: Allow, destination: {ports: [80]}}]}"), NETWORK_MAYBE},
    {PODS_OF_V1 "apiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\n"
                "metadata: {name: p}\nspec: {}\n",
     NETWORK_MAYBE},
    {PODS_OF_V1 CILIUM("{endpointSelector: {matchLabels: {app: b}}, ingress: [{}]}"), NETWORK_NO},
    {PODS_OF_V1 CILIUM("{endpointSelector: {}, ingress: []}"), NETWORK_YES},
    {PODS_OF_V1 CILIUM("{endpointSelector: {}, ingress: [{fromEndpoints: [{matchLabels: {'k8s:app'"
                       ": a}}]}], egress: [{toEndpoints: [{}]}]}"),
     NETWORK_YES},
    {PODS_OF_V1 CILIUM("{endpointSelector: {}, ingress: [{fromEndpoints: [{matchLabels: "
                       "{'k8s:io.kubernetes.pod.namespace': v2}}]}]}"),
     NETWORK_NO},
    {PODS_OF_V1 CILIUM("{endpointSelector: {}, ingress: [{toPorts: [{ports: [{port: '80', "
                       "protocol: TCP}]}]}]}"),
     NETWORK_YES},
    {PODS_OF_V1 CILIUM("{endpointSelector: {}, ingress: [{toPorts: [{ports: [{port: '81', "
                       "protocol: TCP}]}]}]}"),
     NETWORK_NO},
    {PODS_OF_V1 CILIUM("{endpointSelector: {}, ingress: [{}], ingressDeny: [{}]}"), NETWORK_MAYBE},
};

START_TEST(what_is_not_known_stays_unknown)
{
    static const struct network_port port = {NETWORK_TCP, 80, {"", 0}};
    struct workload_kinds kinds = known_kinds();
    const struct network *network = network_in(&arena, &kinds, str_from_c(known[_i].objects));
    struct network_verdict verdict = network_connect(pod_of(network, 0), pod_of(network, 1), &port);
    ck_assert_msg(verdict.truth == known[_i].truth, "%d, expected %d of\n%s", verdict.truth,
                  known[_i].truth, known[_i].objects);
}
END_TEST

UNIT_TESTS("network", EACH(evaluation_agrees_with_the_definition, seeds),
           EACH(what_is_not_known_stays_unknown, known))
