#include "request.h"
#include "subject.h"

/* Looks through templates for names that mean what the subject does. */
struct gathering {
    const struct request *request;
    const struct subject *subject;
    enum mention_kind wanted;
    struct map seen; /* "file:start" → a mention */
    json_t *locations;
};

/* True when a release of the chart has the value, or something around or in it, at that path. */
static bool is_of_subject(const struct gathering *gathering, const struct owner *owner,
                          const struct mention *mention)
{
    const struct subject *subject = gathering->subject;
    if (mention->kind != MENTION_VALUES)
        return str_equal(mention->path, subject->name);
    struct str path = owner_path(gathering->request->arena, owner, mention->path);
    for (size_t i = 0; i < subject->values.count; i++) {
        const struct subject_value *value = &subject->values.items[i];
        if (owner_is_of(owner, value->release) && path_relation(path, value->path) != PATH_APART)
            return true;
    }
    return false;
}

static void gather(void *context, const struct owner *owner, const struct mention *mention)
{
    struct gathering *gathering = context;
    struct arena *arena = gathering->request->arena;
    if (mention->kind != gathering->wanted || !is_of_subject(gathering, owner, mention))
        return;
    struct str place = str_format(arena, "%u:%u", mention->span.file, mention->span.start);
    if (map_has(&gathering->seen, place))
        return;
    map_put(arena, &gathering->seen, place, (void *)mention);
    json_array_append_new(gathering->locations,
                          view_location(gathering->request->view, mention->span));
}

static void add_mentions(const struct request *request, const struct subject *subject,
                         enum mention_kind wanted, json_t *locations)
{
    struct gathering gathering = {request, subject, wanted, {0}, locations};
    owners_visit(request->view, &subject->owners, gather, &gathering);
}

static void add_writes(const struct request *request, const struct subject *subject,
                       bool only_first, json_t *locations)
{
    struct span_list places = subject_writes(request->arena, subject);
    for (size_t i = 0; i < places.count && (!only_first || i == 0); i++)
        json_array_append_new(locations, view_location(request->view, places.items[i]));
}

/* Of .Values in a template every place that writes it; of a key in a layer the chart's default, or
 * else the first layer that has it; of an included name its definition. */
json_t *answer_definition(const struct request *request)
{
    struct subject subject =
        subject_find(request->arena, request->view, request->file, request->offset);
    json_t *locations = json_array();
    if (subject.kind == SUBJECT_VALUE)
        add_writes(request, &subject, !subject.is_in_template, locations);
    else if (subject.kind == SUBJECT_DEFINITION)
        add_mentions(request, &subject, MENTION_DEFINE, locations);
    return locations;
}

/* The templates that name the value or include the definition, and the other places that write it.
 */
json_t *answer_references(const struct request *request)
{
    struct subject subject =
        subject_find(request->arena, request->view, request->file, request->offset);
    const json_t *context = json_object_get(request->params, "context");
    bool with_declaration = json_is_true(json_object_get(context, "includeDeclaration"));
    json_t *locations = json_array();
    if (subject.kind == SUBJECT_VALUE) {
        add_mentions(request, &subject, MENTION_VALUES, locations);
        add_writes(request, &subject, false, locations);
    } else if (subject.kind == SUBJECT_DEFINITION) {
        add_mentions(request, &subject, MENTION_INCLUDE, locations);
        if (with_declaration)
            add_mentions(request, &subject, MENTION_DEFINE, locations);
    }
    return locations;
}
