#include "engine/engine.h"

/* The host and port of an address: "keycloak" and "8080" of http://keycloak:8080/realms. */
struct short_host {
    struct str name, port;
};

/* The next address whose host is one label with a port behind it. */
static bool next_host(struct str text, size_t *position, struct short_host *ret_host)
{
    size_t found;
    while ((found = str_find(str_from(text, *position), STR("://"))) != STR_NOT_FOUND) {
        struct str rest = str_from(text, *position + found + 3);
        *position += found + 3;
        size_t end = 0;
        while (end < rest.n && rest.p[end] != ':' && rest.p[end] > ' ')
            end++;
        size_t stop = end + (end < rest.n);
        while (stop < rest.n && rest.p[stop] >= '0' && rest.p[stop] <= '9')
            stop++;
        *ret_host = (struct short_host){str_slice(rest, 0, end), str_slice(rest, end + 1, stop)};
        if (is_dns_label(ret_host->name) && ret_host->port.n)
            return true;
    }
    return false;
}

static bool has_port(const struct network_service *service, struct str port)
{
    uint64_t number = 0;
    bool is_number = parse_go_uint(port, 10, &number);
    for (size_t i = 0; i < service->ports.count && is_number; i++) {
        if (service->ports.items[i].number == number)
            return true;
    }
    return false;
}

/* True when both may be used together: of one environment, or one of them of all. */
static bool belong_together(const struct network_namespace *a, const struct network_namespace *b)
{
    return str_equal(a->cluster, b->cluster) &&
           (!a->environment || !b->environment || a->environment == b->environment);
}

/* The Service of that name and port in another namespace; NULL when there is none, and when the
 * own namespace has one of the name. */
static const struct network_service *find_elsewhere(const struct network *network,
                                                    const struct network_namespace *own,
                                                    const struct short_host *host)
{
    const struct network_service *found = NULL;
    for (size_t i = 0; i < network->services.count; i++) {
        const struct network_service *service = network->services.items[i];
        if (!str_equal(service->object->name, host->name))
            continue;
        if (service->namespace == own)
            return NULL;
        bool fits = belong_together(own, service->namespace) && has_port(service, host->port);
        found = !found && fits ? service : found;
    }
    return found;
}

/* Whose text is read by pods of its own namespace. */
static bool is_read_there(const struct object *object)
{
    static const char *const kinds[] = {"ConfigMap", "Deployment", "StatefulSet",
                                        "DaemonSet", "Job",        "CronJob"};
    return STR_IS_ONE_OF(object->kind, kinds);
}

static void visit_text(void *context, const struct object_text *text)
{
    struct pass *pass = context;
    const struct network *network = pass_network(pass);
    const struct network_namespace *own =
        network_namespace_of(network, pass_model(pass), text->object);
    struct short_host host;
    for (size_t at = 0; own && !own->is_partial && next_host(text->text, &at, &host);) {
        const struct network_service *service = find_elsewhere(network, own, &host);
        if (!service || text_is_comment(text->text, (size_t)(host.name.p - text->text.p)))
            continue;
        struct str field = layer_value_path(pass_arena(pass), text->value);
        struct text_part part = text_part_of(text->text, host.name);
        struct report *report = pass_report_text(pass, text->object, field, part, "message");
        report_argument(report, "own", own->name);
        report_argument(report, "namespace", service->namespace->name);
    }
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    for (size_t i = 0; i < model->release_count; i++) {
        const struct object_list *objects = pass_objects(pass, &model->releases[i]);
        for (size_t k = 0; objects && k < objects->count; k++) {
            if (is_read_there(&objects->items[k]))
                object_texts_walk(&objects->items[k], visit_text, pass);
        }
    }
}

const struct rule_code rule_env_short_name = {.repository = check, .uses_objects = true};
