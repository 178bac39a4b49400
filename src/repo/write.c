#include "repo.h"

static bool is_plain_character(char c, bool first)
{
    bool word =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == '/';
    return word || (!first && ((c >= '0' && c <= '9') || c == '-'));
}

/* A scalar that reads back as this string. */
static void add_scalar(struct text *out, struct str value)
{
    static const char *const words[] = {"y",   "n",    "yes",   "no",  "on",
                                        "off", "true", "false", "null"};
    bool plain = value.n > 0;
    for (size_t i = 0; i < value.n; i++)
        plain = plain && is_plain_character(value.p[i], i == 0);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        plain = plain && !str_equal_ignoring_case(value, str_from_c(words[i]));
    if (plain) {
        text_add(out, value);
        return;
    }
    text_add_char(out, '\'');
    text_add(out, str_replace(out->arena, value, STR("'"), STR("''")));
    text_add_char(out, '\'');
}

static void add_item(struct text *out, const char *name, struct str value, bool *first)
{
    if (!value.n)
        return;
    text_format(out, "%s%s: ", *first ? "" : ", ", name);
    add_scalar(out, value);
    *first = false;
}

static void add_items(struct text *out, const char *name, const struct str_list *values,
                      bool *first)
{
    if (!values->count)
        return;
    text_format(out, "%s%s: [", *first ? "" : ", ", name);
    for (size_t i = 0; i < values->count; i++) {
        text_add_c(out, i ? ", " : "");
        add_scalar(out, values->items[i]);
    }
    text_add_char(out, ']');
    *first = false;
}

static void write_environments(struct text *out, const struct config *config)
{
    text_add_c(
        out,
        "\n# Weakest first. What identifies an environment lets bulkhead see when another one's\n"
        "# namespace, pool, taint, domain or Vault path is used: add what is missing.\n"
        "environments:\n");
    for (size_t i = 0; i < config->environments.count; i++) {
        const struct config_environment *environment = &config->environments.items[i];
        text_add_c(out, "  ");
        add_scalar(out, environment->name);
        text_add_c(out, ": {");
        bool first = true;
        add_item(out, "scope", environment->cluster_scope ? STR("cluster") : STR(""), &first);
        add_item(out, "namespace", environment->namespace, &first);
        add_item(out, "pool", environment->pool, &first);
        add_item(out, "taint", environment->taint, &first);
        add_item(out, "domain", environment->domain, &first);
        text_add_c(out, "}\n");
    }
}

static void write_components(struct text *out, const struct config *config)
{
    if (config->components.count)
        text_add_c(out, "  # Each of these files describes one application.\n  components:\n");
    for (size_t i = 0; i < config->components.count; i++) {
        bool first = true;
        text_add_c(out, "    - {");
        add_item(out, "files", config->components.items[i].files, &first);
        add_items(out, "environments", &config->components.items[i].environments, &first);
        text_add_c(out, "}\n");
    }
}

static void write_list(struct text *out, const struct config *config)
{
    if (config->applications.count)
        text_add_c(out, "  list:\n");
    for (size_t i = 0; i < config->applications.count; i++) {
        const struct config_application *application = &config->applications.items[i];
        bool first = true;
        text_add_c(out, "    - {");
        add_item(out, "name", application->name, &first);
        add_item(out, "chart", application->chart, &first);
        add_item(out, "domain", application->domain, &first);
        add_item(out, "namespace", application->namespace, &first);
        add_items(out, "environments", &application->environments, &first);
        add_items(out, "layers", &application->layers, &first);
        text_add_c(out, "}\n");
    }
}

static void write_globs(struct text *out, const char *title, const struct str_list *globs)
{
    text_add_c(out, globs->count ? title : "");
    for (size_t i = 0; i < globs->count; i++) {
        text_add_c(out, "    - ");
        add_scalar(out, globs->items[i]);
        text_add_char(out, '\n');
    }
}

static void write_argocd(struct text *out, const struct config *config)
{
    const struct config_argocd *argocd = &config->argocd;
    if (!argocd->roots.count) {
        write_globs(out, "  # Applications and ApplicationSets of Argo CD.\n  argocd:\n",
                    &argocd->files);
        return;
    }
    text_add_c(out, "  # Charts that make Applications of Argo CD.\n  argocd:\n    roots:\n");
    for (size_t i = 0; i < argocd->roots.count; i++) {
        bool first = true;
        text_add_c(out, "      - {");
        add_item(out, "name", argocd->roots.items[i].name, &first);
        add_item(out, "chart", argocd->roots.items[i].chart, &first);
        add_items(out, "layers", &argocd->roots.items[i].layers, &first);
        text_add_c(out, "}\n");
    }
}

static void write_applications(struct text *out, const struct config *config)
{
    text_add_c(out, "\napplications:\n");
    write_components(out, config);
    if (config->application_charts.count)
        text_add_c(
            out, "  # Every chart here is an application of the name of its folder.\n  charts:\n");
    for (size_t i = 0; i < config->application_charts.count; i++) {
        text_add_c(out, "    - ");
        add_scalar(out, config->application_charts.items[i]);
        text_add_c(out, "\n");
    }
    write_list(out, config);
    write_argocd(out, config);
    write_globs(out, "  # Kustomizations and HelmReleases of Flux.\n  flux:\n", &config->flux);
    write_globs(out, "  helmfile:\n", &config->helmfile);
    if (config->deployed == DEPLOYED_WITH_LAYER)
        text_add_c(
            out, "  # An application is deployed where it has a values file for the environment.\n"
                 "  deployed: with-layer\n");
}

static void write_layers(struct text *out, const struct config *config)
{
    if (!config->layers.count)
        return;
    text_add_c(out, "\n# In the order in which they are given to Helm: later ones win.\nlayers:\n");
    for (size_t i = 0; i < config->layers.count; i++) {
        const struct config_layer *layer = &config->layers.items[i];
        bool first = true;
        text_add_c(out, "  - {");
        add_item(out, "path", layer->pattern, &first);
        add_items(out, "environments", &layer->environments, &first);
        text_add_c(out, layer->optional ? ", optional: true}\n" : "}\n");
    }
}

static void write_labels(struct text *out, const struct config *config)
{
    bool first = true;
    struct config standard = config_default();
    const struct {
        const char *name;
        struct str value, standard;
    } labels[] = {
        {"tier", config->label_tier, standard.label_tier},
        {"environment", config->label_environment, standard.label_environment},
        {"pool", config->label_pool, standard.label_pool},
    };
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        if (str_equal(labels[i].value, labels[i].standard))
            continue;
        text_add_c(out, first ? "\nlabels:\n" : "");
        text_format(out, "  %s: ", labels[i].name);
        add_scalar(out, labels[i].value);
        text_add_char(out, '\n');
        first = false;
    }
}

struct str config_write(struct arena *arena, const struct config *config)
{
    struct text out = {.arena = arena};
    text_add_c(
        &out,
        "# What bulkhead found out about this repository; correct what is not so.\nversion: 1\n");
    write_environments(&out, config);
    write_labels(&out, config);
    write_applications(&out, config);
    write_layers(&out, config);
    return text_str(&out);
}
