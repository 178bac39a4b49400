#include "reach_matrix.h"

#include <stdlib.h>

struct matrix {
    struct arena *arena;
    const struct reach_group **groups; /* of each pod */
    struct map by_name;                /* CLUSTER and name → struct reach_group */
    struct map rows;                   /* two groups → struct reach_row */
    struct reach_rows out;
};

static struct str name_of(struct arena *arena, const struct network_pod *pod)
{
    return str_format(arena, "%.*s%s%.*s", STR_ARG(pod->namespace->name), pod->tier.n ? "/" : "",
                      STR_ARG(pod->tier));
}

bool reach_is_meant(struct str word, const struct network_pod *pod)
{
    struct arena scratch = {0};
    const struct network_namespace *namespace = pod->namespace;
    bool is_meant = !word.n || str_equal(word, namespace->name) ||
                    str_equal(word, pod->object->release->environment->name) ||
                    str_equal(word, pod->object->release->name) ||
                    str_equal(word, name_of(&scratch, pod));
    arena_release(&scratch);
    return is_meant;
}

struct str_list reach_words(struct arena *arena, const struct network *network)
{
    struct map seen = {0};
    struct str_list words = {0};
    for (size_t i = 0; i < network->pods.count; i++) {
        const struct network_pod *pod = network->pods.items[i];
        const struct release *release = pod->object->release;
        const struct str own[] = {release->environment->name, pod->namespace->name, release->name,
                                  name_of(arena, pod)};
        for (size_t k = 0; k < sizeof own / sizeof *own; k++)
            map_put(arena, &seen, own[k], NULL);
    }
    for (size_t i = 0; i < seen.count; i++)
        vector_push(arena, &words, seen.items[i].key);
    return words;
}

static const struct reach_group *group_of(struct matrix *matrix, const struct network_pod *pod)
{
    struct arena *arena = matrix->arena;
    struct str name = name_of(arena, pod);
    struct str key =
        str_format(arena, "%.*s %.*s", STR_ARG(pod->namespace->cluster), STR_ARG(name));
    struct reach_group *group = map_get(&matrix->by_name, key);
    if (group)
        return group;
    group = arena_make(arena, struct reach_group);
    *group = (struct reach_group){
        .namespace = pod->namespace,
        .tier = pod->tier,
        .environment = pod->namespace->environment ? pod->namespace->environment->name : STR(""),
        .name = name,
    };
    map_put(arena, &matrix->by_name, key, group);
    return group;
}

static struct reach_row *row_of(struct matrix *matrix, const struct reach_group *from,
                                const struct reach_group *to)
{
    struct arena *arena = matrix->arena;
    struct str key = str_format(arena, "%p %p", (const void *)from, (const void *)to);
    struct reach_row *row = map_get(&matrix->rows, key);
    if (!row) {
        row = arena_make(arena, struct reach_row);
        *row = (struct reach_row){.from = from, .to = to};
        map_put(arena, &matrix->rows, key, row);
        vector_push(arena, &matrix->out, row);
    }
    return row;
}

static void add_port(struct arena *arena, struct network_port_list *ports,
                     const struct network_port *port)
{
    for (size_t i = 0; i < ports->count; i++) {
        const struct network_port *known = &ports->items[i];
        if (known->number == port->number && known->protocol == port->protocol)
            return;
    }
    vector_push(arena, ports, *port);
}

static int compare_ports(const void *a, const void *b)
{
    const struct network_port *left = a;
    const struct network_port *right = b;
    if (left->number != right->number)
        return left->number < right->number ? -1 : 1;
    return (int)left->protocol - (int)right->protocol;
}

static void add_pair(struct matrix *matrix, struct reach_row *row, const struct network_pod *from,
                     const struct network_pod *to)
{
    struct network_ports ports = network_ports(to);
    enum network_truth best = NETWORK_NO;
    for (size_t i = 0; i < ports.count; i++) {
        struct network_verdict verdict = network_connect(from, to, &ports.items[i]);
        if (!row->source || verdict.truth > row->verdict.truth) {
            row->verdict = verdict;
            row->source = from;
            row->destination = to;
        }
        if (verdict.truth == NETWORK_YES)
            add_port(matrix->arena, &row->ports, &ports.items[i]);
        best = verdict.truth > best ? verdict.truth : best;
    }
    row->pairs++;
    row->reaching += best == NETWORK_YES;
    row->maybe += best == NETWORK_MAYBE;
}

struct reach_rows reach_rows_of(struct arena *arena, const struct network *network, struct str from,
                                struct str to)
{
    size_t count = network->pods.count;
    struct matrix matrix = {.arena = arena};
    matrix.groups = arena_make_array(arena, const struct reach_group *, count);
    for (size_t i = 0; i < count; i++)
        matrix.groups[i] = group_of(&matrix, network->pods.items[i]);
    for (size_t i = 0; i < count; i++) {
        const struct network_pod *source = network->pods.items[i];
        for (size_t k = 0; k < count && reach_is_meant(from, source); k++) {
            const struct network_pod *destination = network->pods.items[k];
            if (str_equal(source->namespace->cluster, destination->namespace->cluster) &&
                reach_is_meant(to, destination))
                add_pair(&matrix, row_of(&matrix, matrix.groups[i], matrix.groups[k]), source,
                         destination);
        }
    }
    for (size_t i = 0; i < matrix.out.count; i++) {
        struct network_port_list *ports = &matrix.out.items[i]->ports;
        if (ports->count)
            qsort(ports->items, ports->count, sizeof *ports->items, compare_ports);
    }
    return matrix.out;
}
