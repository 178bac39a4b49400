#include "engine/engine.h"

/* "ghcr.io/shop" of "ghcr.io/shop/web:1.0"; empty for an image of no registry of its own. */
static struct str owner_of(struct str image)
{
    size_t slash = str_find_char(image, '/');
    struct str registry = slash == STR_NOT_FOUND ? STR("") : str_slice(image, 0, slash);
    struct str rest = str_from(image, registry.n + 1);
    size_t second = str_find_char(rest, '/');
    if (str_find_char(registry, '.') == STR_NOT_FOUND || second == STR_NOT_FOUND)
        return STR("");
    return str_slice(image, 0, registry.n + 1 + second);
}

static bool is_list_with_items(const struct yaml_node *node)
{
    return node && node->kind == YAML_LIST && node->list.count;
}

/* True when the pod, or its service account in the release, has pull secrets; also when the service
 * account is not known. */
static bool has_secret(struct pass *pass, const struct workload *workload)
{
    struct arena *arena = pass_arena(pass);
    struct str name = yaml_text(workload_part(arena, workload, STR("serviceAccountName")).node);
    struct workload_part own = workload_part(arena, workload, STR("imagePullSecrets"));
    if (is_list_with_items(own.node) || !own.path.p)
        return true;
    const struct object *account =
        object_find(pass_objects(pass, workload->object->release), STR("ServiceAccount"),
                    workload->object->namespace, name);
    return account && is_list_with_items(yaml_value(account->root, "imagePullSecrets"));
}

/* The first image of the workload that is of the owner; of any owner when that is empty. */
static struct str image_of(struct arena *arena, const struct workload *workload, struct str owner)
{
    struct workload_container_list containers = workload_containers(arena, workload);
    for (size_t i = 0; i < containers.count; i++) {
        struct str path = str_format(arena, "%.*s.image", STR_ARG(containers.items[i].pod_path));
        struct str image = yaml_text(workload_part(arena, workload, path).node);
        struct str found = owner_of(image);
        if (found.n && (!owner.n || path_is_below(image, owner)))
            return image;
    }
    return (struct str){0};
}

/* A workload with a pull secret and an image of the same owner. */
static const struct workload *find_other(struct pass *pass, const struct workload_list *workloads,
                                         struct str owner)
{
    struct arena *arena = pass_arena(pass);
    for (size_t i = 0; i < workloads->count; i++) {
        const struct workload *other = &workloads->items[i];
        struct str secrets = STR("imagePullSecrets");
        if (is_list_with_items(workload_part(arena, other, secrets).node) &&
            image_of(arena, other, owner).n)
            return other;
    }
    return NULL;
}

static void report_missing(struct pass *pass, const struct workload *workload, struct str image,
                           const struct workload *other)
{
    struct arena *arena = pass_arena(pass);
    struct str path = workload_part(arena, workload, STR("imagePullSecrets")).path;
    struct report *report = pass_report_field(pass, workload->object, path, "message");
    struct str title = other ? object_title(arena, other->object) : STR("");
    report_argument(report, "image", image);
    /* The same owner may have public images, too. */
    if (other)
        report_severity(report, SEVERITY_WARNING);
    report_argument(report, "other",
                    other ? str_format(arena, "; %.*s has one", STR_ARG(title)) : STR(""));
}

static void check(struct pass *pass, const struct workload *workload)
{
    struct arena *arena = pass_arena(pass);
    const struct workload_list *workloads = pass_workloads(pass, workload->object->release);
    struct str_list private = pass_option_strings(pass, "private");
    struct str image = {0};
    const struct workload *other = NULL;
    for (size_t i = 0; i < private.count && !image.n; i++)
        image = image_of(arena, workload, private.items[i]);
    if (!private.count) {
        image = image_of(arena, workload, STR(""));
        other = image.n ? find_other(pass, workloads, owner_of(image)) : NULL;
    }
    if (image.n && (other || private.count) && !has_secret(pass, workload))
        report_missing(pass, workload, image, other);
}

const struct rule_code rule_images_pull_secret_missing = {.workload = check};
