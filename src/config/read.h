#ifndef BULKHEAD_CONFIG_READ_H
#define BULKHEAD_CONFIG_READ_H

#include <stddef.h>

#include "yaml/yaml.h"

/* Reads a map of known keys into a struct, described by a table. Private to config/. */
struct config_reader {
    struct arena *arena;
    struct diagnostics *sink;
    size_t errors;
};

enum config_field_type {
    FIELD_TEXT,  /* a scalar, as written → struct str */
    FIELD_TEXTS, /* a scalar or a list of scalars → struct str_list */
    FIELD_FLAG,  /* true or false → bool */
    FIELD_NODE,  /* anything → const struct yaml_node * */
    FIELD_READ,  /* `read` does it */
    FIELD_ITEMS, /* a list: `read` does it for each item */
};

struct config_field {
    const char *name;
    enum config_field_type type;
    size_t offset; /* of the target in the struct */
    void (*read)(struct config_reader *reader, const struct yaml_node *node, void *target);
};

/* Reports an error of kind "config" at the node. */
void config_error(struct config_reader *reader, struct span span, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Unknown keys and wrong types are reported; `what` names the map in messages ("an environment").
 */
void config_read_map(struct config_reader *reader, const struct yaml_node *node, const char *what,
                     const struct config_field *fields, size_t field_count, void *target);
void config_read_texts(struct config_reader *reader, const struct yaml_node *node,
                       struct str_list *target);
/* False, with an error, when the node has another kind. A null counts as an empty list or map:
 * false without error. */
bool config_expect(struct config_reader *reader, const struct yaml_node *node, enum yaml_kind kind,
                   const char *what);

/* Calls `read` for every item of a list. */
void config_each_item(struct config_reader *reader, const struct yaml_node *node, const char *what,
                      void (*read)(struct config_reader *reader, const struct yaml_node *node,
                                   void *target),
                      void *target);

#define CONFIG_FIELDS(fields) (fields), sizeof(fields) / sizeof *(fields)

/* A row of such a table. */
#define FIELD(type, struct_type, member, name)                                                     \
    {                                                                                              \
        name, type, offsetof(struct_type, member), NULL                                            \
    }
#define FIELD_BY(function, struct_type, member, name)                                              \
    {                                                                                              \
        name, FIELD_READ, offsetof(struct_type, member), function                                  \
    }

#endif
