#ifndef BULKHEAD_EVAL_FUNCTION_H
#define BULKHEAD_EVAL_FUNCTION_H

#include "values/values.h"

/* What a function of the template language is: one record in the table of its family. */

/* The Go type of a parameter. The evaluator checks each argument against it, converts literals, and
 * reports what text/template reports ("wrong type for value; expected string; got int"), so that a
 * function finds what it asked for. */
enum parameter {
    PARAMETER_NONE,
    PARAMETER_ANY, /* anything, nil too */
    PARAMETER_BOOL,
    PARAMETER_INT,
    PARAMETER_INT64,
    PARAMETER_UINT32,
    PARAMETER_FLOAT64,
    PARAMETER_STRING,
    PARAMETER_LIST, /* []any; nil comes as an empty list */
    PARAMETER_MAP,  /* map[string]any or Helm's Values; nil comes as an empty map that is lost */
    PARAMETER_TIME, /* time.Time: a VALUE_OBJECT of time_type */
    PARAMETER_CERTIFICATE, /* an object of certificate_type */
    PARAMETER_VERSION,     /* an object of semver_type; may be nil */
    PARAMETER_WRITER,      /* io.Writer, which no value is */
};

struct call;

/* How a call is evaluated: only `and` and `or`, which stop early, and `call`, which needs the text
 * of its argument, are done by the evaluator itself and have no run. */
enum function_form { FORM_CALL, FORM_AND, FORM_OR, FORM_CALL_VALUE };

enum { FUNCTION_PARAMETERS = 6 };
struct function {
    const char *name;
    /* Computes *ret_value from call->arguments. False: it failed, and call_fail was called. */
    bool (*run)(struct call *call, struct value *ret_value);
    /* Ends at the first PARAMETER_NONE. */
    uint8_t parameters[FUNCTION_PARAMETERS];
    bool variadic; /* the last parameter stands for any number of arguments, none too */
    enum function_form form;
    unsigned since; /* the first major version of Helm that has it; 0: those that are known */
};

/* An entry of a family's table; the parameters follow, PARAMETER_NONE for none. */
#define FUNCTION(function_name, function_run, ...)                                                 \
    {                                                                                              \
        .name = (function_name), .run = (function_run), .parameters = { __VA_ARGS__ }              \
    }
#define VARIADIC(function_name, function_run, ...)                                                 \
    {                                                                                              \
        .name = (function_name), .run = (function_run), .parameters = {__VA_ARGS__},               \
        .variadic = true                                                                           \
    }

struct function_family {
    const struct function *functions;
    size_t count;
};
#define FUNCTION_FAMILY(table)                                                                     \
    {                                                                                              \
        table, sizeof(table) / sizeof *(table)                                                     \
    }

struct evaluation; /* eval.h: one release being rendered */

struct call {
    struct evaluation *evaluation;
    struct arena *arena; /* the release's: results live here */
    const struct function *function;
    const struct value *arguments;
    size_t count;
    struct str error;            /* set by call_fail; without "error calling NAME: " */
    const struct failure *cause; /* evaluation.h: the failed execution behind the error, or NULL */
};

/* Notes why the call failed. call_fail also gives false, which readers and analyzers can see. */
void call_note_failure(struct call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static inline bool call_has_failed(void)
{
    return false;
}
#define call_fail(call, ...) (call_note_failure((call), __VA_ARGS__), call_has_failed())
/* To be called before making `amount` more bytes or items in one go, by everything whose result may
 * be much larger than its arguments (repeat, until, indent, replace …). False, and the call has
 * failed with the name of the limit, when the release may not make so much. */
bool call_spend(struct call *call, uint64_t amount);
/* To be called by what changes a map that was made before. */
void call_note_change(struct call *call);
/* The major version of Helm whose ways are followed: 3 or 4. */
unsigned call_helm(const struct call *call);

/* Go's name of the type as %T prints it: "float64", "map[string]interface {}". Of nil "<nil>". */
const char *value_type_name(struct value value, unsigned helm);
/* reflect.Kind: "int", "string", "slice", "map", "ptr", "struct"; of nil "invalid". */
const char *value_kind_name(struct value value);

#endif
