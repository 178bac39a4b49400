#include "engine/engine.h"

/* What the first environment runs. */
struct first_image {
    struct str image, environment;
};

static void check_container(struct pass *pass, struct map *seen, const struct workload *workload,
                            const struct workload_container *container)
{
    struct arena *arena = pass_arena(pass);
    const struct object *object = workload->object;
    struct str path = str_format(arena, "%.*s.image", STR_ARG(container->pod_path));
    struct workload_part part = workload_part(arena, workload, path);
    struct str title = object_title(arena, object);
    struct str key = str_format(arena, "%.*s/%.*s/%.*s", STR_ARG(title), STR_ARG(workload->name),
                                STR_ARG(container->name));
    struct str image = yaml_text(part.node);
    struct first_image *first = map_get(seen, key);
    if (!image.n)
        return;
    if (!first) {
        first = arena_make(arena, struct first_image);
        *first = (struct first_image){image, object->release->environment->name};
        map_put(arena, seen, key, first);
    } else if (!str_equal(first->image, image)) {
        struct report *report = pass_report_field(pass, object, part.path, "message");
        report_argument(report, "container", container->name);
        report_argument(report, "image", image);
        report_argument(report, "other", first->image);
        report_argument(report, "first", first->environment);
    }
}

static void check(struct pass *pass, const struct application *application)
{
    struct arena *arena = pass_arena(pass);
    struct map seen = {0};
    for (size_t i = 0; i < application->release_count; i++) {
        const struct release *release = application->releases[i];
        const struct workload_list *workloads = pass_workloads(pass, release);
        for (size_t k = 0; workloads && k < workloads->count; k++) {
            struct workload_container_list containers =
                workload_containers(arena, &workloads->items[k]);
            for (size_t n = 0; n < containers.count; n++)
                check_container(pass, &seen, &workloads->items[k], &containers.items[n]);
        }
    }
}

const struct rule_code rule_images_differs_between_environments = {
    .application = check,
    .uses_objects = true,
};
