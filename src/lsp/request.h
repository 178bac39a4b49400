#ifndef BULKHEAD_LSP_REQUEST_H
#define BULKHEAD_LSP_REQUEST_H

#include "view.h"

/* A question about a file, and the answers. */
struct request {
    struct arena *arena; /* until it is answered */
    struct view *view;
    const json_t *params;
    struct str path;         /* of the file, below the root */
    const struct file *file; /* as the editor shows it */
    size_t offset;           /* of the position, when there is one */
};

/* Each gives the result, null when there is nothing to say. */
json_t *answer_hover(const struct request *request);
json_t *answer_definition(const struct request *request);
json_t *answer_references(const struct request *request);
json_t *answer_completion(const struct request *request);
json_t *answer_code_action(const struct request *request);
json_t *answer_document_symbol(const struct request *request);

#endif
