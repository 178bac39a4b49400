#include "terraform.h"

enum { MOST_MODULE_DEPTH = 8, MOST_COPIES = 100 };

/* --- blocks as outcomes --- */

static void add_to_list(struct arena *arena, struct outcome *object, struct str key,
                        const struct outcome *item, bool more)
{
    const struct outcome_member *old = outcome_find(object, key);
    bool continues = old && old->value->kind == OUTCOME_LIST;
    struct span span = item ? item->span : object->span;
    struct outcome *list = outcome_make(arena, OUTCOME_LIST, continues ? old->span : span);
    for (size_t i = 0; continues && i < old->value->members.count; i++)
        outcome_add(arena, list, old->value->members.items[i]);
    list->is_open = more || (continues && old->value->is_open);
    if (item)
        outcome_add(arena, list, (struct outcome_member){.span = item->span, .value = item});
    outcome_put(arena, object, (struct outcome_member){key, list->span, list});
}

/* dynamic "taint" { for_each = …  content { … } } */
static void add_dynamic(struct evaluator *evaluator, const struct terraform_block *block,
                        const struct evaluation_scope *scope, struct outcome *object)
{
    struct arena *arena = evaluator->arena;
    const struct expression *over = terraform_attribute(&block->body, "for_each");
    const struct expression *iterator = terraform_attribute(&block->body, "iterator");
    struct str name = block->labels.items[0];
    struct str loop = iterator && iterator->kind == EXPRESSION_NAME ? iterator->name : name;
    const struct terraform_block *content = NULL;
    for (size_t i = 0; i < block->body.block_count; i++) {
        if (str_is(block->body.blocks[i]->type, "content"))
            content = block->body.blocks[i];
    }
    const struct outcome *rounds =
        over ? outcome_common(arena, evaluate(evaluator, over, scope)) : NULL;
    bool told =
        rounds && content && (rounds->kind == OUTCOME_LIST || rounds->kind == OUTCOME_OBJECT);
    if (!told || rounds->is_open)
        add_to_list(arena, object, name, NULL, true);
    for (size_t i = 0; told && i < rounds->members.count; i++) {
        const struct outcome_member *round = &rounds->members.items[i];
        struct outcome *each = terraform_each(arena, rounds, round);
        struct evaluation_scope inner = {scope, loop, each};
        add_to_list(arena, object, name, terraform_outcome(evaluator, content, &inner), false);
    }
}

struct outcome *terraform_each(struct arena *arena, const struct outcome *over,
                               const struct outcome_member *member)
{
    struct outcome *each = outcome_make(arena, OUTCOME_OBJECT, member->span);
    const struct outcome *key = over->kind == OUTCOME_OBJECT
                                    ? outcome_of_text(arena, member->span, member->key)
                                    : member->value;
    outcome_put(arena, each, (struct outcome_member){STR("key"), member->span, key});
    outcome_put(arena, each, (struct outcome_member){STR("value"), member->span, member->value});
    return each;
}

const struct outcome *terraform_outcome(struct evaluator *evaluator,
                                        const struct terraform_block *block,
                                        const struct evaluation_scope *scope)
{
    const struct terraform_body *body = &block->body;
    struct outcome *object = outcome_make(evaluator->arena, OUTCOME_OBJECT, block->span);
    for (size_t i = 0; i < body->attribute_count; i++) {
        const struct terraform_attribute *attribute = &body->attributes[i];
        struct outcome_member member = {attribute->name, attribute->span,
                                        evaluate(evaluator, attribute->value, scope)};
        outcome_put(evaluator->arena, object, member);
    }
    for (size_t i = 0; i < body->block_count; i++) {
        const struct terraform_block *inner = body->blocks[i];
        if (str_is(inner->type, "dynamic") && inner->labels.count)
            add_dynamic(evaluator, inner, scope, object);
        else
            add_to_list(evaluator->arena, object, inner->type,
                        terraform_outcome(evaluator, inner, scope), false);
    }
    return object;
}

/* --- copies by count and for_each --- */

struct copies {
    struct terraform_instance *instance;
    const struct terraform_block *block;
    struct pool_flag enabled;
    void (*call)(struct terraform_instance *instance, const struct terraform_block *block,
                 const struct outcome *object, struct pool_flag enabled);
};

static void call_copy(const struct copies *copies, const struct evaluation_scope *scope,
                      struct pool_flag enabled)
{
    const struct outcome *object =
        terraform_outcome(&copies->instance->evaluator, copies->block, scope);
    copies->call(copies->instance, copies->block, object, enabled);
}

static struct outcome *index_of(struct arena *arena, struct span span, size_t index)
{
    struct outcome *object = outcome_make(arena, OUTCOME_OBJECT, span);
    const struct outcome *number = outcome_of_number(arena, span, (double)index);
    outcome_put(arena, object, (struct outcome_member){STR("index"), span, number});
    return object;
}

static void copy_by_count(const struct copies *copies, const struct expression *count)
{
    struct evaluator *evaluator = &copies->instance->evaluator;
    const struct outcome *number = evaluate(evaluator, count, NULL);
    bool known =
        number->kind == OUTCOME_NUMBER && number->number >= 0 && number->number <= MOST_COPIES;
    size_t times = known && number->number >= 1 ? (size_t)number->number : 1;
    struct pool_flag enabled = copies->enabled;
    if (!known)
        enabled = (struct pool_flag){POOL_UNKNOWN, false, count->span};
    else if (number->number < 1)
        enabled = (struct pool_flag){POOL_KNOWN, false, count->span};
    for (size_t i = 0; i < times; i++) {
        struct evaluation_scope scope = {NULL, STR("count"),
                                         index_of(evaluator->arena, count->span, i)};
        call_copy(copies, &scope, enabled);
    }
}

static void copy_for_each(const struct copies *copies, const struct expression *for_each)
{
    struct evaluator *evaluator = &copies->instance->evaluator;
    const struct outcome *over =
        outcome_common(evaluator->arena, evaluate(evaluator, for_each, NULL));
    bool told = over->kind == OUTCOME_LIST || over->kind == OUTCOME_OBJECT;
    if (!told || over->is_open)
        pool_note_more(copies->instance->source, copies->block->span);
    for (size_t i = 0; told && i < over->members.count; i++) {
        struct outcome *each = terraform_each(evaluator->arena, over, &over->members.items[i]);
        struct evaluation_scope scope = {NULL, STR("each"), each};
        call_copy(copies, &scope, copies->enabled);
    }
}

static void copy(const struct copies *copies)
{
    const struct expression *count = terraform_attribute(&copies->block->body, "count");
    const struct expression *for_each = terraform_attribute(&copies->block->body, "for_each");
    if (for_each)
        copy_for_each(copies, for_each);
    else if (count)
        copy_by_count(copies, count);
    else
        call_copy(copies, NULL, copies->enabled);
}

/* --- modules --- */

static void run(struct terraform_instance *instance, const struct outcome *arguments);

static struct str local_folder(struct arena *arena, struct str folder, struct str source)
{
    bool local = str_starts_with(source, STR("./")) || str_starts_with(source, STR("../"));
    return local ? path_clean(arena, path_join(arena, folder, source)) : (struct str){0};
}

static struct str source_of(const struct terraform_block *module)
{
    const struct expression *source = terraform_attribute(&module->body, "source");
    return source && source->kind == EXPRESSION_TEXT ? source->name : STR("");
}

static void read_module(struct terraform_instance *instance, const struct terraform_block *block,
                        const struct outcome *object, struct pool_flag enabled)
{
    struct arena *arena = instance->evaluator.arena;
    struct str path = local_folder(arena, instance->folder->path, source_of(block));
    const struct terraform_folder *folder =
        path.p ? map_get(&instance->program->folders, path) : NULL;
    if (!folder) {
        terraform_read_registry_module(instance, block, source_of(block), object, enabled);
        return;
    }
    if (instance->depth >= MOST_MODULE_DEPTH)
        return;
    struct terraform_instance inner = {
        .program = instance->program,
        .folder = folder,
        .source = instance->source,
        .enabled = enabled,
        .depth = instance->depth + 1,
    };
    run(&inner, object);
}

static void bind_locals(struct evaluator *evaluator, const struct terraform_block *locals)
{
    for (size_t i = 0; i < locals->body.attribute_count; i++) {
        const struct terraform_attribute *local = &locals->body.attributes[i];
        evaluator_bind(evaluator, str_join(evaluator->arena, STR("local."), local->name),
                       local->value);
    }
}

static void bind_variable(struct terraform_instance *instance,
                          const struct terraform_block *variable, const struct outcome *arguments)
{
    struct evaluator *evaluator = &instance->evaluator;
    if (!variable->labels.count)
        return;
    struct str name = variable->labels.items[0];
    struct str path = str_join(evaluator->arena, STR("var."), name);
    const struct expression *fallback = terraform_attribute(&variable->body, "default");
    const struct outcome_member *given = outcome_find(arguments, name);
    if (given)
        evaluator_set(evaluator, path, given->value);
    else if (fallback)
        evaluator_bind(evaluator, path, fallback);
    if (!arguments)
        terraform_bind_values(instance, name, path);
}

static void bind_all(struct terraform_instance *instance, const struct outcome *arguments)
{
    const struct terraform_folder *folder = instance->folder;
    for (size_t i = 0; i < folder->blocks.count; i++) {
        const struct terraform_block *block = folder->blocks.items[i];
        if (str_is(block->type, "locals"))
            bind_locals(&instance->evaluator, block);
        else if (str_is(block->type, "variable"))
            bind_variable(instance, block, arguments);
    }
}

/* Karpenter makes nodes as they are needed. */
static bool makes_nodes(const struct terraform_block *block)
{
    for (size_t i = 0; i < block->labels.count; i++) {
        if (str_contains(block->labels.items[i], STR("karpenter")))
            return true;
    }
    return str_contains(source_of(block), STR("karpenter"));
}

/* Resources and data that bind service accounts of a cluster to an identity of the cloud. */
static bool binds_subjects(const struct terraform_block *block)
{
    static const char *const kinds[] = {"azurerm_federated_identity_credential",
                                        "aws_iam_policy_document"};
    return block->labels.count && STR_IS_ONE_OF(block->labels.items[0], kinds);
}

static void read_subjects(struct terraform_instance *instance, const struct terraform_block *block,
                          const struct outcome *object, struct pool_flag enabled)
{
    (void)block;
    subjects_add(instance->program->collector, object, enabled);
}

/* Objects of a cluster, and releases of Helm. */
static bool makes_objects(const struct terraform_block *block)
{
    static const char *const providers[] = {"helm_", "kubernetes_", "kubectl_"};
    bool makes = false;
    for (size_t i = 0; block->labels.count && i < sizeof providers / sizeof *providers; i++)
        makes = makes || str_starts_with(block->labels.items[0], str_from_c(providers[i]));
    return makes && str_is(block->type, "resource");
}

static void run(struct terraform_instance *instance, const struct outcome *arguments)
{
    struct pool_collector *collector = instance->program->collector;
    instance->evaluator = (struct evaluator){
        .arena = collector->arena, .language = LANGUAGE_TERRAFORM, .steps = &collector->steps};
    if (!arguments)
        terraform_find_values(instance);
    bind_all(instance, arguments);
    for (size_t i = 0; i < instance->folder->blocks.count; i++) {
        const struct terraform_block *block = instance->folder->blocks.items[i];
        struct copies copies = {instance, block, instance->enabled, NULL};
        if (str_is(block->type, "resource") && terraform_is_pool_resource(block))
            copies.call = terraform_read_resource;
        else if (str_is(block->type, "module"))
            copies.call = read_module;
        else if (binds_subjects(block))
            copies.call = read_subjects;
        collector->pools->makes_objects = collector->pools->makes_objects || makes_objects(block);
        if (copies.call)
            copy(&copies);
        if (makes_nodes(block)) /* without pools */
            pool_note_more(instance->source, block->span);
    }
    if (!arguments)
        terraform_read_environments(instance);
}

/* --- folders --- */

static struct terraform_folder *folder_of(struct terraform_program *program, struct str path)
{
    struct terraform_folder *folder = map_get(&program->folders, path);
    if (!folder) {
        folder = arena_make(program->collector->arena, struct terraform_folder);
        folder->path = path;
        map_put(program->collector->arena, &program->folders, path, folder);
    }
    return folder;
}

static void parse_file(struct terraform_program *program, struct str path)
{
    struct pool_collector *collector = program->collector;
    const struct file *file = tree_find(collector->tree, path);
    if (!file || file->state != FILE_READ)
        return;
    struct terraform_folder *folder = folder_of(program, path_directory(file->path));
    const struct terraform_file *parsed = terraform_parse(collector->arena, file);
    vector_push(collector->arena, &collector->pools->files, file);
    for (size_t i = 0; i < parsed->body.block_count; i++)
        vector_push(collector->arena, &folder->blocks, parsed->body.blocks[i]);
    if (parsed->problem.file)
        diagnostics_add(collector->sink, SEVERITY_INFO, "infrastructure", parsed->problem,
                        "this is not understood; what it gives counts as unknown");
}

static void note_used(struct terraform_program *program)
{
    struct arena *arena = program->collector->arena;
    for (size_t i = 0; i < program->folders.count; i++) {
        const struct terraform_folder *folder = program->folders.items[i].value;
        for (size_t k = 0; k < folder->blocks.count; k++) {
            const struct terraform_block *block = folder->blocks.items[k];
            struct str path = str_is(block->type, "module")
                                  ? local_folder(arena, folder->path, source_of(block))
                                  : (struct str){0};
            if (path.p && !str_equal(path, folder->path))
                map_put(arena, &program->used, path, program);
        }
    }
}

void terraform_read(struct pool_collector *collector, const struct str_list *paths)
{
    struct terraform_program program = {.collector = collector};
    for (size_t i = 0; i < paths->count; i++)
        parse_file(&program, paths->items[i]);
    note_used(&program);
    for (size_t i = 0; i < program.folders.count; i++) {
        const struct terraform_folder *folder = program.folders.items[i].value;
        if (map_has(&program.used, folder->path))
            continue;
        struct terraform_instance root = {
            .program = &program,
            .folder = folder,
            .source = pool_add_source(collector, POOL_FROM_TERRAFORM, folder->path),
            .enabled = {.known = POOL_KNOWN, .is_set = true},
        };
        run(&root, NULL);
    }
}
