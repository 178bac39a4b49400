#include "reference.h"

#define GATEWAY_API "gateway.networking.k8s.io"
#define ENVOY_GATEWAY "gateway.envoyproxy.io"
#define CNPG "postgresql.cnpg.io"
#define STRIMZI "kafka.strimzi.io"
#define TEMPORAL "temporal.io"
#define ADMISSION "admissionregistration.k8s.io"

/* Which fields say it. */
static const struct reference_fields by_name = {.name = "name"};
static const struct reference_fields in_namespace = {.name = "name", .namespace = "namespace"};
static const struct reference_fields optional = {
    .name = "name", .optional = "optional", .waits = true};
static const struct reference_fields with_key = {
    .name = "name", .key = "key", .optional = "optional", .waits = true};
static const struct reference_fields with_items = {
    .name = "name", .key = "items.*.key", .optional = "optional", .waits = true};
static const struct reference_fields of_kind = {.name = "name", .kind = "kind"};
static const struct reference_fields of_group = {.name = "name", .kind = "kind", .group = "group"};
static const struct reference_fields of_version = {
    .name = "name", .kind = "kind", .group = "apiVersion"};
static const struct reference_fields parent = {
    .name = "name", .namespace = "namespace", .kind = "kind", .group = "group"};
static const struct reference_fields backend = {
    .name = "name", .namespace = "namespace", .kind = "kind", .group = "group", .port = "port"};
static const struct reference_fields of_ingress = {
    .name = "name", .port = "port.number", .port_name = "port.name"};
static const struct reference_fields called = {
    .name = "name", .namespace = "namespace", .port = "port"};
static const struct reference_fields routed = {.name = "host", .port = "port.number"};
static const struct reference_fields proxied = {.name = "name", .port = "port"};
static const struct reference_fields claim = {.name = "claimName", .waits = true};
static const struct reference_fields account = {.name = "serviceAccountName", .waits = true};
static const struct reference_fields priority = {.name = "priorityClassName"};
static const struct reference_fields runtime = {.name = "runtimeClassName"};
static const struct reference_fields ingress_class = {.name = "ingressClassName"};
static const struct reference_fields gateway_class = {.name = "gatewayClassName"};
static const struct reference_fields keycloak = {.name = "keycloakCRName", .waits = true};
static const struct reference_fields stable = {.name = "stableService"};
static const struct reference_fields canary = {.name = "canaryService"};
static const struct reference_fields active = {.name = "activeService"};
static const struct reference_fields preview = {.name = "previewService"};
static const struct reference_fields temporal_variable = {
    .name = "value", .when = "name", .is = "TEMPORAL_NAMESPACE"};
static const struct reference_fields temporal_entry = {.name = "TEMPORAL_NAMESPACE"};
static const struct reference_fields envoy_label = {
    .name = "gateway\\.envoyproxy\\.io/owning-gateway-name",
    .namespace = "gateway\\.envoyproxy\\.io/owning-gateway-namespace"};
static const struct reference_fields cnpg_label = {.name = "cnpg\\.io/cluster"};
static const struct reference_fields in_temporal = {
    .name = "name", .namespace = "namespace", .waits = true};
static const struct reference_fields in_kafka = {.name = "strimzi\\.io/cluster", .waits = true};
static const struct reference_fields strimzi_label = {.name = "strimzi\\.io/cluster"};
static const struct reference_fields altinity_label = {.name = "clickhouse\\.altinity\\.com/chi"};

/* Of whom, from where, by which fields, and what. */
const struct reference_kind reference_kinds[] = {
    /* Of pods: */
    {NULL, NULL, "volumes.*.configMap", &with_items, "", "ConfigMap"},
    {NULL, NULL, "volumes.*.projected.sources.*.configMap", &with_items, "", "ConfigMap"},
    {NULL, NULL, "containers.*.env.*.valueFrom.configMapKeyRef", &with_key, "", "ConfigMap"},
    {NULL, NULL, "containers.*.envFrom.*.configMapRef", &optional, "", "ConfigMap"},
    {NULL, NULL, "containers.*.env.*", &temporal_variable, TEMPORAL, "TemporalNamespace"},
    {NULL, NULL, "initContainers.*.env.*.valueFrom.configMapKeyRef", &with_key, "", "ConfigMap"},
    {NULL, NULL, "initContainers.*.envFrom.*.configMapRef", &optional, "", "ConfigMap"},
    {NULL, NULL, "initContainers.*.env.*", &temporal_variable, TEMPORAL, "TemporalNamespace"},
    {NULL, NULL, "volumes.*.persistentVolumeClaim", &claim, "", "PersistentVolumeClaim"},
    {NULL, NULL, "", &account, "", "ServiceAccount"},
    {NULL, NULL, "", &priority, "scheduling.k8s.io", "PriorityClass"},
    {NULL, NULL, "", &runtime, "node.k8s.io", "RuntimeClass"},
    /* Of other objects: */
    {"", "ConfigMap", "data", &temporal_entry, TEMPORAL, "TemporalNamespace"},
    {"rbac.authorization.k8s.io", "RoleBinding", "roleRef", &of_kind, "rbac.authorization.k8s.io",
     "Role"},
    {"autoscaling", "HorizontalPodAutoscaler", "spec.scaleTargetRef", &of_version, "apps",
     "Deployment"},
    {"autoscaling.k8s.io", "VerticalPodAutoscaler", "spec.targetRef", &of_version, "apps",
     "Deployment"},
    {"keda.sh", "ScaledObject", "spec.scaleTargetRef", &of_version, "apps", "Deployment"},
    {"cert-manager.io", "Certificate", "spec.issuerRef", &of_group, "cert-manager.io", "Issuer"},
    {"networking.k8s.io", "Ingress", "spec", &ingress_class, "networking.k8s.io", "IngressClass"},
    {"networking.k8s.io", "Ingress", "spec.defaultBackend.service", &of_ingress, "", "Service"},
    {"networking.k8s.io", "Ingress", "spec.rules.*.http.paths.*.backend.service", &of_ingress, "",
     "Service"},
    {GATEWAY_API, "Gateway", "spec", &gateway_class, GATEWAY_API, "GatewayClass"},
    {GATEWAY_API, "Gateway", "spec.infrastructure.parametersRef", &of_group, ENVOY_GATEWAY,
     "EnvoyProxy"},
    {GATEWAY_API, "HTTPRoute", "spec.parentRefs.*", &parent, GATEWAY_API, "Gateway"},
    {GATEWAY_API, "HTTPRoute", "spec.rules.*.backendRefs.*", &backend, "", "Service"},
    {GATEWAY_API, "GRPCRoute", "spec.parentRefs.*", &parent, GATEWAY_API, "Gateway"},
    {GATEWAY_API, "GRPCRoute", "spec.rules.*.backendRefs.*", &backend, "", "Service"},
    {GATEWAY_API, "TLSRoute", "spec.parentRefs.*", &parent, GATEWAY_API, "Gateway"},
    {GATEWAY_API, "TLSRoute", "spec.rules.*.backendRefs.*", &backend, "", "Service"},
    {GATEWAY_API, "TCPRoute", "spec.parentRefs.*", &parent, GATEWAY_API, "Gateway"},
    {GATEWAY_API, "TCPRoute", "spec.rules.*.backendRefs.*", &backend, "", "Service"},
    {GATEWAY_API, "UDPRoute", "spec.parentRefs.*", &parent, GATEWAY_API, "Gateway"},
    {GATEWAY_API, "UDPRoute", "spec.rules.*.backendRefs.*", &backend, "", "Service"},
    {ENVOY_GATEWAY, "BackendTrafficPolicy", "spec.targetRef", &of_group, GATEWAY_API, "Gateway"},
    {ENVOY_GATEWAY, "BackendTrafficPolicy", "spec.targetRefs.*", &of_group, GATEWAY_API, "Gateway"},
    {ENVOY_GATEWAY, "ClientTrafficPolicy", "spec.targetRef", &of_group, GATEWAY_API, "Gateway"},
    {ENVOY_GATEWAY, "ClientTrafficPolicy", "spec.targetRefs.*", &of_group, GATEWAY_API, "Gateway"},
    {ENVOY_GATEWAY, "SecurityPolicy", "spec.targetRef", &of_group, GATEWAY_API, "Gateway"},
    {ENVOY_GATEWAY, "SecurityPolicy", "spec.targetRefs.*", &of_group, GATEWAY_API, "Gateway"},
    {ENVOY_GATEWAY, "EnvoyPatchPolicy", "spec.targetRef", &of_group, GATEWAY_API, "Gateway"},
    {ENVOY_GATEWAY, "EnvoyPatchPolicy", "spec.targetRefs.*", &of_group, GATEWAY_API, "Gateway"},
    {ENVOY_GATEWAY, "EnvoyExtensionPolicy", "spec.targetRef", &of_group, GATEWAY_API, "Gateway"},
    {ENVOY_GATEWAY, "EnvoyExtensionPolicy", "spec.targetRefs.*", &of_group, GATEWAY_API, "Gateway"},
    {"networking.istio.io", "VirtualService", "spec.http.*.route.*.destination", &routed, "",
     "Service"},
    {"networking.istio.io", "VirtualService", "spec.tcp.*.route.*.destination", &routed, "",
     "Service"},
    {"traefik.io", "IngressRoute", "spec.routes.*.services.*", &backend, "", "Service"},
    {"traefik.io", "IngressRoute", "spec.routes.*.middlewares.*", &in_namespace, "traefik.io",
     "Middleware"},
    {"projectcontour.io", "HTTPProxy", "spec.routes.*.services.*", &proxied, "", "Service"},
    {ADMISSION, "ValidatingWebhookConfiguration", "webhooks.*.clientConfig.service", &called, "",
     "Service"},
    {ADMISSION, "MutatingWebhookConfiguration", "webhooks.*.clientConfig.service", &called, "",
     "Service"},
    {"apiregistration.k8s.io", "APIService", "spec.service", &called, "", "Service"},
    {"argoproj.io", "Rollout", "spec.strategy.canary", &stable, "", "Service"},
    {"argoproj.io", "Rollout", "spec.strategy.canary", &canary, "", "Service"},
    {"argoproj.io", "Rollout", "spec.strategy.blueGreen", &active, "", "Service"},
    {"argoproj.io", "Rollout", "spec.strategy.blueGreen", &preview, "", "Service"},
    {"", "Service", "spec.selector", &envoy_label, GATEWAY_API, "Gateway"},
    {"", "Service", "spec.selector", &cnpg_label, CNPG, "Cluster"},
    {"", "Service", "spec.selector", &strimzi_label, STRIMZI, "Kafka"},
    {"", "Service", "spec.selector", &altinity_label, "clickhouse.altinity.com",
     "ClickHouseInstallation"},
    {CNPG, "Pooler", "spec.cluster", &by_name, CNPG, "Cluster"},
    {CNPG, "ScheduledBackup", "spec.cluster", &by_name, CNPG, "Cluster"},
    {CNPG, "Backup", "spec.cluster", &by_name, CNPG, "Cluster"},
    {CNPG, "Database", "spec.cluster", &by_name, CNPG, "Cluster"},
    {CNPG, "Publication", "spec.cluster", &by_name, CNPG, "Cluster"},
    {CNPG, "Subscription", "spec.cluster", &by_name, CNPG, "Cluster"},
    {STRIMZI, "KafkaTopic", "metadata.labels", &in_kafka, STRIMZI, "Kafka"},
    {STRIMZI, "KafkaUser", "metadata.labels", &in_kafka, STRIMZI, "Kafka"},
    {STRIMZI, "KafkaNodePool", "metadata.labels", &strimzi_label, STRIMZI, "Kafka"},
    {STRIMZI, "KafkaConnector", "metadata.labels", &in_kafka, STRIMZI, "KafkaConnect"},
    {TEMPORAL, "TemporalNamespace", "spec.clusterRef", &in_temporal, TEMPORAL, "TemporalCluster"},
    {TEMPORAL, "TemporalClusterClient", "spec.clusterRef", &in_namespace, TEMPORAL,
     "TemporalCluster"},
    {"k8s.keycloak.org", "KeycloakRealmImport", "spec", &keycloak, "k8s.keycloak.org", "Keycloak"},
};
const size_t reference_kind_count = sizeof reference_kinds / sizeof *reference_kinds;
