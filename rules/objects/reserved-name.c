#include "engine/engine.h"

static struct str_list names_of_cloud(struct pass *pass)
{
    const struct yaml_node *clouds = pass_option_map(pass, "names");
    const struct yaml_entry *cloud = yaml_find(clouds, pass_option_string(pass, "cloud"));
    struct str_list names = {0};
    for (size_t i = 0; cloud && i < yaml_item_count(cloud->value); i++)
        vector_push(pass_arena(pass), &names, yaml_text(cloud->value->list.items[i]));
    return names;
}

static void check_cloud(struct pass *pass, const struct made *made, const struct str_list *names)
{
    const struct identifier *identifier = &made->identifier;
    struct str title = str_format(pass_arena(pass), "%.*s/%.*s%s%.*s", STR_ARG(identifier->kind),
                                  STR_ARG(identifier->namespace),
                                  identifier->namespace.n ? "/" : "", STR_ARG(identifier->name));
    for (size_t i = 0; glob_match_any(names, title) && i < made->makers.count; i++)
        pass_report_field(pass, made->makers.items[i].object, STR("metadata.name"), "cloud");
}

static bool are_same(const struct object *a, const struct object *b)
{
    return str_equal(a->kind, b->kind) && str_equal(a->name, b->name);
}

static void report_taken(struct pass *pass, const struct made *made, const struct object *taker,
                         const struct object *owner)
{
    struct report *report = pass_report_field(pass, taker, STR("metadata.name"), "operator");
    report_argument(report, "kind", made->identifier.kind);
    report_argument(report, "name", made->identifier.name);
    report_argument(report, "owner", object_title(pass_arena(pass), owner));
}

/* Of two operators the one whose object has that very name is to blame: the pooler's, not the
 * cluster's. */
static void check_operators(struct pass *pass, const struct made *made)
{
    for (size_t i = 0; i < made->makers.count; i++) {
        const struct maker *owner = &made->makers.items[i];
        bool has_name = str_equal(owner->object->name, made->identifier.name);
        for (size_t k = 0; owner->is_operator && !has_name && k < made->makers.count; k++) {
            const struct object *taker = made->makers.items[k].object;
            if (!are_same(taker, owner->object))
                report_taken(pass, made, taker, owner->object);
        }
    }
}

static void check(struct pass *pass)
{
    struct str_list names = names_of_cloud(pass);
    const struct made_list *all = &pass_makers(pass)->all;
    for (size_t i = 0; i < all->count; i++) {
        check_cloud(pass, all->items[i], &names);
        check_operators(pass, all->items[i]);
    }
}

const struct rule_code rule_objects_reserved_name = {.repository = check, .uses_objects = true};
