#include "libgit2.h"
#include "listing.h"

/* A commit's folders are read into memory when it is opened; blobs when they are asked for. */

enum entry_kind { ENTRY_FILE, ENTRY_FOLDER, ENTRY_LINK };

struct entry {
    enum entry_kind kind;
    struct str name;
    git_oid id;
    struct folder *folder; /* of ENTRY_FOLDER */
    struct str target;     /* of ENTRY_LINK */
    const struct folder *parent;
};

struct folder {
    const struct folder *parent; /* NULL: the commit's root */
    struct str path;             /* from the commit's root */
    struct map entries;          /* name → struct entry */
    unsigned depth;
};

struct git_back {
    struct arena *arena;
    const struct limits *limits;
    struct libgit2 library;
    git_repository *repository;
    git_odb *objects;
    const struct folder *base; /* what the tree shows */
    struct diagnostics problems;
    size_t entries; /* that were read, folders included */
};

/* --- opening --- */

static bool fail(struct git_back *back, const char *kind, struct str what, struct diagnostics *sink)
{
    diagnostics_add(sink, SEVERITY_ERROR, kind, (struct span){0}, "%.*s: %s", STR_ARG(what),
                    libgit2_problem(&back->library));
    return false;
}

static void close_back(void *context)
{
    struct git_back *back = context;
    back->library.git_odb_free(back->objects);
    back->library.git_repository_free(back->repository);
    libgit2_unload(&back->library);
}

/* The repository around the directory; NULL after a report. */
static struct git_back *open_repository(struct arena *arena, struct str root,
                                        const struct limits *limits, struct diagnostics *sink)
{
    struct git_back *back = arena_make(arena, struct git_back);
    back->arena = arena;
    back->limits = limits;
    back->problems.arena = arena;
    if (!libgit2_load(&back->library, sink))
        return NULL;
    if (back->library.git_repository_open_ext(&back->repository, str_to_c(arena, root), 0, NULL) ==
            0 &&
        back->library.git_repository_odb(&back->objects, back->repository) == 0)
        return back;
    fail(back, "git", root, sink);
    close_back(back);
    return NULL;
}

/* The object of the kind that the revision names; NULL when there is none. */
static git_object *find_object(struct git_back *back, struct str revision, git_object_t kind)
{
    git_object *named = NULL;
    git_object *peeled = NULL;
    const char *text = str_to_c(back->arena, revision);
    if (back->library.git_revparse_single(&named, back->repository, text) == 0)
        back->library.git_object_peel(&peeled, named, kind);
    back->library.git_object_free(named);
    return peeled;
}

/* --- folders --- */

/* The bytes of a blob: as the back's `read` returns them. */
static int read_blob(const struct git_back *back, struct arena *arena, const git_oid *id,
                     size_t most, struct str *ret_bytes)
{
    const struct libgit2 *library = &back->library;
    size_t size = 0;
    git_object_t kind = GIT_OBJECT_INVALID;
    git_blob *blob = NULL;
    /* The size is known before anything is unpacked. */
    if (library->git_odb_read_header(&size, &kind, back->objects, id) == 0 && size > most) {
        *ret_bytes = str_format(arena, "is larger than the limit file_bytes, %zu bytes", most);
        return -1;
    }
    if (library->git_blob_lookup(&blob, back->repository, id) != 0) {
        *ret_bytes = str_copy(arena, str_from_c(libgit2_problem(library)));
        return -1;
    }
    *ret_bytes = str_copy(arena, (struct str){library->git_blob_rawcontent(blob),
                                              (size_t)library->git_blob_rawsize(blob)});
    library->git_blob_free(blob);
    return 1;
}

static void warn(struct git_back *back, const char *kind, struct str path, const char *what)
{
    diagnostics_add(&back->problems, SEVERITY_WARNING, kind, (struct span){0}, "%.*s: %s",
                    STR_ARG(path), what);
}

static struct folder *read_folder(struct git_back *back, const git_oid *id, struct str path,
                                  const struct folder *parent);

enum { MOST_TARGET = 4096 }; /* bytes of a symbolic link */

static void add_entry(struct git_back *back, struct folder *folder, const git_tree_entry *from)
{
    const struct libgit2 *library = &back->library;
    struct entry *entry = arena_make(back->arena, struct entry);
    entry->name = str_copy(back->arena, str_from_c(library->git_tree_entry_name(from)));
    entry->id = *library->git_tree_entry_id(from);
    entry->parent = folder;
    struct str path = path_join(back->arena, folder->path, entry->name);
    if (list_skips(entry->name))
        return;
    if (!entry->name.n || str_find_char(entry->name, '/') != STR_NOT_FOUND) {
        warn(back, "odd-entry", folder->path, "an entry whose name no file can have is left out");
        return;
    }
    /* The raw mode: old commits have files of mode 0100664. */
    switch (library->git_tree_entry_filemode_raw(from) & 0170000) {
    case 0040000:
        entry->kind = ENTRY_FOLDER;
        entry->folder = read_folder(back, &entry->id, path, folder);
        if (!entry->folder)
            return;
        break;
    case 0120000:
        entry->kind = ENTRY_LINK;
        if (read_blob(back, back->arena, &entry->id, MOST_TARGET, &entry->target) < 0) {
            list_report_nowhere(path, &back->problems);
            return;
        }
        break;
    case 0160000:
        warn(back, "submodule", path, "a submodule, its files are not in this revision");
        return;
    case 0100000:
        entry->kind = ENTRY_FILE;
        break;
    default:
        warn(back, "odd-entry", path, "neither a file nor a folder nor a link, it is left out");
        return;
    }
    map_put(back->arena, &folder->entries, entry->name, entry);
}

/* True while folders and files together are within the limit: folders alone can inflate too. */
static bool has_room(struct git_back *back)
{
    if (back->entries++ < back->limits->files)
        return true;
    if (back->entries == back->limits->files + 1)
        diagnostics_add(&back->problems, SEVERITY_ERROR, "limit", (struct span){0},
                        "more than %zu files, the limit files: the rest is not read",
                        back->limits->files);
    return false;
}

static struct folder *read_folder(struct git_back *back, const git_oid *id, struct str path,
                                  const struct folder *parent)
{
    const struct libgit2 *library = &back->library;
    struct folder *folder = arena_make(back->arena, struct folder);
    git_tree *tree = NULL;
    folder->parent = parent;
    folder->path = path;
    folder->depth = parent ? parent->depth + 1 : 0;
    if (folder->depth > back->limits->directory_depth) {
        list_report_depth(path, back->limits, &back->problems);
        return NULL;
    }
    if (library->git_tree_lookup(&tree, back->repository, id) != 0) {
        fail(back, "unreadable", path, &back->problems);
        return NULL;
    }
    size_t count = library->git_tree_entrycount(tree);
    for (size_t i = 0; i < count && has_room(back); i++)
        add_entry(back, folder, library->git_tree_entry_byindex(tree, i));
    library->git_tree_free(tree);
    return folder;
}

/* --- paths --- */

enum { MOST_LINKS = 40 };

enum way { WAY_FOUND, WAY_NOWHERE, WAY_CIRCLE };

/* Where a path leads: to a folder, or to a file. */
struct place {
    enum way way;
    const struct folder *folder; /* NULL: a file */
    const struct entry *file;
};

static struct place place_of(const struct folder *folder)
{
    return (struct place){folder ? WAY_FOUND : WAY_NOWHERE, folder, NULL};
}

static struct place follow(const struct folder *from, struct str path, unsigned links);

static struct place enter(const struct folder *folder, struct str name, unsigned links)
{
    if (!name.n || str_is(name, "."))
        return place_of(folder);
    if (str_is(name, ".."))
        return place_of(folder->parent);
    const struct entry *entry = map_get(&folder->entries, name);
    if (!entry)
        return place_of(NULL);
    if (entry->kind == ENTRY_FOLDER)
        return place_of(entry->folder);
    if (entry->kind == ENTRY_FILE)
        return (struct place){WAY_FOUND, NULL, entry};
    if (links >= MOST_LINKS)
        return (struct place){.way = WAY_CIRCLE};
    bool leads_out = str_starts_with(entry->target, STR("/"));
    return leads_out ? place_of(NULL) : follow(folder, entry->target, links + 1);
}

static struct place follow(const struct folder *from, struct str path, unsigned links)
{
    struct place place = place_of(from);
    while (path.p && place.way == WAY_FOUND)
        place = place.folder ? enter(place.folder, str_cut(&path, '/'), links) : place_of(NULL);
    return place;
}

static int read_file(void *context, struct arena *arena, struct str path, struct str *ret_bytes)
{
    const struct git_back *back = context;
    struct place place = follow(back->base, path, 0);
    if (!place.file)
        return 0;
    return read_blob(back, arena, &place.file->id, back->limits->file_bytes, ret_bytes);
}

static struct str resolve(void *context, struct arena *arena, struct str path)
{
    const struct git_back *back = context;
    struct str base = back->base->path;
    struct place place = follow(back->base, path, 0);
    if (place.way != WAY_FOUND)
        return path;
    struct str real = place.file ? path_join(arena, place.file->parent->path, place.file->name)
                                 : place.folder->path;
    if (!path_is_below(real, base))
        return path;
    return base.n ? str_from(real, base.n + 1) : real;
}

/* --- listing --- */

struct walk {
    const struct git_back *back;
    struct arena *arena;
    struct str_list *paths;
    struct diagnostics *sink;
    bool full;
};

/* A folder on the way from the root to where the walk is; links make ways of their own. */
struct step {
    const struct folder *folder;
    const struct step *before;
    unsigned depth;
};

static bool is_on_way(const struct step *way, const struct folder *folder)
{
    for (; way; way = way->before) {
        if (way->folder == folder)
            return true;
    }
    return false;
}

static void walk_folder(struct walk *walk, struct str path, const struct step *way);

static void walk_place(struct walk *walk, struct str path, struct place place,
                       const struct step *way)
{
    const struct limits *limits = walk->back->limits;
    if (place.way == WAY_NOWHERE) {
        list_report_nowhere(path, walk->sink);
    } else if (place.way == WAY_CIRCLE) {
        list_report_circle(path, walk->sink);
    } else if (place.file) {
        walk->full = !list_add_path(walk->arena, path, limits, walk->paths, walk->sink);
    } else if (is_on_way(way, place.folder)) {
        list_report_own_parent(path, walk->sink);
    } else if (way->depth >= limits->directory_depth) {
        list_report_depth(path, limits, walk->sink);
    } else {
        struct step here = {place.folder, way, way->depth + 1};
        walk_folder(walk, path, &here);
    }
}

static void walk_folder(struct walk *walk, struct str path, const struct step *way)
{
    const struct map *entries = &way->folder->entries;
    for (size_t i = 0; i < entries->count && !walk->full; i++) {
        struct str name = entries->items[i].key;
        walk_place(walk, path_join(walk->arena, path, name), enter(way->folder, name, 0), way);
    }
}

static void list(void *context, struct arena *arena, struct str_list *paths,
                 struct diagnostics *sink)
{
    const struct git_back *back = context;
    struct walk walk = {back, arena, paths, sink, false};
    struct step root = {back->base, NULL, 0};
    diagnostics_append(sink, &back->problems);
    walk_folder(&walk, STR(""), &root);
}

/* --- the door --- */

/* The directory's path within the repository's working tree; p == NULL: it is not in it. */
static struct str path_in_repository(struct git_back *back, struct str root)
{
    struct str work = str_from_c(back->library.git_repository_workdir(back->repository));
    while (work.n > 1 && work.p[work.n - 1] == '/')
        work.n--;
    if (!work.n || !path_is_below(root, work))
        return (struct str){0};
    return root.n > work.n ? str_from(root, work.n + 1) : STR("");
}

static bool open_commit(struct git_back *back, struct str root, struct str revision,
                        struct diagnostics *sink)
{
    git_object *tree = find_object(back, revision, GIT_OBJECT_TREE);
    if (!tree)
        return fail(back, "git", revision, sink);
    const struct folder *all = read_folder(back, back->library.git_object_id(tree), STR(""), NULL);
    back->library.git_object_free(tree);
    struct str path = path_in_repository(back, root);
    if (all && path.p)
        back->base = follow(all, path, 0).folder;
    if (!back->base)
        diagnostics_add(sink, SEVERITY_ERROR, "git", (struct span){0},
                        "revision %.*s has no folder %.*s", STR_ARG(revision),
                        STR_ARG(path.p ? path : root));
    return back->base;
}

struct tree *tree_open_git(struct arena *arena, struct str root, struct str revision,
                           const struct limits *limits, struct diagnostics *sink)
{
    struct git_back *back = open_repository(arena, root, limits, sink);
    if (!back)
        return NULL;
    if (!open_commit(back, root, revision, sink)) {
        close_back(back);
        return NULL;
    }
    struct tree_back own = {list, read_file, resolve, close_back, back};
    return tree_open(arena, own, limits);
}

static struct str merge_base(struct git_back *back, struct str root, struct diagnostics *sink)
{
    static const char *const names[] = {"origin/HEAD", "origin/main", "origin/master", "main",
                                        "master"};
    git_object *head = find_object(back, STR("HEAD"), GIT_OBJECT_COMMIT);
    git_object *branch = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !branch; i++)
        branch = find_object(back, str_from_c(names[i]), GIT_OBJECT_COMMIT);
    char text[GIT_OID_HEXSZ + 1] = "";
    git_oid base;
    const struct libgit2 *library = &back->library;
    if (!head)
        diagnostics_add(sink, SEVERITY_ERROR, "git", (struct span){0},
                        "%.*s: the repository has no commit yet", STR_ARG(root));
    else if (!branch)
        diagnostics_add(sink, SEVERITY_ERROR, "git", (struct span){0},
                        "there is no main branch to compare with: name a revision");
    else if (library->git_merge_base(&base, back->repository, library->git_object_id(head),
                                     library->git_object_id(branch)) != 0)
        diagnostics_add(sink, SEVERITY_ERROR, "git", (struct span){0},
                        "no commit is in both HEAD and the main branch (a shallow clone?): name a "
                        "revision");
    else
        library->git_oid_tostr(text, sizeof text, &base);
    library->git_object_free(head);
    library->git_object_free(branch);
    return *text ? str_copy(back->arena, str_from_c(text)) : (struct str){0};
}

struct str tree_git_merge_base(struct arena *arena, struct str root, struct diagnostics *sink)
{
    struct git_back *back = open_repository(arena, root, &limits_default, sink);
    if (!back)
        return (struct str){0};
    struct str base = merge_base(back, root, sink);
    close_back(back);
    return base;
}
