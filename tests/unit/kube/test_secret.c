#include "kube/kube.h"
#include "unit.h"

UNIT_ARENA(arena)

static const struct render_options helm_4 = {.helm = 4, .limits = &limits_default};
static const struct release release = {.namespace = {"shop", 4}};

/* What objects that are given as YAML have to do with secrets, by the kinds of the build. */
static struct secret_facts facts_in(const char *text)
{
    struct rendered_file file = {.name = STR("c/t.yaml"), .text = str_from_c(text)};
    struct rendered_list files = {&file, 1, 1};
    struct rendering rendering = {0};
    struct str problem = {0};
    ck_assert(manifests_sort(&arena, &files, &helm_4, &rendering.manifests, &problem));
    struct object_list objects = objects_of(&arena, &rendering, &release);
    struct diagnostics problems = {.arena = &arena};
    struct workload_kinds pods = workload_kinds_load(&arena, NULL, &problems);
    struct secret_kinds kinds = secret_kinds_load(&arena, NULL, &problems);
    ck_assert_uint_eq(problems.count, 0);
    struct workload_list workloads = workloads_of(&arena, &pods, &objects);
    struct secret_facts facts = {0};
    secret_facts_add(&arena, &facts, &kinds, &objects, &workloads);
    return facts;
}

#define ESO(spec)                                                                                  \
    "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: own}\nspec: " spec
#define KEYS "data: [{secretKey: a, remoteRef: {key: x}}, {secretKey: b, remoteRef: {key: y}}]"

/* The Secrets that an object makes: "NAME(KEY, KEY)", with "…" for keys that are not known and "&"
 * where others may make the same one. */
static const struct {
    const char *object, *made;
} makings[] = {
    {"apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: eA==}\nstringData: {b: x}",
     "s(a, b)"},
    {"apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {b: x}", "s(b)"},
    {"apiVersion: v1\nkind: Secret\nmetadata: {name: s}", "s(…)"},
    {"apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {}", "s(…)"},
    {ESO("{" KEYS "}"), "own(a, b)"},
    {ESO("{target: {name: t}, " KEYS "}"), "t(a, b)"},
    {ESO("{target: {template: {data: {c: x}}}, " KEYS "}"), "own(c)"},
    {ESO("{target: {template: {mergePolicy: Merge, data: {c: x}}}, " KEYS "}"), "own(c, …)"},
    {ESO("{dataFrom: [{extract: {key: x}}], " KEYS "}"), "own(a, b, …)"},
    {ESO("{target: {creationPolicy: Merge, name: t}, " KEYS "}"), "t(a, b, …)&"},
    {ESO("{target: {creationPolicy: None}, " KEYS "}"), ""},
    {"apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: s}\n"
     "spec: {encryptedData: {a: AgB}, template: {metadata: {name: t}}}",
     "t(a)"},
    {"apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: c}\n"
     "spec: {secretName: tls}",
     "tls(tls.crt, tls.key, ca.crt)"},
    {"apiVersion: secrets.hashicorp.com/v1beta1\nkind: VaultStaticSecret\nmetadata: {name: v}\n"
     "spec: {destination: {name: s, create: true}}",
     "s(…)"},
    {"apiVersion: secrets.hashicorp.com/v1beta1\nkind: VaultStaticSecret\nmetadata: {name: v}\n"
     "spec: {destination: {name: s}}",
     ""},
    {"apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: db}\nspec: {instances: 1}",
     "db-app(…) db-ca(…) db-server(…) db-replication(…)"},
    {"apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: db}\n"
     "spec: {enableSuperuserAccess: true, bootstrap: {initdb: {secret: {name: given}}}}",
     "db-superuser(…) db-ca(…) db-server(…) db-replication(…)"},
    {"apiVersion: networking.k8s.io/v1\nkind: Ingress\n"
     "metadata: {name: i, annotations: {cert-manager.io/cluster-issuer: a}}\n"
     "spec: {tls: [{secretName: tls}]}",
     "tls(…)&"},
    {"apiVersion: secrets-store.csi.x-k8s.io/v1\nkind: SecretProviderClass\nmetadata: {name: p}\n"
     "spec: {secretObjects: [{secretName: s, data: [{key: a, objectName: x}]}]}",
     "s(a)"},
    {"apiVersion: example.com/v1\nkind: Unknown\nmetadata: {name: u}", ""},
};

static struct str write_made(const struct secret_facts *facts)
{
    struct text text = {.arena = &arena};
    for (size_t i = 0; i < facts->made.count; i++) {
        const struct secret_made *made = &facts->made.items[i];
        struct str_list keys = {0};
        for (size_t k = 0; k < made->keys.count; k++)
            vector_push(&arena, &keys, made->keys.items[k]);
        if (made->is_open)
            vector_push(&arena, &keys, STR("…"));
        text_add(&text, i ? STR(" ") : STR(""));
        text_add(&text, str_format(&arena, "%.*s(%.*s)%s", STR_ARG(made->name),
                                   STR_ARG(str_list_join(&arena, &keys, STR(", "))),
                                   made->is_shared ? "&" : ""));
    }
    return text_str(&text);
}

START_TEST(what_is_made)
{
    struct secret_facts facts = facts_in(makings[_i].object);
    struct str made = write_made(&facts);
    ck_assert_msg(str_is(made, makings[_i].made), "%.*s instead of %s", STR_ARG(made),
                  makings[_i].made);
}
END_TEST

#define POD(spec)                                                                                  \
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"                               \
    "spec: {template: {spec: {" spec "}}}"

/* What an object needs: "FIELD=NAME" or "FIELD=NAME[KEY]". */
static const struct {
    const char *object, *uses;
} needs[] = {
    {POD("imagePullSecrets: [{name: p}]"), "spec.template.spec.imagePullSecrets[0].name=p"},
    {POD("volumes: [{name: v, secret: {secretName: s}}]"),
     "spec.template.spec.volumes[0].secret.secretName=s"},
    {POD("volumes: [{name: v, secret: {secretName: s, items: [{key: a, path: b}]}}]"),
     "spec.template.spec.volumes[0].secret.secretName=s[a]"},
    {POD("volumes: [{name: v, secret: {secretName: s, optional: true}}]"), ""},
    {POD("volumes: [{name: v, projected: {sources: [{secret: {name: s}}]}}]"),
     "spec.template.spec.volumes[0].projected.sources[0].secret.name=s"},
    {POD("containers: [{name: c, envFrom: [{secretRef: {name: s}}]}]"),
     "spec.template.spec.containers[0].envFrom[0].secretRef.name=s"},
    {POD("containers: [{name: c, envFrom: [{secretRef: {name: s, optional: true}}]}]"), ""},
    {POD("initContainers: [{name: c, env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: "
         "k}}}]}"
         "]"),
     "spec.template.spec.initContainers[0].env[0].valueFrom.secretKeyRef.name=s[k]"},
    {"apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\nimagePullSecrets: [{name: p}]",
     "imagePullSecrets[0].name=p"},
    {"apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\n"
     "spec: {tls: [{hosts: [a]}, {secretName: tls}]}",
     "spec.tls[1].secretName=tls"},
    {"apiVersion: databases.spotahome.com/v1\nkind: RedisFailover\nmetadata: {name: r}\n"
     "spec: {auth: {secretPath: s}}",
     "spec.auth.secretPath=s"},
    {"apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g}\n"
     "spec: {listeners: [{tls: {certificateRefs: [{name: s, namespace: n}, {kind: Other, name: o}]}"
     "}]}",
     "spec.listeners[0].tls.certificateRefs[0].name=s in n"},
};

START_TEST(what_is_needed)
{
    struct secret_facts facts = facts_in(needs[_i].object);
    struct text text = {.arena = &arena};
    for (size_t i = 0; i < facts.uses.count; i++) {
        const struct secret_use *use = &facts.uses.items[i];
        text_add(&text, str_format(&arena, "%s%.*s=%.*s", i ? " " : "", STR_ARG(use->field),
                                   STR_ARG(use->name)));
        if (use->key.n)
            text_add(&text, str_format(&arena, "[%.*s]", STR_ARG(use->key)));
        if (!str_is(use->namespace, "shop"))
            text_add(&text, str_format(&arena, " in %.*s", STR_ARG(use->namespace)));
    }
    struct str found = text_str(&text);
    ck_assert_msg(str_is(found, needs[_i].uses), "%.*s instead of %s", STR_ARG(found),
                  needs[_i].uses);
}
END_TEST

START_TEST(stores_are_named)
{
    struct secret_facts facts =
        facts_in(ESO("{secretStoreRef: {name: one}, data: [{secretKey: a, remoteRef: {key: x},\n"
                     "  sourceRef: {storeRef: {name: two, kind: ClusterSecretStore}}}]}"));
    ck_assert_uint_eq(facts.stores.count, 2);
    ck_assert(str_is(facts.stores.items[0].kind, "SecretStore"));
    ck_assert(str_is(facts.stores.items[1].name, "two"));
    ck_assert(str_is(facts.stores.items[1].field, "spec.data[0].sourceRef.storeRef"));
    ck_assert_uint_eq(facts.reads.count, 1);
    ck_assert(str_is(facts.reads.items[0].text, "x"));
    ck_assert(str_is(facts.reads.items[0].field, "spec.data[0].remoteRef.key"));
}
END_TEST

/* What Vault's agent is told: paths, by annotations and in templates. */
START_TEST(agent_reads)
{
    struct secret_facts facts =
        facts_in("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
                 "spec: {template: {metadata: {annotations: {\n"
                 "  vault.hashicorp.com/agent-inject: 'true',\n"
                 "  vault.hashicorp.com/agent-inject-secret-db: secret/data/db,\n"
                 "  vault.hashicorp.com/agent-inject-template-web: '{{ with secret "
                 "\"kv/web\" }}x{{ end }}',\n"
                 "  vault.hashicorp.com/agent-inject-template-none: x}}}}");
    ck_assert_uint_eq(facts.reads.count, 2);
    ck_assert(str_is(facts.reads.items[0].text, "secret/data/db"));
    ck_assert(str_is(facts.reads.items[1].text, "kv/web"));
    ck_assert(str_is(facts.reads.items[1].field,
                     "spec.template.metadata.annotations.vault\\.hashicorp\\.com/"
                     "agent-inject-template-web"));
}
END_TEST

/* Addresses of stores: "FIELD=ADDRESS". */
static const struct {
    const char *object, *server;
} servers[] = {
    {"apiVersion: external-secrets.io/v1\nkind: SecretStore\nmetadata: {name: one}\n"
     "spec: {provider: {vault: {server: 'http://vault:8200'}}}",
     "spec.provider.vault.server=http://vault:8200"},
    {POD("containers: [{name: c, env: [{name: A, value: x}, {name: VAULT_ADDR, value: b}]}]"),
     "spec.template.spec.containers[0].env[1].value=b"},
    {"apiVersion: secrets.hashicorp.com/v1beta1\nkind: VaultConnection\nmetadata: {name: v}\n"
     "spec: {address: 'http://vault:8200'}",
     "spec.address=http://vault:8200"},
};

START_TEST(servers_are_found)
{
    struct secret_facts facts = facts_in(servers[_i].object);
    ck_assert_uint_eq(facts.servers.count, 1);
    const struct secret_text *server = &facts.servers.items[0];
    struct str found =
        str_format(&arena, "%.*s=%.*s", STR_ARG(server->field), STR_ARG(server->text));
    ck_assert_msg(str_is(found, servers[_i].server), "%.*s", STR_ARG(found));
}
END_TEST

/* A user's file comes before the build's of the same kind; one that is wrong is left out and
 * reported at its line. */
START_TEST(kinds_of_a_user)
{
    struct tree_memory_file files[] = {
        {STR(".bulkhead/secret-kinds/a.yaml"),
         STR("kind: [KafkaUser, Other]\ngroups: [kafka.strimzi.io]\nmakes:\n  - {name: "
             "'{spec.secret}'}\n")},
        {STR(".bulkhead/secret-kinds/b.yaml"), STR("kind: B\ngroup: [x]\n")},
        {STR(".bulkhead/secret-kinds/c.yaml"), STR("kind: C\ngroups: [x]\nmakes: [{keys: {}}]\n")},
    };
    struct tree *tree = tree_open_memory(&arena, files, 3);
    struct diagnostics problems = {.arena = &arena};
    struct secret_kinds kinds = secret_kinds_load(&arena, tree, &problems);
    const struct secret_kind *user =
        secret_kind_find(&kinds, STR("kafka.strimzi.io"), STR("KafkaUser"));
    ck_assert_ptr_nonnull(user);
    ck_assert(str_is(user->makes.items[0].names.items[0], "{spec.secret}"));
    ck_assert_ptr_nonnull(secret_kind_find(&kinds, STR("kafka.strimzi.io"), STR("Other")));
    ck_assert_ptr_null(secret_kind_find(&kinds, STR("x"), STR("B")));
    ck_assert_ptr_null(secret_kind_find(&kinds, STR("x"), STR("C")));
    ck_assert_uint_eq(problems.count, 3); /* an unknown key, no groups, no name */
    tree_close(tree);
}
END_TEST

UNIT_TESTS("secret", EACH(what_is_made, makings), EACH(what_is_needed, needs),
           ONCE(stores_are_named), ONCE(agent_reads), EACH(servers_are_found, servers),
           ONCE(kinds_of_a_user))
