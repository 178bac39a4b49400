#include "pass_private.h"

/* Who makes what, of all releases together. */

const struct makers *pass_makers(struct pass *pass)
{
    struct worker *worker = pass->worker;
    if (!worker->makers)
        worker->makers = makers_read(&worker->results, &worker->workspace->workload_kinds,
                                     worker->workspace->model, worker->kept->by_release,
                                     worker->kept->is_rendered);
    return worker->makers;
}

const struct reference_list *pass_references(struct pass *pass)
{
    struct worker *worker = pass->worker;
    if (!worker->references)
        worker->references = references_of(&worker->results, pass_makers(pass));
    return worker->references;
}

/* An application that goes to the same namespace in two environments has a cluster in each; two of
 * one name in one environment are the same application of different clusters. */
static bool may_be_apart(const struct release *a, const struct release *b)
{
    bool is_one = str_equal(a->application->name, b->application->name);
    return a == b ||
           (is_one && (a->environment == b->environment || str_equal(a->namespace, b->namespace)));
}

/* Where an object is named that is one too many: in a foreign namespace that is to blame. */
static struct str field_of(const struct object *object)
{
    bool is_foreign =
        object->namespace.n && !str_equal(object->namespace, object->release->namespace);
    return is_foreign ? STR("metadata.namespace") : STR("metadata.name");
}

/* The one that is right: whoever makes it in a foreign namespace is the other one. */
static const struct object *find_owner(const struct made *made)
{
    for (size_t i = 0; i < made->makers.count; i++) {
        const struct object *object = made->makers.items[i].object;
        if (str_equal(object->namespace, object->release->namespace))
            return object;
    }
    return made->makers.items[0].object;
}

void pass_report_again(struct pass *pass, const struct made *made, const char *message)
{
    const struct object *first = find_owner(made);
    for (size_t i = 0; i < made->makers.count; i++) {
        const struct object *again = made->makers.items[i].object;
        if (again == first || may_be_apart(again->release, first->release) ||
            !model_knows_environment(pass_model(pass), again->release))
            continue;
        struct report *report = pass_report_field(pass, again, field_of(again), message);
        report_argument(report, "object", object_title(report->arena, again));
        report_only_for(report, first->release);
        struct cause cause = pass_cause(pass, first, field_of(first));
        struct span span = cause_span(&cause);
        report_related(report, span.file ? span : first->release->application->span,
                       "made by %.*s too", STR_ARG(first->release->name));
    }
}

struct report *pass_report_reference(struct pass *pass, const struct reference *reference,
                                     struct str hint, const char *message)
{
    struct report *report =
        reference->part.text.n
            ? pass_report_text(pass, reference->object, reference->path, reference->part, message)
            : pass_report_field(pass, reference->object, reference->path, message);
    report_argument(report, "kind", str_copy(report->arena, reference->to.kind));
    report_argument(report, "name", str_copy(report->arena, reference->to.name));
    report_argument(report, "namespace", str_copy(report->arena, reference->to.namespace));
    report_argument(report, "hint", str_copy(report->arena, hint));
    return report;
}
