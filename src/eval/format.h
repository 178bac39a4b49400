#ifndef BULKHEAD_EVAL_FORMAT_H
#define BULKHEAD_EVAL_FORMAT_H

#include "function.h"

/* Values as Go's package fmt prints them. */

/* The text of a list or map ends soon after so many bytes: one that holds itself, or the same list
 * again and again, has no end that could be waited for. */
enum { FORMAT_BYTES = 32 * 1024 * 1024 };

/* fmt.Sprint of one value, "%v". A string is returned as it is, without a copy. */
struct str value_to_text(struct arena *arena, struct value value, unsigned helm);
/* What an action prints (text/template, printValue): as value_to_text, but "<no value>" for nil. */
struct str value_to_output(struct arena *arena, struct value value, unsigned helm);
/* fmt.Sprintf. Wrong verbs and missing or surplus arguments are told in the text, as in Go; false
 * only when the text would exceed a limit: then the call has failed. */
bool format_printf(struct call *call, struct str format, const struct value *arguments,
                   size_t count, struct str *ret_text);
/* call_spend for so many bytes of formatted text; never enough when it was cut at FORMAT_BYTES. */
bool format_spend(struct call *call, size_t bytes);

#endif
