#include "engine/engine.h"

/* A Secret whose values are made anew when it comes back. */
static bool is_generated(struct pass *pass, const struct object *object)
{
    const struct chance_list *chances = pass_chances(pass, object->release);
    bool found = false;
    for (size_t i = 0; i < chances->count && !found; i++) {
        const struct object *other = chances->items[i].object;
        found = str_equal(other->kind, object->kind) && str_equal(other->name, object->name) &&
                str_equal(other->namespace, object->namespace);
    }
    return found;
}

static void check(struct pass *pass, const struct release *release)
{
    bool is_asked = !release->environment->cluster_scope && pass_can_switch(pass);
    const struct shutdown *shutdown = is_asked ? pass_shutdown(pass, release) : NULL;
    for (size_t i = 0; shutdown && i < shutdown->count; i++) {
        const struct shutdown_item *item = &shutdown->items[i];
        if (item->fate == SHUTDOWN_LOST)
            pass_report_shutdown(pass, item, "message");
        else if (item->fate == SHUTDOWN_PRUNED && str_is(item->object->kind, "Secret") &&
                 is_generated(pass, item->object))
            pass_report_shutdown(pass, item, "secret");
    }
}

const struct rule_code rule_shutdown_prunes_data = {
    .release = check, .uses_objects = true, .uses_reads = true};
