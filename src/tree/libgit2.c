#include "libgit2.h"

#include <dlfcn.h>

/* A version of libgit2 fits only programs that were built for it, so its name has the version. */
#define LIBRARY_NAME "libgit2.so." LIBGIT2_SOVERSION

static const struct {
    const char *name;
    size_t offset;
} functions[] = {
#define LIBGIT2_ROW(name) {#name, offsetof(struct libgit2, name)},
    LIBGIT2_FUNCTIONS(LIBGIT2_ROW)
#undef LIBGIT2_ROW
};

static bool report(struct diagnostics *sink)
{
    const char *problem = dlerror();
    diagnostics_add(sink, SEVERITY_ERROR, "libgit2", (struct span){0},
                    "revisions are read with %s, which cannot be loaded: %s", LIBRARY_NAME,
                    problem ? problem : "unknown");
    return false;
}

bool libgit2_load(struct libgit2 *library, struct diagnostics *sink)
{
    *library = (struct libgit2){.handle = dlopen(LIBRARY_NAME, RTLD_NOW | RTLD_LOCAL)};
    if (!library->handle)
        return report(sink);
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        void *function = dlsym(library->handle, functions[i].name);
        if (!function) {
            dlclose(library->handle);
            return report(sink);
        }
        memcpy((char *)library + functions[i].offset, &function, sizeof function);
    }
    library->git_libgit2_init();
    return true;
}

void libgit2_unload(struct libgit2 *library)
{
    library->git_libgit2_shutdown();
    dlclose(library->handle);
}

const char *libgit2_problem(const struct libgit2 *library)
{
    const git_error *error = library->git_error_last();
    return error && error->message ? error->message : "unknown";
}
