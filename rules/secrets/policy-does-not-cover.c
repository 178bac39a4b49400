#include "engine/engine.h"

/* The paths of Vault's policies that the objects of an environment hold. */
struct search {
    struct pass *pass;
    struct str mount;
    struct map policies; /* ENVIRONMENT → struct str_list */
};

/* The text in the first quotes; p == NULL when there are none. */
static struct str quoted(struct str text)
{
    size_t start = str_find_char(text, '"');
    struct str rest = start == STR_NOT_FOUND ? STR("") : str_from(text, start + 1);
    size_t end = str_find_char(rest, '"');
    return end == STR_NOT_FOUND ? (struct str){0} : str_slice(rest, 0, end);
}

/* `path "secret/data/web-*" { … }`, at the beginning of lines. */
static void add_paths(struct search *search, const struct release *release, struct str text)
{
    struct arena *arena = pass_arena(search->pass);
    struct str environment = release->environment->name;
    struct str_list *paths = map_get(&search->policies, environment);
    while (text.p) {
        struct str line = str_trim(str_cut(&text, '\n'));
        struct str path = str_starts_with(line, STR("path \"")) ? quoted(line) : STR("");
        if (!path.n)
            continue;
        if (!paths) {
            paths = arena_make(arena, struct str_list);
            map_put(arena, &search->policies, environment, paths);
        }
        vector_push(arena, paths, path);
    }
}

static void find_policies(struct search *search, const struct release *release,
                          const struct yaml_node *node)
{
    if (node->kind == YAML_STRING && str_contains(node->text, STR("capabilities")))
        add_paths(search, release, node->text);
    for (size_t i = 0; i < yaml_item_count(node); i++)
        find_policies(search, release, node->list.items[i]);
    for (size_t i = 0; i < yaml_entry_count(node); i++)
        find_policies(search, release, node->map.entries[i].value);
}

static void collect(struct search *search)
{
    const struct model *model = pass_model(search->pass);
    for (size_t i = 0; i < model->release_count; i++) {
        const struct object_list *objects = pass_objects(search->pass, &model->releases[i]);
        for (size_t k = 0; objects && k < objects->count; k++)
            find_policies(search, &model->releases[i], objects->items[k].root);
    }
}

/* As Vault reads them: `*` at the end stands for anything, `+` for one segment. */
static bool covers(struct str policy, struct str path)
{
    while (policy.p) {
        struct str wanted = str_cut(&policy, '/');
        if (!policy.p && wanted.n && wanted.p[wanted.n - 1] == '*')
            return path.p && str_starts_with(path, str_slice(wanted, 0, wanted.n - 1));
        if (!path.p)
            return false;
        struct str segment = str_cut(&path, '/');
        if (!str_is(wanted, "+") && !str_equal(wanted, segment))
            return false;
    }
    return !path.p;
}

static void check_read(struct search *search, const struct secret_text *read)
{
    struct arena *arena = pass_arena(search->pass);
    const struct str_list *paths =
        map_get(&search->policies, read->object->release->environment->name);
    struct str full =
        str_format(arena, "%.*s/data/%.*s", STR_ARG(search->mount), STR_ARG(read->text));
    bool is_covered = !paths;
    for (size_t i = 0; paths && i < paths->count && !is_covered; i++)
        is_covered = covers(paths->items[i], full) || covers(paths->items[i], read->text);
    if (is_covered)
        return;
    struct report *report = pass_report_field(search->pass, read->object, read->field, "message");
    report_argument(report, "path", full);
}

/* --- namespaces --- */

static bool lists(const struct yaml_node *list, struct str text)
{
    bool found = false;
    for (size_t i = 0; i < yaml_item_count(list); i++)
        found = found || str_equal(yaml_text(list->list.items[i]), text);
    return found;
}

/* The namespaces at a values path of the release against those that have a store. */
static void check_list(struct search *search, const struct release *release, struct str path)
{
    const struct secret_facts *facts = &pass_secrets(search->pass)->facts;
    struct merged_value value = merged_at(pass_values(search->pass, release), path);
    for (size_t i = 0; value.node && i < facts->servers.count; i++) {
        const struct object *store = facts->servers.items[i].object;
        if (!str_is(store->kind, "SecretStore") || lists(value.node, store->namespace) ||
            store->release->environment != release->environment)
            continue;
        struct report *report = pass_report(search->pass, value.node->span, "namespace");
        report_values_path(report, path);
        report_only_for(report, release);
        report_argument(report, "store", object_title(pass_arena(search->pass), store));
        report_argument(report, "namespace", store->namespace);
    }
}

static void check_namespaces(struct search *search)
{
    const struct model *model = pass_model(search->pass);
    struct str_list paths = pass_option_strings(search->pass, "namespaces");
    for (size_t i = 0; i < model->release_count; i++) {
        for (size_t k = 0; k < paths.count; k++)
            check_list(search, &model->releases[i], paths.items[k]);
    }
}

static void check(struct pass *pass)
{
    struct search search = {.pass = pass, .mount = pass_option_string(pass, "mount")};
    collect(&search);
    const struct secret_facts *facts = &pass_secrets(pass)->facts;
    for (size_t i = 0; i < facts->reads.count; i++)
        check_read(&search, &facts->reads.items[i]);
    check_namespaces(&search);
}

const struct rule_code rule_secrets_policy_does_not_cover = {
    .repository = check,
    .uses_objects = true,
};
