#ifndef BULKHEAD_VALUES_VALUE_H
#define BULKHEAD_VALUES_VALUE_H

#include "yaml/yaml.h"

/* The value that templates see: what Go's `any` holds in a Helm chart. Go's types matter, because
 * templates compare, print and pass by type: `eq 1 1.0` fails, `printf "%d"` of a float complains.
 *
 * A struct value is passed by value. Strings borrow bytes; lists, maps and objects are references
 * into an arena. A list is never changed once somebody else sees it; a map may be (`set`), and
 * everyone who holds it sees that, as in Go. */
enum value_type {
    VALUE_NIL,      /* no value; also Go's untyped nil */
    VALUE_BOOL,     /* bool */
    VALUE_INT,      /* int: literals, len, int, until */
    VALUE_INT32,    /* int32 */
    VALUE_INT64,    /* int64: arithmetic, int64 */
    VALUE_UINT8,    /* uint8: index of a string or of bytes */
    VALUE_UINT32,   /* uint32 */
    VALUE_UINT64,   /* uint64: the parts of a semantic version */
    VALUE_DURATION, /* time.Duration, in nanoseconds */
    VALUE_FLOAT64,  /* float64: every number of a values file */
    VALUE_STRING,   /* string */
    VALUE_BYTES,    /* []uint8, held like a string */
    VALUE_LIST,     /* []any, []string, []int, … */
    VALUE_MAP,      /* map[string]any, map[string]string, common.Values */
    VALUE_OBJECT,   /* a struct or pointer with fields and methods, see struct object_type */
};

struct value {
    enum value_type type : 8;
    /* It was taken out of a map or list of `any`: in Go its static type is an interface, which
     * shows in the words of errors, and a nil has no fields. Only the evaluator sets and reads it.
     */
    bool is_boxed : 1;
    /* Of a map: this reference has Helm's own map type, common.Values, which has methods. The same
     * map may be known elsewhere as a map[string]any. */
    bool is_values : 1;
    /* While a rendering is traced: the number of where the value came from (eval/trace.h); else 0.
     * It says nothing about the value itself and travels with its copies. */
    uint32_t source : 22;
    uint32_t length; /* of a string or bytes; use value_str */
    union {
        bool boolean;
        int64_t integer; /* of all integer types; a uint64 in the same bits */
        double number;
        const char *bytes;
        struct value_list *list; /* never NULL */
        struct value_map *map;   /* never NULL */
        const struct value_object *object;
    };
};

/* What a list holds in Go; only printing of types, JSON and passing to functions look at it. */
enum list_type { LIST_ANY, LIST_STRING, LIST_INT, LIST_LIST /* [][]any */, LIST_OBJECT };
struct value_list {
    enum list_type type;
    bool is_nil;           /* Go's nil slice: empty, in JSON and YAML null */
    const char *type_name; /* of a LIST_OBJECT as Go prints it: "[]*v2.Dependency" */
    struct value *items;
    size_t count, capacity;
};

enum map_type {
    MAP_ANY,    /* map[string]any */
    MAP_STRING, /* map[string]string */
};
struct value_entry {
    struct str key;
    struct value value;
};
struct value_map {
    enum map_type type;
    bool is_nil; /* Go's nil map: empty, in JSON and YAML null, and nothing can be set in it */
    struct value_entry *entries; /* in the byte order of their keys, as Go prints and ranges */
    size_t count, capacity;
    struct arena *arena; /* where it grows */
};

struct object_type; /* eval/object.h */
struct value_object {
    const struct object_type *type;
    const void *data;
};

enum { VALUE_MOST_SOURCES = 1 << 22 };
static inline void value_set_source(struct value *value, uint32_t source)
{
    value->source = source & (VALUE_MOST_SOURCES - 1);
}

static inline struct value value_nil(void)
{
    return (struct value){0};
}
static inline struct value value_bool(bool boolean)
{
    return (struct value){.type = VALUE_BOOL, .boolean = boolean};
}
static inline struct value value_integer(enum value_type type, int64_t integer)
{
    return (struct value){.type = type, .integer = integer};
}
static inline struct value value_int(int64_t integer)
{
    return value_integer(VALUE_INT, integer);
}
static inline struct value value_int64(int64_t integer)
{
    return value_integer(VALUE_INT64, integer);
}
static inline struct value value_float(double number)
{
    return (struct value){.type = VALUE_FLOAT64, .number = number};
}
/* The bytes are borrowed and at most UINT32_MAX. */
static inline struct value value_string(struct str s)
{
    return (struct value){.type = VALUE_STRING, .length = (uint32_t)s.n, .bytes = s.p};
}
static inline struct value value_bytes(struct str s)
{
    return (struct value){.type = VALUE_BYTES, .length = (uint32_t)s.n, .bytes = s.p};
}
static inline struct value value_of_list(struct value_list *list)
{
    return (struct value){.type = VALUE_LIST, .list = list};
}
static inline struct value value_of_map(struct value_map *map)
{
    return (struct value){.type = VALUE_MAP, .map = map};
}
static inline struct value value_of_values(struct value_map *map)
{
    return (struct value){.type = VALUE_MAP, .is_values = true, .map = map};
}
static inline struct value value_of_object(const struct value_object *object)
{
    return (struct value){.type = VALUE_OBJECT, .object = object};
}

/* The text of a VALUE_STRING or VALUE_BYTES; nothing else may be asked. */
static inline struct str value_str(struct value value)
{
    return (struct str){value.bytes, value.length};
}
/* Nil, or Go's nil map or slice. */
static inline bool value_is_nil(struct value value)
{
    return value.type == VALUE_NIL || (value.type == VALUE_LIST && value.list->is_nil) ||
           (value.type == VALUE_MAP && value.map->is_nil);
}
static inline bool value_is_integer(struct value value)
{
    return value.type >= VALUE_INT && value.type <= VALUE_DURATION;
}

struct value_list *value_list_new(struct arena *arena, enum list_type type, size_t capacity);
/* Only while nobody else holds the list. */
void value_list_add(struct arena *arena, struct value_list *list, struct value item);

/* Replaces an item; the list grows with nils up to the index. Only while nobody else holds it. */
void value_list_set(struct arena *arena, struct value_list *list, size_t index, struct value item);

struct value_map *value_map_new(struct arena *arena, enum map_type type);
/* NULL when the key is not there. The pointer is good until the map changes. */
struct value *value_map_get(const struct value_map *map, struct str key);
/* Adds or replaces. The key's bytes are borrowed. A nil map becomes one that is not. */
void value_map_set(struct value_map *map, struct str key, struct value value);
void value_map_remove(struct value_map *map, struct str key);

/* The value as Helm reads it from YAML: every number a float64, every map a map[string]any. Strings
 * borrow the node's text. */
struct value value_from_yaml(struct arena *arena, const struct yaml_node *node);
/* A deep copy of lists and maps; strings stay borrowed. Beyond what value_walk allows, where only
 * a map that holds itself leads, there is nil. */
struct value value_copy(struct arena *arena, struct value value);

/* Guards a walk through values: a map can hold itself, several times. False when the walk is too
 * deep or has seen too much; else value_walk_leave follows. */
enum { VALUE_WALK_DEPTH = 2000 };
struct value_walk {
    unsigned depth;
    size_t seen;
};
static inline bool value_walk_enter(struct value_walk *walk)
{
    if (walk->depth >= VALUE_WALK_DEPTH || walk->seen >= 4000000)
        return false;
    walk->depth++;
    walk->seen++;
    return true;
}
static inline void value_walk_leave(struct value_walk *walk)
{
    walk->depth--;
}

/* What `if` asks (Go's text/template, IsTrue): false, 0, "", an empty list or map and nil are not
 * true; objects are. */
bool value_is_true(struct value value);
/* reflect.DeepEqual: types count, 1 and 1.0 differ. */
bool value_deep_equal(struct value a, struct value b);

#endif
