#include "template_output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

/* Where documents go: `out` collects them for standard output, or they are written to files. */
struct sink {
    const struct template_output *how;
    struct text out;
    struct map written; /* paths of files that were begun */
    struct str problem;
};

/* --- files --- */

static bool fail(struct sink *sink, struct str path)
{
    sink->problem = str_format(sink->how->arena, "open %.*s: %s", STR_ARG(path), strerror(errno));
    return false;
}

static bool make_directories(struct sink *sink, struct str path)
{
    for (size_t i = 1; i < path.n; i++) {
        if (path.p[i] != '/')
            continue;
        struct str directory = str_slice(path, 0, i);
        if (mkdir(str_to_c(sink->how->arena, directory), 0755) != 0 && errno != EEXIST)
            return fail(sink, directory);
    }
    return true;
}

static bool write_all(int descriptor, struct str text)
{
    while (text.n) {
        ssize_t n = write(descriptor, text.p, text.n);
        if (n < 0)
            return false;
        text = str_from(text, (size_t)n);
    }
    return true;
}

static bool write_file(struct sink *sink, struct str root, struct str source, struct str text)
{
    struct arena *arena = sink->how->arena;
    if (!str_equal(path_clean(arena, source), source)) {
        sink->problem = str_format(arena, "%.*s leads out of the directory", STR_ARG(source));
        return false;
    }
    struct str path = str_format(arena, "%.*s/%.*s", STR_ARG(root), STR_ARG(source));
    bool is_begun = map_has(&sink->written, path);
    map_put(arena, &sink->written, path, sink);
    if (!make_directories(sink, path))
        return false;
    int descriptor =
        open(path.p, O_WRONLY | O_CREAT | O_CLOEXEC | (is_begun ? O_APPEND : O_TRUNC), 0666);
    bool done = descriptor >= 0 && write_all(descriptor, text);
    if (descriptor >= 0 && close(descriptor) != 0)
        done = false;
    if (!done)
        return fail(sink, path);
    return print(str_format(arena, "wrote %.*s\n", STR_ARG(path)));
}

/* --- documents --- */

static bool add_document(struct sink *sink, struct str root, struct str source, struct str text)
{
    struct text file = {.arena = sink->how->arena};
    struct text *document = root.p ? &file : &sink->out;
    text_add_c(document, "---\n# Source: ");
    text_add(document, source);
    text_add_char(document, '\n');
    text_add(document, text);
    text_add_char(document, '\n');
    return !root.p || write_file(sink, root, source, text_str(document));
}

static bool add_crds(struct sink *sink, const struct chart_instance *instance)
{
    const struct chart_file_list *crds = &instance->package->crds;
    for (size_t i = 0; i < crds->count; i++) {
        struct str source = path_join(sink->how->arena, instance->path, crds->items[i].name);
        if (!add_document(sink, sink->how->directory, source, crds->items[i].bytes))
            return false;
    }
    for (size_t i = 0; i < instance->child_count; i++) {
        if (!add_crds(sink, instance->children[i]))
            return false;
    }
    return true;
}

static bool add_manifests(struct sink *sink, const struct rendering *rendering, bool hooks)
{
    const struct manifest_list *manifests = &rendering->manifests;
    struct str root = sink->how->directory;
    if (root.p && sink->how->release.p)
        root = path_join(sink->how->arena, root, sink->how->release);
    for (size_t i = 0; i < manifests->count; i++) {
        const struct manifest *manifest = &manifests->items[i];
        if (manifest->is_hook != hooks || (manifest->is_test && sink->how->skip_tests))
            continue;
        struct str text =
            sink->how->origins ? template_trace(sink->how, rendering, manifest) : manifest->text;
        if (!add_document(sink, root, manifest->path, text))
            return false;
    }
    return true;
}

/* --- --show-only --- */

/* The path behind the chart's name in the line "# Source: ". */
static struct str source_of(struct str manifest)
{
    size_t at = str_find(manifest, STR("# Source: "));
    if (at == STR_NOT_FOUND)
        return (struct str){0};
    struct str line = str_from(manifest, at + strlen("# Source: "));
    line = str_slice(line, 0, str_find_char(line, '\n'));
    size_t slash = str_find_char(line, '/');
    return slash == STR_NOT_FOUND ? (struct str){0} : str_from(line, slash + 1);
}

static bool show_only(struct sink *sink, struct str all, struct text *out)
{
    struct arena *arena = sink->how->arena;
    const struct str_list *wanted = &sink->how->show_only;
    struct str_list documents = manifests_split(arena, all);
    for (size_t i = 0; i < wanted->count; i++) {
        bool found = false;
        for (size_t k = 0; k < documents.count; k++) {
            struct str source = source_of(documents.items[k]);
            if (!source.p || !go_path_match(wanted->items[i], source))
                continue;
            text_add_c(out, "---\n");
            text_add(out, documents.items[k]);
            text_add_char(out, '\n');
            found = true;
        }
        if (!found) {
            sink->problem = str_format(arena, "could not find template %.*s in chart",
                                       STR_ARG(wanted->items[i]));
            return false;
        }
    }
    return true;
}

static bool finish(struct sink *sink, bool done, struct str *ret_problem)
{
    struct text shown = {.arena = sink->how->arena};
    struct str all = text_str(&sink->out);
    if (done && sink->how->show_only.count)
        done = show_only(sink, all, &shown);
    *ret_problem = sink->problem;
    return done && print(sink->how->show_only.count ? text_str(&shown) : all);
}

static struct text trimmed(struct text text)
{
    struct text out = {.arena = text.arena};
    text_add(&out, trim_go_space(text_str(&text)));
    text_add_char(&out, '\n');
    return out;
}

bool template_output(const struct template_output *how, const struct rendering *rendering,
                     struct str *ret_problem)
{
    struct sink sink = {.how = how, .out = {.arena = how->arena}};
    bool done = (!how->include_crds || add_crds(&sink, rendering->root)) &&
                add_manifests(&sink, rendering, false);
    sink.out = trimmed(sink.out);
    done = done && (how->no_hooks || add_manifests(&sink, rendering, true));
    return finish(&sink, done, ret_problem);
}

static int compare_names(const void *a, const void *b)
{
    const struct rendered_file *const *left = a;
    const struct rendered_file *const *right = b;
    return str_compare((*left)->name, (*right)->name);
}

bool template_output_broken(const struct template_output *how, const struct rendered_list *files,
                            struct str *ret_problem)
{
    struct sink sink = {.how = how, .out = {.arena = how->arena}};
    const struct rendered_file **sorted =
        arena_make_array(how->arena, const struct rendered_file *, files->count + 1);
    for (size_t i = 0; i < files->count; i++)
        sorted[i] = &files->items[i];
    qsort(sorted, files->count, sizeof *sorted, compare_names);
    for (size_t i = 0; i < files->count; i++) {
        bool is_notes = str_ends_with(sorted[i]->name, STR("NOTES.txt"));
        if (!is_notes && trim_go_space(sorted[i]->text).n)
            add_document(&sink, (struct str){0}, sorted[i]->name, sorted[i]->text);
    }
    sink.out = trimmed(sink.out);
    return finish(&sink, true, ret_problem);
}
