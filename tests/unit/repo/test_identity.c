#include "model_dump.h"

UNIT_ARENA(arena)

static const struct identities *identities_of(struct config *config)
{
    static const char *const files[] = {
        ".bulkhead.yaml",
        "version: 1\n"
        "environments:\n"
        "  dev: {namespace: shop-dev, pool: dev, taint: dev, domain: dev.shop.example,\n"
        "    vault: {server: 'http://vault.shop-dev.svc:8200'}}\n"
        "  production: {namespace: shop-prod, pool: prod, taint: production,\n"
        "    domain: shop.example, hosts: ['*.shop.example'],\n"
        "    vault: {server: 'http://vault-core-prod.shop-prod.svc:8200'}}\n"
        "  lone: {domain: lone.example}\n"
        "  other: {domain: other.lone.example}\n"
        "labels: {pool: shop.example/pool, environment: shop.example/environment}\n"
        "shared: {hosts: [registry.shop.example], namespaces: [argocd]}\n",
        NULL,
    };
    struct diagnostics sink = {.arena = &arena};
    ck_assert(config_load(&arena, open_files(&arena, files), STR(".bulkhead.yaml"), &sink, config));
    return identities_make(&arena, config);
}

/* What is found in a text: environment and the words, joined by blanks. */
static const struct {
    const char *text;
    bool wrong;
    const char *found;
} texts[] = {
    {"https://api.dev.shop.example/x", false, "dev:api.dev.shop.example"},
    {"https://www.shop.example", false, "production:www.shop.example"},
    {".dev.shop.example", false, "dev:dev.shop.example"},
    {"shop.example/pool", false, ""},
    {"https://shop.example/path", false, "production:shop.example"},
    {"team@shop.example", false, ""},
    {"notshop.example", false, ""},
    {"shop.example.org", false, ""},
    {"registry.shop.example/web:1", false, ""},
    {"x.registry.shop.example", false, ""},
    {"http://vault.shop-prod.svc:8200", false, "production:shop-prod"},
    {"shop-production", false, ""},
    {"shop-dev-2 my-shop-dev", false, ""},
    {"a shop-dev, b shop-prod.", false, "dev:shop-dev production:shop-prod"},
    {"https://x.{{ .dev.shop.example }}/y", false, ""},
    {"shop-production", true, "production:shop-production"},
    {"www.prod.shop.example", true, "production:www.prod.shop.example"},
    {"shop-prod dev.shop.example", true, ""},
    {"lone.example www.lone.example x.other.lone.example", false,
     "lone:lone.example other:x.other.lone.example"},
    {"http://vault-core-prod.shop-dev.svc:8200", false, "production:vault-core-prod dev:shop-dev"},
    {"http://vault-core-production.shop-prod.svc", true, "production:vault-core-production"},
    {"vault vault-core my-vault-core-prod", false, ""},
    {"shop-dev.www.dev.shop.example", false, "dev:shop-dev dev:www.dev.shop.example"},
    {"", false, ""},
};

START_TEST(names_of_environments_are_found_in_texts)
{
    struct config config;
    const struct identities *identities = identities_of(&config);
    struct str text = str_from_c(texts[_i].text);
    struct text found = {.arena = &arena};
    struct identity_match match;
    for (size_t at = 0; identities_next(identities, text, texts[_i].wrong, &at, &match);) {
        struct str word = str_slice(text, match.start, match.end);
        text_format(&found, "%s%.*s:%.*s", found.n ? " " : "",
                    STR_ARG(match.identity->environment->name), STR_ARG(word));
    }
    ck_assert_msg(str_is(text_str(&found), texts[_i].found), "%s gives %.*s", texts[_i].text,
                  STR_ARG(text_str(&found)));
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("repo/identity", EACH(names_of_environments_are_found_in_texts, texts))
