#include "makers.h"

#include "makers_private.h"

/* What may be there although no release makes it. */

/* What every cluster or namespace has; kind, and a glob of its name. */
static const struct {
    const char *kind, *name;
} always[] = {
    {"ServiceAccount", "default"},
    {"ConfigMap", "kube-root-ca.crt"},
    {"ConfigMap", "openshift-service-ca.crt"},
    {"ConfigMap", "istio-ca-root-cert"},
    {"ConfigMap", "linkerd-identity-trust-roots"},
    {"PriorityClass", "system-*"},
    {"Service", "kubernetes"},
    {"TemporalNamespace", "{default,temporal-system}"},
};

/* Custom resources that make nothing that others use, or only what bears no name of theirs. */
static const struct {
    const char *group, *kind; /* globs */
} makes_nothing[] = {
    {"monitoring.coreos.com", "{*Monitor,PrometheusRule,Probe,ScrapeConfig,AlertmanagerConfig}"},
    {"gateway.networking.k8s.io", "{*Route,ReferenceGrant,GatewayClass,BackendTLSPolicy}"},
    {"gateway.envoyproxy.io", "*Policy"},
    {"networking.istio.io", "*"},
    {"security.istio.io", "*"},
    {"traefik.{io,containo.us}", "*"},
    {"cilium.io", "*"},
    {"keda.sh", "*"},
    {"autoscaling.k8s.io", "*"},
    {"kafka.strimzi.io", "{KafkaTopic,KafkaUser,KafkaNodePool}"},
    {"temporal.io", "TemporalNamespace"},
    {"postgresql.cnpg.io", "{ScheduledBackup,Backup,Database,Publication,Subscription}"},
    {"argoproj.io", "{Application,ApplicationSet,AppProject,Rollout,AnalysisTemplate}"},
};

static bool is_custom(const struct object *object)
{
    bool is_gateway = str_is(object->group, "gateway.networking.k8s.io");
    if (str_find_char(object->group, '.') == STR_NOT_FOUND ||
        (str_ends_with(object->group, STR(".k8s.io")) && !is_gateway))
        return false;
    for (size_t i = 0; i < sizeof makes_nothing / sizeof *makes_nothing; i++) {
        if (glob_match(str_from_c(makes_nothing[i].group), object->group) &&
            glob_match(str_from_c(makes_nothing[i].kind), object->kind))
            return false;
    }
    return true;
}

/* True when a field whose key is about names says this one. */
static bool gives_name(const struct yaml_node *node, struct str key, struct str name)
{
    if (node->kind == YAML_STRING)
        return str_equal(node->text, name) && str_ends_with(key, STR("ame"));
    for (size_t i = 0; node->kind == YAML_LIST && i < node->list.count; i++) {
        if (gives_name(node->list.items[i], key, name))
            return true;
    }
    for (size_t i = 0; node->kind == YAML_MAP && i < node->map.count; i++) {
        if (gives_name(node->map.entries[i].value, node->map.entries[i].key, name))
            return true;
    }
    return false;
}

/* True when a text tells kubectl something about the name. */
static bool scripts(const struct yaml_node *node, struct str name)
{
    if (node->kind == YAML_STRING)
        return node->text.n > name.n && str_contains(node->text, STR("kubectl")) &&
               str_contains(node->text, name);
    for (size_t i = 0; node->kind == YAML_LIST && i < node->list.count; i++) {
        if (scripts(node->list.items[i], name))
            return true;
    }
    for (size_t i = 0; node->kind == YAML_MAP && i < node->map.count; i++) {
        if (scripts(node->map.entries[i].value, name))
            return true;
    }
    return false;
}

/* What the operator of this kind makes is known; of other kinds, that it names it after the object
 * or as the object says. */
static bool operator_may_make(const struct makers *makers, const struct object *object,
                              const struct identifier *identifier)
{
    struct arena scratch = {0};
    const struct workload_kind *kind =
        workload_kind_find(makers->kinds, object->group, object->kind);
    bool is_known = false;
    bool found = false;
    for (size_t i = 0; kind && i < kind->makes.count; i++) {
        const struct workload_made *made = &kind->makes.items[i];
        if (!str_equal(made->kind, identifier->kind) || !str_equal(made->group, identifier->group))
            continue;
        struct str_list names = workload_made_names(&scratch, made, object);
        is_known = true;
        found = found || glob_match_any(&names, identifier->name);
    }
    arena_release(&scratch);
    if (is_known)
        return found;
    return (object->name.n && str_contains(identifier->name, object->name)) ||
           gives_name(object->root, STR(""), identifier->name);
}

static bool is_among_makers(const struct makers *makers, const struct maker_namespace *namespace,
                            const struct object *user, const struct identifier *identifier)
{
    for (size_t i = 0; namespace && i < namespace->objects.count; i++) {
        const struct object *object = namespace->objects.items[i];
        if (object == user)
            continue;
        if (is_custom(object) ? operator_may_make(makers, object, identifier)
                              : scripts(object->root, identifier->name))
            return true;
    }
    return false;
}

/* "KIND/NAME" or "KIND/NAMESPACE/NAME", as the configuration shares it. */
static bool is_shared(const struct makers *makers, const struct identifier *identifier)
{
    struct arena scratch = {0};
    const struct str_list *shared = &makers->model->config->shared_objects;
    struct str brief =
        str_format(&scratch, "%.*s/%.*s", STR_ARG(identifier->kind), STR_ARG(identifier->name));
    struct str full = str_format(&scratch, "%.*s/%.*s/%.*s", STR_ARG(identifier->kind),
                                 STR_ARG(identifier->namespace), STR_ARG(identifier->name));
    bool found = glob_match_any(shared, brief) || glob_match_any(shared, full);
    arena_release(&scratch);
    return found;
}

static bool is_always_there(const struct identifier *identifier)
{
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) {
        if (str_is(identifier->kind, always[i].kind) &&
            glob_match(str_from_c(always[i].name), identifier->name))
            return true;
    }
    return false;
}

/* True when something copies objects of this name from one namespace to others. */
static bool is_copied(const struct makers *makers, const struct release *release,
                      const struct identifier *identifier)
{
    const struct made_list *list =
        makers_of_kind(makers, release, identifier->group, identifier->kind);
    for (size_t i = 0; list && i < list->count; i++) {
        const struct made *made = list->items[i];
        const struct yaml_node *annotations =
            yaml_at(made->makers.items[0].object->root, STR("metadata.annotations"));
        if (!str_equal(made->identifier.name, identifier->name))
            continue;
        for (size_t k = 0; k < yaml_entry_count(annotations); k++) {
            struct str key = annotations->map.entries[k].key;
            if (str_contains(key, STR("reflect")) || str_contains(key, STR("replicat")) ||
                str_contains(key, STR("sync")))
                return true;
        }
    }
    return false;
}

/* True when a release whose namespace is not known makes one. */
static bool is_stray(const struct makers *makers, const struct object *user,
                     const struct identifier *identifier)
{
    struct identifier stray = *identifier;
    stray.namespace = STR("");
    return makers_find(makers, user->release, &stray);
}

bool makers_may_have(const struct makers *makers, const struct object *user,
                     const struct identifier *identifier)
{
    struct str cluster = makers_cluster(makers, user->release);
    const struct maker_namespace *own =
        maker_namespace_find(makers, cluster, identifier->namespace);
    return is_always_there(identifier) || is_shared(makers, identifier) ||
           is_copied(makers, user->release, identifier) || is_stray(makers, user, identifier) ||
           is_among_makers(makers, own, user, identifier) ||
           is_among_makers(makers, map_get(&makers->everywhere, cluster), user, identifier);
}

/* --- hints --- */

static struct str hint_of_name(struct arena *arena, const struct made_list *list,
                               const struct identifier *identifier)
{
    struct str_list names = {0};
    for (size_t i = 0; i < list->count; i++) {
        const struct identifier *other = &list->items[i]->identifier;
        if (str_equal(other->namespace, identifier->namespace))
            vector_push(arena, &names, other->name);
    }
    struct str near = similar_find(identifier->name, names.items, names.count);
    return near.p ? str_format(arena, " (did you mean %.*s?)", STR_ARG(near)) : STR("");
}

static struct str hint_of_namespace(struct arena *arena, const struct made_list *list,
                                    const struct identifier *identifier)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct identifier *other = &list->items[i]->identifier;
        if (str_equal(other->name, identifier->name) && other->namespace.n)
            return str_format(arena, " (%.*s has one)", STR_ARG(other->namespace));
    }
    return STR("");
}

static struct str hint_of_environment(struct arena *arena, const struct makers *makers,
                                      const struct object *user,
                                      const struct identifier *identifier)
{
    const struct application *application = user->release->application;
    for (size_t i = 0; i < application->release_count; i++) {
        const struct release *other = application->releases[i];
        struct identifier there = *identifier;
        if (other == user->release)
            continue;
        if (there.namespace.n)
            there.namespace = other->namespace;
        if (makers_find(makers, other, &there))
            return str_format(arena, " (%.*s has one)", STR_ARG(other->environment->name));
    }
    return STR("");
}

struct maker_hint makers_hint(struct arena *arena, const struct makers *makers,
                              const struct object *user, const struct identifier *identifier)
{
    static const struct made_list none = {0};
    const struct made_list *list =
        makers_of_kind(makers, user->release, identifier->group, identifier->kind);
    struct str near = hint_of_name(arena, list ? list : &none, identifier);
    struct str elsewhere = hint_of_environment(arena, makers, user, identifier);
    if (!elsewhere.n)
        elsewhere = hint_of_namespace(arena, list ? list : &none, identifier);
    return (struct maker_hint){near.n ? near : elsewhere, elsewhere.n > 0};
}
