#ifndef BULKHEAD_REPO_IDENTITY_H
#define BULKHEAD_REPO_IDENTITY_H

#include "config/config.h"

/* What names an environment: the namespaces, hosts, Vault servers, pools and taint values that the
 * configuration gives it. A name that several environments share identifies none of them and is
 * left out. */
enum identity_kind {
    IDENTITY_NAMESPACE,
    IDENTITY_HOST,
    IDENTITY_VAULT, /* the server's short name, where it ends with a word for the environment */
    IDENTITY_POOL,
    IDENTITY_TAINT,
    /* What people write by mistake: the name of the right environment in the wrong column, for
     * example the namespace shop-production where it is called shop-prod. */
    IDENTITY_WRONG_NAMESPACE,
    IDENTITY_WRONG_HOST,
    IDENTITY_WRONG_VAULT,
};

struct identity {
    enum identity_kind kind;
    struct str text;
    const struct config_environment *environment;
    struct str right; /* of a wrong one: what it should be */
    bool alone;       /* a host that does not stand for the hosts below it */
};

/* Lives in the arena of identities_make; immutable. */
struct identities {
    struct map words; /* namespaces, hosts and Vault servers → struct identity */
    struct map pools, taints;
    const struct config *config;
};

const struct identities *identities_make(struct arena *arena, const struct config *config);

/* An identity in a text, with its place there. */
struct identity_match {
    const struct identity *identity;
    size_t start, end;
};

/* Finds the next namespace, host or Vault server at or behind *position and moves it on; false when
 * there is none. Namespaces and servers match whole labels of a name (shop-dev in
 * vault.shop-dev.svc; each label that is one is found), hosts match a
 * domain and what lies below it; the longest domain decides. A domain that is the parent of another
 * environment's stands for itself alone, unless `hosts` has it with "*.". The prefix of a label key
 * (shop.example/tier), a mail address and what lies between braces are no hosts. Wrong ones are
 * only found when `wrong` is set, right ones when it is not. */
bool identities_next(const struct identities *identities, struct str text, bool wrong,
                     size_t *position, struct identity_match *ret_match);

/* The identity that a structured value is: the value of the pool's label, or the value of a
 * toleration whose key is the environment's label. NULL for any other value. */
const struct identity *identities_of_value(const struct identities *identities,
                                           const struct layer_value *value);
/* True when the value stands where a pool's name, or a taint's value, is written. */
bool identities_is_pool(const struct identities *identities, const struct layer_value *value);
bool identities_is_taint(const struct identities *identities, const struct layer_value *value);

/* "namespace", "host", "vault", "pool" or "taint". */
const char *identity_kind_name(enum identity_kind kind);

#endif
