#include "missing.h"

#include <stdio.h>

#include "change.h"
#include "fields.h"

static const char *const pod_templates[] = {"spec.template", "spec.jobTemplate.spec.template"};

/* Below a pod template. */
static const char *const asked[] = {
    "metadata.labels",
    "metadata.annotations",
    "spec.tolerations",
    "spec.nodeSelector",
    "spec.affinity",
    "spec.topologySpreadConstraints",
    "spec.priorityClassName",
    "spec.securityContext",
    "spec.imagePullSecrets",
    "spec.hostNetwork",
    "spec.serviceAccountName",
    "spec.runtimeClassName",
    "spec.schedulerName",
    "spec.dnsPolicy",
    "spec.initContainers",
    "spec.volumes",
    "spec.terminationGracePeriodSeconds",
    "spec.containers[0].resources",
    "spec.containers[0].securityContext",
    "spec.containers[0].livenessProbe",
    "spec.containers[0].readinessProbe",
    "spec.containers[0].startupProbe",
    "spec.containers[0].lifecycle",
    "spec.containers[0].command",
    "spec.containers[0].args",
    "spec.containers[0].env",
    "spec.containers[0].envFrom",
    "spec.containers[0].volumeMounts",
};

struct question {
    struct renderer *renderer;
    const struct rendered_release *traced;
    const struct object *object;
    struct str at; /* in the object */
    struct cause cause;
};

/* True when the field is there after the value was written; also when nothing is rendered any more,
 * of which somebody has read it. */
static bool appears(struct arena *arena, const struct question *question, size_t number,
                    bool *ret_failed)
{
    const struct release *release = question->traced->release;
    struct value_map *values =
        values_with(arena, release, question->cause.places.items[0].path, number);
    struct rendering after;
    if (!render_values(question->renderer, arena, release, values, &after)) {
        *ret_failed = true;
        return false;
    }
    const struct rendering *before = &question->traced->rendering;
    const struct manifest *manifest = manifest_counterpart(
        &before->manifests, question->object->manifest_number, &after.manifests);
    return manifest && object_at(manifest->root, question->cause.missing);
}

static bool can_appear(const struct question *question, struct truth *truth)
{
    struct arena arena = {0};
    bool found = false, has_failed = false;
    for (size_t i = 0; i < VALUES_WITH_COUNT && !found; i++) {
        found = appears(&arena, question, i, &has_failed);
        truth->renderings++;
        arena_reset(&arena);
    }
    arena_release(&arena);
    return found || has_failed;
}

static void ask(struct arena *arena, struct question *question, const struct truth_options *options,
                struct truth *truth)
{
    question->cause = release_cause(arena, question->traced, question->object, question->at);
    if (!question->cause.is_missing)
        return;
    truth->missing++;
    truth->missing_from_template += question->cause.kind == CAUSE_TEMPLATE;
    truth->missing_unknown += question->cause.kind == CAUSE_UNKNOWN;
    if (question->cause.kind != CAUSE_VALUES)
        return;
    truth->missing_claimed++;
    bool is_held = can_appear(question, truth);
    truth->missing_held += is_held;
    if (!is_held && options->is_told)
        fprintf(stderr, "%.*s %.*s/%.*s %.*s: is not made by %.*s\n",
                STR_ARG(question->traced->release->name), STR_ARG(question->object->kind),
                STR_ARG(question->object->name), STR_ARG(question->at),
                STR_ARG(question->cause.places.items[0].path));
}

static void ask_template(struct question *question, const char *at,
                         const struct truth_options *options, struct truth *truth)
{
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        question->at = str_format(&arena, "%s.%s", at, asked[i]);
        ask(&arena, question, options, truth);
    }
    arena_release(&arena);
}

void missing_measure(struct renderer *renderer, const struct rendered_release *traced,
                     const struct truth_options *options, struct truth *truth)
{
    for (size_t i = 0; i < traced->objects.count; i++) {
        const struct object *object = &traced->objects.items[i];
        struct question question = {renderer, traced, object, {0}, {0}};
        for (size_t k = 0; k < sizeof pod_templates / sizeof *pod_templates; k++) {
            struct str spec = str_from_c(k ? "spec.jobTemplate.spec.template.spec.containers"
                                           : "spec.template.spec.containers");
            if (object_at(object->root, spec))
                ask_template(&question, pod_templates[k], options, truth);
        }
    }
}
