#ifndef BULKHEAD_KUBE_SECRET_MENTION_H
#define BULKHEAD_KUBE_SECRET_MENTION_H

#include "secret_model.h"

/* Where names that no release makes are written all the same, so that something may make them: a
 * script, an operator that is not known, a manifest that no release of the model has. */
struct secret_mentions {
    struct map in_objects; /* "ENVIRONMENT/NAMESPACE/NAME", see secret_mentions_have */
    struct map in_files;   /* NAME */
};

/* Looks for the names (a map's keys) as words in
 * - texts of objects that are no references to a Secret, and in names of Secrets that begin or end
 *   like the name of a custom resource of an unknown kind;
 * - files that are neither layers of releases nor files of their charts, nor the configuration.
 * Lives in the arena. */
struct secret_mentions secret_mentions_find(struct arena *arena, const struct secret_model *secrets,
                                            struct tree *tree, const struct map *names);

/* True when something may make the name in the namespace for an object of a release: a file that
 * has the name, or an object of the same namespace, of no namespace, or of the cluster's own
 * applications. */
bool secret_mentions_have(const struct secret_mentions *mentions, const struct release *release,
                          struct str namespace, struct str name);

/* True when a custom resource in the namespace, of a kind that is not known, has a name that is
 * part of the other name: its operator may make an object that is called so. */
bool secret_mention_derives(const struct secret_model *secrets, struct str namespace,
                            struct str name);

#endif
