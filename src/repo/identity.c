#include "identity.h"

/* --- making --- */

/* Marks a name that several environments have. */
static const struct identity shared_identity;

static void add(struct arena *arena, struct map *map, enum identity_kind kind, struct str text,
                const struct config_environment *environment, struct str right)
{
    if (!text.n)
        return;
    const struct identity *there = map_get(map, text);
    if (there && there->environment != environment) {
        bool wrong = kind >= IDENTITY_WRONG_NAMESPACE;
        if (!wrong)
            map_put(arena, map, text, (void *)&shared_identity);
        return;
    }
    if (there)
        return;
    struct identity *identity = arena_make(arena, struct identity);
    *identity = (struct identity){kind, text, environment, right, false};
    map_put(arena, map, text, identity);
}

static bool is_parent_of_another(const struct config *config,
                                 const struct config_environment *environment)
{
    for (size_t i = 0; i < config->environments.count; i++) {
        struct str other = config->environments.items[i].domain;
        size_t n = environment->domain.n;
        if (other.n > n + 1 && str_ends_with(other, environment->domain) &&
            other.p[other.n - n - 1] == '.')
            return true;
    }
    return false;
}

static bool has_hosts_below(const struct config_environment *environment, struct str domain)
{
    for (size_t i = 0; i < environment->hosts.count; i++) {
        struct str host = environment->hosts.items[i];
        if (str_starts_with(host, STR("*.")) && str_equal(str_from(host, 2), domain))
            return true;
    }
    return false;
}

/* "vault-prod" of http://vault-prod.shop-prod.svc:8200, when that ends with a word for the
 * environment; p == NULL for a name that may well be another thing's ("vault"). */
static struct str vault_name(const struct config_environment *environment)
{
    const struct str words[] = {environment->name, environment->pool, environment->taint};
    struct str name = environment->vault_server;
    size_t scheme = str_find(name, STR("://"));
    if (scheme != STR_NOT_FOUND)
        name = str_from(name, scheme + 3);
    size_t end = 0;
    while (end < name.n && !strchr(".:/", name.p[end]))
        end++;
    name = str_slice(name, 0, end);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = words[i].n;
        if (n && name.n > n + 1 && str_ends_with(name, words[i]) && name.p[name.n - n - 1] == '-')
            return name;
    }
    return (struct str){0};
}

static void add_environment(struct arena *arena, struct identities *identities,
                            const struct config_environment *environment)
{
    struct map *words = &identities->words;
    const struct str none = {0};
    add(arena, words, IDENTITY_NAMESPACE, environment->namespace, environment, none);
    add(arena, words, IDENTITY_HOST, environment->domain, environment, none);
    add(arena, words, IDENTITY_VAULT, vault_name(environment), environment, none);
    struct identity *domain = map_get(words, environment->domain);
    if (domain && domain->environment == environment)
        domain->alone = is_parent_of_another(identities->config, environment) &&
                        !has_hosts_below(environment, environment->domain);
    for (size_t i = 0; i < environment->hosts.count; i++) {
        struct str host = environment->hosts.items[i];
        if (str_starts_with(host, STR("*.")))
            host = str_from(host, 2);
        if (!glob_is_pattern(host))
            add(arena, words, IDENTITY_HOST, host, environment, none);
    }
    add(arena, &identities->pools, IDENTITY_POOL, environment->pool, environment, none);
    add(arena, &identities->taints, IDENTITY_TAINT, environment->taint, environment, none);
}

/* What the name would be with the other words for the environment: shop-production for shop-prod.
 */
static void add_wrong_names(struct arena *arena, struct identities *identities,
                            enum identity_kind kind, const struct config_environment *environment,
                            struct str name)
{
    const struct str words[] = {environment->name, environment->pool, environment->taint};
    enum { WORDS = sizeof words / sizeof *words };
    for (size_t i = 0; i < WORDS; i++) {
        struct str suffix = str_format(arena, "-%.*s", STR_ARG(words[i]));
        if (!words[i].n || !str_ends_with(name, suffix))
            continue;
        struct str base = str_slice(name, 0, name.n - words[i].n);
        for (size_t k = 0; k < WORDS; k++) {
            struct str wrong = str_join(arena, base, words[k]);
            if (words[k].n && !str_equal(wrong, name))
                add(arena, &identities->words, kind, wrong, environment, name);
        }
    }
}

/* The strongest environment often has the bare domain: prod.shop.example is wrong where
 * dev.shop.example is right. */
static void add_wrong_hosts(struct arena *arena, struct identities *identities,
                            const struct config_environment *environment)
{
    const struct str words[] = {environment->name, environment->pool, environment->taint};
    if (!is_parent_of_another(identities->config, environment))
        return;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct str wrong =
            str_format(arena, "%.*s.%.*s", STR_ARG(words[i]), STR_ARG(environment->domain));
        if (words[i].n)
            add(arena, &identities->words, IDENTITY_WRONG_HOST, wrong, environment,
                environment->domain);
    }
}

const struct identities *identities_make(struct arena *arena, const struct config *config)
{
    struct identities *identities = arena_make(arena, struct identities);
    identities->config = config;
    for (size_t i = 0; i < config->shared_namespaces.count; i++)
        map_put(arena, &identities->words, config->shared_namespaces.items[i],
                (void *)&shared_identity);
    for (size_t i = 0; i < config->shared_hosts.count; i++)
        map_put(arena, &identities->words, config->shared_hosts.items[i], (void *)&shared_identity);
    for (size_t i = 0; i < config->environments.count; i++)
        add_environment(arena, identities, &config->environments.items[i]);
    for (size_t i = 0; i < config->environments.count; i++) {
        const struct config_environment *environment = &config->environments.items[i];
        add_wrong_names(arena, identities, IDENTITY_WRONG_NAMESPACE, environment,
                        environment->namespace);
        add_wrong_names(arena, identities, IDENTITY_WRONG_VAULT, environment,
                        vault_name(environment));
        add_wrong_hosts(arena, identities, environment);
    }
    return identities;
}

/* --- matching --- */

static bool is_word_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
}

static bool is_wrong(const struct identity *identity)
{
    return identity->kind >= IDENTITY_WRONG_NAMESPACE;
}

static bool is_host(const struct identity *identity)
{
    return identity->kind == IDENTITY_HOST || identity->kind == IDENTITY_WRONG_HOST;
}

/* A domain that is written bare before a slash is the prefix of a label's key, unless it is part of
 * an URL; a domain behind "@" belongs to people. */
static bool is_host_place(struct str text, size_t start, size_t end, bool whole)
{
    bool mail = start > 0 && text.p[start - 1] == '@';
    bool url = start > 2 && text.p[start - 1] == '/' && text.p[start - 2] == '/';
    bool key = whole && !url && end < text.n && text.p[end] == '/';
    return !mail && !key;
}

/* The host that the word is or lies below: the longest suffix at a dot that is known. */
static const struct identity *find_host(const struct identities *identities, struct str word)
{
    for (size_t i = 0; i < word.n; i++) {
        if (i > 0 && word.p[i - 1] != '.')
            continue;
        const struct identity *found = map_get(&identities->words, str_from(word, i));
        if (found)
            return is_host(found) && !(found->alone && i > 0) ? found : NULL;
    }
    return NULL;
}

/* The first label of the word that is a namespace or a Vault server. */
static const struct identity *find_label(const struct identities *identities, struct str word,
                                         bool wrong, struct str *ret_label)
{
    while (word.p) {
        struct str label = str_cut(&word, '.');
        const struct identity *found = map_get(&identities->words, label);
        if (found && found->environment && !is_host(found) && is_wrong(found) == wrong) {
            *ret_label = label;
            return found;
        }
    }
    return NULL;
}

static bool match_word(const struct identities *identities, struct str text, size_t start,
                       size_t end, bool wrong, struct identity_match *match)
{
    while (end > start && strchr("._-", text.p[end - 1]))
        end--;
    struct str word = str_slice(text, start, end);
    struct str label;
    const struct identity *found = find_label(identities, word, wrong, &label);
    if (found) {
        size_t at = (size_t)(label.p - text.p);
        *match = (struct identity_match){found, at, at + label.n};
        return true;
    }
    while (word.n && word.p[0] == '.')
        word = str_from(word, 1);
    found = find_host(identities, word);
    bool host = found && found->environment && is_wrong(found) == wrong &&
                is_host_place(text, start, end, str_equal(found->text, word));
    *match = (struct identity_match){found, (size_t)(word.p - text.p), end};
    return host;
}

bool identities_next(const struct identities *identities, struct str text, bool wrong,
                     size_t *position, struct identity_match *ret_match)
{
    if (!identities->words.count)
        return false;
    size_t at = *position;
    while (at < text.n) {
        if (text.p[at] == '{' && at + 1 < text.n && text.p[at + 1] == '{') {
            size_t close = str_find(str_from(text, at), STR("}}"));
            at = close == STR_NOT_FOUND ? text.n : at + close + 2;
            continue;
        }
        size_t start = at;
        while (at < text.n && is_word_character(text.p[at]))
            at++;
        struct identity_match match;
        if (at > start && match_word(identities, text, start, at, wrong, &match)) {
            *position = is_host(match.identity) ? at : match.end;
            *ret_match = match;
            return true;
        }
        at += at == start;
    }
    *position = text.n;
    return false;
}

/* --- structured places --- */

bool identities_is_pool(const struct identities *identities, const struct layer_value *value)
{
    return value->entry && str_equal(value->entry->key, identities->config->label_pool);
}

bool identities_is_taint(const struct identities *identities, const struct layer_value *value)
{
    if (!value->entry || !str_is(value->entry->key, "value") || !value->parent)
        return false;
    struct str key = yaml_text(yaml_value(value->parent->node, "key"));
    return key.n && str_equal(key, identities->config->label_environment);
}

const struct identity *identities_of_value(const struct identities *identities,
                                           const struct layer_value *value)
{
    const struct identity *found = NULL;
    if (identities_is_pool(identities, value))
        found = map_get(&identities->pools, yaml_text(value->node));
    else if (identities_is_taint(identities, value))
        found = map_get(&identities->taints, yaml_text(value->node));
    return found && found->environment ? found : NULL;
}

const char *identity_kind_name(enum identity_kind kind)
{
    static const char *const names[] = {"namespace", "host",      "vault", "pool",
                                        "taint",     "namespace", "host",  "vault"};
    return names[kind];
}
