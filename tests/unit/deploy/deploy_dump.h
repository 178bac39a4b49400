#ifndef BULKHEAD_TESTS_DEPLOY_DUMP_H
#define BULKHEAD_TESTS_DEPLOY_DUMP_H

#include "repo/model_dump.h"

/* The deployments of the files, one line each: environment/application, release name when it is
 * another, namespace, chart in brackets, layers; then a line for each message. An unknown layer has
 * a question mark. The first file is .bulkhead.yaml without `version`. */
static inline struct str dump_deployments(struct arena *arena, const char *const *pairs)
{
    struct tree *tree = open_files(arena, pairs);
    struct config *config = arena_make(arena, struct config);
    struct diagnostics sink = {.arena = arena};
    struct text out = {.arena = arena};
    if (!config_load(arena, tree, STR(".bulkhead.yaml"), &sink, config))
        return STR("configuration");
    struct deployments found = deployments_find(arena, tree, config, &sink);
    for (size_t i = 0; i < found.count; i++) {
        const struct deployment *deployment = &found.items[i];
        text_format(&out, "%.*s/%.*s", STR_ARG(deployment->environment),
                    STR_ARG(deployment->application));
        if (!str_equal(deployment->application, deployment->release_name))
            text_format(&out, " as %.*s", STR_ARG(deployment->release_name));
        if (deployment->namespace.n)
            text_format(&out, " in %.*s", STR_ARG(deployment->namespace));
        if (deployment->chart_directory.p)
            text_format(&out, " [%.*s]", STR_ARG(deployment->chart_directory));
        for (size_t k = 0; k < deployment->layers.count; k++) {
            const struct deployed_layer *layer = &deployment->layers.items[k];
            bool unknown = layer->layer && layer->layer->kind == LAYER_UNKNOWN;
            text_format(&out, " %.*s%s", STR_ARG(layer->path), unknown ? "?" : "");
        }
        text_add_char(&out, '\n');
    }
    for (size_t i = 0; i < sink.count; i++)
        text_format(&out, "%s: %.*s\n", sink.items[i].kind, STR_ARG(sink.items[i].message));
    return text_str(&out);
}

#endif
