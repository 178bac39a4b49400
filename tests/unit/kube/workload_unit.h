#ifndef BULKHEAD_TESTS_WORKLOAD_UNIT_H
#define BULKHEAD_TESTS_WORKLOAD_UNIT_H

#include "kube/kube.h"
#include "unit.h"

/* Objects of the namespace shop that are given as YAML. */
static inline struct object_list objects_in(struct arena *arena, const char *text)
{
    static const struct render_options helm_4 = {.helm = 4, .limits = &limits_default};
    static const struct release release = {.namespace = {"shop", 4}};
    struct rendered_file file = {.name = STR("c/t.yaml"), .text = str_from_c(text)};
    struct rendered_list files = {&file, 1, 1};
    struct rendering rendering = {0};
    struct str problem = {0};
    ck_assert(manifests_sort(arena, &files, &helm_4, &rendering.manifests, &problem));
    return objects_of(arena, &rendering, &release);
}

/* Their workloads, by the kinds of the build. */
static inline struct workload_list workloads_among(struct arena *arena,
                                                   const struct object_list *objects)
{
    struct diagnostics problems = {.arena = arena};
    struct workload_kinds *kinds = arena_make(arena, struct workload_kinds);
    *kinds = workload_kinds_load(arena, NULL, &problems);
    ck_assert_uint_eq(problems.count, 0);
    return workloads_of(arena, kinds, objects);
}

#endif
