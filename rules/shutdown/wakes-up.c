#include "engine/engine.h"

static void check(struct pass *pass, const struct release *release)
{
    bool is_asked = !release->environment->cluster_scope && pass_can_switch(pass);
    const struct shutdown *shutdown = is_asked ? pass_shutdown(pass, release) : NULL;
    for (size_t i = 0; shutdown && i < shutdown->count; i++) {
        if (shutdown->items[i].fate == SHUTDOWN_WAKES)
            pass_report_shutdown(pass, &shutdown->items[i], "message");
    }
}

const struct rule_code rule_shutdown_wakes_up = {
    .release = check, .uses_objects = true, .uses_reads = true};
