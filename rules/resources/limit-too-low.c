#include "engine/engine.h"

/* "docker.io/envoyproxy/gateway" of "docker.io/envoyproxy/gateway:v1.2.1@sha256:…". */
static struct str repository_of(struct str image)
{
    image = str_slice(image, 0, str_find_char(image, '@'));
    size_t colon = str_find_last_char(image, ':');
    bool is_port = str_find_char(str_from(image, colon), '/') != STR_NOT_FOUND;
    return colon == STR_NOT_FOUND || is_port ? image : str_slice(image, 0, colon);
}

/* The pattern is one of the whole, or of what stands behind a registry. */
static bool is_such_image(struct str pattern, struct str image)
{
    struct str rest = repository_of(image);
    while (rest.p) {
        if (glob_match(pattern, rest))
            return true;
        str_cut(&rest, '/');
    }
    return false;
}

static void check_container(struct pass *pass, const struct workload *workload,
                            const struct workload_container *container)
{
    struct arena *arena = pass_arena(pass);
    const struct yaml_node *least = pass_option_map(pass, "memory");
    struct str base = container->pod_path;
    struct str path = str_format(arena, "%.*s.resources.limits.memory", STR_ARG(base));
    struct workload_part limit = workload_part(arena, workload, path);
    path = str_format(arena, "%.*s.image", STR_ARG(base));
    struct str image = yaml_text(workload_part(arena, workload, path).node);
    for (size_t i = 0; i < yaml_entry_count(least); i++) {
        const struct yaml_entry *entry = &least->map.entries[i];
        /* What is no quantity is not less. */
        if (!is_such_image(entry->key, image) ||
            !(quantity_of(arena, limit.node) < quantity_of(arena, entry->value)))
            continue;
        struct report *report = pass_report_part(pass, workload, &limit, "message");
        report_argument(report, "container", container->name);
        report_argument(report, "limit", yaml_text(limit.node));
        report_argument(report, "least", yaml_text(entry->value));
        report_argument(report, "image", entry->key);
    }
}

static void check(struct pass *pass, const struct workload *workload)
{
    struct workload_container_list containers = workload_containers(pass_arena(pass), workload);
    for (size_t i = 0; i < containers.count; i++)
        check_container(pass, workload, &containers.items[i]);
}

const struct rule_code rule_resources_limit_too_low = {.workload = check};
