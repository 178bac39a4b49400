#ifndef BULKHEAD_KUBE_CAUSE_PRIVATE_H
#define BULKHEAD_KUBE_CAUSE_PRIVATE_H

#include "cause.h"

/* Private to cause*.c. */

/* A document within the rendered file that it was cut from. */
struct cause_document {
    struct arena *arena;
    const struct origins *origins;
    const struct trace *trace;
    const struct trace_text *events; /* of the file */
    struct str text;                 /* of the file */
    size_t offset;                   /* of the document in the file */
};

/* Where a node stands, and from where on what it has is printed: behind its key. */
struct cause_extent {
    struct span span;
    uint32_t inside;
};

/* --- cause.c --- */

bool cause_covers(const struct trace_event *event, size_t start, size_t end);
/* Adds the places that the source comes from, each once. */
void cause_add_places(const struct cause_document *document, uint32_t source,
                      struct cause_place_list *places);
/* What was asked for the source. */
void cause_add_asked(const struct cause_document *document, uint32_t source,
                     struct cause_place_list *places);
/* Values come before what Helm adds; the order stays otherwise. */
void cause_order_places(const struct cause_document *document, struct cause_place_list *places);
/* The action of a site, from its "{{" to its "}}". */
struct span cause_action_of(const struct trace_site *site);
/* The site's own line and those that led to it; lines of a text given to tpl are no template's. */
void cause_add_steps(const struct cause_document *document, const struct trace_site *site,
                     struct span within, struct cause_step_list *steps);
/* The cause of what was printed at [start, end) of the file. */
struct cause cause_explain(const struct cause_document *document, size_t start, size_t end);

/* --- cause_missing.c --- */

/* Why the key is not in the map, which stands in the extent. */
struct cause cause_explain_missing(const struct cause_document *document,
                                   const struct yaml_node *map, const struct cause_extent *extent,
                                   struct str key);

#endif
