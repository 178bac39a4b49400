#include "flux.h"

static bool is_kustomization(const struct kustomize_object *object)
{
    return str_is(object->kind, "Kustomization") &&
           str_starts_with(node_text(object->node, "apiVersion"),
                           STR("kustomize.toolkit.fluxcd.io/"));
}

struct str flux_environment_of_path(struct str path)
{
    static const char *const folders[] = {"clusters", "environments", "envs", "overlays"};
    struct str rest = path;
    while (rest.p) {
        bool holds = STR_IS_ONE_OF(str_cut(&rest, '/'), folders);
        if (holds && rest.n && str_find_char(rest, '/') != STR_NOT_FOUND)
            return str_slice(rest, 0, str_find_char(rest, '/'));
    }
    return (struct str){0};
}

/* --- substitution --- */

struct variables {
    struct arena *arena;
    const struct yaml_node *map; /* name → text */
};

static struct str find_variable(const struct yaml_node *variables, struct str name)
{
    const struct yaml_entry *entry = yaml_find(variables, name);
    return entry ? yaml_text(entry->value) : (struct str){0};
}

/* ${name}, ${name:=default} and ${name:-default}; what has no value stays as it is. */
static bool substitute_text(void *context, const struct yaml_node *node, struct str text,
                            struct span span, struct str *ret_text)
{
    const struct variables *variables = context;
    struct text out = {.arena = variables->arena};
    (void)node;
    (void)span;
    *ret_text = text;
    if (!str_contains(text, STR("${")))
        return true;
    while (text.n) {
        size_t open = str_find(text, STR("${"));
        size_t close = open == STR_NOT_FOUND ? open : str_find_char(str_from(text, open), '}');
        if (close == STR_NOT_FOUND)
            break;
        struct str inside = str_slice(text, open + 2, open + close);
        struct str name = str_slice(inside, 0, str_find_char(inside, ':'));
        struct str standard = str_from(inside, name.n + 2);
        struct str value = find_variable(variables->map, name);
        text_add(&out, str_slice(text, 0, open));
        text_add(&out, value.p             ? value
                       : name.n < inside.n ? standard
                                           : str_slice(text, open, open + close + 1));
        text = str_from(text, open + close + 1);
    }
    text_add(&out, text);
    *ret_text = text_str(&out);
    return true;
}

static void substitute(struct deployer *deployer, const struct yaml_node *kustomization,
                       struct kustomize_objects *objects)
{
    struct variables variables = {deployer->arena,
                                  yaml_at(kustomization, STR("spec.postBuild.substitute"))};
    struct node_change change = {.text = substitute_text, .context = &variables};
    for (size_t i = 0; variables.map && i < objects->count; i++) {
        struct kustomize_object *object = &objects->items[i];
        if (!str_is(object->kind, "HelmRelease") && !is_kustomization(object))
            continue;
        object->node = node_copy(deployer->arena, object->node, &change);
        substitute_text(&variables, NULL, object->namespace, object->node->span,
                        &object->namespace);
        substitute_text(&variables, NULL, object->name, object->node->span, &object->name);
        for (size_t k = 0; k < object->values.count; k++)
            object->values.items[k] = node_copy(deployer->arena, object->values.items[k], &change);
    }
}

/* --- Kustomizations --- */

/* What an ArtifactGenerator copies from this repository, followed back; p == NULL when the path is
 * not among it. */
static struct str copied_path(struct arena *arena, struct node_list copies, struct str path)
{
    for (size_t i = 0; i < copies.count; i++) {
        struct str from = node_text(copies.items[i], "from");
        struct str to = node_text(copies.items[i], "to");
        str_cut(&from, '/'); /* "@monorepo" and "@artifact" */
        str_cut(&to, '/');
        from = path_clean(arena, str_replace(arena, from, STR("**"), STR("")));
        to = path_clean(arena, to);
        if (from.p && path_is_below(path, to))
            return path_join(arena, from, to.n ? str_from(path, to.n + 1) : path);
    }
    return (struct str){0};
}

static struct str artifact_path(struct flux *flux, struct str artifact, struct str path)
{
    for (size_t i = 0; i < flux->sources.count; i++) {
        struct node_list artifacts = node_items(flux->sources.items[i].node, "spec.artifacts");
        for (size_t k = 0; k < artifacts.count; k++) {
            struct node_list copies = node_items(artifacts.items[k], "copy");
            struct str found = str_equal(node_text(artifacts.items[k], "name"), artifact)
                                   ? copied_path(flux->deployer->arena, copies, path)
                                   : (struct str){0};
            if (found.p)
                return found;
        }
    }
    return path;
}

static struct str folder_of(struct flux *flux, const struct yaml_node *kustomization)
{
    struct str path = deployer_path(flux->deployer, node_text(kustomization, "spec.path"));
    struct str kind = node_text(kustomization, "spec.sourceRef.kind");
    if (path.p && str_is(kind, "ExternalArtifact"))
        return artifact_path(flux, node_text(kustomization, "spec.sourceRef.name"), path);
    return path;
}

static struct str environment_of(struct flux *flux, const struct yaml_node *kustomization,
                                 struct str inherited)
{
    struct deployer *deployer = flux->deployer;
    struct environment_clues clues = {.inherited = inherited};
    const struct file *file = tree_file(deployer->tree, kustomization->span.file);
    struct str texts[] = {file ? file->path : STR(""), node_text(kustomization, "spec.path")};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct str named = flux_environment_of_path(texts[i]);
        if (named.p)
            vector_push(deployer->arena, &clues.names, named);
        vector_push(deployer->arena, &clues.texts, texts[i]);
    }
    return environment_of_clues(deployer, &clues);
}

static void read_kustomization(struct flux *flux, const struct yaml_node *kustomization,
                               struct str inherited);

static void read_objects(struct flux *flux, const struct kustomize_objects *objects,
                         struct str environment)
{
    for (size_t i = 0; i < objects->count; i++) {
        if (str_is(objects->items[i].kind, "HelmRelease"))
            flux_read_release(flux, &objects->items[i], objects, environment);
        else if (is_kustomization(&objects->items[i]))
            read_kustomization(flux, objects->items[i].node, environment);
    }
}

/* One Kustomization is read once for each environment that leads to it. */
static bool is_new(struct flux *flux, const struct yaml_node *kustomization, struct str environment)
{
    struct deployer *deployer = flux->deployer;
    struct str key = str_format(deployer->arena, "flux %u@%u %.*s", kustomization->span.file,
                                kustomization->span.start, STR_ARG(environment));
    if (map_has(&deployer->seen, key))
        return false;
    map_put(deployer->arena, &deployer->seen, key, deployer);
    return true;
}

static void read_kustomization(struct flux *flux, const struct yaml_node *kustomization,
                               struct str inherited)
{
    struct deployer *deployer = flux->deployer;
    struct str environment = environment_of(flux, kustomization, inherited);
    struct str folder = folder_of(flux, kustomization);
    struct kustomize_objects objects = {0};
    if (!is_new(flux, kustomization, environment))
        return;
    if (!folder.p || !tree_below(deployer->tree, folder).count) {
        deployer_unresolved(deployer, kustomization->span,
                            "the folder %.*s of the Kustomization %.*s is not in this repository",
                            STR_ARG(node_text(kustomization, "spec.path")),
                            STR_ARG(node_text(kustomization, "metadata.name")));
        return;
    }
    kustomize_build(deployer, folder, &objects);
    kustomize_patch(deployer, node_items(kustomization, "spec.patches"), folder, &objects);
    substitute(deployer, kustomization, &objects);
    struct str namespace = node_text(kustomization, "spec.targetNamespace");
    for (size_t i = 0; namespace.n && i < objects.count; i++)
        objects.items[i].namespace = namespace;
    read_objects(flux, &objects, environment);
}

/* --- files --- */

static bool is_of_flux(struct deployer *deployer, struct str path)
{
    const struct file *file = path_is_yaml(path) ? tree_find(deployer->tree, path) : NULL;
    return file && file->state == FILE_READ && str_contains(file->bytes, STR(".fluxcd.io/")) &&
           !str_contains(file->bytes, STR("kind: CustomResourceDefinition"));
}

static struct str_list files_of_flux(struct deployer *deployer)
{
    struct str_list found = {0};
    const struct str_list *globs = &deployer->config->flux;
    for (size_t i = 0; i < globs->count; i++) {
        struct str pattern = path_join(deployer->arena, deployer->config->root, globs->items[i]);
        struct str_list paths = tree_glob(deployer->tree, deployer->arena, pattern);
        for (size_t k = 0; k < paths.count; k++) {
            if (is_of_flux(deployer, paths.items[k]) && !str_list_has(&found, paths.items[k]))
                vector_push(deployer->arena, &found, paths.items[k]);
        }
        if (!paths.count)
            diagnostics_add(deployer->sink, SEVERITY_WARNING, "pattern", (struct span){0},
                            "no file matches %.*s", STR_ARG(globs->items[i]));
    }
    return found;
}

/* Repositories may be declared anywhere. */
static void find_sources(struct flux *flux)
{
    struct deployer *deployer = flux->deployer;
    const struct str_list *paths = tree_paths(deployer->tree);
    for (size_t i = 0; i < paths->count; i++) {
        const struct yaml_stream *stream =
            is_of_flux(deployer, paths->items[i]) &&
                    !str_contains(paths->items[i], STR("/templates/"))
                ? deployer_parse(deployer, paths->items[i])
                : NULL;
        for (size_t k = 0; stream && k < stream->document_count; k++) {
            const struct yaml_node *root = stream->documents[k].root;
            if (str_starts_with(node_text(root, "apiVersion"), STR("source.")))
                kustomize_add(deployer, root, &flux->sources);
        }
    }
}

static struct kustomize_objects objects_of(struct deployer *deployer, struct str path)
{
    struct kustomize_objects objects = {0};
    const struct yaml_stream *stream = deployer_parse(deployer, path);
    for (size_t i = 0; stream && i < stream->document_count; i++)
        kustomize_add(deployer, stream->documents[i].root, &objects);
    return objects;
}

/* --- which Kustomizations are the first --- */

/* A file with Kustomizations and the files that they lead to. */
struct entrance {
    struct str path;
    struct kustomize_objects objects;
    struct map reached; /* path → anything */
    bool names_folder;  /* else it is the whole repository */
};
struct entrances {
    struct entrance *items;
    size_t count, capacity;
};

static bool names_folder(const struct kustomize_object *object)
{
    return yaml_at(object->node, STR("spec.path"));
}

/* What names neither a folder nor a source is a patch of a Kustomization. */
static bool leads_somewhere(const struct kustomize_object *object)
{
    return is_kustomization(object) &&
           (names_folder(object) || yaml_at(object->node, STR("spec.sourceRef")));
}

static void enter(struct flux *flux, const struct entrance *entrance)
{
    for (size_t i = 0; i < entrance->objects.count; i++) {
        if (leads_somewhere(&entrance->objects.items[i]))
            read_kustomization(flux, entrance->objects.items[i].node, (struct str){0});
    }
}

/* Reads on trial: nothing of it stays but the files that were parsed. */
static struct map reached_from(struct flux *flux, const struct entrance *entrance)
{
    struct deployer *deployer = flux->deployer;
    const struct deployer before = *deployer;
    struct diagnostics quiet = {.arena = deployer->arena};
    deployer->sink = &quiet;
    deployer->is_searching = true;
    deployer->found = (struct deployments){0};
    deployer->seen = deployer->written = deployer->inline_files = (struct map){0};
    enter(flux, entrance);
    struct map reached = deployer->seen;
    deployer->sink = before.sink;
    deployer->is_searching = before.is_searching;
    deployer->found = before.found;
    deployer->seen = before.seen;
    deployer->written = before.written;
    deployer->inline_files = before.inline_files;
    return reached;
}

static struct entrances find_entrances(struct flux *flux, const struct str_list *paths)
{
    struct entrances found = {0};
    for (size_t i = 0; i < paths->count; i++) {
        struct entrance entrance = {.path = paths->items[i]};
        bool has_some = false;
        entrance.objects = objects_of(flux->deployer, entrance.path);
        for (size_t k = 0; k < entrance.objects.count; k++) {
            const struct kustomize_object *object = &entrance.objects.items[k];
            has_some |= leads_somewhere(object);
            entrance.names_folder |= leads_somewhere(object) && names_folder(object);
        }
        if (!has_some)
            continue;
        entrance.reached = reached_from(flux, &entrance);
        vector_push(flux->deployer->arena, &found, entrance);
    }
    return found;
}

/* Of entrances that lead to each other: one that names its folder, else the first of them. */
static bool comes_before(const struct entrance *a, const struct entrance *b)
{
    return a->names_folder == b->names_folder ? a < b : a->names_folder;
}

/* A Kustomization to which another one leads is read from there, with its environment, its patches
 * and its variables. */
static bool is_led_to(const struct entrances *entrances, const struct entrance *entrance)
{
    for (size_t i = 0; i < entrances->count; i++) {
        const struct entrance *other = &entrances->items[i];
        bool leads_back = map_has(&entrance->reached, other->path);
        if (other != entrance && map_has(&other->reached, entrance->path) &&
            (!leads_back || comes_before(other, entrance)))
            return true;
    }
    return false;
}

static void read_kustomizations(struct flux *flux, const struct str_list *paths)
{
    struct entrances entrances = find_entrances(flux, paths);
    for (size_t i = 0; i < entrances.count; i++) {
        if (!is_led_to(&entrances, &entrances.items[i]))
            enter(flux, &entrances.items[i]);
    }
}

/* --- releases that stand for themselves --- */

/* What names no chart is a patch of a HelmRelease. */
static bool is_release(const struct kustomize_object *object)
{
    return str_is(object->kind, "HelmRelease") && (yaml_at(object->node, STR("spec.chart")) ||
                                                   yaml_at(object->node, STR("spec.chartRef")));
}

static void read_releases(struct flux *flux, const struct str_list *paths)
{
    struct deployer *deployer = flux->deployer;
    for (size_t i = 0; i < paths->count; i++) {
        if (map_has(&deployer->seen, paths->items[i]))
            continue;
        struct kustomize_objects objects = objects_of(deployer, paths->items[i]);
        struct str environment = flux_environment_of_path(paths->items[i]);
        for (size_t k = 0; k < objects.count; k++) {
            if (is_release(&objects.items[k]))
                flux_read_release(flux, &objects.items[k], &objects, environment);
        }
    }
}

void deploy_flux(struct deployer *deployer)
{
    struct flux flux = {.deployer = deployer};
    if (!deployer->config->flux.count)
        return;
    struct str_list paths = files_of_flux(deployer);
    deployer->is_searching = true;
    find_sources(&flux);
    deployer->is_searching = false;
    read_kustomizations(&flux, &paths);
    read_releases(&flux, &paths);
}
