#include "helmfile.h"

enum { MOST_NESTED_FILES = 20 };

static const struct str no_environment = {"default", sizeof "default" - 1};

struct str helmfile_path(struct helmfile *helmfile, struct str name)
{
    bool is_outside = str_starts_with(name, STR("/")) || str_contains(name, STR("://")) ||
                      str_contains(name, STR("::"));
    if (is_outside)
        return (struct str){0};
    return path_clean(helmfile->deployer->arena,
                      path_join(helmfile->deployer->arena, helmfile->folder, name));
}

struct yaml_nodes {
    const struct yaml_node **items;
    size_t count, capacity;
};

/* --- templates --- */

struct value helmfile_dot(struct helmfile *helmfile, const struct yaml_node *release)
{
    struct arena *arena = helmfile->deployer->arena;
    struct value values = value_of_map(helmfile->values);
    struct value_map *dot = value_map_new(arena, MAP_ANY);
    struct value_map *environment = value_map_new(arena, MAP_ANY);
    value_map_set(environment, STR("Name"), value_string(helmfile->environment));
    value_map_set(environment, STR("Values"), values);
    value_map_set(dot, STR("Environment"), value_of_map(environment));
    value_map_set(dot, STR("Values"), values);
    value_map_set(dot, STR("StateValues"), values);
    value_map_set(dot, STR("Namespace"), value_string(helmfile->namespace));
    if (release) {
        static const char *const fields[][2] = {
            {"Name", "name"}, {"Namespace", "namespace"}, {"Chart", "chart"}};
        struct value_map *map = value_map_new(arena, MAP_ANY);
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
            value_map_set(map, str_from_c(fields[i][0]),
                          value_string(node_text(release, fields[i][1])));
        const struct yaml_node *labels = yaml_value(release, "labels");
        if (labels)
            value_map_set(map, STR("Labels"), value_from_yaml(arena, labels));
        value_map_set(dot, STR("Release"), value_of_map(map));
    }
    return value_of_map(dot);
}

/* Helmfile 1 renders only .gotmpl; before, every helmfile was a template, in which what belongs to
 * releases was quoted once more. */
static bool is_template(struct str path, struct str bytes)
{
    bool is_quoted = str_contains(bytes, STR("{{`"));
    return str_ends_with(path, STR(".gotmpl")) ||
           (str_contains(bytes, STR("{{")) &&
            (is_quoted || !str_contains(bytes, STR(".Release."))));
}

/* Renders a part of the file and parses it, as if the lines above it were empty. */
static const struct yaml_stream *parse_part(struct helmfile *helmfile, const struct file *file,
                                            struct str part)
{
    struct deployer *deployer = helmfile->deployer;
    struct text padded = {.arena = deployer->arena};
    struct str text;
    if (!deployer_write(deployer, part, helmfile_dot(helmfile, NULL), false,
                        (struct span){file->id, 0, 0}, &text))
        return NULL;
    size_t offset = (size_t)(part.p - file->bytes.p);
    text_add_repeated(&padded, '\n', str_count_char(str_slice(file->bytes, 0, offset), '\n'));
    text_add(&padded, text);
    return node_parse_rendered(deployer->arena, text_str(&padded), file);
}

static const struct file *template_file(struct helmfile *helmfile, struct str path)
{
    const struct file *file = path.p ? tree_find(helmfile->deployer->tree, path) : NULL;
    bool is_one = file && file->state == FILE_READ && is_template(path, file->bytes);
    return is_one ? file : NULL;
}

const struct yaml_stream *helmfile_parse(struct helmfile *helmfile, struct str path)
{
    const struct file *file = template_file(helmfile, path);
    if (file)
        return parse_part(helmfile, file, file->bytes);
    return path.p ? deployer_parse(helmfile->deployer, path) : NULL;
}

/* The lines of the key of the top level, up to the next one; p == NULL when it is not there. */
static struct str block_of(struct str bytes, struct str key)
{
    struct str rest = bytes;
    struct str found = {0};
    while (rest.p) {
        const char *start = rest.p;
        struct str line = str_cut(&rest, '\n');
        bool is_inside = !line.n || line.p[0] == ' ' || line.p[0] == '#';
        if (found.p && !is_inside)
            break;
        if (!found.p && str_starts_with(line, key))
            found.p = start;
        if (found.p)
            found.n = (size_t)(line.p + line.n - found.p);
    }
    return found;
}

/* The values of a key of the top level, in each document. Of a template only its lines are
 * rendered: what stands beside it may need the environment that it describes. */
static struct yaml_nodes values_of_key(struct helmfile *helmfile, struct str path, const char *key)
{
    struct arena *arena = helmfile->deployer->arena;
    const struct file *file = template_file(helmfile, path);
    struct str start = str_format(arena, "%s:", key);
    struct str block = file ? block_of(file->bytes, start) : (struct str){0};
    const struct yaml_stream *stream = block.p ? parse_part(helmfile, file, block) : NULL;
    struct yaml_nodes found = {0};
    if (!file && path.p)
        stream = deployer_parse(helmfile->deployer, path);
    for (size_t i = 0; stream && i < stream->document_count; i++) {
        const struct yaml_node *value = yaml_value(stream->documents[i].root, key);
        if (value)
            vector_push(arena, &found, value);
    }
    return found;
}

/* --- values of environments --- */

void helmfile_add_values(struct helmfile *helmfile, const struct yaml_node *list)
{
    struct arena *arena = helmfile->deployer->arena;
    if (list && list->kind == YAML_MAP)
        value_map_merge(helmfile->values, value_from_yaml(arena, list).map);
    for (size_t i = 0; list && list->kind == YAML_LIST && i < list->list.count; i++) {
        const struct yaml_node *item = list->list.items[i];
        struct str path = helmfile_path(helmfile, yaml_text(item));
        if (item->kind == YAML_MAP) {
            helmfile_add_values(helmfile, item);
            continue;
        }
        bool there = path.p && tree_has_file(helmfile->deployer->tree, path);
        const struct yaml_stream *stream = there ? helmfile_parse(helmfile, path) : NULL;
        if (stream && yaml_root(stream)->kind == YAML_MAP)
            helmfile_add_values(helmfile, yaml_root(stream));
    }
}

static void add_environment(struct helmfile *helmfile, const struct yaml_node *environments)
{
    const struct yaml_entry *entry =
        environments ? yaml_find(environments, helmfile->environment) : NULL;
    if (!entry)
        return;
    helmfile_add_values(helmfile, yaml_value(entry->value, "values"));
    const struct yaml_node *secrets = yaml_value(entry->value, "secrets");
    if (secrets && secrets->kind == YAML_LIST && secrets->list.count)
        deployer_unresolved(helmfile->deployer, secrets->span,
                            "the secrets of the environment %.*s are encrypted: templates see "
                            "nothing in their place",
                            STR_ARG(helmfile->environment));
}

/* --- files --- */

static void add_repositories(struct helmfile *helmfile, const struct yaml_node *document)
{
    struct node_list items = node_items(document, "repositories");
    for (size_t i = 0; i < items.count; i++) {
        vector_push(helmfile->deployer->arena, &helmfile->repository_names,
                    node_text(items.items[i], "name"));
        vector_push(helmfile->deployer->arena, &helmfile->repository_urls,
                    node_text(items.items[i], "url"));
    }
}

static void read_file(struct helmfile *helmfile, struct str path);

static void read_nested(struct helmfile *helmfile, const struct yaml_node *document)
{
    struct node_list items = node_items(document, "helmfiles");
    for (size_t i = 0; i < items.count; i++) {
        const struct yaml_node *item = items.items[i];
        struct str name = item->kind == YAML_MAP ? node_text(item, "path") : yaml_text(item);
        struct str path = helmfile_path(helmfile, name);
        struct str_list paths = {0};
        if (path.p)
            paths = tree_glob(helmfile->deployer->tree, helmfile->deployer->arena, path);
        if (!paths.count)
            deployer_unresolved(helmfile->deployer, item->span, "%.*s is not in this repository",
                                STR_ARG(name));
        for (size_t k = 0; k < paths.count; k++) {
            struct helmfile inner = {
                .deployer = helmfile->deployer,
                .environment = helmfile->environment,
                .values = value_map_new(helmfile->deployer->arena, MAP_ANY),
                .depth = helmfile->depth + 1,
            };
            helmfile_add_values(&inner, yaml_value(item, "values"));
            read_file(&inner, paths.items[k]);
        }
    }
}

static void read_document(struct helmfile *helmfile, const struct yaml_node *document)
{
    struct node_list bases = node_items(document, "bases");
    struct node_list releases = node_items(document, "releases");
    struct str folder = helmfile->folder;
    for (size_t i = 0; i < bases.count; i++) {
        helmfile->depth++;
        read_file(helmfile, helmfile_path(helmfile, yaml_text(bases.items[i])));
        helmfile->depth--;
        helmfile->folder = folder;
    }
    if (node_text(document, "namespace").n)
        helmfile->namespace = node_text(document, "namespace");
    helmfile->templates = node_merge(helmfile->deployer->arena, helmfile->templates,
                                     yaml_value(document, "templates"));
    add_repositories(helmfile, document);
    helmfile_add_values(helmfile, yaml_value(document, "values"));
    add_environment(helmfile, yaml_value(document, "environments"));
    for (size_t i = 0; i < releases.count; i++)
        helmfile_read_release(helmfile, releases.items[i]);
    read_nested(helmfile, document);
}

/* Parts are divided by "---"; each sees the values of those above it. */
static void read_parts(struct helmfile *helmfile, struct str path)
{
    const struct file *file = template_file(helmfile, path);
    struct str rest = file ? file->bytes : (struct str){0};
    const struct yaml_stream *stream = file ? NULL : helmfile_parse(helmfile, path);
    for (size_t i = 0; stream && i < stream->document_count; i++)
        read_document(helmfile, stream->documents[i].root);
    while (rest.n) {
        size_t end = str_find(rest, STR("\n---"));
        struct str part = str_slice(rest, 0, end);
        rest = end == STR_NOT_FOUND ? (struct str){0} : str_from(rest, end + strlen("\n---"));
        stream = parse_part(helmfile, file, part);
        if (stream)
            read_document(helmfile, yaml_root(stream));
    }
}

static void read_file(struct helmfile *helmfile, struct str path)
{
    if (helmfile->depth >= MOST_NESTED_FILES)
        return;
    helmfile->folder = path_directory(path);
    struct yaml_nodes environments = values_of_key(helmfile, path, "environments");
    for (size_t i = 0; i < environments.count; i++)
        add_environment(helmfile, environments.items[i]);
    read_parts(helmfile, path);
}

/* --- which environments there are --- */

static void note_environments(struct helmfile *helmfile, struct str path, struct str_list *names)
{
    struct arena *arena = helmfile->deployer->arena;
    if (helmfile->depth >= MOST_NESTED_FILES)
        return;
    helmfile->folder = path_directory(path);
    struct yaml_nodes bases = values_of_key(helmfile, path, "bases");
    struct yaml_nodes environments = values_of_key(helmfile, path, "environments");
    helmfile->depth++;
    for (size_t i = 0; i < bases.count; i++) {
        const struct yaml_node *list = bases.items[i];
        for (size_t k = 0; list->kind == YAML_LIST && k < list->list.count; k++) {
            helmfile->folder = path_directory(path);
            struct str base = helmfile_path(helmfile, yaml_text(list->list.items[k]));
            note_environments(helmfile, base, names);
        }
    }
    for (size_t i = 0; i < environments.count; i++) {
        const struct yaml_node *map = environments.items[i];
        for (size_t k = 0; map->kind == YAML_MAP && k < map->map.count; k++) {
            if (!str_list_has(names, map->map.entries[k].key))
                vector_push(arena, names, map->map.entries[k].key);
        }
    }
    helmfile->depth--;
}

static bool is_wanted(const struct config *config, struct str name)
{
    for (size_t i = 0; i < config->environments.count; i++) {
        if (str_equal(config->environments.items[i].name, name))
            return true;
    }
    return !config->environments.count;
}

static void read_root(struct deployer *deployer, struct str path)
{
    struct str_list names = {0};
    struct helmfile probe = {.deployer = deployer,
                             .environment = no_environment,
                             .values = value_map_new(deployer->arena, MAP_ANY)};
    note_environments(&probe, path, &names);
    if (!names.count)
        vector_push(deployer->arena, &names, no_environment);
    for (size_t i = 0; i < names.count; i++) {
        struct helmfile helmfile = {.deployer = deployer,
                                    .environment = names.items[i],
                                    .values = value_map_new(deployer->arena, MAP_ANY)};
        if (is_wanted(deployer->config, names.items[i]) || names.count == 1)
            read_file(&helmfile, path);
    }
}

void deploy_helmfile(struct deployer *deployer)
{
    const struct str_list *globs = &deployer->config->helmfile;
    const struct rule_language *language = deployer->language;
    if (!globs->count)
        return;
    deployer->language =
        rule_language_new_dialect(deployer->arena, &limits_default, RULE_DIALECT_HELMFILE);
    memset(deployer->expressions, 0, sizeof deployer->expressions);
    for (size_t i = 0; i < globs->count; i++) {
        struct str pattern = path_join(deployer->arena, deployer->config->root, globs->items[i]);
        struct str_list paths = tree_glob(deployer->tree, deployer->arena, pattern);
        if (!paths.count)
            diagnostics_add(deployer->sink, SEVERITY_WARNING, "pattern", (struct span){0},
                            "no file matches %.*s", STR_ARG(globs->items[i]));
        for (size_t k = 0; k < paths.count; k++)
            read_root(deployer, paths.items[k]);
    }
    deployer->language = language;
    memset(deployer->expressions, 0, sizeof deployer->expressions);
}
