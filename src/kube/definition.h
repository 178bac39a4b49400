#ifndef BULKHEAD_KUBE_DEFINITION_H
#define BULKHEAD_KUBE_DEFINITION_H

#include "object.h"

/* What kinds of objects look like: the schemas of CustomResourceDefinitions that the repository's
 * charts bring, and of a directory of JSON Schemas. Nothing is fetched. */
struct definitions;

/* A kind in one version of its group. */
struct definition {
    struct value schema; /* a map */
    /* Fields that it does not name are none, as in a CustomResourceDefinition; else only where it
     * says so. */
    bool is_structural;
    const struct schema *checks; /* NULL: the schema cannot be used for more than names */
    struct str source;           /* the path of the file or template that has it */
    struct span span;            /* file 0: it was rendered, or lies in a packed chart */
};

/* Empty; the directory has kubeconform's layout (NULL: none): `KIND-GROUP-VERSION.json`, alone or
 * in folders like `v1.35.0-standalone-strict`, of which a strict one and then the last name counts,
 * or `GROUP/KIND_VERSION.json`. Lives in the arena. */
struct definitions *definitions_new(struct arena *arena, struct tree *directory);
/* Adds what lies in crds/ of the chart and its subcharts; nothing is parsed before it is asked for.
 */
void definitions_add_chart(struct definitions *definitions, const struct chart_package *package);
/* Adds an object that is a CustomResourceDefinition; others are passed over. */
void definitions_add_object(struct definitions *definitions, const struct object *object);

/* The definition of the object's kind; NULL when there is none, when several differ, and when it
 * cannot be read. A CustomResourceDefinition of the repository counts before the directory. */
const struct definition *definition_find(struct definitions *definitions,
                                         const struct object *object);

/* A field that the definition does not have. */
struct unknown_field {
    struct str path; /* in the object */
    struct str key;  /* its last part */
    struct str near; /* the field that was meant, perhaps; p == NULL: none */
};
struct unknown_field_list {
    struct unknown_field *items;
    size_t count, capacity;
};
/* Those of the object, the outermost of each. Lives in the arena or with the object. */
struct unknown_field_list definition_unknown_fields(struct arena *arena,
                                                    const struct definition *definition,
                                                    const struct yaml_node *root);

/* What else is wrong with the object, in the words of schema_check, at most one for each path.
 * Fields that are null count as left out, as Kubernetes drops them. Lives in the arena or with the
 * object. */
struct schema_violation_list definition_violations(struct arena *arena,
                                                   const struct definition *definition,
                                                   const struct yaml_node *root);

#endif
