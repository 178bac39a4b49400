#ifndef BULKHEAD_LSP_VIEW_H
#define BULKHEAD_LSP_VIEW_H

#include "engine/engine.h"
#include "mention.h"
#include "place.h"

/* A file that the editor has open; its path is the one behind links. */
struct view_file {
    struct str uri, path, text;
    json_int_t version;
};

/* The repository as the editor shows it: the files of the disk with unsaved texts over them, the
 * workspace of that, and what was asked of it. Showing other texts makes all of it anew but for the
 * files of the disk. A view belongs to one thread. */
struct view {
    struct str root; /* path of the operating system */
    enum place_encoding encoding;
    unsigned jobs;
    struct arena disk_arena;
    struct tree *disk;  /* NULL: not read yet */
    struct arena arena; /* of what follows */
    struct view_file *files;
    size_t file_count;
    struct tree *tree; /* NULL: nothing is shown yet */
    struct workspace *workspace;
    struct renderer *renderer; /* NULL: nobody has asked for a chart yet */
    struct map reads;          /* directory of a chart → struct reads */
    struct map mentions;       /* path of a file → struct mention_list */
};

/* Shows the repository with these texts, which are copied. `disk_changed`: files may have changed
 * that are not open. */
void view_show(struct view *view, const struct view_file *files, size_t count, bool disk_changed);
void view_close(struct view *view);

/* The model; NULL when there is none. */
const struct model *view_model(const struct view *view);
/* The open file at the path; NULL when it is not open. */
const struct view_file *view_open_file(const struct view *view, struct str path);
/* The chart in the directory with everything in it; NULL when it cannot be loaded. */
const struct chart_package *view_package(struct view *view, struct str directory);
/* What the templates of the chart may read; NULL when that is not known. */
const struct reads *view_reads(struct view *view, struct str directory);
/* What a template or helper file of a chart names. */
const struct mention_list *view_mentions(struct view *view, const struct chart_file *file);

/* The URI of a path below the root, the client's own for an open file. In the view's arena. */
struct str view_uri(struct view *view, struct str path);
json_t *view_range(const struct view *view, struct span span);
/* A Location; NULL when the span has no file. */
json_t *view_location(struct view *view, struct span span);
/* "env/dev/web.yaml:3" */
struct str view_place(struct arena *arena, const struct view *view, struct span span);

#endif
