#include "argocd_git.h"

/* What one character of the path, or a set in brackets, is matched by; 0 when it does not fit, else
 * how much of the pattern that was. */
static size_t match_one(struct str pattern, char c)
{
    if (!pattern.n || pattern.p[0] == '*')
        return 0;
    if (pattern.p[0] != '[')
        return pattern.p[0] == '?' || pattern.p[0] == c;
    size_t close = str_find_char(pattern, ']');
    bool fits =
        close != STR_NOT_FOUND && glob_match(str_slice(pattern, 0, close + 1), (struct str){&c, 1});
    return fits ? close + 1 : 0;
}

bool argocd_git_matches(struct str pattern, struct str path)
{
    struct str star = {0}; /* the pattern behind the last star, and the path it was tried with */
    struct str tried = {0};
    while (path.n) {
        size_t used = match_one(pattern, path.p[0]);
        if (used) {
            pattern = str_from(pattern, used);
            path = str_from(path, 1);
        } else if (pattern.n && pattern.p[0] == '*') {
            star = pattern = str_from(pattern, 1);
            tried = path;
        } else if (star.p) {
            tried = str_from(tried, 1);
            pattern = star;
            path = tried;
        } else {
            return false;
        }
    }
    while (pattern.n && pattern.p[0] == '*')
        pattern = str_from(pattern, 1);
    return !pattern.n;
}

/* --- parameters --- */

/* What Argo CD puts in the place of a name that is none for Kubernetes (SanitizeName). */
static struct str normalized(struct arena *arena, struct str name)
{
    struct text out = {.arena = arena};
    name = str_lower(arena, name);
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
        text_add_char(&out, plain ? c : '-');
    }
    struct str text = text_str(&out);
    while (text.n && (text.p[0] == '-' || text.p[0] == '.'))
        text = str_from(text, 1);
    while (text.n && (text.p[text.n - 1] == '-' || text.p[text.n - 1] == '.'))
        text = str_slice(text, 0, text.n - 1);
    return text;
}

/* `path` and what belongs to it; `file` is the name of a file in it, or p == NULL. */
static void add_place(struct arena *arena, const struct yaml_node *git, struct str folder,
                      struct str file, struct value_map *parameters)
{
    struct value_map *place = value_map_new(arena, MAP_ANY);
    struct value_list *segments = value_list_new(arena, LIST_ANY, 4);
    for (struct str rest = folder; rest.p && folder.n;)
        value_list_add(arena, segments, value_string(str_cut(&rest, '/')));
    const struct {
        const char *key;
        struct value value;
    } known[] = {
        {"path", value_string(folder)},
        {"basename", value_string(path_name(folder))},
        {"basenameNormalized", value_string(normalized(arena, path_name(folder)))},
        {"segments", value_of_list(segments)},
        {"filename", value_string(file)},
        {"filenameNormalized", value_string(normalized(arena, file))},
    };
    for (size_t i = 0; i < (file.p ? 6U : 4U); i++)
        value_map_set(place, str_from_c(known[i].key), known[i].value);
    struct str prefix = node_text(git, "pathParamPrefix");
    if (prefix.n) {
        struct value_map *around = value_map_new(arena, MAP_ANY);
        value_map_set(around, STR("path"), value_of_map(place));
        value_map_set(parameters, prefix, value_of_map(around));
    } else {
        value_map_set(parameters, STR("path"), value_of_map(place));
    }
}

/* --- files --- */

static void add_object(struct argocd *argocd, const struct yaml_node *git, struct str path,
                       const struct yaml_node *object, struct argocd_git_list *list)
{
    struct arena *arena = argocd->deployer->arena;
    struct value value = value_from_yaml(arena, object);
    if (value.type != VALUE_MAP)
        return;
    add_place(arena, git, path_directory(path), path_name(path), value.map);
    vector_push(arena, list, value.map);
}

/* A file holds one object or a list of them. */
static void add_file(struct argocd *argocd, const struct yaml_node *git, struct str path,
                     struct argocd_git_list *list)
{
    const struct yaml_stream *stream = deployer_parse(argocd->deployer, path);
    const struct yaml_node *root = stream ? yaml_root(stream) : NULL;
    if (root && root->kind == YAML_LIST) {
        for (size_t i = 0; i < root->list.count; i++)
            add_object(argocd, git, path, root->list.items[i], list);
    } else if (root) {
        add_object(argocd, git, path, root, list);
    }
}

static bool is_excluded(const struct yaml_node *item)
{
    const struct yaml_node *excluded = yaml_value(item, "exclude");
    return excluded && excluded->kind == YAML_BOOL && excluded->boolean;
}

/* True when one of the patterns fits and none that excludes. */
static bool is_wanted(struct node_list patterns, struct str path,
                      bool (*matches)(struct str pattern, struct str path))
{
    bool wanted = false;
    for (size_t i = 0; i < patterns.count; i++) {
        if (!matches(node_text(patterns.items[i], "path"), path))
            continue;
        if (is_excluded(patterns.items[i]))
            return false;
        wanted = true;
    }
    return wanted;
}

bool argocd_git_wants(struct node_list patterns, struct str path)
{
    return is_wanted(patterns, path, argocd_git_matches);
}

static struct str below_root(struct argocd *argocd, struct str path)
{
    struct str root = argocd->deployer->config->root;
    if (!path_is_below(path, root))
        return (struct str){0};
    return root.n ? str_from(path, root.n + 1) : path;
}

static void find_files(struct argocd *argocd, const struct yaml_node *git,
                       struct argocd_git_list *list)
{
    struct node_list patterns = node_items(git, "files");
    const struct str_list *paths = tree_paths(argocd->deployer->tree);
    for (size_t i = 0; patterns.count && i < paths->count; i++) {
        struct str path = below_root(argocd, paths->items[i]);
        if (path.n && argocd_git_wants(patterns, path))
            add_file(argocd, git, paths->items[i], list);
    }
}

/* --- folders --- */

/* filepath.Match: a star stays within one name. */
static bool folder_matches(struct str pattern, struct str path)
{
    return str_count_char(pattern, '/') == str_count_char(path, '/') && glob_match(pattern, path);
}

/* Hidden folders are passed over. */
static bool is_hidden(struct str folder)
{
    return (folder.n && folder.p[0] == '.') || str_contains(folder, STR("/."));
}

static void add_folder(struct argocd *argocd, const struct yaml_node *git, struct str folder,
                       struct argocd_git_list *list)
{
    struct arena *arena = argocd->deployer->arena;
    struct value_map *parameters = value_map_new(arena, MAP_ANY);
    add_place(arena, git, folder, (struct str){0}, parameters);
    vector_push(arena, list, parameters);
}

static void find_folders(struct argocd *argocd, const struct yaml_node *git,
                         struct argocd_git_list *list)
{
    struct node_list patterns = node_items(git, "directories");
    const struct str_list *paths = tree_paths(argocd->deployer->tree);
    struct map seen = {0};
    struct str_list found = {0};
    for (size_t i = 0; patterns.count && i < paths->count; i++) {
        struct str path = below_root(argocd, paths->items[i]);
        for (path = path_directory(path); path.n; path = path_directory(path)) {
            if (map_has(&seen, path))
                break;
            map_put(argocd->deployer->arena, &seen, path, argocd);
            if (!is_hidden(path) && is_wanted(patterns, path, folder_matches))
                vector_push(argocd->deployer->arena, &found, path);
        }
    }
    str_list_sort(&found);
    for (size_t i = 0; i < found.count; i++)
        add_folder(argocd, git, found.items[i], list);
}

void argocd_git_find(struct argocd *argocd, const struct yaml_node *git,
                     struct argocd_git_list *list)
{
    size_t before = list->count;
    find_files(argocd, git, list);
    find_folders(argocd, git, list);
    if (list->count > before)
        map_put(argocd->deployer->arena, &argocd->repositories, node_text(git, "repoURL"), argocd);
    else
        deployer_unresolved(argocd->deployer, git->span,
                            "nothing in this repository fits this generator");
}
