#include "secret_mention.h"

static bool is_name_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
}

/* Calls note for each word of the text that is one of the names. */
static void each_name(struct str text, const struct map *names,
                      void (*note)(void *context, struct str name), void *context)
{
    for (size_t i = 0; i < text.n;) {
        size_t start = i;
        while (i < text.n && is_name_character(text.p[i]))
            i++;
        struct str word = str_slice(text, start, i);
        while (word.n && word.p[word.n - 1] == '.')
            word.n--;
        if (word.n && map_has(names, word))
            note(context, word);
        i += i == start;
    }
}

/* --- objects --- */

/* In a pod these only refer to Secrets. */
static bool is_reference(struct str key)
{
    static const char *const keys[] = {"secretKeyRef", "secretRef", "secret", "imagePullSecrets",
                                       "nodePublishSecretRef"};
    return STR_IS_ONE_OF(key, keys);
}

struct search {
    struct arena *arena;
    const struct secret_model *secrets;
    const struct map *names;
    struct secret_mentions mentions;
    const struct object *object;
    bool is_pod;
};

/* What the cluster's own applications make is for every environment and namespace. */
static struct str key_of(struct arena *arena, const struct release *release, struct str namespace,
                         struct str name)
{
    bool is_of_cluster = !release || release->environment->cluster_scope;
    return str_format(arena, "%.*s/%.*s/%.*s",
                      STR_ARG(is_of_cluster ? STR("") : release->environment->name),
                      STR_ARG(is_of_cluster ? STR("") : namespace), STR_ARG(name));
}

static void note_in_object(void *context, struct str name)
{
    struct search *search = context;
    const struct object *object = search->object;
    map_put(search->arena, &search->mentions.in_objects,
            key_of(search->arena, object->release, object->namespace, name), (void *)object);
}

static void read_texts(struct search *search, const struct yaml_node *node)
{
    if (node->kind == YAML_STRING)
        each_name(node->text, search->names, note_in_object, search);
    for (size_t i = 0; node->kind == YAML_LIST && i < node->list.count; i++)
        read_texts(search, node->list.items[i]);
    for (size_t i = 0; node->kind == YAML_MAP && i < node->map.count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        if (!search->is_pod || !is_reference(entry->key))
            read_texts(search, entry->value);
    }
}

static bool is_custom(struct str group)
{
    return str_find_char(group, '.') != STR_NOT_FOUND && !str_ends_with(group, STR(".k8s.io"));
}

static bool names_only_known(const struct secret_model *secrets, const struct object *object)
{
    const struct secret_kind *kind = secret_kind_find(secrets->kinds, object->group, object->kind);
    return kind && kind->names_only_these;
}

static bool derives(const struct secret_model *secrets, const struct object *object,
                    struct str name)
{
    return is_custom(object->group) && object->name.n && str_contains(name, object->name) &&
           !names_only_known(secrets, object);
}

static void read_object(struct search *search)
{
    const struct secret_model *secrets = search->secrets;
    const struct object *object = search->object;
    if (names_only_known(secrets, object))
        return;
    search->is_pod = workload_kind_find(secrets->workload_kinds, object->group, object->kind);
    read_texts(search, object->root);
    for (size_t i = 0; is_custom(object->group) && i < search->names->count; i++) {
        if (derives(secrets, object, search->names->items[i].key))
            note_in_object(search, search->names->items[i].key);
    }
}

static void read_objects(struct search *search)
{
    const struct secret_model *secrets = search->secrets;
    for (size_t i = 0; i < secrets->model->release_count; i++) {
        const struct object_list *objects = &secrets->by_release[i];
        for (size_t k = 0; secrets->is_rendered[i] && k < objects->count; k++) {
            search->object = &objects->items[k];
            read_object(search);
        }
    }
}

bool secret_mention_derives(const struct secret_model *secrets, struct str namespace,
                            struct str name)
{
    for (size_t i = 0; i < secrets->model->release_count; i++) {
        const struct object_list *objects = &secrets->by_release[i];
        for (size_t k = 0; secrets->is_rendered[i] && k < objects->count; k++) {
            const struct object *object = &objects->items[k];
            if (str_equal(object->namespace, namespace) && derives(secrets, object, name))
                return true;
        }
    }
    return false;
}

/* --- files --- */

static struct map known_directories(struct arena *arena, const struct model *model)
{
    struct map directories = {0};
    for (size_t i = 0; i < model->application_count; i++) {
        struct str directory = model->applications[i].chart_directory;
        if (directory.n)
            map_put(arena, &directories, directory, (void *)&model->applications[i]);
    }
    return directories;
}

static bool is_below_known(const struct map *directories, struct str path)
{
    for (size_t end = str_find_last_char(path, '/'); end != STR_NOT_FOUND;
         end = str_find_last_char(path, '/')) {
        path = str_slice(path, 0, end);
        if (map_has(directories, path))
            return true;
    }
    return false;
}

static bool is_text(struct str path)
{
    static const char *const endings[] = {
        ".yaml", ".yml",   ".json", ".sh",  ".tf", ".md",  ".py",   ".tpl",    ".ts",   ".go",
        ".txt",  ".bicep", ".hcl",  ".ps1", ".j2", ".env", ".adoc", ".gotmpl", ".toml", ".jsonnet"};
    bool found = str_ends_with(path, STR("Makefile"));
    for (size_t i = 0; i < sizeof endings / sizeof *endings && !found; i++)
        found = str_ends_with(path, str_from_c(endings[i]));
    return found;
}

/* A script may have any name. */
static bool is_script(const struct file *file)
{
    return str_starts_with(file->bytes, STR("#!"));
}

static void note_in_file(void *context, struct str name)
{
    struct search *search = context;
    map_put(search->arena, &search->mentions.in_files, name, search);
}

static void read_file(struct search *search, struct tree *tree, struct str path)
{
    bool has_ending = str_find_char(path_name(path), '.') != STR_NOT_FOUND;
    const struct file *file = is_text(path) || !has_ending ? tree_find(tree, path) : NULL;
    if (file && file->state == FILE_READ && (is_text(path) || is_script(file)))
        each_name(file->bytes, search->names, note_in_file, search);
}

static void read_files(struct search *search, struct tree *tree)
{
    struct arena *arena = search->arena;
    const struct model *model = search->secrets->model;
    const struct str_list *paths = tree_paths(tree);
    struct map directories = known_directories(arena, model);
    struct map loaded = {0};
    for (size_t i = 0; i < model->layer_count; i++)
        map_put(arena, &loaded, model->layers[i].layer->path, (void *)model->layers[i].layer);
    for (size_t i = 0; i < paths->count; i++) {
        struct str path = paths->items[i];
        if (!map_has(&loaded, path) && !is_below_known(&directories, path) &&
            !str_equal(path, model->config->path) && !str_starts_with(path, STR(".bulkhead")))
            read_file(search, tree, path);
    }
}

struct secret_mentions secret_mentions_find(struct arena *arena, const struct secret_model *secrets,
                                            struct tree *tree, const struct map *names)
{
    struct search search = {.arena = arena, .secrets = secrets, .names = names};
    if (names->count) {
        read_objects(&search);
        read_files(&search, tree);
    }
    return search.mentions;
}

bool secret_mentions_have(const struct secret_mentions *mentions, const struct release *release,
                          struct str namespace, struct str name)
{
    struct arena scratch = {0};
    const struct map *objects = &mentions->in_objects;
    bool found = map_has(&mentions->in_files, name) ||
                 map_has(objects, key_of(&scratch, release, namespace, name)) ||
                 map_has(objects, key_of(&scratch, release, STR(""), name)) ||
                 map_has(objects, key_of(&scratch, NULL, STR(""), name));
    arena_release(&scratch);
    return found;
}
