#include "engine/engine.h"

/* One value that looks like a placeholder, and the releases that really get it. */
struct suspect {
    struct str path, text;
    const struct yaml_node *node;
    VECTOR(const struct release *) releases;
};

struct search {
    struct pass *pass;
    struct str_list words;
    VECTOR(struct suspect) suspects;
};

enum { LONGEST = 100 };

static bool visit(void *context, const struct layer_value *value)
{
    struct search *search = context;
    const struct yaml_node *node = value->node;
    if (node->kind != YAML_STRING || !node->text.n || node->text.n > LONGEST)
        return true;
    struct arena *arena = pass_arena(search->pass);
    struct str text = str_lower(arena, str_trim(node->text));
    if (glob_match_any(&search->words, text))
        vector_push(arena, &search->suspects,
                    ((struct suspect){layer_value_path(arena, value), text, node, {0}}));
    return true;
}

static struct str_list lower_words(struct pass *pass)
{
    struct str_list words = pass_option_strings(pass, "words");
    struct str_list more = pass_option_strings(pass, "secrets");
    for (size_t i = 0; i < more.count; i++)
        vector_push(pass_arena(pass), &words, more.items[i]);
    for (size_t i = 0; i < words.count; i++)
        words.items[i] = str_lower(pass_arena(pass), words.items[i]);
    return words;
}

/* True when a map above the value has `enabled: false`: what is not deployed has no secrets. */
static bool is_switched_off(struct arena *arena, const struct merged *values, struct str path)
{
    for (size_t i = 0; i < path.n; i++) {
        if (path.p[i] != '.' || (i > 0 && path.p[i - 1] == '\\'))
            continue;
        struct str flag = str_format(arena, "%.*s.enabled", STR_ARG(str_slice(path, 0, i)));
        const struct yaml_node *node = merged_at(values, flag).node;
        if (node && node->kind == YAML_BOOL && !node->boolean)
            return true;
    }
    return false;
}

/* A placeholder that a higher layer fills in, or that nothing uses, harms nobody. */
static void find_victims(struct search *search, const struct layer_use *use)
{
    struct arena scratch = {0};
    struct str_list except = pass_option_strings(search->pass, "except");
    for (size_t i = 0; i < use->release_count; i++) {
        const struct release *release = use->releases[i];
        if (glob_match_any(&except, release->environment->name))
            continue;
        const struct merged *values = release_merge(&scratch, release);
        for (size_t k = 0; k < search->suspects.count; k++) {
            struct suspect *suspect = &search->suspects.items[k];
            if (merged_at(values, suspect->path).node == suspect->node &&
                !is_switched_off(&scratch, values, suspect->path))
                vector_push(pass_arena(search->pass), &suspect->releases, release);
        }
        arena_reset(&scratch);
    }
    arena_release(&scratch);
}

static void check(struct pass *pass, const struct layer_use *use)
{
    struct search search = {.pass = pass};
    search.words = lower_words(pass);
    if (use->layer->kind != LAYER_FILE)
        return;
    layer_walk(use->layer, visit, &search);
    if (search.suspects.count)
        find_victims(&search, use);
    struct map reports = {0};
    for (size_t i = 0; i < search.suspects.count; i++) {
        const struct suspect *suspect = &search.suspects.items[i];
        struct report *report = map_get(&reports, suspect->text);
        if (!suspect->releases.count)
            continue;
        if (report) {
            report_related(report, suspect->node->span, "and at %.*s", STR_ARG(suspect->path));
        } else {
            report = pass_report(pass, suspect->node->span, "message");
            report_values_path(report, suspect->path);
            report_argument(report, "value", yaml_brief(pass_arena(pass), suspect->node, 60));
            map_put(pass_arena(pass), &reports, suspect->text, report);
        }
        for (size_t k = 0; k < suspect->releases.count; k++)
            report_only_for(report, suspect->releases.items[k]);
    }
}

const struct rule_code rule_values_placeholder = {.layer = check};
