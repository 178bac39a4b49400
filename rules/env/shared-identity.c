#include "engine/engine.h"

/* Where an external thing was seen first. */
struct sighting {
    const struct layer_use *use;
    struct span span;
};

struct search {
    struct pass *pass;
    const struct layer_use *use;
    struct str_list keys, places, schemes;
    struct map seen;  /* text → struct sighting */
    struct map taken; /* what is taken → struct taking */
    bool is_merged;   /* Gateways of a class are one, with one address */
};

static bool is_place(const struct search *search, struct str text)
{
    for (size_t i = 0; i < search->schemes.count; i++) {
        if (str_starts_with(text, search->schemes.items[i]) && text.n > search->schemes.items[i].n)
            return true;
    }
    return false;
}

/* A place in object storage that is written to; what is only read may well be one for all. */
static bool is_written_place(const struct search *search, struct str text, struct str path)
{
    return is_place(search, text) &&
           glob_match_any(&search->places, str_lower(pass_arena(search->pass), path));
}

/* What is written under the key, at the path of the values. */
static bool identifies(const struct search *search, struct str text, struct str key,
                       struct str path)
{
    if (str_contains(text, STR("{{")) || str_contains(text, STR("${")))
        return false;
    return is_public_address(text) || is_written_place(search, text, path) ||
           (is_uuid(text) &&
            glob_match_any(&search->keys, str_lower(pass_arena(search->pass), key)));
}

/* Only of places the path is asked for: to write it takes longer than all the rest. */
static bool value_identifies(const struct search *search, const struct layer_value *value)
{
    if (value->node->kind != YAML_STRING)
        return false;
    struct str text = value->node->text;
    struct str path =
        is_place(search, text) ? layer_value_path(pass_arena(search->pass), value) : STR("");
    return identifies(search, text, layer_value_key(value), path);
}

static void report_twice(struct search *search, const struct layer_value *value,
                         const struct sighting *first)
{
    struct report *report = pass_report(search->pass, value->node->span, "twice");
    report_values_path(report, layer_value_path(pass_arena(search->pass), value));
    report_argument(report, "text", value->node->text);
    report_argument(report, "own", search->use->environment->name);
    report_argument(report, "other", first->use->environment->name);
    report_related(report, first->span, "%.*s uses it here",
                   STR_ARG(first->use->environment->name));
    for (size_t i = 0; i < search->use->release_count; i++)
        report_only_for(report, search->use->releases[i]);
}

static bool visit_own(void *context, const struct layer_value *value)
{
    struct search *search = context;
    if (!value_identifies(search, value))
        return true;
    struct arena *arena = pass_arena(search->pass);
    struct sighting *first = map_get(&search->seen, value->node->text);
    if (!first) {
        first = arena_make(arena, struct sighting);
        *first = (struct sighting){search->use, value->node->span};
        map_put(arena, &search->seen, value->node->text, first);
    } else if (config_are_apart(search->use->environment, first->use->environment)) {
        report_twice(search, value, first);
    }
    return true;
}

/* In a shared file only places in object storage count, where every environment would write. */
static bool visit_shared(void *context, const struct layer_value *value)
{
    struct search *search = context;
    if (!value_identifies(search, value))
        return true;
    struct str path = layer_value_path(pass_arena(search->pass), value);
    if (!is_written_place(search, value->node->text, path))
        return true;
    VECTOR(const struct release *) writers = {0};
    bool several = false;
    for (size_t i = 0; i < search->use->release_count; i++) {
        const struct release *release = search->use->releases[i];
        if (release->environment->cluster_scope ||
            !release_gets(release, search->use->layer, value))
            continue;
        vector_push(pass_arena(search->pass), &writers, release);
        several = several || release->environment != writers.items[0]->environment;
    }
    if (!several)
        return true;
    struct report *report = pass_report(search->pass, value->node->span, "shared");
    report_values_path(report, path);
    report_argument(report, "text", value->node->text);
    for (size_t i = 0; i < writers.count; i++)
        report_only_for(report, writers.items[i]);
    return true;
}

/* --- what is rendered --- */

/* Who takes an external thing first. */
struct taking {
    const struct object *object;
    struct str field;
};

/* True when a values file says it where it was looked at as such. */
static bool is_told(const struct search *search, const struct cause *cause, struct str text)
{
    if (cause->kind != CAUSE_VALUES)
        return cause->kind == CAUSE_UNKNOWN;
    struct str path = cause->places.items[0].path;
    size_t dot = str_find_last_char(path, '.');
    struct str key = str_from(path, dot == STR_NOT_FOUND ? 0 : dot + 1);
    const struct merged_value *value;
    for (size_t at = 0; (value = cause_next_value(cause, text, &at));) {
        const struct layer_use *use = pass_layer_use(search->pass, value->layer);
        if ((use->environment && identifies(search, text, key, path)) ||
            is_written_place(search, text, path))
            return true;
    }
    return false;
}

static void report_taken(struct search *search, const struct object *object,
                         const struct external *external, const struct taking *first)
{
    struct text_part part = {external->text, 0};
    struct cause cause = pass_cause_of(search->pass, object, external->field, part);
    if (is_told(search, &cause, external->text))
        return;
    struct report *report = pass_report_text(search->pass, object, external->field, part, "taken");
    report_only_for(report, first->object->release);
    report_argument(report, "what", str_from_c(external_kind_name(external->kind)));
    report_argument(report, "shown", external_shown(external));
    struct cause other = pass_cause(search->pass, first->object, first->field);
    struct span span = cause_span(&other);
    if (span.file &&
        (span.file != cause_span(&cause).file || span.start != cause_span(&cause).start))
        report_related(report, span, "%.*s uses it here",
                       STR_ARG(first->object->release->environment->name));
}

static void report_clash(struct search *search, const struct object *object,
                         const struct external *external, const struct taking *first)
{
    struct report *report = pass_report_structure(search->pass, object, external->field, "clash");
    report_argument(report, "text", external->text);
    report_argument(report, "other", object_title(pass_arena(search->pass), first->object));
    struct cause other = pass_cause(search->pass, first->object, first->field);
    if (cause_span(&other).file)
        report_related(report, cause_span(&other), "the other one");
}

static void check_taken(struct search *search, const struct object *object,
                        const struct external *external)
{
    struct arena *arena = pass_arena(search->pass);
    struct str cluster = model_cluster(pass_model(search->pass), object->release->environment);
    struct str network = external->is_of_network ? cluster : STR("");
    struct str key = str_format(arena, "%d/%.*s/%.*s/%.*s", (int)external->kind, STR_ARG(network),
                                STR_ARG(external->text), STR_ARG(external->beside));
    struct taking *first = map_get(&search->taken, key);
    if (!first) {
        first = arena_make(arena, struct taking);
        *first = (struct taking){object, external->field};
        map_put(arena, &search->taken, key, first);
    } else if (config_are_apart(object->release->environment,
                                first->object->release->environment)) {
        report_taken(search, object, external, first);
    } else if (external->kind == EXTERNAL_ADDRESS && !search->is_merged &&
               externals_clash(first->object, object)) {
        report_clash(search, object, external, first);
    }
}

static void check_object(struct search *search, const struct object *object)
{
    struct external_list externals = externals_of(pass_arena(search->pass), object);
    for (size_t i = 0; i < externals.count; i++)
        check_taken(search, object, &externals.items[i]);
}

/* Whether Envoy Gateway makes one of all Gateways of a class. */
static void note_merging(struct search *search, const struct object *object)
{
    bool is_proxy = str_is(object->kind, "EnvoyProxy");
    const struct yaml_node *merge = object_at(object->root, STR("spec.mergeGateways"));
    search->is_merged = search->is_merged || (is_proxy && str_is(yaml_text(merge), "true"));
}

static void each_object(struct search *search,
                        void (*visit)(struct search *search, const struct object *object))
{
    const struct model *model = pass_model(search->pass);
    for (size_t i = 0; i < model->release_count; i++) {
        const struct object_list *objects = pass_objects(search->pass, &model->releases[i]);
        for (size_t k = 0; objects && k < objects->count; k++)
            visit(search, &objects->items[k]);
    }
}

/* The files in the order of the environments, so that the stronger one is told of the weaker. */
static void check(struct pass *pass)
{
    struct search search = {.pass = pass,
                            .keys = pass_option_strings(pass, "keys"),
                            .places = pass_option_strings(pass, "places"),
                            .schemes = pass_option_strings(pass, "schemes")};
    const struct model *model = pass_model(pass);
    for (size_t k = 0; k < model->config->environments.count; k++) {
        for (size_t i = 0; i < model->layer_count; i++) {
            search.use = &model->layers[i];
            if (search.use->environment == &model->config->environments.items[k] &&
                search.use->layer->kind == LAYER_FILE)
                layer_walk(search.use->layer, visit_own, &search);
        }
    }
    for (size_t i = 0; i < model->layer_count; i++) {
        search.use = &model->layers[i];
        if (search.use->shared && search.use->layer->kind == LAYER_FILE)
            layer_walk(search.use->layer, visit_shared, &search);
    }
    each_object(&search, note_merging);
    each_object(&search, check_object);
}

const struct rule_code rule_env_shared_identity = {.repository = check, .uses_objects = true};
