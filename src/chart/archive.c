#include "archive.h"

#include <archive.h>
#include <archive_entry.h>

#include "chart_private.h"

static void release_archive(struct archive **archive)
{
    archive_read_free(*archive);
}

static bool fail(struct arena *arena, struct str *ret_problem, const char *what, const char *name)
{
    *ret_problem = str_format(arena, "%s: %s", name, what);
    return false;
}

/* True for a path that stays where it is unpacked. */
static bool is_safe(struct str path)
{
    if (!path.n || path.p[0] == '/' || str_find_char(path, '\\') != STR_NOT_FOUND)
        return false;
    while (path.p) {
        if (str_is(str_cut(&path, '/'), ".."))
            return false;
    }
    return true;
}

static bool read_member(struct arena *arena, struct archive *archive, size_t most,
                        struct str *ret_bytes)
{
    struct text text = {.arena = arena};
    char block[16384];
    la_ssize_t n;
    while ((n = archive_read_data(archive, block, sizeof block)) > 0) {
        if (text.n + (size_t)n > most)
            return false;
        text_add(&text, (struct str){block, (size_t)n});
    }
    *ret_bytes = text_str(&text);
    return n == 0;
}

bool archive_read(struct arena *arena, struct str bytes, const struct limits *limits,
                  struct chart_file_list *ret_files, struct str *ret_problem)
{
    CLEANUP(release_archive) struct archive *archive = archive_read_new();
    struct archive_entry *entry;
    struct chart_file_list files = {0};
    size_t left = limits->archive_bytes;
    int status;
    archive_read_support_filter_gzip(archive);
    archive_read_support_format_tar(archive);
    if (archive_read_open_memory(archive, bytes.p, bytes.n) != ARCHIVE_OK)
        return fail(arena, ret_problem, archive_error_string(archive), "archive");
    while ((status = archive_read_next_header(archive, &entry)) == ARCHIVE_OK) {
        const char *name = archive_entry_pathname(entry);
        struct str path = str_copy(arena, str_from_c(name));
        if (archive_entry_filetype(entry) == AE_IFDIR)
            continue;
        if (!is_safe(path))
            return fail(arena, ret_problem, "leads out of the chart", name ? name : "a member");
        if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry))
            return fail(arena, ret_problem, "is a link or no file", name);
        if (files.count == limits->archive_files)
            return fail(arena, ret_problem, "the limit archive_files is reached", name);
        struct chart_file file = {0};
        if (!read_member(arena, archive, left, &file.bytes))
            return fail(arena, ret_problem, "cannot be read, or the limit archive_bytes is reached",
                        name);
        left -= file.bytes.n;
        size_t slash = str_find_char(path, '/');
        file.name = path_clean(arena, slash == STR_NOT_FOUND ? path : str_from(path, slash + 1));
        file.bytes = without_byte_order_mark(file.bytes);
        if (file.name.n)
            vector_push(arena, &files, file);
    }
    if (status != ARCHIVE_EOF)
        return fail(arena, ret_problem, archive_error_string(archive), "archive");
    *ret_files = files;
    return true;
}
