#include "engine/engine.h"

struct search {
    struct pass *pass;
    const struct layer_use *use;
    struct infra_output_list outputs;
};

/* False for the outputs of another environment: their file is called after it. */
static bool is_for(const struct search *search, const struct infra_output *output)
{
    const struct config *config = pass_model(search->pass)->config;
    struct str name = path_stem(path_name(output->file));
    for (size_t i = 0; i < config->environments.count; i++) {
        const struct config_environment *environment = &config->environments.items[i];
        if (str_equal(environment->name, name) && search->use->environment &&
            search->use->environment != environment)
            return false;
    }
    return true;
}

/* True when the infrastructure gave the text; else *ret_named is the output of the key's name, if
 * there is one. */
static bool is_given(const struct search *search, struct str text, struct str key,
                     const struct infra_output **ret_named)
{
    bool is_found = false;
    *ret_named = NULL;
    for (size_t i = 0; i < search->outputs.count && !is_found; i++) {
        const struct infra_output *output = &search->outputs.items[i];
        if (!is_for(search, output))
            continue;
        is_found = str_contains(output->text, text);
        *ret_named = infra_names_are_same(output->name, key) ? output : *ret_named;
    }
    return is_found;
}

static bool visit(void *context, const struct layer_value *value)
{
    struct search *search = context;
    struct str text = yaml_text(value->node);
    struct str key = layer_value_key(value);
    const struct infra_output *named;
    if ((!is_uuid(text) && !is_public_address(text)) || is_given(search, text, key, &named))
        return true;
    struct report *report =
        pass_report(search->pass, value->node->span, named ? "differs" : "unknown");
    report_values_path(report, layer_value_path(pass_arena(search->pass), value));
    report_argument(report, "text", text);
    if (named) {
        report_argument(report, "name", named->name);
        report_argument(report, "right", named->text);
        report_related(report, named->span, "the infrastructure gave this");
    }
    return true;
}

static void check(struct pass *pass)
{
    struct str_list globs = pass_option_strings(pass, "outputs");
    struct search search = {.pass = pass};
    search.outputs =
        infra_outputs_read(pass_arena(pass), pass_tree(pass), pass_paths(pass), &globs);
    const struct model *model = pass_model(pass);
    for (size_t i = 0; i < model->layer_count && search.outputs.count; i++) {
        search.use = &model->layers[i];
        if (search.use->layer->kind == LAYER_FILE)
            layer_walk(search.use->layer, visit, &search);
    }
}

const struct rule_code rule_env_stale_literal = {.repository = check};
