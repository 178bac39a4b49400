#ifndef BULKHEAD_KUBE_ADDRESS_H
#define BULKHEAD_KUBE_ADDRESS_H

#include "base/base.h"

/* A name of the cluster's DNS within a text: web.shop-dev.svc, web.shop-dev.svc.cluster.local, also
 * with a pod's name before it. */
struct cluster_address {
    struct str service, namespace;
    size_t start, end; /* of the namespace in the text */
};

/* Finds the next one at or behind *position and moves it on; false when there is none. Names that
 * are only in part written there ($NAMESPACE.svc) are passed over. */
bool cluster_address_next(struct str text, size_t *position, struct cluster_address *ret_address);

/* The namespaces that a call of kubectl or helm in a text is told with -n or --namespace. */
bool command_namespace_next(struct str text, size_t *position, struct str *ret_namespace);

/* True for lower case letters, digits and dashes that begin and end with no dash: what a namespace
 * or Service may be called (RFC 1123). */
bool is_dns_label(struct str text);

#endif
