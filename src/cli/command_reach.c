#include <jansson.h>
#include <stdio.h>

#include "cli.h"
#include "reach_matrix.h"

static const struct option options[] = {
    {"config", "FILE", "configuration file, instead of .bulkhead.yaml"},
    {"path", "PATH", "where the repository is; default: here"},
    {"format", "FORMAT", "text (default) or json"},
};

struct reach {
    struct arena *arena;
    const struct repository *repository;
    struct renderer *renderer;
    const struct network *network;
    const struct rendered_release **traced; /* by the release's number; NULL: not yet */
    bool explains;                          /* both ends are named */
};

/* --- the network --- */

static void read_network(struct reach *reach, struct diagnostics *problems)
{
    struct arena *arena = reach->arena;
    const struct workspace *workspace = reach->repository->workspace;
    const struct model *model = workspace->model;
    struct object_list *objects = arena_make_array(arena, struct object_list, model->release_count);
    bool *is_rendered = arena_make_array(arena, bool, model->release_count);
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        struct arena scratch = {0};
        struct diagnostics own = {.arena = arena};
        const struct rendered_release *rendered =
            release->chart ? release_render(&scratch, reach->renderer, release, false, &own) : NULL;
        is_rendered[i] = rendered != NULL;
        if (rendered)
            objects[i] = objects_copy(arena, &rendered->objects);
        else
            diagnostics_add(problems, SEVERITY_WARNING, "not-rendered", (struct span){0},
                            "%.*s cannot be rendered, its pods and policies are left out",
                            STR_ARG(release->name));
        arena_release(&scratch);
    }
    reach->network = network_read(arena, &workspace->workload_kinds, model, objects, is_rendered);
}

/* Where the repository says what a field of the policy is; file 0 when that is not known. */
static struct span place_of(struct reach *reach, const struct object *object, struct str field)
{
    size_t number = object->release->number;
    struct diagnostics ignored = {.arena = reach->arena};
    if (!reach->traced[number])
        reach->traced[number] =
            release_render(reach->arena, reach->renderer, object->release, true, &ignored);
    if (!reach->traced[number])
        return (struct span){0};
    struct cause cause = release_cause(reach->arena, reach->traced[number], object, field);
    return cause_span(&cause);
}

/* --- what a side says --- */

static struct str field_of(const struct network_side *side)
{
    if (side->peer)
        return side->peer->path;
    if (side->rule)
        return side->rule->path;
    return str_is(side->policy->object->kind, "NetworkPolicy") ? STR("spec.podSelector")
                                                               : STR("spec");
}

static const char *word_of(const struct network_side *side)
{
    if (side->isolated == NETWORK_NO && side->truth == NETWORK_YES)
        return "open";
    static const char *const words[] = {"denied", "unknown", "allowed"};
    return words[side->truth];
}

static const char *const directions[NETWORK_DIRECTIONS] = {"ingress", "egress"};

static void explain_side(struct reach *reach, struct text *out, const struct network_side *side,
                         enum network_direction direction, const struct network_pod *subject)
{
    text_format(out, "  %-8s %-8s ", directions[direction], word_of(side));
    if (!side->policy) {
        text_format(out, "no policy isolates %.*s in %.*s\n", STR_ARG(subject->title),
                    STR_ARG(subject->namespace->name));
        return;
    }
    const struct object *object = side->policy->object;
    struct str field = field_of(side);
    struct span span = place_of(reach, object, field);
    text_format(out, "%.*s/%.*s %.*s", STR_ARG(object->kind), STR_ARG(object->name),
                STR_ARG(field));
    if (span.file) {
        text_add_c(out, "  ");
        repository_add_place(out, reach->repository, span);
    }
    text_add_char(out, '\n');
}

/* --- as text --- */

static struct str port_name(struct arena *arena, const struct network_port *port)
{
    if (!port->number)
        return STR("any");
    return str_format(arena, "%u/%s", port->number, network_protocol_name(port->protocol));
}

static void print_ports(struct text *out, const struct network_port_list *ports)
{
    for (size_t i = 0; i < ports->count; i++) {
        text_add_c(out, i ? ", " : "");
        text_add(out, port_name(out->arena, &ports->items[i]));
    }
}

static void print_row(struct reach *reach, struct text *out, const struct reach_row *row)
{
    if (!row->reaching && !row->maybe && !reach->explains)
        return;
    text_format(out, "%.*s -> %.*s: ", STR_ARG(row->from->name), STR_ARG(row->to->name));
    if (row->reaching)
        print_ports(out, &row->ports);
    else
        text_add_c(out, row->maybe ? "unknown" : "no");
    if (row->reaching && row->reaching < row->pairs)
        text_format(out, "  (%zu of %zu pairs of pods)", row->reaching, row->pairs);
    text_add_char(out, '\n');
    if (!reach->explains)
        return;
    explain_side(reach, out, &row->verdict.sides[NETWORK_EGRESS], NETWORK_EGRESS, row->source);
    explain_side(reach, out, &row->verdict.sides[NETWORK_INGRESS], NETWORK_INGRESS,
                 row->destination);
}

/* --- as JSON --- */

static json_t *string_of(struct str s)
{
    return json_stringn(s.n ? s.p : "", s.n);
}

static json_t *json_of_group(const struct reach_group *group)
{
    json_t *object = json_object();
    json_object_set_new(object, "namespace", string_of(group->namespace->name));
    json_object_set_new(object, "tier", string_of(group->tier));
    json_object_set_new(object, "environment", string_of(group->environment));
    return object;
}

static json_t *json_of_side(struct reach *reach, const struct network_side *side)
{
    json_t *object = json_object();
    json_object_set_new(object, "verdict", json_string(word_of(side)));
    if (!side->policy)
        return object;
    json_object_set_new(object, "policy", string_of(side->policy->object->name));
    json_object_set_new(object, "release", string_of(side->policy->object->release->name));
    json_object_set_new(object, "field", string_of(field_of(side)));
    struct span span = place_of(reach, side->policy->object, field_of(side));
    if (!span.file)
        return object;
    struct position at = tree_position(reach->repository->tree, span);
    json_object_set_new(object, "file", string_of(at.path));
    json_object_set_new(object, "line", json_integer(at.line));
    json_object_set_new(object, "column", json_integer(at.column));
    return object;
}

static json_t *json_of_row(struct reach *reach, const struct reach_row *row)
{
    json_t *object = json_object();
    json_t *ports = json_array();
    for (size_t i = 0; i < row->ports.count; i++)
        json_array_append_new(ports, string_of(port_name(reach->arena, &row->ports.items[i])));
    json_object_set_new(object, "from", json_of_group(row->from));
    json_object_set_new(object, "to", json_of_group(row->to));
    json_object_set_new(object, "pairs", json_integer((json_int_t)row->pairs));
    json_object_set_new(object, "reaching", json_integer((json_int_t)row->reaching));
    json_object_set_new(object, "unknown", json_integer((json_int_t)row->maybe));
    json_object_set_new(object, "ports", ports);
    for (int d = 0; reach->explains && d < NETWORK_DIRECTIONS; d++)
        json_object_set_new(object, directions[d], json_of_side(reach, &row->verdict.sides[d]));
    return object;
}

static int append(const char *bytes, size_t count, void *out)
{
    text_add(out, (struct str){bytes, count});
    return 0;
}

static void print_json(struct reach *reach, struct text *out, const struct reach_rows *rows)
{
    json_t *list = json_array();
    for (size_t i = 0; i < rows->count; i++)
        json_array_append_new(list, json_of_row(reach, rows->items[i]));
    json_dump_callback(list, append, out, JSON_INDENT(2));
    text_add_char(out, '\n');
    json_decref(list);
}

/* --- the command --- */

/* False after a message: no pod is meant by the word. */
static bool is_anybody(struct arena *arena, const struct network *network, struct str word)
{
    for (size_t i = 0; i < network->pods.count; i++) {
        if (reach_is_meant(word, network->pods.items[i]))
            return true;
    }
    struct str_list words = reach_words(arena, network);
    fprintf(stderr,
            "bulkhead: %.*s is no environment, namespace, ENV/APP or NAMESPACE/TIER with "
            "pods%.*s\n",
            STR_ARG(word), STR_ARG(similar_hint(arena, word, &words)));
    return false;
}

static bool answer(struct reach *reach, const struct str_list *words, bool is_json,
                   struct text *out)
{
    struct str from = words->count > 0 ? words->items[0] : STR("");
    struct str to = words->count > 1 ? words->items[1] : STR("");
    if (!is_anybody(reach->arena, reach->network, from) ||
        !is_anybody(reach->arena, reach->network, to))
        return false;
    struct reach_rows rows = reach_rows_of(reach->arena, reach->network, from, to);
    if (is_json)
        print_json(reach, out, &rows);
    for (size_t i = 0; !is_json && i < rows.count; i++)
        print_row(reach, out, rows.items[i]);
    return true;
}

static int run(struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    const struct str_list *words = &invocation->arguments.positional;
    bool is_json, good;
    if (!option_format(invocation, &is_json) || !repository_open_model(invocation, NULL, &good))
        return EXIT_NOT_DONE;
    const struct repository *repository = &invocation->repository;
    const struct workspace *workspace = repository->workspace;
    struct chart_load_options how = {.limits = &limits_default};
    struct diagnostics problems = {.arena = arena};
    struct text out = {.arena = arena};
    struct reach reach = {
        .arena = arena,
        .repository = repository,
        .renderer = renderer_new(arena, repository->tree, &how),
        .traced = arena_make_array(arena, const struct rendered_release *,
                                   workspace->model->release_count),
        .explains = words->count > 1,
    };
    read_network(&reach, &problems);
    repository_print_problems(repository, &problems, false);
    good = answer(&reach, words, is_json, &out) && good;
    renderer_close(reach.renderer);
    return print(text_str(&out)) && good ? EXIT_CLEAN : EXIT_NOT_DONE;
}

const struct cli_command command_reach = {
    .name = "reach",
    .arguments = "[FROM] [TO]",
    .help = "Prints who can reach whom over the network, by namespace and tier.\n"
            "FROM and TO: an environment, a namespace, ENV/APP or NAMESPACE/TIER.\n"
            "With both it also prints the lines of the policies that allow or deny it.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .most_arguments = 2,
    .run = run,
};
