#ifndef BULKHEAD_KUBE_REALM_H
#define BULKHEAD_KUBE_REALM_H

#include "object.h"

/* A realm of Keycloak as a release declares it: in a KeycloakRealmImport, or as the JSON of a
 * ConfigMap or Secret that is imported. */
struct realm {
    const struct object *object;
    const struct yaml_node *root; /* a map with `realm` and `clients` */
    struct str field;             /* where it stands in the object */
    bool is_text;                 /* it is the text of that field: its parts have no field */
};
struct realm_list {
    struct realm *items;
    size_t count, capacity;
};

/* Appends the realms of the objects. Lives in the arena or with the objects. */
void realms_find(struct arena *arena, const struct object_list *objects, struct realm_list *list);

/* The field of the object for a part of the realm ("clients[0].redirectUris"); in the arena. */
struct str realm_field(struct arena *arena, const struct realm *realm, struct str part);

/* True when the client, an item of `clients`, takes callbacks to the address, and when that cannot
 * be told: a pattern is filled in at the import or relative to an address that is not known. */
bool realm_client_accepts(const struct yaml_node *client, struct str address);

#endif
