#include "engine/engine.h"

struct hiding {
    const struct release *release;
    const struct value_write *hidden; /* what a file of the release's environment says */
};

/* One value of a shared layer, with everything that it hides. */
struct group {
    struct value_write winner;
    struct str path;
    VECTOR(struct hiding) hidings;
};

struct search {
    struct pass *pass;
    struct map groups; /* the winner's node → struct group */
};

/* The nearest write below the winner that belongs to one environment, or NULL. */
static const struct value_write *environment_write(struct pass *pass, const struct merged *merged)
{
    for (size_t i = merged->write_count - 1; i > 0; i--) {
        const struct value_write *write = &merged->writes[i - 1];
        if (pass_layer_use(pass, write->layer)->environment)
            return write;
    }
    return NULL;
}

/* Maps merge, empty values and other types are the business of other rules. */
static bool is_comparable(const struct yaml_node *winner, const struct yaml_node *hidden)
{
    bool scalars = winner->kind < YAML_LIST && hidden->kind < YAML_LIST;
    bool lists = winner->kind == YAML_LIST && hidden->kind == YAML_LIST;
    return (scalars || lists) && !yaml_is_blank(winner) && !yaml_is_blank(hidden);
}

static void note(struct search *search, const struct release *release, const struct merged *merged)
{
    const struct value_write *winner = merged_winner(merged);
    const struct layer_use *use = pass_layer_use(search->pass, winner->layer);
    if (merged->write_count < 2 || winner->layer->kind != LAYER_FILE || !use->shared ||
        use->environment)
        return;
    const struct value_write *hidden = environment_write(search->pass, merged);
    if (!hidden || !is_comparable(winner->node, hidden->node))
        return;
    struct arena *arena = pass_arena(search->pass);
    struct str key = {(const char *)&winner->node, sizeof winner->node};
    struct group *group = map_get(&search->groups, key);
    if (!group) {
        group = arena_make(arena, struct group);
        group->winner = *winner;
        group->path = merged_path(arena, merged);
        key.p = (const char *)&group->winner.node;
        map_put(arena, &search->groups, key, group);
    }
    vector_push(arena, &group->hidings, ((struct hiding){release, hidden}));
}

static void walk(struct search *search, const struct release *release, const struct merged *merged)
{
    if (merged->parent)
        note(search, release, merged);
    for (size_t i = 0; i < merged->child_count; i++)
        walk(search, release, &merged->children[i]);
}

/* True when the environments do not all say the same: some say nothing, or something else. */
static bool differs(struct pass *pass, const struct group *group,
                    const struct application *application)
{
    for (size_t i = 1; i < group->hidings.count; i++) {
        if (!yaml_equal(group->hidings.items[0].hidden->node, group->hidings.items[i].hidden->node))
            return true;
    }
    size_t same = 0;
    for (size_t i = 0; i < application->release_count; i++) {
        const struct merged *values = pass_values(pass, application->releases[i]);
        same += merged_at(values, group->path).node == group->winner.node;
    }
    return same > group->hidings.count;
}

static void report_group(struct pass *pass, const struct group *group)
{
    struct report *report = NULL;
    for (size_t i = 0; i < group->hidings.count; i++) {
        const struct hiding *hiding = &group->hidings.items[i];
        if (yaml_equal(hiding->hidden->node, group->winner.node))
            continue;
        if (!report) {
            report = pass_report(pass, group->winner.node->span, "message");
            report_values_path(report, group->path);
        }
        report_only_for(report, hiding->release);
        struct str value = yaml_brief(pass_arena(pass), hiding->hidden->node, 60);
        report_related(report, hiding->hidden->node->span, "hidden in %.*s: %.*s",
                       STR_ARG(hiding->release->environment->name), STR_ARG(value));
    }
}

static void check(struct pass *pass, const struct application *application)
{
    struct search search = {.pass = pass};
    for (size_t i = 0; i < application->release_count && application->release_count > 1; i++)
        walk(&search, application->releases[i], pass_values(pass, application->releases[i]));
    for (size_t i = 0; i < search.groups.count; i++) {
        const struct group *group = search.groups.items[i].value;
        if (differs(pass, group, application))
            report_group(pass, group);
    }
}

const struct rule_code rule_values_shared_hides_globals = {.application = check};
