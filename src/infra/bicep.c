#include "bicep_syntax.h"
#include "evaluate.h"
#include "pool.h"

enum { MOST_MODULE_DEPTH = 8 };

struct program {
    struct pool_collector *collector;
    struct map files; /* path → struct bicep_file */
    struct map used;  /* paths of files that others use as modules */
};

/* A file with the parameters it is used with. */
struct instance {
    struct program *program;
    const struct bicep_file *file;
    struct evaluator evaluator;
    struct pool_source *source;
    struct pool_flag enabled;
    unsigned depth;
};

static struct str resolve(struct arena *arena, struct str from, struct str relative)
{
    return path_clean(arena, path_join(arena, path_directory(from), relative));
}

/* --- pools --- */

/* An agent pool resource has the name beside its properties. */
static const struct outcome *flatten(struct arena *arena, const struct outcome *resource)
{
    resource = outcome_common(arena, resource);
    const struct outcome *properties = outcome_behind(arena, resource, "properties");
    const struct outcome *name = outcome_behind(arena, resource, "name");
    struct outcome *pool = outcome_make(arena, OUTCOME_OBJECT, resource->span);
    if (properties && properties->kind != OUTCOME_NULL) {
        properties = outcome_common(arena, properties);
        if (properties->kind == OUTCOME_OBJECT)
            *pool = *properties;
        pool->is_open = properties->kind != OUTCOME_OBJECT || properties->is_open;
        pool->members.capacity = pool->members.count; /* not into what is shared */
    }
    if (name)
        outcome_put(arena, pool, (struct outcome_member){STR("name"), name->span, name});
    return pool;
}

static void add_pool(struct instance *instance, const struct outcome *object, struct span span,
                     struct pool_flag enabled)
{
    struct node_pool *pool =
        pool_add(instance->program->collector, instance->source, &pool_fields_azure, object, span);
    size_t slash = str_find_last_char(pool->name.text, '/');
    if (slash != STR_NOT_FOUND)
        pool->name.text = str_from(pool->name.text, slash + 1);
    pool->enabled = enabled;
    struct str folder = path_name(path_directory(instance->file->file->path));
    pool->in_module = map_has(&instance->program->used, instance->file->file->path) ||
                      str_is(folder, "modules") || str_is(folder, "module");
}

static void add_profiles(struct instance *instance, const struct outcome *profiles,
                         struct span span, struct pool_flag enabled)
{
    struct arena *arena = instance->evaluator.arena;
    if (!profiles || profiles->kind == OUTCOME_NULL)
        return;
    profiles = outcome_common(arena, profiles);
    if (profiles->kind != OUTCOME_LIST || profiles->is_open)
        pool_note_more(instance->source, span);
    for (size_t i = 0; profiles->kind == OUTCOME_LIST && i < profiles->members.count; i++) {
        const struct outcome *profile = outcome_common(arena, profiles->members.items[i].value);
        if (profile->kind == OUTCOME_OBJECT)
            add_pool(instance, profile, span, enabled);
        else
            pool_note_more(instance->source, span);
    }
}

/* Whether it is deployed at all, if what is around it is. */
static struct pool_flag enabled_by(struct instance *instance, const struct expression *condition)
{
    struct pool_flag enabled = instance->enabled;
    if (!condition)
        return enabled;
    int holds = outcome_holds(evaluate(&instance->evaluator, condition, NULL));
    if (holds == 0)
        return (struct pool_flag){POOL_KNOWN, false, condition->span};
    if (holds < 0 && !(enabled.known == POOL_KNOWN && !enabled.is_set))
        return (struct pool_flag){POOL_UNKNOWN, false, condition->span};
    return enabled;
}

/* Calls for every object that the body makes: one, or one for each round of its loop. */
static void each_body(struct instance *instance, const struct bicep_resource *resource,
                      void (*call)(struct instance *instance, const struct bicep_resource *resource,
                                   const struct outcome *object))
{
    struct arena *arena = instance->evaluator.arena;
    const struct outcome *body =
        outcome_common(arena, evaluate(&instance->evaluator, resource->body, NULL));
    if (body->kind == OUTCOME_OBJECT) {
        call(instance, resource, body);
        return;
    }
    if (body->kind != OUTCOME_LIST || body->is_open)
        pool_note_more(instance->source, resource->span);
    for (size_t i = 0; body->kind == OUTCOME_LIST && i < body->members.count; i++)
        call(instance, resource, outcome_common(arena, body->members.items[i].value));
}

static void read_agent_pool(struct instance *instance, const struct bicep_resource *resource,
                            const struct outcome *object)
{
    add_pool(instance, flatten(instance->evaluator.arena, object), resource->span,
             enabled_by(instance, resource->condition));
}

static void read_cluster(struct instance *instance, const struct bicep_resource *resource,
                         const struct outcome *object)
{
    struct arena *arena = instance->evaluator.arena;
    instance->source->has_cluster = true;
    const struct outcome *provisioning =
        outcome_behind(arena, object, "properties.nodeProvisioningProfile.mode");
    if (provisioning &&
        !(provisioning->kind == OUTCOME_TEXT && str_is(provisioning->text, "Manual")))
        pool_note_more(instance->source, provisioning->span);
    add_profiles(instance, outcome_behind(arena, object, "properties.agentPoolProfiles"),
                 resource->span, enabled_by(instance, resource->condition));
}

static void read_federation(struct instance *instance, const struct bicep_resource *resource,
                            const struct outcome *object)
{
    subjects_add(instance->program->collector, object, enabled_by(instance, resource->condition));
}

static bool is_federation(const struct bicep_resource *resource)
{
    static const struct str kind = STR("federatedIdentityCredentials");
    static const struct str full =
        STR("Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials");
    return str_equal_ignoring_case(resource->type, resource->outer ? kind : full);
}

static bool is_cluster(const struct bicep_resource *resource)
{
    return str_equal_ignoring_case(resource->type,
                                   STR("Microsoft.ContainerService/managedClusters"));
}

static void read_resource(struct instance *instance, const struct bicep_resource *resource)
{
    static const struct str child = STR("Microsoft.ContainerService/managedClusters/agentPools");
    bool within = resource->outer && is_cluster(resource->outer) &&
                  str_equal_ignoring_case(resource->type, STR("agentPools"));
    if (resource->is_existing || !resource->body)
        return;
    if (is_cluster(resource))
        each_body(instance, resource, read_cluster);
    else if (within || str_equal_ignoring_case(resource->type, child))
        each_body(instance, resource, read_agent_pool);
    else if (is_federation(resource))
        each_body(instance, resource, read_federation);
}

/* --- modules --- */

static void run(struct instance *instance, const struct outcome *parameters);

/* The modules of Azure's registry that make a cluster or an identity; of others nothing is known.
 */
static void read_registry_module(struct instance *instance, const struct bicep_resource *module,
                                 const struct outcome *parameters)
{
    static const char *const words[] = {"aks", "managed-cluster", "container-service",
                                        "agent-pool"};
    struct arena *arena = instance->evaluator.arena;
    if (str_contains(module->type, STR("avm/res/container-service/managed-cluster:"))) {
        struct pool_flag enabled = enabled_by(instance, module->condition);
        instance->source->has_cluster = true;
        add_profiles(instance, outcome_behind(arena, parameters, "primaryAgentPoolProfiles"),
                     module->span, enabled);
        add_profiles(instance, outcome_behind(arena, parameters, "agentPools"), module->span,
                     enabled);
        return;
    }
    if (str_contains(module->type, STR("avm/res/managed-identity/user-assigned-identity:")))
        read_federation(instance, module, parameters);
    struct str path = str_lower(arena, module->type);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_contains(path, str_from_c(words[i])))
            pool_note_more(instance->source, module->span);
    }
}

static void read_module(struct instance *instance, const struct bicep_resource *module,
                        const struct outcome *object)
{
    struct arena *arena = instance->evaluator.arena;
    const struct outcome *parameters = outcome_behind(arena, object, "params");
    if (!parameters)
        parameters = outcome_make(arena, OUTCOME_OBJECT, object->span);
    struct str path = resolve(arena, instance->file->file->path, module->type);
    const struct bicep_file *file = path.p ? map_get(&instance->program->files, path) : NULL;
    if (!file) {
        read_registry_module(instance, module, parameters);
        return;
    }
    if (instance->depth >= MOST_MODULE_DEPTH)
        return;
    struct instance inner = {
        .program = instance->program,
        .file = file,
        .source = instance->source,
        .enabled = enabled_by(instance, module->condition),
        .depth = instance->depth + 1,
    };
    run(&inner, outcome_common(arena, parameters));
}

/* The parameters that are given, else their defaults. */
static void bind_parameters(struct instance *instance, const struct outcome *parameters)
{
    struct evaluator *evaluator = &instance->evaluator;
    bool told = !parameters || (parameters->kind == OUTCOME_OBJECT && !parameters->is_open);
    for (size_t i = 0; i < instance->file->parameters.count; i++) {
        const struct bicep_name *parameter = &instance->file->parameters.items[i];
        const struct outcome_member *given = outcome_find(parameters, parameter->name);
        if (given)
            evaluator_set(evaluator, parameter->name, given->value);
        else if (told && parameter->value)
            evaluator_bind(evaluator, parameter->name, parameter->value);
    }
}

static void run(struct instance *instance, const struct outcome *parameters)
{
    struct pool_collector *collector = instance->program->collector;
    instance->evaluator = (struct evaluator){
        .arena = collector->arena, .language = LANGUAGE_BICEP, .steps = &collector->steps};
    bind_parameters(instance, parameters);
    for (size_t i = 0; i < instance->file->variables.count; i++) {
        const struct bicep_name *variable = &instance->file->variables.items[i];
        if (variable->value)
            evaluator_bind(&instance->evaluator, variable->name, variable->value);
    }
    for (size_t i = 0; i < instance->file->resources.count; i++)
        read_resource(instance, instance->file->resources.items[i]);
    for (size_t i = 0; i < instance->file->modules.count; i++) {
        const struct bicep_resource *module = instance->file->modules.items[i];
        if (module->body)
            each_body(instance, module, read_module);
    }
}

/* --- parameters of roots --- */

/* "main.bicep" is used with "main.parameters.json", "main.dev.parameters.json" and the like. */
static bool is_parameters_of(struct str path, const struct bicep_file *file)
{
    struct str stem = path_stem(file->file->path);
    struct str name = path_name(path);
    return str_ends_with(name, STR(".json")) && str_contains(name, STR("parameters")) &&
           str_starts_with(name, stem) && name.n > stem.n && name.p[stem.n] == '.' &&
           str_equal(path_directory(path), path_directory(file->file->path));
}

/* Texts that a tool fills in first. */
static const struct outcome *without_placeholders(struct arena *arena, const struct outcome *value)
{
    bool placeholder = value->kind == OUTCOME_TEXT && str_contains(value->text, STR("${"));
    return placeholder ? outcome_unknown(arena, value->span) : value;
}

static const struct outcome *read_json_parameters(struct pool_collector *collector, struct str path)
{
    struct arena *arena = collector->arena;
    const struct file *file = tree_find(collector->tree, path);
    if (!file || file->state != FILE_READ)
        return outcome_unknown(arena, (struct span){0});
    const struct yaml_stream *stream = yaml_parse(arena, file, &limits_default);
    const struct yaml_node *root = yaml_value(yaml_root(stream), "parameters");
    struct outcome *parameters = outcome_make(arena, OUTCOME_OBJECT, (struct span){file->id, 0, 0});
    for (size_t i = 0; root && root->kind == YAML_MAP && i < root->map.count; i++) {
        const struct yaml_node *value = yaml_value(root->map.entries[i].value, "value");
        struct span span = root->map.entries[i].key_span;
        const struct outcome *outcome =
            value ? without_placeholders(arena, outcome_of_node(arena, value))
                  : outcome_unknown(arena, span);
        outcome_put(arena, parameters,
                    (struct outcome_member){root->map.entries[i].key, span, outcome});
    }
    return parameters;
}

static const struct outcome *read_bicep_parameters(struct pool_collector *collector,
                                                   const struct bicep_file *file)
{
    struct evaluator evaluator = {
        .arena = collector->arena, .language = LANGUAGE_BICEP, .steps = &collector->steps};
    for (size_t i = 0; i < file->variables.count; i++)
        evaluator_bind(&evaluator, file->variables.items[i].name, file->variables.items[i].value);
    struct outcome *parameters =
        outcome_make(collector->arena, OUTCOME_OBJECT, (struct span){file->file->id, 0, 0});
    for (size_t i = 0; i < file->parameters.count; i++) {
        const struct bicep_name *given = &file->parameters.items[i];
        if (given->value)
            outcome_put(collector->arena, parameters,
                        (struct outcome_member){given->name, given->span,
                                                evaluate(&evaluator, given->value, NULL)});
    }
    return parameters;
}

/* What all files of parameters say together: one of them, parameter by parameter; a parameter that
 * only some of them give is unknown. NULL: there is no such file. */
static const struct outcome *find_parameters(struct program *program, const struct bicep_file *file)
{
    struct pool_collector *collector = program->collector;
    struct arena *arena = collector->arena;
    const struct outcome *all = NULL;
    const struct str_list *paths = tree_paths(collector->tree);
    for (size_t i = 0; i < paths->count; i++) {
        if (is_parameters_of(paths->items[i], file))
            all = outcome_either(arena, all, read_json_parameters(collector, paths->items[i]));
    }
    for (size_t i = 0; i < program->files.count; i++) {
        const struct bicep_file *other = program->files.items[i].value;
        struct str target =
            other->uses.n ? resolve(arena, other->file->path, other->uses) : (struct str){0};
        if (target.p && str_equal(target, file->file->path))
            all = outcome_either(arena, all, read_bicep_parameters(collector, other));
    }
    return all ? outcome_common(arena, all) : NULL;
}

/* --- all files --- */

static void note_problem(struct pool_collector *collector, struct span problem)
{
    if (problem.file)
        diagnostics_add(collector->sink, SEVERITY_INFO, "infrastructure", problem,
                        "this is not understood; what it gives counts as unknown");
}

static void parse_all(struct program *program, const struct str_list *paths)
{
    struct pool_collector *collector = program->collector;
    struct arena *arena = collector->arena;
    for (size_t i = 0; i < paths->count; i++) {
        const struct file *file = tree_find(collector->tree, paths->items[i]);
        if (!file || file->state != FILE_READ || map_has(&program->files, file->path))
            continue;
        const struct bicep_file *parsed = bicep_parse(arena, file);
        map_put(arena, &program->files, file->path, (void *)parsed);
        vector_push(arena, &collector->pools->files, file);
        note_problem(collector, parsed->problem);
        for (size_t k = 0; k < parsed->modules.count; k++) {
            struct str used = resolve(arena, file->path, parsed->modules.items[k]->type);
            if (used.p && !str_equal(used, file->path))
                map_put(arena, &program->used, used, program);
        }
    }
}

void bicep_read(struct pool_collector *collector, const struct str_list *paths)
{
    struct program program = {.collector = collector};
    parse_all(&program, paths);
    for (size_t i = 0; i < program.files.count; i++) {
        const struct bicep_file *file = program.files.items[i].value;
        if (map_has(&program.used, file->file->path) || file->uses.n)
            continue;
        struct pool_source *source = pool_add_source(collector, POOL_FROM_BICEP, file->file->path);
        struct instance root = {
            .program = &program,
            .file = file,
            .source = source,
            .enabled = {.known = POOL_KNOWN, .is_set = true},
        };
        run(&root, find_parameters(&program, file));
    }
}
