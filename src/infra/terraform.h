#ifndef BULKHEAD_INFRA_TERRAFORM_H
#define BULKHEAD_INFRA_TERRAFORM_H

#include "evaluate.h"
#include "pool.h"
#include "terraform_syntax.h"

/* The parts of terraform_read. */
struct terraform_folder {
    struct str path;
    VECTOR(const struct terraform_block *) blocks;
};

struct terraform_program {
    struct pool_collector *collector;
    struct map folders; /* path → struct terraform_folder */
    struct map used;    /* paths of folders that others use as modules */
};

/* A file of values. */
struct terraform_values {
    const struct terraform_file *file;
    bool is_automatic; /* read without being named; of the others one is named at deployment */
};

/* A folder with the arguments it is used with. */
struct terraform_instance {
    struct terraform_program *program;
    const struct terraform_folder *folder;
    struct evaluator evaluator;
    struct pool_source *source;
    struct pool_flag enabled;
    unsigned depth;
    VECTOR(struct terraform_values) values; /* of a root */
};

/* The attributes and blocks of a block as an object; a kind of blocks is a list. */
const struct outcome *terraform_outcome(struct evaluator *evaluator,
                                        const struct terraform_block *block,
                                        const struct evaluation_scope *scope);
/* What `each` is for a member. */
struct outcome *terraform_each(struct arena *arena, const struct outcome *over,
                               const struct outcome_member *member);
/* True for resources that make pools, or that tell of some. */
bool terraform_is_pool_resource(const struct terraform_block *block);
void terraform_read_resource(struct terraform_instance *instance,
                             const struct terraform_block *block, const struct outcome *object,
                             struct pool_flag enabled);
/* The well-known modules that make clusters; of others nothing is known. */
void terraform_read_registry_module(struct terraform_instance *instance,
                                    const struct terraform_block *block, struct str module,
                                    const struct outcome *object, struct pool_flag enabled);
/* Finds and reads the files of values (.tfvars) of a root. */
void terraform_find_values(struct terraform_instance *instance);
/* Binds the variable of the name, which is bound as `path`, to what these files say about it. */
void terraform_bind_values(struct terraform_instance *instance, struct str name, struct str path);
/* Lists of environments among variables and locals. */
void terraform_read_environments(struct terraform_instance *instance);

#endif
