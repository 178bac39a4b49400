#include "pools_unit.h"

UNIT_ARENA(arena)

#define CLUSTER "resource c 'Microsoft.ContainerService/managedClusters@2024-05-01' = "
#define POOL "resource p 'Microsoft.ContainerService/managedClusters/agentPools@2024-05-01' = "

static const struct {
    const char *text, *pools;
} files[] = {
    /* Profiles within the cluster and pools beside it. */
    {CLUSTER
     "{\n  properties: {\n    agentPoolProfiles: [\n"
     "      { name: 'system', mode: 'System', count: 2, vmSize: 'Standard_D2s_v5' }\n"
     "      {\n        name: 'user'\n        mode: 'User'\n        enableAutoScaling: true\n"
     "        minCount: 0\n        maxCount: 3\n"
     "        nodeTaints: ['k=v:NoSchedule', 'only:PreferNoSchedule']\n      }\n    ]\n  }\n}",
     "system Standard_D2s_v5 *2 system\nuser >0 <3 auto !k=v:NoSchedule !only:PreferNoSchedule\n"},
    {POOL "{\n  parent: c\n  name: 'dev'\n  properties: {\n    mode: 'User'\n    nodeLabels: {\n"
          "      'x/pool': 'dev'\n      plain: 'a'\n    }\n  }\n}",
     "dev x/pool=dev plain=a\n"},
    {POOL "{ name: 'cluster/dev', properties: {} }", "dev\n"},
    /* A resource within the cluster's. */
    {CLUSTER
     "{\n  name: 'c'\n  properties: {}\n  @description('it\\'s')\n"
     "  resource dev 'agentPools' = {\n    name: 'dev'\n    properties: { count: 1 }\n  }\n}",
     "dev *1\n"},
    /* Variables, parameters with defaults and without, texts. */
    {"param env string = 'dev'\nparam size string\nvar base = {\n  vmSize: size\n  count: 3 // "
     "three\n}\n" POOL "{\n  name: 'np${env}'\n  properties: union(base, {\n    count: 4\n    "
     "nodeLabels: { env: '${env}-${size}' }\n"
     "  })\n}",
     "npdev ? *4 env=?\n"},
    {"var base = { count: 2, mode: 'User' }\n" POOL
     "{ name: 'a', properties: { ...base, minCount: 1 } }",
     "a >1 *2\n"},
    /* Conditions: known, unknown, over lines. */
    {"param prod bool = true\n" POOL "{ name: 'a', properties: { count: prod ? 3 : 1 } }",
     "a *3\n"},
    {"param prod bool\n" POOL "{ name: 'a', properties: { count: prod\n  ? 3\n  : 1, vmSize: prod "
     "? 'Standard_D4s_v5' : 'B' } }",
     "a ?Standard_D4s_v5|B *1|3\n"},
    {"param e string\nvar isProd = e == 'prod'\n" POOL
     "{ name: 'a', properties: { nodeTaints: isProd ? ['a=b:NoSchedule'] : [] } }",
     "a taints…\n"},
    {"param e string\n" POOL "{ name: 'a', properties: { nodeLabels: union({ a: '1', b: '2' }, e "
     "== 'x' ? { b: '3' } : {}) } }",
     "a a=1 b=?3|2\n"},
    {"param more object\n" POOL
     "{ name: 'a', properties: { nodeLabels: union({ a: '1' }, more) } }",
     "a a=? labels…\n"},
    /* Deployed under a condition. */
    {"param on bool = false\n"
     "resource p 'Microsoft.ContainerService/managedClusters/agentPools@1' = if (on) "
     "{ name: 'a', properties: {} }",
     "a off\n"},
    {"param on bool\n"
     "resource p 'Microsoft.ContainerService/managedClusters/agentPools@1' = if (on) "
     "{ name: 'a', properties: {} }",
     "a off?\n"},
    {"resource p 'Microsoft.ContainerService/managedClusters/agentPools@1' existing = { name: 'a' "
     "}",
     ""},
    /* Loops. */
    {"var pools = [\n  { name: 'a', size: 1 }\n  { name: 'b', size: 2 }\n]\n"
     "resource p 'Microsoft.ContainerService/managedClusters/agentPools@1' = [for (pool, i) in "
     "pools: {\n"
     "  name: '${pool.name}${i}'\n  properties: { count: pool.size, minCount: pool.?least ?? 7 "
     "}\n}]",
     "a0 >7 *1\nb1 >7 *2\n"},
    {"param pools array\n"
     "resource p 'Microsoft.ContainerService/managedClusters/agentPools@1' = [for pool in pools: "
     "{\n"
     "  name: pool\n}]",
     "…\n"},
    {"param x bool\n"
     "resource p 'Microsoft.ContainerService/managedClusters/agentPools@1' = [for n in ['a', 'b']: "
     "if (n != 'b') {\n"
     "  name: n\n  properties: {}\n}]",
     "a\n"},
    {CLUSTER "{ properties: { agentPoolProfiles: concat([{ name: 'a' }], [for n in ['b']: { name: "
             "n }]) } }",
     "a\nb\n"},
    {CLUSTER "{ properties: { agentPoolProfiles: [{ name: 'a' }], nodeProvisioningProfile: { mode: "
             "'Auto' } } }",
     "a\n…\n"},
    /* What depends on itself, what is not there, what is broken. */
    {"var a = b\nvar b = a\n" POOL "{ name: a, properties: { count: c.d[0] } }", "? *?\n"},
    {POOL "{ name: 'a', properties: { count: 1, nodeLabels: { x: 'unfinished\n } } }\n",
     "a *1 x=?\n"},
    {POOL "{ name: 'a', properties: { count: ) minCount: 2 } }\n", "a >2 *?\n"},
    {"#disable-next-line x\n/* a { b */\nparam l 'a' | 'b' = 'a'\ntype t = {\n  a: "
     "string\n}\n@allowed(['x'])\n"
     "param o {\n  a: int\n}[] = []\nfunc f(a string) string => '${a}'\noutput u string = 'x'\n"
     "metadata m = '''it's'''\n" POOL "{ name: l, properties: { count: length(o) } }",
     "a *0\n"},
};

START_TEST(a_file_gives_its_pools)
{
    ck_assert_str(describe_file(&arena, "aks.bicep", files[_i].text), files[_i].pools);
}
END_TEST

static struct str describe(const struct tree_memory_file *list, size_t count)
{
    struct tree *tree = tree_open_memory(&arena, list, count);
    struct config config = config_default();
    struct diagnostics sink = {.arena = &arena};
    return describe_pools(&arena, node_pools_load(&arena, tree, &config, &sink));
}

/* A module is read with the parameters of who uses it, and not on its own. */
START_TEST(modules_get_their_parameters)
{
    static const struct tree_memory_file list[] = {
        {STR("infra/main.bicep"),
         STR("param env string\n"
             "module one 'modules/aks.bicep' = { name: 'one', params: { pool: 'a', size: 2 } }\n"
             "module two './modules/aks.bicep' = if (false) { params: { pool: 'b' } }\n"
             "module three 'br/public:avm/res/container-service/managed-cluster:0.4' = {\n"
             "  params: { primaryAgentPoolProfiles: [{ name: 'sys', mode: 'System' }] }\n}\n"
             "module four 'modules/aks.bicep' = [for p in ['x', 'y']: { params: { pool: p } }]\n")},
        {STR("infra/modules/aks.bicep"), STR("param pool string\nparam size int = 1\n" POOL
                                             "{ name: pool, properties: { count: size } }\n")},
    };
    ck_assert_str(describe(list, 2), "a *2\nb *1 off\nsys system\nx *1\ny *1\n");
}
END_TEST

/* One of several files of parameters is used. */
START_TEST(files_of_parameters_are_alternatives)
{
    static const struct tree_memory_file list[] = {
        {STR("dev.bicepparam"), STR("using './main.bicep'\nparam size = 1\nparam name = 'a'\n")},
        {STR("main.bicep"),
         STR("param size int = 9\nparam name string = 'z'\nparam env string = 'e'\n" POOL
             "{ name: name, properties: { count: size, nodeLabels: { e: env } } }\n")},
        {STR("main.prod.parameters.json"),
         STR("{\"parameters\": {\"size\": {\"value\": 3}, \"name\": {\"value\": \"a\"}}}")},
    };
    ck_assert_str(describe(list, 3), "a *1|3 e=e\n");
}
END_TEST

UNIT_TESTS("bicep", EACH(a_file_gives_its_pools, files), ONCE(modules_get_their_parameters),
           ONCE(files_of_parameters_are_alternatives))
