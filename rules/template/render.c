#include "engine/engine.h"

static void check(struct pass *pass, const struct release *release)
{
    const struct release_failure *failure = pass_failure(pass, release);
    /* values/schema tells what a schema refuses. */
    if (failure && !failure->violations.count &&
        (failure->reason == RENDER_FAILS || failure->reason == RENDER_REFUSED ||
         failure->reason == RENDER_VALUES))
        pass_report_failure(pass, failure, "message");
}

const struct rule_code rule_template_render = {.release = check, .uses_objects = true};
