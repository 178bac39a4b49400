#ifndef BULKHEAD_BASE_DIAGNOSTIC_H
#define BULKHEAD_BASE_DIAGNOSTIC_H

#include <stdint.h>

#include "str.h"

/* A range of bytes [start, end) of a file. File 0 is no file: the place is not known. Which file an
 * id means, and the line and column of an offset, tree/ knows. */
struct span {
    uint32_t file;
    uint32_t start;
    uint32_t end;
};

enum severity { SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR };

/* "error", "warning" or "info". */
const char *severity_name(enum severity severity);
/* The severity of that name; false for any other word. */
bool severity_parse(struct str name, enum severity *ret_severity);

/* A located message from any room. `kind` is a constant word for its class ("syntax",
 * "duplicate-key", "limit", …) that says how it is counted; the message is for people: lower case,
 * no full stop. */
struct diagnostic {
    enum severity severity;
    const char *kind;
    struct span span;
    struct str message;
    struct span related; /* a second place, or file 0 */
    struct str path;     /* what it is about when that is no file; else empty */
};

/* The sink that rooms report to. Messages live in its arena. Not shared between threads: each
 * thread has its own and the caller joins them with diagnostics_append. */
struct diagnostics {
    struct arena *arena;
    struct diagnostic *items;
    size_t count, capacity;
};

struct diagnostic *diagnostics_add(struct diagnostics *sink, enum severity severity,
                                   const char *kind, struct span span, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Copies the items of `from`; their messages must live as long as the sink. */
void diagnostics_append(struct diagnostics *sink, const struct diagnostics *from);

#endif
