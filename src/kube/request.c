#include "request.h"

#include <math.h>

#include "quantity.h"

/* What a container says about a resource; nothing where it says nothing. */
static struct workload_part container_part(struct arena *arena, const struct workload *workload,
                                           const struct workload_container *container,
                                           const char *what, struct str resource)
{
    struct str list = str_format(arena, "%.*s.resources.%s", STR_ARG(container->pod_path), what);
    return workload_part(arena, workload, values_path_key(arena, list, resource));
}

static struct workload_part request_part(struct arena *arena, const struct workload *workload,
                                         const struct workload_container *container,
                                         struct str resource)
{
    struct workload_part request = container_part(arena, workload, container, "requests", resource);
    return request.node ? request : container_part(arena, workload, container, "limits", resource);
}

static double amount(struct arena *arena, const struct workload_part *part)
{
    double quantity = quantity_of(arena, part->node);
    return isnan(quantity) ? 0 : quantity;
}

static bool is_sidecar(struct arena *arena, const struct workload *workload,
                       const struct workload_container *container)
{
    struct str path = values_path_key(arena, container->pod_path, STR("restartPolicy"));
    return container->is_init &&
           str_is(yaml_text(workload_part(arena, workload, path).node), "Always");
}

/* Of a pod's containers together, or of a greater init container. Sidecars that start before it
 * run beside it. */
struct sum {
    double running, sidecars, greatest;
};

static void add(struct sum *sum, double quantity, bool is_init, bool is_sidecar)
{
    if (is_init && !is_sidecar) {
        sum->greatest = fmax(sum->greatest, sum->sidecars + quantity);
        return;
    }
    sum->running += quantity;
    sum->sidecars += is_sidecar ? quantity : 0;
}

static double sum_of(struct arena *arena, const struct workload *workload, struct str resource,
                     bool is_limit)
{
    struct workload_container_list containers = workload_containers(arena, workload);
    struct sum sum = {0};
    for (size_t i = 0; i < containers.count; i++) {
        const struct workload_container *container = &containers.items[i];
        struct workload_part part =
            is_limit ? container_part(arena, workload, container, "limits", resource)
                     : request_part(arena, workload, container, resource);
        add(&sum, amount(arena, &part), container->is_init, is_sidecar(arena, workload, container));
    }
    return fmax(sum.running, sum.greatest);
}

double workload_request(struct arena *arena, const struct workload *workload, struct str resource)
{
    return sum_of(arena, workload, resource, false);
}

double workload_limit(struct arena *arena, const struct workload *workload, struct str resource)
{
    return sum_of(arena, workload, resource, true);
}

struct workload_part workload_largest_request(struct arena *arena, const struct workload *workload,
                                              struct str resource)
{
    struct workload_container_list containers = workload_containers(arena, workload);
    struct workload_part largest = {0};
    for (size_t i = 0; i < containers.count; i++) {
        struct workload_part part = request_part(arena, workload, &containers.items[i], resource);
        if (part.node && (!largest.node || amount(arena, &part) > amount(arena, &largest)))
            largest = part;
    }
    return largest;
}

bool workload_stays(const struct workload *workload)
{
    return !workload->pods->is_to_completion && !workload->object->hook.p &&
           !workload_is_stopped(workload);
}

struct workload_count workload_count(const struct workload *workload,
                                     const struct object_list *objects)
{
    const struct object *scaler = scaler_of(objects, workload->object);
    double replicas;
    if (!workload_stays(workload) || workload->pods->is_on_every_node ||
        !workload_replicas(workload, &replicas))
        return (struct workload_count){0};
    /* An autoscaler leaves alone what has no replicas. */
    if (!scaler || replicas <= 0)
        return (struct workload_count){replicas, replicas};
    return (struct workload_count){scaler_least(scaler), scaler_most(scaler)};
}
