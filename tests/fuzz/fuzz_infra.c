/* An arbitrary text as Bicep, as Terraform and as the module of another file: reading ends, what is
 * said of pools lies in files, and numbers are in order. */
#include <stdlib.h>

#include "infra/infra.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        __builtin_trap();
}

static void check_span(struct tree *tree, struct span span)
{
    const struct file *file = tree_file(tree, span.file);
    require(span.start <= span.end);
    require(!span.file || (file && span.end <= file->bytes.n));
}

static void check_number(struct tree *tree, struct pool_number number)
{
    check_span(tree, number.span);
    require(number.known != POOL_KNOWN || (number.least >= 0 && number.least <= number.most));
}

static void check_text(struct tree *tree, struct pool_text text)
{
    check_span(tree, text.span);
    require(text.known == POOL_UNKNOWN || !text.alternatives.count);
    require(text.known != POOL_KNOWN || text.text.p);
}

static void check_pool(struct tree *tree, const struct node_pool *pool)
{
    require(pool->source && pool->span.file);
    check_span(tree, pool->span);
    check_span(tree, pool->head);
    check_text(tree, pool->name);
    check_text(tree, pool->machine);
    check_number(tree, node_pool_least(pool));
    check_number(tree, node_pool_most(pool));
    check_number(tree, pool->cpu);
    check_number(tree, pool->memory);
    for (size_t i = 0; i < pool->labels.count; i++) {
        check_span(tree, pool->labels.items[i].span);
        check_text(tree, pool->labels.items[i].value);
    }
    for (size_t i = 0; i < pool->taints.count; i++) {
        check_span(tree, pool->taints.items[i].span);
        require(pool->taints.items[i].key.n && pool->taints.items[i].effect.n);
    }
}

static void read_as(struct arena *arena, struct str path, struct str text)
{
    struct tree_memory_file files[] = {
        {path, text},
        {STR("root/main.bicep"),
         STR("module m '../aks.bicep' = { params: { size: 3, names: ['a', 'b'], env: 'dev' } }")},
        {STR("root/main.tf"), STR("module \"m\" {\n  source = \"../aks\"\n  size = 3\n  names = "
                                  "[\"a\"]\n  more = var.unknown\n}\n")},
        {STR("root/terraform.tfvars"), text},
    };
    struct tree *tree = tree_open_memory(arena, files, 4);
    struct config config = config_default();
    struct diagnostics sink = {.arena = arena};
    const struct node_pools *pools = node_pools_load(arena, tree, &config, &sink);
    for (size_t i = 0; i < pools->count; i++)
        check_pool(tree, &pools->items[i]);
    for (size_t i = 0; i < pools->files.count; i++) {
        struct infra_comment_list comments = infra_comments(arena, pools->files.items[i]);
        for (size_t k = 0; k < comments.count; k++) {
            check_span(tree, comments.items[k].span);
            check_span(tree, comments.items[k].covers);
        }
    }
    tree_close(tree);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct str text = {(const char *)data, size};
    read_as(&arena, STR("aks.bicep"), text);
    read_as(&arena, STR("aks/main.tf"), text);
    arena_release(&arena);
    return 0;
}
