#include "deployers.h"

/* --- Argo CD --- */

static void read_root(struct config_reader *reader, const struct yaml_node *node, void *target)
{
    struct config_argocd *argocd = target;
    struct config_application *root = vector_add(reader->arena, &argocd->roots);
    config_read_application(reader, node, root);
    if (!root->chart.n)
        config_error(reader, node->span, "a root needs a chart, which makes the Applications");
}

static void read_cluster(struct config_reader *reader, const struct yaml_node *node, void *target)
{
    static const struct config_field fields[] = {
        FIELD(FIELD_TEXT, struct config_cluster, name, "name"),
        FIELD(FIELD_TEXT, struct config_cluster, server, "server"),
        FIELD(FIELD_NODE, struct config_cluster, labels, "labels"),
        FIELD(FIELD_NODE, struct config_cluster, annotations, "annotations"),
    };
    struct config_argocd *argocd = target;
    struct config_cluster *cluster = vector_add(reader->arena, &argocd->clusters);
    cluster->span = node->span;
    config_read_map(reader, node, "a cluster", CONFIG_FIELDS(fields), cluster);
    if (!cluster->name.n)
        config_error(reader, node->span, "a cluster needs a name");
}

void config_read_argocd(struct config_reader *reader, const struct yaml_node *node, void *target)
{
    static const struct config_field fields[] = {
        FIELD(FIELD_TEXTS, struct config_argocd, files, "files"),
        {"roots", FIELD_ITEMS, 0, read_root},
        {"clusters", FIELD_ITEMS, 0, read_cluster},
    };
    struct config_argocd *argocd = target;
    argocd->is_given = node->kind != YAML_NULL;
    if (node->kind == YAML_MAP)
        config_read_map(reader, node, "argocd", CONFIG_FIELDS(fields), argocd);
    else
        config_read_texts(reader, node, &argocd->files);
}

/* --- from --- */

void config_read_from(struct config_reader *reader, const struct yaml_node *node, void *target)
{
    static const struct config_field fields[] = {
        FIELD(FIELD_TEXTS, struct config_from, files, "files"),
        FIELD(FIELD_TEXT, struct config_from, each, "each"),
        FIELD(FIELD_TEXT, struct config_from, when, "when"),
        FIELD(FIELD_TEXT, struct config_from, name, "name"),
        FIELD(FIELD_TEXT, struct config_from, environment, "environment"),
        FIELD(FIELD_TEXT, struct config_from, chart, "chart"),
        FIELD(FIELD_TEXT, struct config_from, domain, "domain"),
        FIELD(FIELD_TEXT, struct config_from, namespace, "namespace"),
        FIELD(FIELD_TEXT, struct config_from, release, "release"),
        FIELD(FIELD_TEXTS, struct config_from, layers, "layers"),
    };
    struct config_from *from = arena_make(reader->arena, struct config_from);
    from->span = node->span;
    config_read_map(reader, node, "an item of from", CONFIG_FIELDS(fields), from);
    if (!from->files.count)
        config_error(reader, node->span, "an item of from needs a glob of files");
    if (!from->name.n)
        config_error(reader, node->span, "an item of from needs a name");
    if (str_starts_with(from->each, STR(".")))
        from->each = str_from(from->each, 1);
    struct config *config = target;
    vector_push(reader->arena, &config->from, *from);
}
