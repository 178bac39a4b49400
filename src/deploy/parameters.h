#ifndef BULKHEAD_DEPLOY_PARAMETERS_H
#define BULKHEAD_DEPLOY_PARAMETERS_H

#include "deployer.h"

/* Private to deploy/: values that are given one by one, as with `helm --set`. */
struct set_parameter {
    struct str name, value;
    bool is_string; /* --set-string */
    struct span span;
};
struct set_parameter_list {
    struct set_parameter *items;
    size_t count, capacity;
};

/* A layer of all of them above the others; wrong ones are reported. A parameter that sets one item
 * of a list replaces the whole list of the layers below, which is said. */
void deployment_add_parameters(struct deployer *deployer, struct deployment *deployment,
                               const struct set_parameter_list *parameters);

#endif
