#include "manifest.h"

#include <stdlib.h>

#include "head.h"

/* Kinds in the order in which Helm installs them; those not listed come last, by their names. */
static const char *const install_order[] = {
    "PriorityClass",
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PodSecurityPolicy",
    "PodDisruptionBudget",
    "ServiceAccount",
    "Secret",
    "SecretList",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleList",
    "ClusterRoleBinding",
    "ClusterRoleBindingList",
    "Role",
    "RoleList",
    "RoleBinding",
    "RoleBindingList",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "APIService",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
};
enum { KIND_COUNT = sizeof install_order / sizeof *install_order };

/* Helm 3.17 does not list the two webhook configurations, which are the last. */
static size_t install_rank(struct str kind, unsigned helm)
{
    size_t count = helm == 3 ? KIND_COUNT - 2 : KIND_COUNT;
    size_t rank = 0;
    while (rank < count &&
           !(kind.n && kind.p[0] == install_order[rank][0] && str_is(kind, install_order[rank])))
        rank++;
    return rank < count ? rank : KIND_COUNT;
}

static const char *const hook_events[] = {
    "pre-install",  "post-install", "pre-delete",    "post-delete", "pre-upgrade",
    "post-upgrade", "pre-rollback", "post-rollback", "test",        "test-success",
};

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The separator (?:^|\s*\n)---\s* at or behind an offset, as a span of the text. */
static bool find_separator(struct str text, size_t from, size_t *ret_start, size_t *ret_end)
{
    for (size_t at = from; at < text.n; at++) {
        size_t found = str_find(str_from(text, at), STR("---"));
        if (found == STR_NOT_FOUND)
            return false;
        at += found;
        size_t start = at;
        if (at > 0 && text.p[at - 1] != '\n')
            continue;
        while (start > from && is_blank(text.p[start - 1]))
            start--;
        if (at > 0 && start == at)
            continue;
        size_t end = at + 3;
        while (end < text.n && is_blank(text.p[end]))
            end++;
        *ret_start = start;
        *ret_end = end;
        return true;
    }
    return false;
}

struct str_list manifests_split(struct arena *arena, struct str text)
{
    struct str_list documents = {0};
    size_t from = 0;
    text = trim_go_space(text);
    for (bool more = true; more;) {
        size_t start = text.n;
        size_t end = text.n;
        more = find_separator(text, from, &start, &end);
        if (start > from)
            vector_push(arena, &documents, trim_go_space(str_slice(text, from, start)));
        from = end;
    }
    return documents;
}

static bool parse_document(struct arena *arena, struct manifest *manifest,
                           const struct render_options *options, struct str *ret_problem)
{
    const struct yaml_stream *stream = yaml_parse_bytes(arena, manifest->text, 0, options->limits);
    manifest->root = yaml_root(stream);
    manifest->kind = yaml_text(yaml_value(manifest->root, "kind"));
    manifest->name = yaml_text(yaml_at(manifest->root, STR("metadata.name")));
    const char *what = "error converting YAML to JSON: ";
    struct str problem = stream->refusal;
    if (!problem.p) {
        what = "error unmarshaling JSON: while decoding JSON: ";
        problem = head_mismatch(arena, manifest->root, options->helm);
    }
    if (problem.p)
        *ret_problem = str_format(arena, "YAML parse error on %.*s: %s%.*s",
                                  STR_ARG(manifest->path), what, STR_ARG(problem));
    return !problem.p;
}

/* Reads the annotation that makes a hook. False: it names an event that does not exist, and Helm
 * leaves the whole document out. */
static bool read_hook(struct arena *arena, struct manifest *manifest)
{
    const struct yaml_node *metadata = yaml_value(manifest->root, "metadata");
    const struct yaml_node *hook = yaml_value(yaml_value(metadata, "annotations"), "helm.sh/hook");
    struct str events = yaml_text(hook);
    manifest->is_hook = hook != NULL;
    if (hook && !events.p)
        events = STR("");
    while (events.p) {
        struct str event = str_lower(arena, str_trim(str_cut(&events, ',')));
        if (!STR_IS_ONE_OF(event, hook_events))
            return false;
        manifest->is_test |= str_is(event, "test") || str_is(event, "test-success");
    }
    return true;
}

static int compare_paths(const void *a, const void *b)
{
    const struct rendered_file *const *left = a;
    const struct rendered_file *const *right = b;
    return str_compare((*left)->name, (*right)->name);
}

/* A manifest and its place before sorting. */
struct ranked {
    struct manifest manifest;
    size_t rank, place;
};
struct ranked_list {
    struct ranked *items;
    size_t count, capacity;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *left = a;
    const struct ranked *right = b;
    if (left->manifest.is_hook != right->manifest.is_hook)
        return left->manifest.is_hook ? 1 : -1;
    if (left->rank != right->rank)
        return left->rank < right->rank ? -1 : 1;
    int order =
        left->rank == KIND_COUNT ? str_compare(left->manifest.kind, right->manifest.kind) : 0;
    return order ? order : left->place < right->place ? -1 : 1;
}

static bool take_file(struct arena *arena, const struct rendered_file *file,
                      const struct render_options *options, struct ranked_list *list,
                      struct str *ret_problem)
{
    struct str_list documents = manifests_split(arena, file->text);
    for (size_t i = 0; i < documents.count; i++) {
        struct manifest manifest = {.path = file->name, .text = documents.items[i]};
        bool is_good = parse_document(arena, &manifest, options, ret_problem);
        if (is_good && !read_hook(arena, &manifest))
            continue;
        struct ranked *ranked = vector_add(arena, list);
        *ranked =
            (struct ranked){manifest, install_rank(manifest.kind, options->helm), list->count};
        if (!is_good)
            return false;
    }
    return true;
}

bool manifests_sort(struct arena *arena, const struct rendered_list *files,
                    const struct render_options *options, struct manifest_list *ret_manifests,
                    struct str *ret_problem)
{
    struct ranked_list list = {0};
    struct manifest_list manifests = {0};
    const struct rendered_file **sorted =
        arena_make_array(arena, const struct rendered_file *, files->count + 1);
    for (size_t i = 0; i < files->count; i++)
        sorted[i] = &files->items[i];
    qsort(sorted, files->count, sizeof *sorted, compare_paths);
    for (size_t i = 0; i < files->count; i++) {
        bool is_notes = str_ends_with(sorted[i]->name, STR("NOTES.txt"));
        if (is_notes || take_file(arena, sorted[i], options, &list, ret_problem))
            continue;
        vector_push(arena, &manifests, list.items[list.count - 1].manifest);
        *ret_manifests = manifests;
        return false;
    }
    if (list.count)
        qsort(list.items, list.count, sizeof *list.items, compare_ranked);
    for (size_t i = 0; i < list.count; i++)
        vector_push(arena, &manifests, list.items[i].manifest);
    *ret_manifests = manifests;
    return true;
}
