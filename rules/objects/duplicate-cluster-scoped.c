#include "engine/engine.h"

static void check(struct pass *pass)
{
    const struct made_list *all = &pass_makers(pass)->all;
    for (size_t i = 0; i < all->count; i++) {
        const struct identifier *identifier = &all->items[i]->identifier;
        if (kind_is_cluster_scoped(identifier->group, identifier->kind))
            pass_report_again(pass, all->items[i], "message");
    }
}

const struct rule_code rule_objects_duplicate_cluster_scoped = {.repository = check,
                                                                .uses_objects = true};
