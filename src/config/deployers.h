#ifndef BULKHEAD_CONFIG_DEPLOYERS_H
#define BULKHEAD_CONFIG_DEPLOYERS_H

#include "config.h"
#include "read.h"

/* What `applications` says about Argo CD and about other files that name what is deployed. Private
 * to config/. */

/* Target: a struct config_argocd. */
void config_read_argocd(struct config_reader *reader, const struct yaml_node *node, void *target);
/* An item of `from`. Target: the struct config. */
void config_read_from(struct config_reader *reader, const struct yaml_node *node, void *target);

/* In config.c: an item of `applications.list`. */
void config_read_application(struct config_reader *reader, const struct yaml_node *node,
                             struct config_application *application);

#endif
