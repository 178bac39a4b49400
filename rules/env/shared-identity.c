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
    struct map seen; /* text → struct sighting */
};

/* Reads a number up to `most` off the start of the text. */
static bool cut_number(struct str *text, unsigned most, unsigned *ret_number)
{
    unsigned number = 0;
    size_t i = 0;
    for (; i < text->n && i < 4 && text->p[i] >= '0' && text->p[i] <= '9'; i++)
        number = number * 10 + (unsigned)(text->p[i] - '0');
    *text = str_from(*text, i);
    *ret_number = number;
    return i > 0 && number <= most;
}

/* An IPv4 address of the internet: no private, local, shared, documentation or multicast one (RFC
 * 6890). */
static bool is_public_address(struct str text)
{
    unsigned part[4];
    for (size_t i = 0; i < 4; i++) {
        if (i > 0 && (!text.n || text.p[0] != '.'))
            return false;
        text = str_from(text, i > 0);
        if (!cut_number(&text, 255, &part[i]))
            return false;
    }
    bool private = part[0] == 10 || (part[0] == 172 && part[1] >= 16 && part[1] < 32) ||
                   (part[0] == 192 && part[1] == 168) ||
                   (part[0] == 100 && part[1] >= 64 && part[1] < 128);
    bool local = part[0] == 0 || part[0] == 127 || (part[0] == 169 && part[1] == 254);
    bool documentation = (part[0] == 192 && part[1] == 0) || (part[0] == 198 && part[1] == 51) ||
                         (part[0] == 203 && part[1] == 0) ||
                         (part[0] == 198 && (part[1] & 0xFE) == 18);
    bool resolver = part[0] == part[3] && part[1] == part[2] && part[0] == part[1];
    return !text.n && !private && !local && !documentation && !resolver && part[0] < 224;
}

static bool is_uuid(struct str text)
{
    bool varied = false;
    if (text.n != 36)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash != (text.p[i] == '-') || (!dash && !strchr("0123456789abcdefABCDEF", text.p[i])))
            return false;
        varied = varied || (!dash && text.p[i] != text.p[0]);
    }
    return varied;
}

/* A place in object storage that is written to; what is only read may well be one for all. */
static bool is_written_place(const struct search *search, const struct layer_value *value)
{
    struct arena *arena = pass_arena(search->pass);
    struct str text = value->node->text;
    for (size_t i = 0; i < search->schemes.count; i++) {
        if (str_starts_with(text, search->schemes.items[i]) && text.n > search->schemes.items[i].n)
            return glob_match_any(&search->places,
                                  str_lower(arena, layer_value_path(arena, value)));
    }
    return false;
}

static bool identifies(const struct search *search, const struct layer_value *value)
{
    struct str text = value->node->text;
    if (value->node->kind != YAML_STRING || str_contains(text, STR("{{")) ||
        str_contains(text, STR("${")))
        return false;
    struct str key = str_lower(pass_arena(search->pass), layer_value_key(value));
    return is_public_address(text) || is_written_place(search, value) ||
           (is_uuid(text) && glob_match_any(&search->keys, key));
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
    if (!identifies(search, value))
        return true;
    struct arena *arena = pass_arena(search->pass);
    struct sighting *first = map_get(&search->seen, value->node->text);
    if (!first) {
        first = arena_make(arena, struct sighting);
        *first = (struct sighting){search->use, value->node->span};
        map_put(arena, &search->seen, value->node->text, first);
    } else if (first->use->environment != search->use->environment) {
        report_twice(search, value, first);
    }
    return true;
}

/* In a shared file only places in object storage count, where every environment would write. */
static bool visit_shared(void *context, const struct layer_value *value)
{
    struct search *search = context;
    if (!identifies(search, value) || !is_written_place(search, value))
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
    report_values_path(report, layer_value_path(pass_arena(search->pass), value));
    report_argument(report, "text", value->node->text);
    for (size_t i = 0; i < writers.count; i++)
        report_only_for(report, writers.items[i]);
    return true;
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
}

const struct rule_code rule_env_shared_identity = {.repository = check};
