#include "engine/engine.h"

/* Looks for Services in texts: "http://clickhouse:8123", "web.shop-prod.svc.cluster.local". */
struct search {
    struct pass *pass;
    const struct object *object;
    struct str path, text; /* the current field and what it says */
    struct str_list schemes, keys;
};

static bool is_label_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

static bool is_label(struct str text)
{
    bool has_letter = false;
    for (size_t i = 0; i < text.n; i++) {
        if (!is_label_char(text.p[i]))
            return false;
        has_letter = has_letter || (text.p[i] >= 'a' && text.p[i] <= 'z');
    }
    return has_letter && text.p[0] != '-' && text.p[text.n - 1] != '-' && text.n <= 63;
}

/* The part of the search's text names the Service. */
static void check_service(struct search *search, struct str part, struct str namespace,
                          struct str name, bool is_short)
{
    struct reference reference = {
        .object = search->object,
        .path = search->path,
        .part = text_part_of(search->text, part),
        .to = {STR(""), STR("Service"), namespace, name},
    };
    struct str hint;
    if (!reference_is_broken(pass_arena(search->pass), pass_makers(search->pass), &reference,
                             &hint))
        return;
    struct report *report = pass_report_reference(search->pass, &reference, hint, "message");
    if (is_short)
        report_severity(report, SEVERITY_WARNING);
}

/* --- addresses with a namespace --- */

/* True when a character before or behind a host says that a program makes the rest of it. */
static bool is_open(struct str text, size_t start, size_t end)
{
    static const char opening[] = "${}*%<>_";
    bool before = start > 0 && strchr(opening, text.p[start - 1]);
    bool behind = end < text.n && strchr(opening, text.p[end]);
    return before || behind;
}

static bool is_comment(struct str text, size_t at)
{
    size_t line = str_find_last_char(str_slice(text, 0, at), '\n');
    struct str rest = str_trim(str_from(text, line == STR_NOT_FOUND ? 0 : line + 1));
    return str_starts_with(rest, STR("#")) || str_starts_with(rest, STR("//"));
}

/* The host that ends at ".svc" in the text: its last two names are Service and namespace. */
static void check_host(struct search *search, size_t dot)
{
    struct str text = search->text;
    size_t start = dot;
    size_t end = dot + strlen(".svc");
    bool is_whole = end == text.n || !(is_label_char(text.p[end]) || text.p[end] == '_');
    while (start > 0 && (is_label_char(text.p[start - 1]) || text.p[start - 1] == '.'))
        start--;
    struct str host = str_slice(text, start, dot);
    size_t last = str_find_last_char(host, '.');
    if (!is_whole || last == STR_NOT_FOUND || is_open(text, start, end) || is_comment(text, dot))
        return;
    struct str namespace = str_from(host, last + 1);
    host = str_slice(host, 0, last);
    size_t before = str_find_last_char(host, '.');
    struct str name = before == STR_NOT_FOUND ? host : str_from(host, before + 1);
    if (is_label(name) && is_label(namespace))
        check_service(search, str_slice(text, (size_t)(name.p - text.p), dot), namespace, name,
                      false);
}

static void check_hosts(struct search *search)
{
    size_t at = 0;
    for (;;) {
        size_t dot = str_find(str_from(search->text, at), STR(".svc"));
        if (dot == STR_NOT_FOUND)
            return;
        check_host(search, at + dot);
        at += dot + 1;
    }
}

/* --- short names --- */

static bool is_port(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
    }
    return text.n >= 2 && text.n <= 5;
}

/* "NAME" or "NAME:PORT"; with a scheme in front the port may be left out. */
static void check_short(struct search *search, struct str text, bool may_be_bare)
{
    struct str rest = text;
    struct str name = str_cut(&rest, ':');
    bool has_port = rest.p && is_port(rest);
    if ((has_port || (!rest.p && may_be_bare)) && is_label(name) && !str_is(name, "localhost"))
        check_service(search, name, search->object->namespace, name, true);
}

static void check_url(struct search *search)
{
    struct str text = search->text;
    size_t scheme = str_find(text, STR("://"));
    if (scheme == STR_NOT_FOUND || !str_list_has(&search->schemes, str_slice(text, 0, scheme)))
        return;
    struct str rest = str_from(text, scheme + 3);
    struct str host = str_cut(&rest, '/');
    host = str_cut(&(struct str){host.p, host.n}, '?');
    size_t at = str_find_last_char(host, '@');
    check_short(search, at == STR_NOT_FOUND ? host : str_from(host, at + 1), true);
}

/* A value by its key: an environment variable, or an entry of a ConfigMap. */
static void check_value(struct search *search, struct str path, struct str key, struct str text)
{
    search->path = path;
    search->text = text;
    struct str lower = str_lower(pass_arena(search->pass), key);
    if (str_contains(text, STR("\n")) || str_contains(text, STR(" ")))
        return;
    if (str_contains(text, STR("://"))) {
        check_url(search);
    } else if (glob_match_any(&search->keys, lower)) {
        for (struct str rest = text; rest.p;)
            check_short(search, str_cut(&rest, ','), false);
    }
}

/* --- where they stand --- */

static void walk(struct search *search, struct str path, const struct yaml_node *node)
{
    struct arena *arena = pass_arena(search->pass);
    if (node->kind == YAML_STRING) {
        search->path = path;
        search->text = node->text;
        check_hosts(search);
    }
    for (size_t i = 0; i < yaml_item_count(node); i++)
        walk(search, values_path_index(arena, path, i), node->list.items[i]);
    for (size_t i = 0; i < yaml_entry_count(node); i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        walk(search, values_path_key(arena, path, entry->key), entry->value);
    }
}

static void check_data(void *context, struct str path, const struct yaml_node *node)
{
    struct values_step_list steps =
        values_path_parse(pass_arena(((struct search *)context)->pass), path);
    if (node->kind == YAML_STRING && steps.count)
        check_value(context, path, steps.items[steps.count - 1].key, node->text);
}

static void check_variables(struct search *search, const struct workload *workload)
{
    struct arena *arena = pass_arena(search->pass);
    struct workload_container_list containers = workload_containers(arena, workload);
    for (size_t i = 0; i < containers.count; i++) {
        struct workload_part part = workload_part(
            arena, workload, values_path_key(arena, containers.items[i].pod_path, STR("env")));
        for (size_t k = 0; k < yaml_item_count(part.node); k++) {
            const struct yaml_node *variable = part.node->list.items[k];
            struct str path =
                values_path_key(arena, values_path_index(arena, part.path, k), STR("value"));
            const struct yaml_node *value = yaml_value(variable, "value");
            if (value && value->kind == YAML_STRING)
                check_value(search, path, yaml_text(yaml_value(variable, "name")), value->text);
        }
    }
}

/* What only declares names, or is looked at by rules of its own. */
static bool is_left_out(const struct object *object)
{
    static const char *const kinds[] = {"Certificate", "CustomResourceDefinition", "Service"};
    return STR_IS_ONE_OF(object->kind, kinds) || str_is(object->group, "external-secrets.io") ||
           (object->manifest && object->manifest->is_test);
}

static void check_objects(struct search *search, const struct object_list *objects)
{
    struct workload_list workloads =
        workloads_of(pass_arena(search->pass), pass_makers(search->pass)->kinds, objects);
    for (size_t i = 0; i < objects->count; i++) {
        search->object = &objects->items[i];
        if (is_left_out(search->object))
            continue;
        walk(search, STR(""), search->object->root);
        if (str_is(search->object->kind, "ConfigMap"))
            object_match(pass_arena(search->pass), search->object->root, STR("data.*"), check_data,
                         search);
    }
    for (size_t i = 0; i < workloads.count; i++) {
        search->object = workloads.items[i].object;
        if (!is_left_out(search->object))
            check_variables(search, &workloads.items[i]);
    }
}

static void check(struct pass *pass)
{
    struct search search = {
        .pass = pass,
        .schemes = pass_option_strings(pass, "schemes"),
        .keys = pass_option_strings(pass, "keys"),
    };
    const struct model *model = pass_model(pass);
    for (size_t i = 0; i < model->release_count; i++) {
        const struct object_list *objects = pass_objects(pass, &model->releases[i]);
        if (objects)
            check_objects(&search, objects);
    }
}

const struct rule_code rule_objects_host_missing = {.repository = check, .uses_objects = true};
