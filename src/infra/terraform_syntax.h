#ifndef BULKHEAD_INFRA_TERRAFORM_SYNTAX_H
#define BULKHEAD_INFRA_TERRAFORM_SYNTAX_H

#include "expression.h"

/* Attributes and blocks of Terraform's language. */
struct terraform_attribute {
    struct str name;
    struct span span; /* of name and value */
    const struct expression *value;
};

struct terraform_body {
    struct terraform_attribute *attributes;
    size_t attribute_count, attribute_capacity;
    struct terraform_block **blocks;
    size_t block_count, block_capacity;
};

struct terraform_block {
    struct str type;        /* "resource" */
    struct str_list labels; /* "aws_eks_node_group", "main" */
    struct span span;       /* of type and labels */
    struct terraform_body body;
};

struct terraform_file {
    const struct file *file;
    struct terraform_body body;
    struct span problem; /* the first thing that was not understood; file 0: none */
};

/* Never NULL. Reads .tf and .tfvars. */
const struct terraform_file *terraform_parse(struct arena *arena, const struct file *file);
/* NULL when there is none. */
const struct expression *terraform_attribute(const struct terraform_body *body, const char *name);

#endif
