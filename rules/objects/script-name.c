#include "engine/engine.h"

/* What scripts tell kubectl to look at: "kubectl -n shop wait deployment/web". */

/* Words of kubectl for kinds. */
static const struct {
    const char *words[4];
    const char *group, *kind;
} kinds[] = {
    {{"deployment", "deployments", "deploy", "deployment.apps"}, "apps", "Deployment"},
    {{"statefulset", "statefulsets", "sts", "statefulset.apps"}, "apps", "StatefulSet"},
    {{"daemonset", "daemonsets", "ds", "daemonset.apps"}, "apps", "DaemonSet"},
    {{"service", "services", "svc", "service"}, "", "Service"},
    {{"configmap", "configmaps", "cm", "configmap"}, "", "ConfigMap"},
    {{"serviceaccount", "serviceaccounts", "sa", "serviceaccount"}, "", "ServiceAccount"},
    {{"cronjob", "cronjobs", "cj", "cronjob.batch"}, "batch", "CronJob"},
    {{"clickhouseinstallation", "clickhouseinstallations", "chi", "chi"},
     "clickhouse.altinity.com",
     "ClickHouseInstallation"},
    {{"redisfailover", "redisfailovers", "rf", "rf"}, "databases.spotahome.com", "RedisFailover"},
    {{"kafka", "kafkas", "k", "kafka.kafka.strimzi.io"}, "kafka.strimzi.io", "Kafka"},
    {{"keycloak", "keycloaks", "kc", "kc"}, "k8s.keycloak.org", "Keycloak"},
    {{"temporalcluster", "temporalclusters", "tc", "tc"}, "temporal.io", "TemporalCluster"},
    {{"gateway", "gateways", "gtw", "gtw"}, "gateway.networking.k8s.io", "Gateway"},
};

static const char *const verbs[] = {"get", "wait", "describe", "rollout", "logs", "exec", "scale"};
/* Options whose value is a word of its own. */
static const char *const valued[] = {"-o",        "--output",     "-c",         "--container",
                                     "-f",        "--filename",   "--for",      "--timeout",
                                     "--context", "--kubeconfig", "--replicas", "--tail"};
/* With these it does not matter whether a certain object is there. */
static const char *const careless[] = {"-A", "--all-namespaces", "--ignore-not-found",
                                       "-l", "--selector",       "--all"};

struct request {
    struct str namespace, group, kind;
    struct str_list names; /* of the kind, or KIND/NAME */
    bool is_careless;
};

static bool read_kind(struct str word, struct str *ret_group, struct str *ret_kind)
{
    struct arena scratch = {0};
    struct str lower = str_lower(&scratch, word);
    bool found = false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !found; i++) {
        found = STR_IS_ONE_OF(lower, kinds[i].words);
        if (found) {
            *ret_group = str_from_c(kinds[i].group);
            *ret_kind = str_from_c(kinds[i].kind);
        }
    }
    arena_release(&scratch);
    return found;
}

/* The next word of the command without quotes; false at its end. */
static bool next_word(struct str *rest, struct str *ret_word)
{
    while (rest->n && (rest->p[0] == ' ' || rest->p[0] == '\t' || rest->p[0] == '\\' ||
                       (rest->p[0] == '\n' && rest->p[-1] == '\\')))
        *rest = str_from(*rest, 1);
    size_t end = 0;
    while (end < rest->n && !strchr(" \t\n;|&()<>`", rest->p[end]))
        end++;
    *ret_word = str_slice(*rest, 0, end);
    *rest = str_from(*rest, end);
    while (ret_word->n > 1 && strchr("\"'", ret_word->p[0]))
        *ret_word = str_from(*ret_word, 1);
    while (ret_word->n && strchr("\"'", ret_word->p[ret_word->n - 1]))
        ret_word->n--;
    return end > 0;
}

/* True for an option; *rest is then behind its value. */
static bool read_option(struct request *request, struct str word, struct str *rest)
{
    struct str value;
    struct str after = word;
    struct str name = str_cut(&after, '=');
    if (!str_starts_with(word, STR("-")))
        return false;
    bool is_namespace = str_is(name, "-n") || str_is(name, "--namespace");
    request->is_careless = request->is_careless || STR_IS_ONE_OF(name, careless);
    if (is_namespace && after.p)
        request->namespace = after;
    else if (is_namespace && next_word(rest, &value))
        request->namespace = value;
    else if (!after.p && STR_IS_ONE_OF(name, valued))
        next_word(rest, &value);
    return true;
}

/* Reads what follows "kubectl"; false when it is not about objects by name. */
static bool read_request(struct arena *arena, struct str rest, struct request *request)
{
    struct str word;
    struct str verb = STR("");
    bool is_over = false;
    while (!is_over && next_word(&rest, &word)) {
        is_over = str_is(word, "--");
        if (is_over || read_option(request, word, &rest))
            continue;
        bool is_sub =
            str_is(verb, "rollout") && (str_is(word, "status") || str_is(word, "restart"));
        bool is_name = str_contains(word, STR("/")) || (request->kind.n && !is_sub);
        if (!verb.n)
            verb = word;
        else if (is_name)
            vector_push(arena, &request->names, word);
        else if (!is_sub && !request->names.count)
            is_over = !read_kind(word, &request->group, &request->kind);
    }
    return STR_IS_ONE_OF(verb, verbs) && !request->is_careless;
}

struct search {
    struct pass *pass;
    const struct object *object;
    struct str path, text; /* the current field and the script in it */
};

static void check_name(struct search *search, const struct request *request, struct str word)
{
    struct arena *arena = pass_arena(search->pass);
    struct reference reference = {.object = search->object, .path = search->path};
    struct identifier *to = &reference.to;
    struct str name = word;
    struct str kind = str_cut(&name, '/');
    *to = (struct identifier){request->group, request->kind, request->namespace, word};
    if (name.p && !read_kind(kind, &to->group, &to->kind))
        return;
    if (name.p)
        to->name = name;
    reference.part = text_part_of(search->text, to->name);
    struct str hint;
    bool is_open = false;
    for (size_t i = 0; i < to->name.n; i++)
        is_open = is_open || strchr("${}*\"'%,=:", to->name.p[i]);
    if (is_open || !to->name.n || str_contains(to->namespace, STR("$")) ||
        !reference_is_broken(arena, pass_makers(search->pass), &reference, &hint))
        return;
    pass_report_reference(search->pass, &reference, hint, "message");
}

/* A script that makes objects may make those it asks for. */
static bool makes_objects(struct str text)
{
    static const char *const makers[] = {"kubectl create", "kubectl apply", "kubectl run",
                                         "helm install", "helm upgrade"};
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++) {
        if (str_contains(text, str_from_c(makers[i])))
            return true;
    }
    return false;
}

static void check_text(struct search *search)
{
    struct str text = search->text;
    struct arena *arena = pass_arena(search->pass);
    size_t at = 0;
    while (!makes_objects(text)) {
        size_t found = str_find(str_from(text, at), STR("kubectl "));
        if (found == STR_NOT_FOUND)
            return;
        at += found + strlen("kubectl ");
        struct request request = {.namespace = search->object->namespace};
        bool is_known = read_request(arena, str_from(text, at), &request);
        for (size_t i = 0; is_known && i < request.names.count; i++)
            check_name(search, &request, request.names.items[i]);
    }
}

static void walk(struct search *search, struct str path, const struct yaml_node *node)
{
    struct arena *arena = pass_arena(search->pass);
    if (node->kind == YAML_STRING) {
        search->path = path;
        search->text = node->text;
        check_text(search);
    }
    for (size_t i = 0; i < yaml_item_count(node); i++)
        walk(search, values_path_index(arena, path, i), node->list.items[i]);
    for (size_t i = 0; i < yaml_entry_count(node); i++)
        walk(search, values_path_key(arena, path, node->map.entries[i].key),
             node->map.entries[i].value);
}

static void check(struct pass *pass)
{
    static const char *const scripted[] = {"ConfigMap", "Job", "CronJob", "Pod", "Deployment"};
    const struct model *model = pass_model(pass);
    for (size_t i = 0; i < model->release_count; i++) {
        const struct object_list *objects = pass_objects(pass, &model->releases[i]);
        for (size_t k = 0; objects && k < objects->count; k++) {
            struct search search = {.pass = pass, .object = &objects->items[k]};
            if (STR_IS_ONE_OF(search.object->kind, scripted))
                walk(&search, STR(""), search.object->root);
        }
    }
}

const struct rule_code rule_objects_script_name = {.repository = check, .uses_objects = true};
