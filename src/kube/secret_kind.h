#ifndef BULKHEAD_KUBE_SECRET_KIND_H
#define BULKHEAD_KUBE_SECRET_KIND_H

#include "kind_file.h"

/* Which kinds make Secrets, refer to them, or read secrets from a store, and where in their objects
 * that is written, as read from rules/secret-kinds/<kind>.yaml and .bulkhead/secret-kinds/ of a
 * user. Paths may have stars, see values_match.h. */

/* Where the keys of a Secret are written. */
struct secret_keys {
    struct kind_condition when; /* the first that holds counts; without a condition: always */
    struct str_list maps;       /* paths of maps whose keys they are */
    struct str_list texts;      /* paths of their names */
    struct str_list always;     /* names */
};

/* A Secret that every object of the kind makes. */
struct secret_making {
    struct str_list
        names;       /* "{metadata.name}-app": the first whose paths all lead to texts counts */
    struct str each; /* the list whose every item makes one: paths then begin at the item; p ==
                      * NULL: none */
    struct kind_condition when, unless;
    struct kind_condition shared; /* then another object may make the same Secret */
    struct str_list open;         /* paths: where something stands there may be other keys */
    bool is_open;                 /* the keys are not known */
    VECTOR(struct secret_keys) keys;
};

struct secret_kind {
    struct str_list kinds, groups;
    bool names_only_these; /* what else its objects name is no Secret that they make */
    VECTOR(struct secret_making) makes;
    struct str_list uses;    /* names of Secrets, or maps that have a `name` or `secretName` */
    struct str_list reads;   /* paths in a secret store, or texts of YAML with `secretPath` in it */
    struct str_list writes;  /* the same, of what is put there */
    struct str_list stores;  /* maps with the `name` and `kind` of a store of secrets */
    struct str_list servers; /* addresses of secret stores */
};
struct secret_kinds {
    struct secret_kind *items;
    size_t count, capacity;
};

/* The texts of rules/secret-kinds/<kind>.yaml, which the build embeds. */
extern const char *const embedded_secret_kinds[];
extern const size_t embedded_secret_kind_count;

/* Loads the embedded kinds and the user's, as workload_kinds_load does (diagnostics of kind
 * "secret-kind"). Lives in the arena. */
struct secret_kinds secret_kinds_load(struct arena *arena, struct tree *user_tree,
                                      struct diagnostics *sink);

/* NULL when nothing is known about the kind. */
const struct secret_kind *secret_kind_find(const struct secret_kinds *kinds, struct str group,
                                           struct str kind);

#endif
