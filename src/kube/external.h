#ifndef BULKHEAD_KUBE_EXTERNAL_H
#define BULKHEAD_KUBE_EXTERNAL_H

#include "object_texts.h"

/* Things outside of the cluster that only one can have: a second environment that takes the same
 * fights for it, or writes over what the first one wrote. */
enum external_kind {
    EXTERNAL_ADDRESS,  /* of a load balancer */
    EXTERNAL_ACCOUNT,  /* of the cloud, that pods act as */
    EXTERNAL_PLACE,    /* in object storage, that is written to */
    EXTERNAL_DATABASE, /* with user and database: postgres://app@db.example.com/app */
};

struct external {
    enum external_kind kind;
    struct str text;    /* as written */
    struct str beside;  /* what sets it apart from an equal text: a prefix in the place; or empty */
    struct str field;   /* its path in the object */
    bool is_of_network; /* a private address or a name: another cluster may have the same */
};
struct external_list {
    struct external *items;
    size_t count, capacity;
};

/* What an object takes for itself, by Kubernetes' and well-known operators' fields and by the
 * schemes of addresses. Lives in the arena. */
struct external_list externals_of(struct arena *arena, const struct object *object);

/* What is shown of it: of a database no user, password or options. */
struct str external_shown(const struct external *external);

/* True when two Gateways or Services have a port in common, so that they cannot have one address.
 */
bool externals_clash(const struct object *a, const struct object *b);

/* "address", "cloud identity", "place" or "database". */
const char *external_kind_name(enum external_kind kind);

/* An IPv4 address of the internet: no private, local, shared, documentation or multicast one (RFC
 * 6890). */
bool is_public_address(struct str text);
/* 8-4-4-4-12 hexadecimal digits that are not all the same. */
bool is_uuid(struct str text);

#endif
