#ifndef BULKHEAD_EVAL_CAPABILITIES_H
#define BULKHEAD_EVAL_CAPABILITIES_H

#include "base/base.h"

/* What .Capabilities says of the cluster. Without flags it is what `helm template` says of none. */
struct capabilities {
    struct str kube_version; /* "v1.35.0" or as given, with "v" */
    struct str normalized;   /* three numbers: what .Capabilities.KubeVersion prints as */
    struct str major, minor;
    struct str_list api_versions;
    struct str helm_version, git_commit, git_tree_state, go_version, kube_client_version;
};

/* The defaults of Helm 4.1.4 or 3.17.2. Lives in the arena. */
struct capabilities *capabilities_default(struct arena *arena, unsigned helm);
/* --kube-version: false when it is no version ("v1.30", "1.30.2-eks-1"); then nothing is changed.
 * Semantics: chartutil.ParseKubeVersion. */
bool capabilities_set_kube_version(struct arena *arena, struct capabilities *capabilities,
                                   struct str version, unsigned helm);

#endif
