#ifndef BULKHEAD_EVAL_OBJECT_H
#define BULKHEAD_EVAL_OBJECT_H

#include <stddef.h>

#include "function.h"

/* The structs and pointers that Helm and Sprig hand to templates (.Chart, .Capabilities, .Files,
 * time.Time, *semver.Version, certificates), as tables. */

/* A field (no parameters) or a method of an object. Methods are called as `.Files.Get "x"`. */
struct object_member {
    const char *name;
    /* call->arguments are the method's; `data` is the object's. NULL: the member is the struct str
     * that stands at text_offset in the data. */
    bool (*get)(struct call *call, const void *data, struct value *ret_value);
    size_t text_offset;
    uint8_t parameters[FUNCTION_PARAMETERS];
    bool is_method; /* only for the words of errors */
};

/* A member that is a text in the object's data. */
#define TEXT_FIELD(member_name, type, field)                                                       \
    {                                                                                              \
        .name = (member_name), .text_offset = offsetof(type, field)                                \
    }
#define TEXT_METHOD(member_name, type, field)                                                      \
    {                                                                                              \
        .name = (member_name), .text_offset = offsetof(type, field), .is_method = true             \
    }

/* A field of a Go struct, in the order in which fmt prints it. */
struct object_field {
    const char *name;
    const char *json; /* what encoding/json calls it; NULL: it is not exported */
    bool omits_empty; /* JSON leaves it out when it is an empty text */
    struct value (*get)(struct arena *arena, const void *data); /* NULL: the text there */
    size_t text_offset;
};
struct value object_field_value(struct arena *arena, const struct object_field *field,
                                const void *data);

struct object_type {
    const char *name;  /* as %T prints it in Helm 4: "time.Time", "*common.Capabilities" */
    const char *name3; /* in Helm 3; NULL: the same */
    const char *kind;  /* "struct", "ptr" or "map" */
    const struct object_member *members;
    size_t member_count;
    const struct object_field *fields;
    size_t field_count;
    /* What %v and string functions print: the String method; NULL: the fields. */
    struct str (*print)(struct arena *arena, const void *data);
    /* The String method is one of the pointer: only an action that prints the field itself finds
     * it, fmt prints the fields. */
    bool prints_by_address;
    /* What JSON and YAML writers see; NULL: the fields. */
    struct value (*to_plain)(struct arena *arena, const void *data);
    /* A map type in Go (.Files): what range, len and index see. NULL: it is none. */
    struct value_map *(*to_map)(struct arena *arena, const void *data);
    /* The same for a list type in Go (.Capabilities.APIVersions). */
    struct value_list *(*to_list)(struct arena *arena, const void *data);
};

extern const struct object_type time_type; /* data: struct go_time, funcs_date.c */
extern const struct object_type
    certificate_type; /* data: struct certificate, funcs_certificate.c */

extern const struct object_type semver_type; /* data: struct semver, funcs_semver.c */

struct value object_new(struct arena *arena, const struct object_type *type, const void *data);
/* A struct of Go that is a map or list there, as that; everything else unchanged. */
struct value object_open(struct arena *arena, struct value value);
/* value_is_true, where an object that is a map or list in Go is not true when it is empty. */
static inline bool value_is_true_in_go(struct arena *arena, struct value value)
{
    return value_is_true(value.type == VALUE_OBJECT ? object_open(arena, value) : value);
}
static inline bool value_is_object(struct value value, const struct object_type *type)
{
    return value.type == VALUE_OBJECT && value.object->type == type;
}

#endif
