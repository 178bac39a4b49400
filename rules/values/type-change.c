#include "engine/engine.h"

enum shape { SHAPE_NOTHING, SHAPE_SCALAR, SHAPE_LIST, SHAPE_MAP };

/* What is blank or switched off (false) has no shape that another layer could contradict. */
static enum shape shape_of(const struct yaml_node *node)
{
    if (yaml_is_blank(node) || (node->kind == YAML_BOOL && !node->boolean))
        return SHAPE_NOTHING;
    if (node->kind == YAML_MAP)
        return SHAPE_MAP;
    return node->kind == YAML_LIST ? SHAPE_LIST : SHAPE_SCALAR;
}

static struct report *report_change(struct pass *pass, const struct yaml_node *node,
                                    const struct yaml_node *other, const char *message)
{
    struct report *report = pass_report(pass, node->span, message);
    report_argument(report, "kind", str_from_c(yaml_kind_name(node->kind)));
    report_argument(report, "other", str_from_c(yaml_kind_name(other->kind)));
    return report;
}

/* --- layers of one release --- */

/* Charts that pass a part of their values on as it is take a list as well as a string there; a map
 * in the place of either is what helm itself warns of. */
static bool is_change(const struct value_write *write, const struct value_write *below)
{
    enum shape here = shape_of(write->node);
    enum shape other = shape_of(below->node);
    bool map = here == SHAPE_MAP || other == SHAPE_MAP;
    return here != other && (map || below->layer->kind != LAYER_CHART);
}

static void check_layers(struct pass *pass, const struct merged *merged)
{
    const struct value_write *below = NULL;
    for (size_t i = 0; i < merged->write_count; i++) {
        const struct value_write *write = &merged->writes[i];
        if (shape_of(write->node) == SHAPE_NOTHING)
            continue;
        if (below && is_change(write, below)) {
            struct report *report = report_change(pass, write->node, below->node, "layers");
            report_values_path(report, merged_path(pass_arena(pass), merged));
            report_related(report, below->node->span, "a %s here%s",
                           yaml_kind_name(below->node->kind),
                           below->layer->kind == LAYER_CHART ? ", in the chart's defaults" : "");
        }
        below = write;
    }
}

/* --- environments of one application --- */

struct sighting {
    const struct release *release;
    const struct yaml_node *node;
};

struct comparison {
    struct pass *pass;
    const struct release *release;
    struct map sightings; /* values path → the first struct sighting */
};

static bool decides(struct pass *pass, const struct sighting *sighting, struct str path)
{
    return merged_at(pass_values(pass, sighting->release), path).node == sighting->node;
}

static bool compare(void *context, const struct layer_value *value)
{
    struct comparison *comparison = context;
    struct arena *arena = pass_arena(comparison->pass);
    struct str path = layer_value_path(arena, value);
    const struct sighting *first = map_get(&comparison->sightings, path);
    struct sighting here = {comparison->release, value->node};
    if (shape_of(here.node) == SHAPE_NOTHING)
        return false;
    if (!first) {
        struct sighting *kept = arena_make(arena, struct sighting);
        *kept = here;
        map_put(arena, &comparison->sightings, path, kept);
    } else if (shape_of(first->node) != shape_of(here.node) &&
               decides(comparison->pass, first, path) && decides(comparison->pass, &here, path)) {
        struct report *report =
            report_change(comparison->pass, here.node, first->node, "environments");
        report_values_path(report, path);
        report_only_for(report, here.release);
        report_argument(report, "first", first->release->environment->name);
        report_related(report, first->node->span, "a %s here", yaml_kind_name(first->node->kind));
    }
    return here.node->kind == YAML_MAP;
}

static void check_environments(struct pass *pass, const struct application *application)
{
    struct comparison comparison = {.pass = pass};
    for (size_t i = 0; application->release_count > 1 && i < application->release_count; i++) {
        comparison.release = application->releases[i];
        for (size_t k = 0; k < comparison.release->layer_count; k++) {
            const struct layer *layer = comparison.release->layers[k].layer;
            if (layer && layer->kind == LAYER_FILE && pass_layer_use(pass, layer)->environment)
                layer_walk(layer, compare, &comparison);
        }
    }
}

const struct rule_code rule_values_type_change = {
    .values = check_layers,
    .application = check_environments,
};
