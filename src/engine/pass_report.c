#include "pass_private.h"

#include "writing.h"

/* Reports about rendered objects: where the cause of a field is shown, and the way there. */

void report_object(struct report *report, const struct object *object, struct str field)
{
    report->object = (struct finding_object){
        .kind = str_copy(report->arena, object->kind),
        .namespace = str_copy(report->arena, object->namespace),
        .name = str_copy(report->arena, object->name),
        .field = str_copy(report->arena, field),
    };
}

void report_steps(struct report *report, const struct cause *cause)
{
    for (size_t i = 0; i < cause->steps.count; i++) {
        const struct cause_step *step = &cause->steps.items[i];
        bool is_shown =
            step->span.file == report->span.file && step->span.start == report->span.start;
        if (!step->span.file || is_shown)
            continue;
        bool is_helper = !str_equal(step->definition, step->template);
        const char *what = i                   ? "included here"
                           : cause->is_missing ? "left out here"
                                               : "printed here";
        if (!is_helper)
            report_related(report, step->span, "%s", what);
        else if (i)
            report_related(report, step->span, "in \"%.*s\"", STR_ARG(step->definition));
        else
            report_related(report, step->span, "%s, in \"%.*s\"", what, STR_ARG(step->definition));
    }
}

/* True when the field would be there if somebody wrote the value: the chart's defaults do not
 * count. */
static bool is_unwritten(const struct cause *cause)
{
    if (!cause->is_missing || cause->kind != CAUSE_VALUES)
        return false;
    const struct merged_value *value = &cause->places.items[0].value;
    return !value->node || (value->layer && value->layer->kind == LAYER_CHART);
}

/* Where the finding stands, and what is to be written where. */
struct blame {
    struct span span;
    bool has_no_place;
    struct str remedy;
};

/* True when the value's key is one of the field's keys, or ends like it: `podTolerations` is about
 * `spec.tolerations`. The value of another condition would not be what is missing. */
static bool is_about(struct arena *arena, struct str values_path, struct str field)
{
    struct values_step_list wanted = values_path_parse(arena, field);
    struct values_step_list steps = values_path_parse(arena, values_path);
    struct str last = steps.count ? str_lower(arena, steps.items[steps.count - 1].key) : STR("");
    for (size_t i = 0; i < wanted.count; i++) {
        struct str key = str_lower(arena, wanted.items[i].key);
        if (key.n && str_ends_with(last, key))
            return true;
    }
    return false;
}

static struct blame blame_of(const struct pass *pass, const struct object *object,
                             const struct cause *cause, struct str field)
{
    struct arena *arena = &pass->worker->scratch;
    const struct application *application = object->release->application;
    struct blame blame = {.span = cause_span(cause), .remedy = STR("")};
    if (is_unwritten(cause) && is_about(arena, cause->places.items[0].path, field)) {
        struct str path = cause->places.items[0].path;
        struct writing_place place = writing_place_find(object->release, path);
        const char *in = place.file.n ? " in " : "";
        if (place.file.n)
            blame.span = place.span;
        blame.remedy =
            str_format(arena, "; set %.*s%s%.*s", STR_ARG(path), in, STR_ARG(place.file));
    }
    blame.has_no_place = !blame.span.file || (blame.span.file == application->span.file &&
                                              blame.span.start == application->span.start);
    if (blame.has_no_place)
        blame.span = application->span;
    return blame;
}

static struct report *begin(struct pass *pass, const struct object *object, struct str field,
                            const char *message, struct cause cause)
{
    struct blame blame = blame_of(pass, object, &cause, field);
    struct report *report = pass_report(pass, blame.span, message);
    report->has_no_place = blame.has_no_place;
    report_only_for(report, object->release);
    report_argument(report, "remedy", blame.remedy);
    report_object(report, object, field);
    if (cause.kind == CAUSE_VALUES)
        report_values_path(report, cause.places.items[0].path);
    report_steps(report, &cause);
    return report;
}

struct report *pass_report_field(struct pass *pass, const struct object *object, struct str field,
                                 const char *message)
{
    return begin(pass, object, field, message, pass_cause(pass, object, field));
}

/* The place whose value has the text in it; NULL: a template puts it together. */
static const struct cause_place *place_with(const struct cause *cause, struct str text)
{
    for (size_t i = 0; i < cause->places.count; i++) {
        const struct cause_place *place = &cause->places.items[i];
        if (place->value.node && str_contains(yaml_text(place->value.node), text))
            return place;
    }
    return NULL;
}

static bool is_word_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

/* Where the part stands in what is written at the span: the one of the same number, when there are
 * as many, else the first that is a word and in no comment. */
static struct span part_of(struct span span, struct str written, struct text_part part)
{
    struct span first = span;
    size_t number = 0;
    for (size_t at = 0, found;
         (found = str_find(str_from(written, at), part.text)) != STR_NOT_FOUND; number++) {
        size_t start = at + found;
        at = start + part.text.n;
        bool is_word = (!start || !is_word_character(written.p[start - 1])) &&
                       (at >= written.n || !is_word_character(written.p[at]));
        struct span here = {span.file, span.start + (uint32_t)start, span.start + (uint32_t)at};
        if (number == part.number)
            return here;
        bool is_first = first.start == span.start && first.end == span.end;
        if (is_first && is_word && !text_is_comment(written, start))
            first = here;
    }
    return first;
}

struct report *pass_report_text(struct pass *pass, const struct object *object, struct str field,
                                struct text_part part, const char *message)
{
    struct cause cause = pass_cause_of(pass, object, field, part);
    const struct cause_place *whole = place_with(&cause, part.text);
    struct cause shown = cause;
    if (whole) {
        shown.kind = whole->kind;
        shown.places = (struct cause_place_list){(struct cause_place *)whole, 1, 1};
    } else if (cause.steps.count && cause.steps.items[0].span.file) {
        shown.kind = CAUSE_TEMPLATE;
        shown.places.count = 0;
    }
    struct report *report = begin(pass, object, field, message, shown);
    if (whole)
        report->span = part_of(report->span, pass_text(pass, report->span), part);
    for (size_t i = 0; i < cause.places.count && !shown.places.count; i++) {
        const struct merged_value *value = &cause.places.items[i].value;
        if (value->node && value->node->span.file)
            report_related(report, value_span(value->node, value->key_span), "made of this");
    }
    report_argument(report, "text", part.text);
    return report;
}

/* True when a text of a template stands around the value, which is no item of a list. */
static bool is_wrapped(const struct cause *cause)
{
    if (cause->kind != CAUSE_VALUES || cause->is_missing || !cause->steps.count ||
        !cause->steps.items[0].span.file)
        return false;
    const struct cause_place *place = &cause->places.items[0];
    bool is_scalar = !place->value.node || place->value.node->kind < YAML_LIST;
    return is_scalar && !str_ends_with(place->path, STR("]"));
}

struct report *pass_report_structure(struct pass *pass, const struct object *object,
                                     struct str field, const char *message)
{
    struct cause cause = pass_cause(pass, object, field);
    if (is_wrapped(&cause)) {
        cause.kind = CAUSE_TEMPLATE;
        cause.places.count = 0;
    }
    return begin(pass, object, field, message, cause);
}

/* Leaves of a cause the value whose key is that of the field: what lies in it is not meant. False:
 * there is none. */
static bool go_out_to_key(struct arena *arena, const struct merged *values, struct str field,
                          struct cause *cause)
{
    struct values_step_list wanted = values_path_parse(arena, field);
    struct cause_place *place = &cause->places.items[0];
    struct values_step_list steps = values_path_parse(arena, place->path);
    struct merged_value found = {0};
    struct str found_path = {0};
    struct str path = STR("");
    for (size_t i = 0; i < steps.count; i++) {
        const struct values_step *step = &steps.items[i];
        path = step->is_index ? values_path_index(arena, path, step->index)
                              : values_path_key(arena, path, step->key);
        if (!step->is_index && str_equal(step->key, wanted.items[wanted.count - 1].key)) {
            found = merged_at(values, path);
            found_path = path;
        }
    }
    if (!found.node || !found.key_span.file)
        return false;
    struct yaml_node *key = arena_make(arena, struct yaml_node);
    *key = (struct yaml_node){.kind = YAML_STRING, .span = found.key_span};
    found.node = key;
    place->value = found;
    place->path = found_path;
    return true;
}

struct report *pass_report_key(struct pass *pass, const struct object *object, struct str field,
                               const char *message)
{
    struct worker *worker = pass->worker;
    struct cause cause = pass_cause(pass, object, field);
    const struct rendered_release *traced = traced_release(worker, object->release);
    bool is_of_values = cause.kind == CAUSE_VALUES && !cause.is_missing;
    bool is_found = is_of_values && traced->origins.merged &&
                    go_out_to_key(&worker->scratch, traced->origins.merged, field, &cause);
    if (!is_found && is_of_values && cause.steps.count && cause.steps.items[0].span.file) {
        cause.kind = CAUSE_TEMPLATE;
        cause.places.count = 0;
    }
    return begin(pass, object, field, message, cause);
}

struct report *pass_report_part(struct pass *pass, const struct workload *workload,
                                const struct workload_part *part, const char *message)
{
    struct report *report = pass_report_field(pass, workload->object, part->path, message);
    report_argument(report, "workload", workload_title(pass_arena(pass), workload));
    return report;
}

struct report *pass_report_placement(struct pass *pass, const struct workload *workload,
                                     const struct placement *placement, const char *message)
{
    const struct {
        const char *name;
        struct str value;
    } arguments[] = {
        {"pool", placement->pool},       {"environment", placement->environment},
        {"taint", placement->taint},     {"elsewhere", placement->elsewhere},
        {"field", placement->part.path},
    };
    struct report *report = pass_report_part(pass, workload, &placement->part, message);
    for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++)
        report_argument(report, arguments[i].name, arguments[i].value);
    return report;
}

/* The innermost part of Helm's words, on one line: a message of the chart's own without its place,
 * else the last of a chain of errors. */
static struct str in_short(struct arena *arena, struct str message)
{
    static const char *const openings[] = {"execution error at (", "parse error at ("};
    struct str text = str_trim(message);
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        size_t end = str_find(text, STR("): "));
        if (str_starts_with(text, str_from_c(openings[i])) && end != STR_NOT_FOUND)
            return str_replace(arena, str_trim(str_from(text, end + 3)), STR("\n"), STR(" "));
    }
    size_t line = str_find_last_char(text, '\n');
    return line == STR_NOT_FOUND ? text : str_trim(str_from(text, line));
}

struct report *pass_report_failure(struct pass *pass, const struct release_failure *failure,
                                   const char *message)
{
    struct span span = cause_span(&failure->cause);
    bool has_no_place = !span.file;
    if (has_no_place)
        span = pass->release->application->span;
    struct report *report = pass_report(pass, span, message);
    report->has_no_place = has_no_place;
    report_argument(report, "problem", in_short(report->arena, failure->message));
    /* Whoever deploys it may give values that no file of the repository holds. */
    if (pass_model(pass)->detected)
        report_severity(report, SEVERITY_WARNING);
    bool is_of_value = failure->cause.kind == CAUSE_VALUES;
    struct str path = is_of_value ? failure->cause.places.items[0].path : STR("");
    report_values_path(report, str_copy(report->arena, path));
    report_argument(report, "value", path.n ? path : STR("value"));
    for (size_t i = 0; i < failure->cause.steps.count; i++) {
        struct span step = failure->cause.steps.items[i].span;
        if (step.file && step.start != span.start)
            report_related(report, step, "helm stops here");
    }
    return report;
}

struct report *pass_report_chance(struct pass *pass, const struct chance *chance,
                                  const char *message)
{
    bool has_no_place = !chance->span.file && !chance->printed.file;
    struct span span = chance->span.file ? chance->span
                       : has_no_place    ? pass->release->application->span
                                         : chance->printed;
    struct report *report = pass_report(pass, span, message);
    report->has_no_place = has_no_place;
    report_object(report, chance->object, chance->field);
    report_argument(report, "function", chance->function);
    if (chance->span.file && chance->printed.file && chance->printed.start != span.start)
        report_related(report, chance->printed, "printed here");
    return report;
}
