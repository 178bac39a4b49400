#include "engine/engine.h"

struct search {
    struct pass *pass;
    const struct layer_use *use;
    struct str_list keys;
    /* Every layer of the applications that load this one, once; filled when it is needed. */
    VECTOR(const struct layer *) others;
    bool *seen;
};

/* on, off, yes, no, y and n, but not true and false. */
static bool is_word(struct str text)
{
    return text.n && !strchr("tTfF\"'", text.p[0]);
}

static void find_others(struct search *search)
{
    struct arena *arena = pass_arena(search->pass);
    search->seen = arena_make_array(arena, bool, pass_model(search->pass)->layer_count);
    for (size_t i = 0; i < search->use->release_count; i++) {
        const struct application *application = search->use->releases[i]->application;
        if (i && search->use->releases[i - 1]->application == application)
            continue;
        for (size_t k = 0; k < application->release_count; k++) {
            const struct release *release = application->releases[k];
            for (size_t n = 0; n < release->layer_count; n++) {
                const struct layer *layer = release->layers[n].layer;
                if (!layer || layer->kind == LAYER_UNKNOWN || search->seen[layer->number])
                    continue;
                search->seen[layer->number] = true;
                vector_push(arena, &search->others, layer);
            }
        }
    }
}

static const struct yaml_node *text_elsewhere(struct search *search,
                                              const struct layer_value *value)
{
    if (!search->seen)
        find_others(search);
    for (size_t i = 0; i < search->others.count; i++) {
        const struct yaml_node *node = layer_value_elsewhere(search->others.items[i], value);
        if (node && node->kind == YAML_STRING && node->text.n)
            return node;
    }
    return NULL;
}

static void report_word(struct search *search, const struct layer_value *value, struct span span,
                        const char *message, const struct yaml_node *text)
{
    struct arena *arena = pass_arena(search->pass);
    struct str word = pass_text(search->pass, span);
    bool truth = strchr("yYnN", word.p[0]) ? strchr("yY", word.p[0]) != NULL
                                           : str_equal_ignoring_case(word, STR("on"));
    struct report *report = pass_report(search->pass, span, message);
    report_values_path(report, layer_value_path(arena, value));
    report_argument(report, "word", word);
    report_argument(report, "truth", truth ? STR("true") : STR("false"));
    report_edit(report, span, str_format(arena, "\"%.*s\"", STR_ARG(word)));
    if (text)
        report_related(report, text->span, "text here");
}

static bool visit(void *context, const struct layer_value *value)
{
    struct search *search = context;
    const struct yaml_entry *entry = value->entry;
    const struct yaml_node *node = value->node;
    if (entry && entry->key_kind == YAML_BOOL && is_word(pass_text(search->pass, entry->key_span)))
        report_word(search, value, entry->key_span, "key", NULL);
    if (node->kind != YAML_BOOL || node->style != YAML_PLAIN || !is_word(node->text) ||
        !is_word(pass_text(search->pass, node->span)))
        return true;
    const struct yaml_node *text = text_elsewhere(search, value);
    if (text || str_list_has(&search->keys, layer_value_key(value)))
        report_word(search, value, node->span, "value", text);
    return true;
}

static void check(struct pass *pass, const struct layer_use *use)
{
    struct search search = {.pass = pass, .use = use, .keys = pass_option_strings(pass, "keys")};
    if (use->layer->kind != LAYER_UNKNOWN)
        layer_walk(use->layer, visit, &search);
}

const struct rule_code rule_values_yaml_boolean = {.layer = check};
