#include "engine/engine.h"

/* What is left of the name that all environments shared before each got a namespace of its own:
 * shop, where they are called shop-dev and shop-prod. */
static bool is_stem(const struct config *config, struct str name)
{
    size_t count = 0;
    for (size_t i = 0; i < config->environments.count; i++) {
        struct str namespace = config->environments.items[i].namespace;
        count += namespace.n > name.n + 1 && str_starts_with(namespace, name) &&
                 namespace.p[name.n] == '-';
    }
    return count > 1;
}

static bool is_unknown(struct pass *pass, struct str name)
{
    const struct config *config = pass_model(pass)->config;
    return is_dns_label(name) && (config->shared_namespaces.count || is_stem(config, name)) &&
           !network_knows_namespace(pass_network(pass), config, name);
}

static void check_name(struct pass *pass, const struct object_text *text, struct str name)
{
    if (!is_unknown(pass, name))
        return;
    struct str field = layer_value_path(pass_arena(pass), text->value);
    struct text_part part = text_part_of(text->text, name);
    if (pass_cause_of(pass, text->object, field, part).kind != CAUSE_UNKNOWN)
        pass_report_text(pass, text->object, field, part, "message");
}

static void visit_name(void *context, const struct object_text *text, struct str name)
{
    check_name(context, text, name);
}

/* Which namespaces there are is known when somebody wrote down what the environments have. */
static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    for (size_t i = 0; i < model->release_count && !model->detected; i++) {
        const struct object_list *objects = pass_objects(pass, &model->releases[i]);
        for (size_t k = 0; objects && k < objects->count; k++)
            object_namespaces_walk(&objects->items[k], visit_name, pass);
    }
}

const struct rule_code rule_env_unknown_namespace = {.repository = check, .uses_objects = true};
