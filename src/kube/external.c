#include "external.h"

/* --- addresses --- */

/* Reads a number up to `most` off the start of the text. */
static bool cut_number(struct str *text, unsigned most, unsigned *ret_number)
{
    unsigned number = 0;
    size_t i = 0;
    for (; i < text->n && i < 4 && text->p[i] >= '0' && text->p[i] <= '9'; i++)
        number = number * 10 + (unsigned)(text->p[i] - '0');
    *text = str_from(*text, i);
    *ret_number = number;
    return i > 0 && number <= most;
}

bool is_public_address(struct str text)
{
    unsigned part[4];
    for (size_t i = 0; i < 4; i++) {
        if (i > 0 && (!text.n || text.p[0] != '.'))
            return false;
        text = str_from(text, i > 0);
        if (!cut_number(&text, 255, &part[i]))
            return false;
    }
    bool private = part[0] == 10 || (part[0] == 172 && part[1] >= 16 && part[1] < 32) ||
                   (part[0] == 192 && part[1] == 168) ||
                   (part[0] == 100 && part[1] >= 64 && part[1] < 128);
    bool local = part[0] == 0 || part[0] == 127 || (part[0] == 169 && part[1] == 254);
    bool documentation = (part[0] == 192 && part[1] == 0) || (part[0] == 198 && part[1] == 51) ||
                         (part[0] == 203 && part[1] == 0) ||
                         (part[0] == 198 && (part[1] & 0xFE) == 18);
    bool resolver = part[0] == part[3] && part[1] == part[2] && part[0] == part[1];
    return !text.n && !private && !local && !documentation && !resolver && part[0] < 224;
}

bool is_uuid(struct str text)
{
    bool varied = false;
    if (text.n != 36)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash != (text.p[i] == '-') || (!dash && !strchr("0123456789abcdefABCDEF", text.p[i])))
            return false;
        varied = varied || (!dash && text.p[i] != text.p[0]);
    }
    return varied;
}

/* --- fields --- */

/* Where kinds say what they take. A path that ends with a key whose dots are escaped is an
 * annotation's. `beside` is a field that sets equal texts apart, else the object's name does. */
static const struct {
    const char *group, *kind, *path, *beside;
    enum external_kind external;
} fields[] = {
    {"", "Service", "spec.loadBalancerIP", NULL, EXTERNAL_ADDRESS},
    {"", "Service",
     "metadata.annotations.service\\.beta\\.kubernetes\\.io/azure-load-balancer-ipv4", NULL,
     EXTERNAL_ADDRESS},
    {"", "Service", "metadata.annotations.service\\.beta\\.kubernetes\\.io/azure-pip-name", NULL,
     EXTERNAL_ADDRESS},
    {"", "Service",
     "metadata.annotations.service\\.beta\\.kubernetes\\.io/aws-load-balancer-eip-allocations",
     NULL, EXTERNAL_ADDRESS},
    {"", "Service", "metadata.annotations.metallb\\.io/loadBalancerIPs", NULL, EXTERNAL_ADDRESS},
    {"", "Service", "metadata.annotations.metallb\\.universe\\.tf/loadBalancerIPs", NULL,
     EXTERNAL_ADDRESS},
    {"", "Service", "metadata.annotations.lbipam\\.cilium\\.io/ips", NULL, EXTERNAL_ADDRESS},
    {"networking.k8s.io", "Ingress",
     "metadata.annotations.kubernetes\\.io/ingress\\.global-static-ip-name", NULL,
     EXTERNAL_ADDRESS},
    {"gateway.networking.k8s.io", "Gateway", "spec.addresses[0].value", NULL, EXTERNAL_ADDRESS},
    {"gateway.envoyproxy.io", "EnvoyProxy", "spec.provider.kubernetes.envoyService.loadBalancerIP",
     NULL, EXTERNAL_ADDRESS},
    {"", "ServiceAccount", "metadata.annotations.azure\\.workload\\.identity/client-id", NULL,
     EXTERNAL_ACCOUNT},
    {"", "ServiceAccount", "metadata.annotations.eks\\.amazonaws\\.com/role-arn", NULL,
     EXTERNAL_ACCOUNT},
    {"", "ServiceAccount", "metadata.annotations.iam\\.gke\\.io/gcp-service-account", NULL,
     EXTERNAL_ACCOUNT},
    {"postgresql.cnpg.io", "Cluster", "spec.backup.barmanObjectStore.destinationPath",
     "spec.backup.barmanObjectStore.serverName", EXTERNAL_PLACE},
};

static bool is_address_character(char c)
{
    return (c >= '0' && c <= '9') || c == '.';
}

static bool is_address(struct str text)
{
    bool is_one = text.n && str_count_char(text, '.') == 3;
    for (size_t i = 0; i < text.n && is_one; i++)
        is_one = is_address_character(text.p[i]);
    return is_one;
}

static void add_fields(struct arena *arena, const struct object *object,
                       struct external_list *externals)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (!str_is(object->group, fields[i].group) || !str_is(object->kind, fields[i].kind))
            continue;
        struct external external = {.kind = fields[i].external};
        external.field = str_from_c(fields[i].path);
        external.text = yaml_text(object_at(object->root, external.field));
        if (fields[i].beside)
            external.beside = yaml_text(object_at(object->root, str_from_c(fields[i].beside)));
        if (fields[i].beside && !external.beside.n)
            external.beside = object->name;
        external.is_of_network =
            external.kind == EXTERNAL_ADDRESS && !is_public_address(external.text);
        bool is_any = str_is(external.text, "0.0.0.0");
        bool is_partial = str_contains(external.text, STR(":::")); /* an ARN without account */
        if (external.text.n && !is_any && !is_partial)
            vector_push(arena, externals, external);
    }
}

/* --- databases --- */

/* user@host/database behind the scheme, on a host that has a domain and is not in the cluster:
 * db.databases is a Service and its namespace. */
static bool is_external_database(struct str rest)
{
    size_t at = str_find_last_char(rest, '@');
    struct str host = str_from(rest, at == STR_NOT_FOUND ? 0 : at + 1);
    size_t slash = str_find_char(host, '/');
    struct str database = slash == STR_NOT_FOUND ? STR("") : str_from(host, slash + 1);
    size_t end = 0;
    while (end < host.n && !strchr(":/,?", host.p[end]))
        end++;
    host = str_slice(host, 0, end);
    bool is_inside = str_ends_with(host, STR(".svc")) || str_contains(host, STR(".svc.")) ||
                     str_ends_with(host, STR(".local")) || str_ends_with(host, STR(".localhost"));
    bool is_example =
        str_ends_with(host, STR("example.com")) || str_ends_with(host, STR("example.org"));
    bool is_remote = str_count_char(host, '.') > 1 && !is_inside && !is_example;
    bool is_here = is_address(host) && !is_public_address(host);
    return at != STR_NOT_FOUND && database.n && database.p[0] != '?' && is_remote && !is_here;
}

static bool is_database(struct str text)
{
    static const char *const schemes[] = {
        "postgres",  "postgresql", "mysql", "mariadb",    "mongodb",    "mongodb+srv",
        "sqlserver", "amqp",       "amqps", "clickhouse", "jdbc:mysql", "jdbc:postgresql"};
    size_t colon = str_find(text, STR("://"));
    bool is_fixed = !str_contains(text, STR("$")) && !str_contains(text, STR("{{")) &&
                    !str_contains(text, STR(" ")) && !str_contains(text, STR("\n"));
    return colon != STR_NOT_FOUND && is_fixed &&
           STR_IS_ONE_OF(str_slice(text, 0, colon), schemes) &&
           is_external_database(str_from(text, colon + 3));
}

struct search {
    struct arena *arena;
    struct external_list *externals;
};

static void visit_text(void *context, const struct object_text *text)
{
    struct search *search = context;
    if (!is_database(text->text))
        return;
    struct external external = {.kind = EXTERNAL_DATABASE, .text = text->text};
    external.field = layer_value_path(search->arena, text->value);
    vector_push(search->arena, search->externals, external);
}

struct external_list externals_of(struct arena *arena, const struct object *object)
{
    struct external_list externals = {0};
    struct search search = {arena, &externals};
    add_fields(arena, object, &externals);
    object_texts_walk(object, visit_text, &search);
    return externals;
}

const char *external_kind_name(enum external_kind kind)
{
    static const char *const names[] = {"address", "cloud identity", "place", "database"};
    return names[kind];
}

/* --- ports --- */

static const struct yaml_node *ports_of(const struct object *object)
{
    bool is_gateway = str_is(object->group, "gateway.networking.k8s.io");
    return object_at(object->root, is_gateway ? STR("spec.listeners") : STR("spec.ports"));
}

static bool listens(const struct yaml_node *ports, struct str port, struct str protocol)
{
    for (size_t i = 0; i < yaml_item_count(ports); i++) {
        const struct yaml_node *item = ports->list.items[i];
        bool is_udp = str_is(yaml_text(yaml_value(item, "protocol")), "UDP");
        if (str_equal(yaml_text(yaml_value(item, "port")), port) &&
            is_udp == str_is(protocol, "UDP"))
            return true;
    }
    return false;
}

bool externals_clash(const struct object *a, const struct object *b)
{
    bool is_same = str_equal(a->name, b->name) && str_equal(a->namespace, b->namespace);
    const struct yaml_node *ports = ports_of(a);
    bool found = false;
    for (size_t i = 0; i < yaml_item_count(ports) && !is_same && !found; i++) {
        const struct yaml_node *item = ports->list.items[i];
        found = listens(ports_of(b), yaml_text(yaml_value(item, "port")),
                        yaml_text(yaml_value(item, "protocol")));
    }
    return found;
}

struct str external_shown(const struct external *external)
{
    if (external->kind != EXTERNAL_DATABASE)
        return external->text;
    size_t at = str_find_last_char(external->text, '@');
    struct str shown = str_from(external->text, at == STR_NOT_FOUND ? 0 : at + 1);
    return str_cut(&shown, '?');
}
