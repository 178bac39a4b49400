#include "listing.h"

bool list_skips(struct str name)
{
    static const char *const skipped[] = {
        ".", "..", ".git", ".hg", ".svn", "node_modules", ".terraform",
    };
    return STR_IS_ONE_OF(name, skipped);
}

bool list_add_path(struct arena *arena, struct str path, const struct limits *limits,
                   struct str_list *paths, struct diagnostics *sink)
{
    if (paths->count < limits->files) {
        vector_push(arena, paths, path);
        return true;
    }
    diagnostics_add(sink, SEVERITY_ERROR, "limit", (struct span){0},
                    "more than %zu files, the limit files: the rest is not read", limits->files);
    return false;
}

static void report_link(const char *kind, struct str path, const char *what,
                        struct diagnostics *sink)
{
    struct diagnostic *problem = diagnostics_add(sink, SEVERITY_WARNING, kind, (struct span){0},
                                                 "%.*s: the symbolic link %s", STR_ARG(path), what);
    problem->path = path;
}

void list_report_nowhere(struct str path, struct diagnostics *sink)
{
    report_link("dangling-link", path, "leads nowhere", sink);
}

void list_report_circle(struct str path, struct diagnostics *sink)
{
    report_link("link-loop", path, "leads in a circle", sink);
}

void list_report_own_parent(struct str path, struct diagnostics *sink)
{
    report_link("link-loop", path, "leads back to one of its own folders, not followed", sink);
}

void list_report_depth(struct str path, const struct limits *limits, struct diagnostics *sink)
{
    diagnostics_add(sink, SEVERITY_ERROR, "limit", (struct span){0},
                    "%.*s: more than %u folders deep, the limit directory_depth", STR_ARG(path),
                    limits->directory_depth);
}
