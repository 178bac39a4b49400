#include "engine/engine.h"

static void report_item(struct pass *pass, const struct shutdown_item *item)
{
    const struct release *release = item->object->release;
    const struct shutdown_flags *flags = pass_shutdown_flags(pass);
    struct str other = pass_flag_read(pass, release, &flags->known);
    bool is_other = other.p && !pass_flag_read(pass, release, &flags->paths).p;
    struct report *report = pass_report_shutdown(pass, item, is_other ? "other" : "message");
    report_argument(report, "read", other);
    report_argument(report, "flags", str_list_join(pass_arena(pass), &flags->paths, STR(" and ")));
}

static void check(struct pass *pass, const struct release *release)
{
    bool is_asked = !release->environment->cluster_scope && pass_can_switch(pass);
    const struct shutdown *shutdown = is_asked ? pass_shutdown(pass, release) : NULL;
    for (size_t i = 0; shutdown && i < shutdown->count; i++) {
        const struct shutdown_item *item = &shutdown->items[i];
        if (item->fate == SHUTDOWN_RUNS && !item->held_by.n)
            report_item(pass, item);
    }
}

const struct rule_code rule_shutdown_still_running = {
    .release = check, .uses_objects = true, .uses_reads = true};
