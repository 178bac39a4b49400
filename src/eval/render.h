#ifndef BULKHEAD_EVAL_RENDER_H
#define BULKHEAD_EVAL_RENDER_H

#include "branches.h"
#include "capabilities.h"
#include "chart/chart.h"
#include "object.h"
#include "trace.h"

/* A release's charts → the text of every template, as Helm's engine renders them. */

/* Parsed templates, shared by all releases and threads. A template is parsed once for each path
 * that it has in a release (the path shows in errors), with the functions of a major version of
 * Helm, 3 or 4. Lives in the arena it was made in. */
struct template_store;
struct template_store *template_store_new(struct arena *arena, unsigned helm,
                                          const struct limits *limits);
struct template_source; /* template/template.h */
struct template_failure;
struct template_tree;
/* The parsed template that has the path in a release; NULL when it cannot be parsed. */
const struct template_tree *template_store_get(struct template_store *store, struct str path,
                                               const struct chart_file *file);
/* Parses another text with the same functions, into the arena. NULL: it is no template, and only
 * then *ret_failure is set. */
const struct template_tree *template_store_parse(const struct template_store *store,
                                                 struct arena *arena,
                                                 const struct template_source *source,
                                                 struct template_failure *ret_failure);
/* Gives back what the operating system holds for it. */
void template_store_close(struct template_store *store);

struct render_options {
    struct str release, namespace;
    bool is_upgrade;
    unsigned helm; /* 3 or 4: whose ways are followed */
    const struct capabilities *capabilities;
    const struct limits *limits;
    bool is_traced;     /* remembers where everything came from, which takes its time */
    struct tree *zones; /* files of time zones by their names (RFC 8536); NULL: all are UTC */
    struct branches *branches; /* where it is noted which way conditions went; NULL: nowhere */
};

struct rendered_file {
    struct str name; /* "chart/templates/x.yaml" */
    struct str text;
    const struct chart_file *file;
    const struct trace_text *events; /* how it was made; empty when that was not traced */
};
struct rendered_list {
    struct rendered_file *items;
    size_t count, capacity;
    const struct trace *trace; /* NULL when it was not traced */
};

enum render_reason {
    RENDER_FAILS,    /* a function or something else; also what is not told apart below */
    RENDER_PARSE,    /* a template's syntax */
    RENDER_REQUIRED, /* `required` was given nothing */
    RENDER_REFUSED,  /* `fail` was called */
    RENDER_NIL,      /* a field of something that is not there was asked for */
    RENDER_NOT_YAML, /* what was printed is no YAML (kube/renderer.h) */
    RENDER_VALUES,   /* the values do not fit the charts, or their schemas (the same) */
};

/* Why a release cannot be rendered, in Helm's words ("execution error at (…): …"). */
struct render_failure {
    enum render_reason reason;
    struct str message;
    struct span span; /* where; file 0 when it is in a packed chart or in no file */
    /* When it was traced: what the failure is about, see trace.h. */
    const struct trace *trace;
    uint32_t source;
};

/* Renders every template that is no partial, in the order in which Helm does: deep paths first. The
 * result lives in the arena. False: the first failure stops all, as in Helm. `set` in templates
 * changes the instance's values. */
bool render(struct arena *arena, struct template_store *store, const struct chart_instance *root,
            const struct render_options *options, struct rendered_list *ret_files,
            struct render_failure *ret_failure);

#endif
