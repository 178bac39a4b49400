#ifndef BULKHEAD_LSP_LSP_H
#define BULKHEAD_LSP_LSP_H

#include "engine/engine.h"

/* The door of lsp/: a language server (Language Server Protocol 3.17) over two descriptors. */
struct lsp_options {
    int input, output;
    unsigned jobs;    /* threads of an analysis; 0: one for each processor but one */
    struct str today; /* YYYY-MM-DD, for exceptions that expire */
};

/* Serves one client until it says `exit` or its input ends. Reads the files of the repository that
 * the client has open and writes none; runs nothing. True when the client said `shutdown` before.
 */
bool lsp_serve(const struct lsp_options *options);

#endif
