#ifndef BULKHEAD_LSP_DOCUMENT_H
#define BULKHEAD_LSP_DOCUMENT_H

#include "place.h"
#include "tree/tree.h"

/* A file as the editor shows it, saved or not. */
struct document {
    struct arena *arena; /* of everything here but the text; NULL: the place in the list is free */
    struct arena *text_arena;
    struct str uri;  /* as the client writes it */
    struct str path; /* below the root; p == NULL: it is no file of the repository */
    struct str text;
    json_int_t version;
};

struct document_list {
    struct document *items;
    size_t count, capacity;
    struct arena arena; /* of the list */
};

/* NULL when it is not open. */
struct document *document_find(const struct document_list *list, struct str uri);
/* Adds or replaces; copies what it is given. `root` is the path of the repository; p ==
 * NULL: there is none. */
void document_open(struct document_list *list, const json_t *item, struct str root);
/* Applies `contentChanges`; false when one of them is none, after the ones before it. */
bool document_change(struct document *document, const json_t *changes,
                     enum place_encoding encoding);
void document_close(struct document *document);
void documents_close(struct document_list *list);

/* The path below the root; p == NULL when the URI names no file below it. */
struct str document_path(struct arena *arena, struct str uri, struct str root);

#endif
