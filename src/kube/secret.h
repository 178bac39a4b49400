#ifndef BULKHEAD_KUBE_SECRET_H
#define BULKHEAD_KUBE_SECRET_H

#include "secret_kind.h"
#include "workload.h"

/* What an object has to do with secrets. */

/* A Secret that an object makes, directly or by a controller that reads the object. */
struct secret_made {
    const struct object *object;
    struct str name;
    struct str field;     /* of the object: what names it */
    struct str_list keys; /* as far as they are known */
    bool is_open;         /* there may be others */
    bool is_shared;       /* another object may make the same Secret */
};

/* A name of a Secret that an object needs. */
struct secret_use {
    const struct object *object;
    struct str namespace; /* the object's, where no other is written */
    struct str name, field;
    struct str key, key_field; /* p == NULL: the object needs no single key */
    bool is_for_images;        /* credentials of a registry; what needs none starts without */
};

/* A reference to a store of secrets. */
struct secret_store_use {
    const struct object *object;
    struct str kind, name; /* "SecretStore" where no kind is written */
    struct str field;      /* of the map */
};

/* The path of a secret in a store, or an address of one. */
struct secret_text {
    const struct object *object;
    struct str text, field;
};

struct secret_text_list {
    struct secret_text *items;
    size_t count, capacity;
};

struct secret_facts {
    VECTOR(struct secret_made) made;
    VECTOR(struct secret_use) uses;
    VECTOR(struct secret_store_use) stores;
    struct secret_text_list reads, writes, servers;
};

/* Adds what the objects of a release say, in their order: what rules/secret-kinds says of their
 * kinds, what their pods mount and read, and the annotations of Vault's agent. What is optional is
 * left out. Texts live in the arena or with the objects. */
void secret_facts_add(struct arena *arena, struct secret_facts *facts,
                      const struct secret_kinds *kinds, const struct object_list *objects,
                      const struct workload_list *workloads);

#endif
