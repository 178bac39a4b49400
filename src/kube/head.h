#ifndef BULKHEAD_KUBE_HEAD_H
#define BULKHEAD_KUBE_HEAD_H

#include "yaml/yaml.h"

/* Private to kube/: the part of a document that Helm decodes into its struct SimpleHead
 * (pkg/release/v1/util/manifest.go). */

/* What encoding/json says when the document does not fit: "json: cannot unmarshal number into …";
 * p == NULL when it does. helm: the version, 3 or 4, whose words are used. */
struct str head_mismatch(struct arena *arena, const struct yaml_node *root, unsigned helm);

#endif
