#ifndef BULKHEAD_ENGINE_FINDING_H
#define BULKHEAD_ENGINE_FINDING_H

#include "rule.h"

struct finding_related {
    struct span span;
    struct str message;
};

struct finding_edit {
    struct span span;
    struct str text;
};

/* The field of a rendered object; kind.n == 0 for a finding about none. */
struct finding_object {
    struct str kind, namespace, name, field;
};

/* A rule's result. One cause is one finding, with everything it hits. */
struct finding {
    const struct rule *rule;
    enum severity severity;
    struct str message;
    struct span span;
    struct position position;    /* of the span */
    struct str values_path;      /* empty: none */
    struct str_list meant_paths; /* where the value belongs instead; see yield.h */
    struct finding_object object;
    const struct release **releases; /* in the model's order, each once */
    size_t release_count;
    struct finding_related *related;
    size_t related_count;
    struct finding_edit *edits;
    size_t edit_count;
    /* Hex digits that survive unrelated edits: rule, file, values path or message, and a running
     * number when these are the same twice. */
    struct str fingerprint;
    bool yields; /* a better informed rule says the same: see yield.h */
};

struct finding_list {
    struct finding *items;
    size_t count, capacity;
};

#endif
