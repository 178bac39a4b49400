#ifndef BULKHEAD_KUBE_NETWORK_POLICY_H
#define BULKHEAD_KUBE_NETWORK_POLICY_H

#include "network.h"

/* What the readers of policies share inside kube/. */

/* `port`, `endPort` and `protocol` of a rule. */
struct network_policy_port network_policy_port_read(const struct yaml_node *node, struct str path);
/* A CiliumNetworkPolicy; is_unknown when it has more than endpoints and ports (docs.cilium.io,
 * "Layer 3" and "Layer 4 examples"). */
void network_policy_read_cilium(struct arena *arena, struct network_policy *policy);
/* A NetworkPolicy of Calico; is_unknown when it does more than allow, or by more than selectors of
 * pods and namespaces and ports. */
void network_policy_read_calico(struct arena *arena, struct network_policy *policy);

#endif
