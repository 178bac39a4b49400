#include "diagnostic.h"

#include <stdarg.h>

#include "text.h"
#include "vector.h"

const char *severity_name(enum severity severity)
{
    static const char *const names[] = {"info", "warning", "error"};
    return names[severity];
}

bool severity_parse(struct str name, enum severity *ret_severity)
{
    for (enum severity severity = SEVERITY_INFO; severity <= SEVERITY_ERROR; severity++) {
        if (str_is(name, severity_name(severity))) {
            *ret_severity = severity;
            return true;
        }
    }
    return false;
}

struct diagnostic *diagnostics_add(struct diagnostics *sink, enum severity severity,
                                   const char *kind, struct span span, const char *format, ...)
{
    struct text message = {.arena = sink->arena};
    va_list args;
    va_start(args, format);
    text_format_list(&message, format, args);
    va_end(args);
    struct diagnostic *added = vector_add(sink->arena, sink);
    *added = (struct diagnostic){severity, kind, span, text_str(&message), {0}};
    return added;
}

void diagnostics_append(struct diagnostics *sink, const struct diagnostics *from)
{
    for (size_t i = 0; i < from->count; i++)
        vector_push(sink->arena, sink, from->items[i]);
}
