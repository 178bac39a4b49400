#ifndef BULKHEAD_EVAL_READS_PRIVATE_H
#define BULKHEAD_EVAL_READS_PRIVATE_H

#include "evaluation.h"
#include "reads.h"
#include "template/template.h"

/* Private to reads*.c: the state of walking one chart's templates. */

/* A chart's place among the others, without a release: every dependency is there. */
struct scope {
    const struct chart_package *package;
    struct str name, path; /* as in struct chart_instance */
    struct scope *parent;
    struct scope **children;
    size_t child_count;
    struct read_node *values;      /* what .Values is */
    struct collection *additional; /* what templates put into the dot */
};

struct read_node {
    struct read_node *parent;
    struct str key; /* p == NULL: any key */
    unsigned uses;
    unsigned depth;
    struct map children; /* → struct read_node */
    struct read_node *any;
    const struct scope *scope;       /* whose .Values this is; NULL: nobody's */
    const struct flow *stored;       /* what templates put here; may be NULL */
    const struct source *sources[2]; /* SOURCE_VALUES of this node: plain and filled */
};

/* Where a value may come from. */
enum source_kind {
    SOURCE_OTHER, /* something that holds nothing of the values, or only what is read whole */
    SOURCE_NIL,
    SOURCE_BRACES, /* a text that may hold template actions which the templates wrote */
    SOURCE_CONSTANT,
    SOURCE_VALUES, /* what stands at a node */
    SOURCE_ROOT,   /* the dot of a chart's templates */
    SOURCE_CHART,  /* .Chart, .Template, .Subcharts and .Files of such a dot */
    SOURCE_TEMPLATE,
    SOURCE_SUBCHARTS,
    SOURCE_FILES,      /* .Files, and its methods */
    SOURCE_COLLECTION, /* a map or list that templates made */
};
struct source {
    enum source_kind kind;
    bool is_filled; /* SOURCE_VALUES: only where it is not empty */
    uint32_t number;
    union {
        struct value constant;
        struct read_node *node;
        struct scope *scope;
        struct collection *collection;
    };
};

/* All that a value may be: sources in the order of their numbers. Equal flows are one. */
struct flow {
    const struct source *const *sources;
    size_t count;
};

/* A map or list made at one place of a template. It only grows. */
struct collection {
    struct map entries;           /* key or index → struct flow */
    const struct flow *unknown;   /* behind keys that are not known */
    const struct flow *inherited; /* maps whose entries it has, too */
    bool is_sequence;             /* a list of exactly the entries, in their order */
    bool is_read;                 /* whole, what is added later as well */
    /* What it inherits is looked at once in a look-up, though it may be inherited on many ways,
     * even from itself: by which look-up that was, and what it found. */
    unsigned lookup, listing, reading;
    const struct flow *found, *listed;
    const struct source *source;
};

/* A definition that is executed with one dot. */
struct activation {
    const struct template_definition *definition;
    const struct flow *dot;
    const struct activation *caller; /* the first one; NULL: Helm */
    unsigned round;                  /* in which it was walked last */
    bool prints_braces;              /* its output may have template actions */
};

struct definition_entry {
    const struct template_definition *definition;
    struct definition_entry *next; /* another one of the same name */
};

/* A text that may be given to tpl. */
struct tpl_text {
    struct str text;
    const struct template_definition *definition; /* NULL: it is no template */
    bool is_impossible;                           /* nor a part of one */
};

/* A dot of tpl with a text that is not known, and who calls that. */
struct text_context {
    const struct flow *dot;
    const struct activation *caller;
};

struct analysis {
    struct arena *arena;
    struct template_store *store;
    const struct limits *limits;
    struct scope *root;
    struct reads *reads;
    bool is_given_up; /* everything is read */

    struct map constants, flows, collections, activations; /* by their content */
    uint32_t source_count;
    const struct flow *none, *nil, *other, *braces;

    struct map definitions; /* name → struct definition_entry */
    VECTOR(struct tpl_text) texts;
    bool has_texts;         /* the texts of values are in it */
    bool has_unknown_texts; /* there are others */
    struct map known_texts; /* text → itself */
    VECTOR(struct text_context) contexts;
    struct map fragments; /* strings of templates that may be a part of a text → itself */
    bool has_fragments;   /* texts are put together from those */
    struct map literals;  /* constant text of tpl → struct tpl_text */
    unsigned round;
    bool has_changed;
    unsigned depth;
    unsigned lookup, listing, reading; /* how many there were of flow_at, flow_any and flow_read */
    uint64_t steps;
    struct evaluation evaluation; /* for functions of constants */
    struct map effects;           /* function → its place in the table of reads_functions.c */
};

/* What is known while a definition is walked. */
struct frame {
    struct analysis *analysis;
    struct activation *activation;
    const struct flow **variables;
    const struct flow **escaped; /* what variables are where a loop is left */
    /* Nodes that an `if` around this place found not empty. */
    VECTOR(const struct read_node *) filled;
};

/* A call of a function, its arguments evaluated. */
struct flow_call {
    struct frame *frame;
    const struct function *function;
    const void *place; /* the command or operand, which tells collections apart */
    uint32_t offset;
    const struct flow **arguments;
    size_t count;
};

/* --- reads_node.c --- */
struct read_node *read_node_child(struct arena *arena, struct read_node *node, struct str key);
struct read_node *read_node_any(struct arena *arena, struct read_node *node);

/* --- reads_flow.c --- */
void flows_start(struct analysis *analysis);
const struct flow *flow_of(struct analysis *analysis, const struct source *source);
const struct flow *flow_union(struct analysis *analysis, const struct flow *a,
                              const struct flow *b);
const struct flow *flow_constant(struct analysis *analysis, struct value value);
const struct flow *flow_values(struct analysis *analysis, struct read_node *node);
const struct flow *flow_scope(struct analysis *analysis, enum source_kind kind,
                              struct scope *scope);
const struct flow *flow_collection(struct analysis *analysis, const struct collection *collection);
/* Without nil, and values only where they are not empty. */
const struct flow *flow_filled(struct analysis *analysis, const struct flow *flow);
/* The same for one node only. */
const struct flow *flow_known_filled(struct analysis *analysis, const struct flow *flow,
                                     const struct frame *frame);
bool flow_is_nil(const struct analysis *analysis, const struct flow *flow);
/* True when `if` certainly finds it empty. */
bool flow_is_empty(const struct analysis *analysis, const struct flow *flow);
/* The only constant that it is; NULL when it may be something else. */
const struct value *flow_only_constant(const struct flow *flow);
bool flow_has_braces(const struct flow *flow);

struct collection *collection_new(struct analysis *analysis, const struct frame *frame,
                                  const void *place, uintptr_t which);
void collection_put(struct analysis *analysis, struct collection *collection, struct str key,
                    const struct flow *flow);
void collection_put_unknown(struct analysis *analysis, struct collection *collection,
                            const struct flow *flow);
void collection_inherit(struct analysis *analysis, struct collection *collection,
                        const struct flow *flow);

/* --- reads_lookup.c --- */
/* What stands behind a key; which key is read is noted. */
const struct flow *flow_at(struct analysis *analysis, const struct flow *flow, struct str key);
/* Behind any key. */
const struct flow *flow_any(struct analysis *analysis, const struct flow *flow);
/* Behind the constants that `key` may be, or any key. */
const struct flow *flow_index(struct analysis *analysis, const struct flow *flow,
                              const struct flow *key);
/* The keys or indexes of all that it may be. */
const struct flow *flow_keys(struct analysis *analysis, const struct flow *flow);
/* All entries or items, which are counted. */
const struct flow *flow_elements(struct analysis *analysis, const struct flow *flow);
/* Puts a value behind a key (p == NULL: any) of all that the flow may be. */
void flow_store(struct analysis *analysis, const struct flow *flow, struct str key,
                const struct flow *value);
/* Notes a use. READ_WHOLE includes what is below. Returns whether the text of it may have template
 * actions which templates wrote. */
bool flow_read(struct analysis *analysis, const struct flow *flow, unsigned uses);
/* Everything is read. */
void analysis_give_up(struct analysis *analysis);

/* --- reads_functions.c --- */
const struct flow *call_flow(struct flow_call *call);
/* Notes a use of all arguments from one on. */
bool call_read_from(struct flow_call *call, size_t first, unsigned uses);
/* A text or number of which nothing more is known. */
const struct flow *call_unknown(struct flow_call *call, bool braces);
/* What functions do: those of which nothing is known read all. */
const struct flow *call_read_all(struct flow_call *call);
const struct flow *call_count_keys(struct flow_call *call);

/* --- reads_maps.c: the functions of maps and lists --- */
const struct flow *call_make_dict(struct flow_call *call);
const struct flow *call_set_entry(struct flow_call *call);
const struct flow *call_get_entry(struct flow_call *call);
const struct flow *call_has_key(struct flow_call *call);
const struct flow *call_unset_entry(struct flow_call *call);
const struct flow *call_index_entries(struct flow_call *call);
const struct flow *call_pluck(struct flow_call *call);
const struct flow *call_dig(struct flow_call *call);
const struct flow *call_pick(struct flow_call *call);
const struct flow *call_omit(struct flow_call *call);
const struct flow *call_copy(struct flow_call *call);
const struct flow *call_merge(struct flow_call *call);
const struct flow *call_list_values(struct flow_call *call);
const struct flow *call_list_keys(struct flow_call *call);
const struct flow *call_make_list(struct flow_call *call);
const struct flow *call_split(struct flow_call *call);
const struct flow *call_first_item(struct flow_call *call);
const struct flow *call_any_item(struct flow_call *call);
const struct flow *call_same_items(struct flow_call *call);
const struct flow *call_compared_items(struct flow_call *call);
const struct flow *call_add_item(struct flow_call *call);
const struct flow *call_concatenate(struct flow_call *call);

/* --- reads_walk.c --- */
/* Walks a definition with a dot, once in a round. Returns whether its output may have template
 * actions which templates wrote. */
bool activate(struct analysis *analysis, const struct activation *caller,
              const struct template_definition *definition, const struct flow *dot);
/* All definitions of a name. False: there is none, nor may there be one in a chart that is missing;
 * then rendering fails, whatever the dot is. */
bool activate_all(struct analysis *analysis, const struct activation *caller, struct str name,
                  const struct flow *dot, bool *ret_braces);

/* --- reads_text.c --- */
/* Adds a text, once, if it has template actions. */
void texts_add(struct analysis *analysis, struct str text);
/* Notes the constants of a flow that have braces: they may become part of a text. */
void fragments_note(struct analysis *analysis, const struct flow *flow);
/* A call of a method of .Files: the files of that name, or that match it, are texts, too. */
const struct flow *files_flow(struct analysis *analysis, struct scope *scope,
                              const struct flow *name);
/* tpl of a text. */
const struct flow *text_flow(struct flow_call *call);
/* Walks all texts with all dots that were given to tpl. */
void texts_walk(struct analysis *analysis);
void definition_note(struct analysis *analysis, const struct template_definition *definition);
/* Notes the strings that the templates of a tree have. */
void strings_note(struct analysis *analysis, const struct template_tree *tree);

#endif
