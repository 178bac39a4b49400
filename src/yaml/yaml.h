#ifndef BULKHEAD_YAML_YAML_H
#define BULKHEAD_YAML_YAML_H

#include "fields.h"
#include "tree/tree.h"
#include "write.h"

/* YAML as Helm reads it: sigs.k8s.io/yaml over goyaml.v2, that is YAML 1.1 scalars turned into JSON
 * values. `on` is a boolean, `0644` is 420, every number is a double, keys become strings (`n:` is
 * the key "false", `1:` is "1"), timestamps stay strings, `<<` merges.
 *
 * Parsing never fails: there is always a tree, possibly partial, and diagnostics. Nodes live in the
 * arena that is passed to yaml_parse; strings without escapes point into the file's bytes. Nothing
 * is changed after yaml_parse returns, so a stream may be read by all threads. */
enum yaml_kind { YAML_NULL, YAML_BOOL, YAML_NUMBER, YAML_STRING, YAML_LIST, YAML_MAP };

enum yaml_style {
    YAML_PLAIN, /* scalars; also the value of a key that has none, with an empty span behind the
                   colon */
    YAML_SINGLE_QUOTED,
    YAML_DOUBLE_QUOTED,
    YAML_LITERAL, /* | */
    YAML_FOLDED,  /* > */
    YAML_BLOCK,   /* lists and maps */
    YAML_FLOW,    /* [ ] and { } */
};

struct yaml_node {
    enum yaml_kind kind;
    enum yaml_style style;
    /* The value as it is written, without its anchor and tag; ends behind its last character, not
     * behind the comments and blanks that follow. An alias is a node of its own whose span is that
     * of the alias and whose content is shared with the anchored node. */
    struct span span;
    struct str text; /* scalars: the content of a string; of the others the text as written */
    union {
        bool boolean;
        double number;
        struct {
            struct yaml_node **items;
            size_t count;
        } list;
        struct {
            struct yaml_entry *entries; /* in the order of the file; of equal keys only the last */
            size_t count;
            struct map *index; /* key → struct yaml_entry, for large maps; else NULL */
        } map;
    };
};

struct yaml_entry {
    struct str key;          /* as Helm sees it */
    enum yaml_kind key_kind; /* how it was written: YAML_BOOL for `n:`, YAML_NUMBER for `1:` */
    bool merged;             /* came through "<<" */
    struct span key_span; /* the key as written; of a merged entry where it stands in its source */
    struct yaml_node *value;
};

struct yaml_document {
    struct yaml_node *root; /* never NULL; an empty document is a null */
    struct span span;
};

struct yaml_comment {
    struct span span; /* from "#" to the end of the line */
    struct str text;  /* without "#" and blanks at both ends */
    bool alone;       /* nothing else stands on its line */
};

struct yaml_stream {
    struct yaml_document *documents;
    size_t document_count;
    struct yaml_comment *comments;
    size_t comment_count;
    /* Kinds: "syntax" (what libyaml or Helm refuses, an unknown alias, a wrong merge),
     * "duplicate-key" (at the later key, related: the earlier one; an error in Helm 4's strict
     * places only, so a warning), "encoding" (not UTF-8, a control character, an inner byte order
     * mark), "limit" (depth, aliases, directives). */
    struct diagnostics problems;
    /* Why Helm refuses the first document, beyond which it does not read, in its own words ("yaml:
     * line 3: did not find expected key"; sigs.k8s.io/yaml puts "error converting YAML to JSON: "
     * in front); p == NULL when it takes it. */
    struct str refusal;
    bool complete; /* no problem of severity error: the whole file was understood */
};

/* Parses a file that was read. The result lives in the arena. */
const struct yaml_stream *yaml_parse(struct arena *arena, const struct file *file,
                                     const struct limits *limits);
/* The same for bytes that are no file; spans carry the id that is given. */
const struct yaml_stream *yaml_parse_bytes(struct arena *arena, struct str bytes, uint32_t file,
                                           const struct limits *limits);

/* The root of the first document, a null for none. Helm 3 reads no more of a values file. */
const struct yaml_node *yaml_root(const struct yaml_stream *stream);
/* What Helm 4 reads of a values file (chart/loader, LoadValues): all documents, later ones win,
 * maps are merged, empty documents count for nothing. The first document that is neither a map nor
 * empty is returned as it is: Helm refuses it. */
const struct yaml_node *yaml_merged(struct arena *arena, const struct yaml_stream *stream);

/* Why Helm refuses a values file, in its own words; p == NULL when it takes it. Helm 4 splits the
 * documents itself, at lines that begin with "---", and reads each alone (chart/loader,
 * LoadValues); Helm 3 reads the first one. `stream` is what the bytes were parsed to. */
struct str yaml_values_refusal(struct arena *arena, const struct yaml_stream *stream,
                               struct str bytes, const struct limits *limits, unsigned helm);

/* A copy that lives in the arena with all its texts; spans stay those of the original. */
struct yaml_node *yaml_copy(struct arena *arena, const struct yaml_node *node);

/* The entry of a key, or NULL when there is none or the node is no map. */
const struct yaml_entry *yaml_find(const struct yaml_node *map, struct str key);
/* The value of a key, or NULL. */
const struct yaml_node *yaml_value(const struct yaml_node *map, const char *key);
/* The value behind a path of keys that are joined by ".", or NULL. */
const struct yaml_node *yaml_at(const struct yaml_node *node, struct str path);
/* How many items a list, or entries a map, has; 0 of NULL and of anything else. */
size_t yaml_item_count(const struct yaml_node *list);
size_t yaml_entry_count(const struct yaml_node *map);
/* The string of a scalar node: text of a string, as written of other scalars; p == NULL for NULL, a
 * null, a list or a map. */
struct str yaml_text(const struct yaml_node *node);
/* Equal as values: numbers by value, maps in any order. */
bool yaml_equal(const struct yaml_node *a, const struct yaml_node *b);
/* Null, "", an empty list or an empty map. (Not what Go templates call empty: false and 0 are not.)
 */
bool yaml_is_blank(const struct yaml_node *node);
/* "null", "boolean", "number", "string", "list" or "map". */
const char *yaml_kind_name(enum yaml_kind kind);
/* What Go's encoding/json calls it in errors: "bool", "number", "string", "array" or "object". */
const char *yaml_json_name(enum yaml_kind kind);
/* The value on one line of at most `most` bytes for a message, cut with "…": {pool: dev}, [a, b].
 */
struct str yaml_brief(struct arena *arena, const struct yaml_node *node, size_t most);

#endif
