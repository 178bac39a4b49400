#ifndef BULKHEAD_CONFIG_POOLS_H
#define BULKHEAD_CONFIG_POOLS_H

#include "config.h"
#include "read.h"

/* Reads the section `pools` into a struct config. Private to config/. */
void config_read_pools(struct config_reader *reader, const struct yaml_node *node, void *target);

#endif
