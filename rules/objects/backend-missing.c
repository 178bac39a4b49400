#include "engine/engine.h"

/* True when a ReferenceGrant of the other namespace lets objects of this kind in. */
static bool grants(const struct object *grant, const struct reference *reference)
{
    const struct yaml_node *from = yaml_at(grant->root, STR("spec.from"));
    const struct yaml_node *to = yaml_at(grant->root, STR("spec.to"));
    bool lets_in = false;
    bool gives = false;
    for (size_t i = 0; i < yaml_item_count(from); i++) {
        const struct yaml_node *item = from->list.items[i];
        lets_in =
            lets_in ||
            (str_equal(yaml_text(yaml_value(item, "kind")), reference->object->kind) &&
             str_equal(yaml_text(yaml_value(item, "namespace")), reference->object->namespace));
    }
    for (size_t i = 0; i < yaml_item_count(to); i++) {
        const struct yaml_node *item = to->list.items[i];
        struct str name = yaml_text(yaml_value(item, "name"));
        gives = gives || (str_is(yaml_text(yaml_value(item, "kind")), "Service") &&
                          (!name.n || str_equal(name, reference->to.name)));
    }
    return lets_in && gives;
}

static bool needs_grant(const struct reference *reference)
{
    return str_is(reference->object->group, "gateway.networking.k8s.io") &&
           !str_equal(reference->object->namespace, reference->to.namespace);
}

static bool is_granted(const struct makers *makers, const struct reference *reference)
{
    const struct made_list *all =
        makers_of_kind(makers, reference->object->release, STR("gateway.networking.k8s.io"),
                       STR("ReferenceGrant"));
    for (size_t i = 0; all && i < all->count; i++) {
        if (str_equal(all->items[i]->identifier.namespace, reference->to.namespace) &&
            grants(all->items[i]->makers.items[0].object, reference))
            return true;
    }
    return false;
}

static void check(struct pass *pass)
{
    const struct makers *makers = pass_makers(pass);
    const struct reference_list *references = pass_references(pass);
    for (size_t i = 0; i < references->count; i++) {
        const struct reference *reference = &references->items[i];
        struct str hint;
        if (!str_is(reference->to.kind, "Service"))
            continue;
        if (reference_is_broken(pass_arena(pass), makers, reference, &hint))
            pass_report_reference(pass, reference, hint, "message");
        else if (needs_grant(reference) && !is_granted(makers, reference) &&
                 makers_are_known(makers, reference->object->release, reference->to.namespace))
            pass_report_reference(pass, reference, STR(""), "grant");
    }
}

const struct rule_code rule_objects_backend_missing = {.repository = check, .uses_objects = true};
