#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli.h"

/* All paths must lie in one repository, since one model is built. */
static bool find_paths(struct arena *arena, const struct cli_command *command,
                       const struct str_list *paths, struct repository *repository)
{
    struct str here = STR(".");
    size_t count = paths->count ? paths->count : 1;
    for (size_t i = 0; i < count; i++) {
        struct str given = paths->count ? paths->items[i] : here;
        struct str path = tree_real_path(arena, given);
        if (!path.p) {
            usage_error(command, "%.*s: %s", STR_ARG(given), strerror(errno));
            return false;
        }
        struct str root = repository->root.p ? repository->root : tree_find_root(arena, path);
        if (repository->root.p && !path_is_below(path, root)) {
            usage_error(command, "%.*s is not in the repository %.*s: check one at a time",
                        STR_ARG(given), STR_ARG(root));
            return false;
        }
        repository->root = root;
        struct str below = tree_path_below(path, root);
        if (below.n)
            vector_push(arena, &repository->paths, below);
    }
    return true;
}

static bool find_config(struct invocation *invocation)
{
    struct repository *repository = &invocation->repository;
    struct str config = option_value(&invocation->arguments, "config", "");
    if (!config.n)
        return true;
    struct str path = tree_real_path(invocation->arena, config);
    if (!path.p || !path_is_below(path, repository->root)) {
        usage_error(invocation->command, "--config %.*s: %s", STR_ARG(config),
                    path.p ? "the file is not in the repository" : strerror(errno));
        return false;
    }
    repository->config_path = tree_path_below(path, repository->root);
    return true;
}

bool repository_find(struct invocation *invocation, const struct str_list *paths)
{
    struct repository *repository = &invocation->repository;
    if (!find_paths(invocation->arena, invocation->command, paths, repository) ||
        !find_config(invocation))
        return false;
    repository->tree = tree_open_disk(invocation->arena, repository->root, &limits_default);
    return true;
}

bool repository_open(struct invocation *invocation, const struct str_list *paths, unsigned jobs)
{
    struct repository *repository = &invocation->repository;
    if (!repository_find(invocation, paths))
        return false;
    repository->workspace = workspace_open(repository->tree, repository->config_path, jobs);
    return true;
}

bool repository_open_revision(const struct invocation *invocation, struct str revision,
                              unsigned jobs, struct diagnostics *sink,
                              struct repository *ret_repository)
{
    struct arena *arena = invocation->arena;
    struct repository repository = invocation->repository;
    repository.tree = revision.n
                          ? tree_open_git(arena, repository.root, revision, &limits_default, sink)
                          : tree_open_disk(arena, repository.root, &limits_default);
    if (!repository.tree)
        return false;
    repository.workspace = workspace_open(repository.tree, repository.config_path, jobs);
    *ret_repository = repository;
    return true;
}

void repository_close(struct repository *repository)
{
    if (repository->workspace)
        workspace_close(repository->workspace);
    if (repository->tree)
        tree_close(repository->tree);
}

static struct str problem_line(const struct repository *repository,
                               const struct diagnostic *problem, struct arena *arena)
{
    struct position at = tree_position(repository->tree, problem->span);
    struct str place = at.path.n
                           ? str_format(arena, "%.*s:%u:%u", STR_ARG(at.path), at.line, at.column)
                           : STR("bulkhead");
    return str_format(arena, "%.*s: %s: %.*s\n", STR_ARG(place), severity_name(problem->severity),
                      STR_ARG(problem->message));
}

/* What a template writes into many Applications is said of each of them: here it is said once. */
bool repository_print_problems(const struct repository *repository,
                               const struct diagnostics *problems, bool verbose)
{
    struct map said = {0};
    bool good = true;
    for (size_t i = 0; i < problems->count; i++) {
        const struct diagnostic *problem = &problems->items[i];
        if (problem->severity == SEVERITY_ERROR)
            good = false;
        if (problem->severity == SEVERITY_INFO && !verbose)
            continue;
        struct str line = problem_line(repository, problem, problems->arena);
        if (map_has(&said, line))
            continue;
        map_put(problems->arena, &said, line, problems->arena);
        fprintf(stderr, "%.*s", STR_ARG(line));
    }
    return good;
}

bool repository_open_model(struct invocation *invocation, const struct str_list *paths,
                           bool *ret_good)
{
    struct str_list given = option_values(invocation->arena, &invocation->arguments, "path");
    if (!repository_open(invocation, paths ? paths : &given, 0))
        return false;
    const struct workspace *workspace = invocation->repository.workspace;
    *ret_good = repository_print_problems(&invocation->repository, &workspace->problems, false);
    return workspace->model != NULL;
}

static const struct release *find_release(struct arena *arena, const struct repository *repository,
                                          struct str name)
{
    const struct model *model = repository->workspace->model;
    const struct release *release = model_find_release(model, name);
    if (release)
        return release;
    struct str_list names = {0};
    for (size_t i = 0; i < model->release_count; i++)
        vector_push(arena, &names, model->releases[i].name);
    struct str near = similar_find(name, names.items, names.count);
    fprintf(stderr, "bulkhead: there is no release %.*s", STR_ARG(name));
    if (near.p)
        fprintf(stderr, ", did you mean %.*s?\n", STR_ARG(near));
    else
        fprintf(stderr, "; 'bulkhead list releases' names them all\n");
    return NULL;
}

const struct release *repository_open_release(struct invocation *invocation, struct str name,
                                              bool *ret_good)
{
    if (!repository_open_model(invocation, NULL, ret_good))
        return NULL;
    return find_release(invocation->arena, &invocation->repository, name);
}

void repository_add_place(struct text *out, const struct repository *repository, struct span span)
{
    struct position at = tree_position(repository->tree, span);
    text_format(out, "%.*s:%u:%u", STR_ARG(at.path), at.line, at.column);
}

struct str repository_prefix(struct arena *arena, const struct repository *repository)
{
    struct str git = tree_find_above(arena, repository->root, ".git");
    return git.p ? tree_path_below(repository->root, git) : STR("");
}

bool print(struct str text)
{
    return fwrite(text.n ? text.p : "", 1, text.n, stdout) == text.n && fflush(stdout) == 0;
}

const struct file *read_given_file(struct arena *arena, struct str path)
{
    struct str real = tree_real_path(arena, path);
    if (!real.p)
        return NULL;
    struct tree *tree = tree_open_disk(arena, tree_parent_path(real), &limits_default);
    const struct file *file = tree_find(tree, path_name(real));
    tree_close(tree);
    errno = file ? 0 : EISDIR;
    return file;
}

bool print_to_file(struct arena *arena, struct str path, struct str bytes, bool append)
{
    FILE *file = fopen(str_to_c(arena, path), append ? "ab" : "wb");
    bool written = file && fwrite(bytes.n ? bytes.p : "", 1, bytes.n, file) == bytes.n;
    if (file && fclose(file) != 0)
        written = false;
    if (!written)
        fprintf(stderr, "bulkhead: error: %.*s: %s\n", STR_ARG(path), strerror(errno));
    return written;
}
