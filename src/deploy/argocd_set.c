#include "argocd.h"

/* --- texts --- */

/* Templates without Go: {{name}} is replaced by the parameter, unknown ones stay as they are
 * (utils.Render, valyala/fasttemplate). */
static struct str replace_names(struct arena *arena, const struct value_map *parameters,
                                struct str text)
{
    struct text out = {.arena = arena};
    while (text.n) {
        size_t open = str_find(text, STR("{{"));
        size_t close = open == STR_NOT_FOUND ? open : str_find(str_from(text, open), STR("}}"));
        if (close == STR_NOT_FOUND)
            break;
        struct str tag = str_slice(text, open, open + close + 2);
        struct str name = str_trim(str_slice(tag, 2, tag.n - 2));
        const struct value *value = argocd_parameter(parameters, name);
        text_add(&out, str_slice(text, 0, open));
        text_add(&out, value ? argocd_parameter_text(arena, value) : tag);
        text = str_from(text, open + tag.n);
    }
    text_add(&out, text);
    return text_str(&out);
}

bool argocd_fill(struct argocd_set *set, const struct value_map *parameters, struct str text,
                 struct span span, struct str *ret_text)
{
    struct deployer *deployer = set->argocd->deployer;
    *ret_text = text;
    if (!str_contains(text, STR("{{")))
        return true;
    if (!set->is_go) {
        *ret_text = replace_names(deployer->arena, parameters, text);
        return true;
    }
    struct value dot = value_of_map((struct value_map *)parameters);
    return deployer_write(deployer, text, dot, set->is_strict, span, ret_text);
}

struct filling {
    struct argocd_set *set;
    const struct value_map *parameters;
};

static bool fill_text(void *context, const struct yaml_node *node, struct str text,
                      struct span span, struct str *ret_text)
{
    const struct filling *filling = context;
    (void)node;
    return argocd_fill(filling->set, filling->parameters, text, span, ret_text);
}

struct yaml_node *argocd_fill_node(struct argocd_set *set, const struct value_map *parameters,
                                   const struct yaml_node *node)
{
    struct filling filling = {set, parameters};
    struct node_change change = {.text = fill_text, .context = &filling};
    return node_copy(set->argocd->deployer->arena, node, &change);
}

/* --- values --- */

/* `helm.values` is one text: its templates are filled in with all others, but then its lines are
 * no longer those of the file. It is parsed here, while the original is at hand. */
static void parse_values(struct deployer *deployer, const struct yaml_node *written,
                         struct yaml_node *filled)
{
    const struct yaml_node *text = yaml_at(written, STR("helm.values"));
    const struct yaml_node *full = yaml_at(filled, STR("helm.values"));
    bool is_text = text && full && text->kind == YAML_STRING && full->kind == YAML_STRING;
    if (!is_text || yaml_at(filled, STR("helm.valuesObject")))
        return;
    const struct yaml_stream *stream =
        node_parse_text(deployer->arena, deployer->tree, text, full->text);
    diagnostics_append(deployer->sink, &stream->problems);
    struct yaml_node *helm = (struct yaml_node *)yaml_value(filled, "helm");
    node_set(deployer->arena, helm, STR("valuesObject"), full->span,
             (struct yaml_node *)yaml_root(stream));
}

static void parse_all_values(struct deployer *deployer, const struct yaml_node *written,
                             struct yaml_node *filled)
{
    struct node_list from = node_items(written, "spec.sources");
    struct node_list to = node_items(filled, "spec.sources");
    for (size_t i = 0; i < from.count && i < to.count; i++)
        parse_values(deployer, from.items[i], to.items[i]);
    struct yaml_node *source = (struct yaml_node *)yaml_at(filled, STR("spec.source"));
    if (source)
        parse_values(deployer, yaml_at(written, STR("spec.source")), source);
}

/* --- applications --- */

static const struct yaml_node *patched(struct argocd_set *set, const struct yaml_node *application,
                                       const struct yaml_node *patch,
                                       const struct value_map *parameters)
{
    struct deployer *deployer = set->argocd->deployer;
    struct str text;
    if (!argocd_fill(set, parameters, patch->text, patch->span, &text))
        return NULL;
    const struct yaml_stream *stream =
        node_parse_text(deployer->arena, deployer->tree, patch, text);
    if (!stream->complete) {
        deployer_unresolved(deployer, patch->span, "the templatePatch gives no YAML for %.*s",
                            STR_ARG(node_text(application, "metadata.name")));
        return NULL;
    }
    bool is_empty = yaml_root(stream)->kind != YAML_MAP;
    return is_empty ? application : node_merge(deployer->arena, application, yaml_root(stream));
}

static void add_application(struct argocd_set *set, const struct yaml_node *object,
                            const struct argocd_parameters *parameters,
                            const struct argocd_origin *origin)
{
    struct deployer *deployer = set->argocd->deployer;
    const struct yaml_node *spec = yaml_value(object, "spec");
    const struct yaml_node *template =
        node_merge(deployer->arena, yaml_value(spec, "template"), parameters->template);
    const struct yaml_node *patch = yaml_value(spec, "templatePatch");
    struct yaml_node *filled = template ? argocd_fill_node(set, parameters->map, template) : NULL;
    if (!filled)
        return;
    parse_all_values(deployer, template, filled);
    const struct yaml_node *application = filled;
    if (patch && patch->kind == YAML_STRING && set->is_go)
        application = patched(set, filled, patch, parameters->map);
    struct argocd_origin made = {parameters->map, origin->environment, object, object};
    if (application)
        argocd_read_application(set->argocd, application, &made);
}

static bool is_strict(const struct yaml_node *spec)
{
    struct node_list options = node_items(spec, "goTemplateOptions");
    for (size_t i = 0; i < options.count; i++) {
        if (str_is(yaml_text(options.items[i]), "missingkey=error"))
            return true;
    }
    return false;
}

void argocd_read_set(struct argocd *argocd, const struct yaml_node *object,
                     const struct argocd_origin *origin)
{
    const struct yaml_node *spec = yaml_value(object, "spec");
    const struct yaml_node *go = yaml_value(spec, "goTemplate");
    struct argocd_set set = {.argocd = argocd,
                             .is_go = go && go->kind == YAML_BOOL && go->boolean,
                             .is_strict = is_strict(spec)};
    struct node_list generators = node_items(spec, "generators");
    for (size_t i = 0; i < generators.count; i++) {
        struct argocd_parameter_list list = {0};
        argocd_generate(&set, generators.items[i], NULL, &list);
        for (size_t k = 0; k < list.count; k++)
            add_application(&set, object, &list.items[k], origin);
    }
}
