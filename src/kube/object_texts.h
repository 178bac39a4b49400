#ifndef BULKHEAD_KUBE_OBJECT_TEXTS_H
#define BULKHEAD_KUBE_OBJECT_TEXTS_H

#include "object.h"

/* A text of a rendered object that may name something else: an address, a reference, a script. */
struct object_text {
    const struct object *object;
    struct str text;
    const struct layer_value *value; /* with layer_value_path its path in the object */
};

/* Calls visit for every string of the object but those that name no other thing: its kind, groups
 * of the API, labels and what selects them. Definitions of custom resources and objects that tell
 * Argo CD or Flux what to deploy have none. Parents come first. */
void object_texts_walk(const struct object *object,
                       void (*visit)(void *context, const struct object_text *text), void *context);

/* Calls visit for every namespace that the object names, its own aside: in names of the cluster's
 * DNS, in references that have a name beside it, as `targetNamespace`, and where kubectl or helm is
 * told one. `name` is a slice of the text. */
void object_namespaces_walk(const struct object *object,
                            void (*visit)(void *context, const struct object_text *text,
                                          struct str name),
                            void *context);

/* A part of a text, by how it reads and how many that read the same stand before it. */
struct text_part {
    struct str text;
    size_t number;
};
/* `part` is a slice of the whole. */
struct text_part text_part_of(struct str whole, struct str part);

/* True when the text at the offset is in a line that is a comment in the usual languages. */
bool text_is_comment(struct str text, size_t offset);

#endif
