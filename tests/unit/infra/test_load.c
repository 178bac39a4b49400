#include "infra/machine.h"

#include "pools_unit.h"

UNIT_ARENA(arena)

static const struct node_pools *load(const char *config_text, const char *path, const char *text)
{
    struct tree_memory_file *list = arena_make_array(&arena, struct tree_memory_file, 2);
    list[0] = (struct tree_memory_file){STR(".bulkhead.yaml"), str_from_c(config_text)};
    list[1] = (struct tree_memory_file){str_from_c(path), str_from_c(text)};
    struct tree *tree = tree_open_memory(&arena, list, 2);
    struct diagnostics sink = {.arena = &arena};
    struct config *config = arena_make(&arena, struct config);
    ck_assert(config_load(&arena, tree, list[0].path, &sink, config));
    return node_pools_load(&arena, tree, config, &sink);
}

START_TEST(pools_are_written_in_the_configuration)
{
    const struct node_pools *pools =
        load("version: 1\n"
             "environments: {dev: {pool: dev, taint: d}, ops: {pool: ops}, one: {pool: ab}, two: "
             "{pool: ab}}\n"
             "labels: {pool: x/pool, environment: x/env}\n"
             "pools:\n"
             "  - {name: a, labels: {x/pool: dev}, taints: ['k=v:NoSchedule'], min: 0, max: 3, "
             "autoscaling: true, size: Standard_D4s_v5, mode: user}\n"
             "  - {name: b, count: 2, mode: system, taints: x/env=d:NoExecute, enabled: false}\n"
             "  - {name: c, labels: {x/pool: dev, x/env: ops}}\n"
             "  - {name: ops}\n"
             "  - {name: d, labels: {x/pool: ab}}\n",
             "x.tf", "resource \"azurerm_kubernetes_cluster_node_pool\" \"unseen\" {}\n");
    ck_assert_str(describe_pools(&arena, pools),
                  "a Standard_D4s_v5 >0 <3 auto x/pool=dev !k=v:NoSchedule\n"
                  "b *2 system off !x/env=d:NoExecute\n"
                  "c x/pool=dev x/env=ops\nops\nd x/pool=ab\n");
    ck_assert_str(pools->items[0].environment->name, "dev");
    ck_assert_str(pools->items[1].environment->name, "dev");
    ck_assert_ptr_null(pools->items[2].environment);
    ck_assert_str(pools->items[3].environment->name, "ops");
    ck_assert_ptr_null(pools->items[4].environment);
    ck_assert_int_eq(node_pool_least(&pools->items[0]).most, 0);
    ck_assert_int_eq(node_pool_most(&pools->items[0]).most, 3);
}
END_TEST

START_TEST(nodes_of_a_cluster_are_grouped)
{
    const struct node_pools *pools = load(
        "version: 1\npools: [{nodes: '*.json'}]\n", "nodes.json",
        "{\"kind\": \"List\", \"items\": [\n"
        "{\"kind\": \"Node\", \"metadata\": {\"labels\": {\"agentpool\": \"dev\", \"x\": \"1\", "
        "\"host\": \"a\"}},"
        " \"spec\": {\"taints\": [{\"key\": \"k\", \"value\": \"v\", \"effect\": \"NoSchedule\"},"
        " {\"key\": \"node.kubernetes.io/not-ready\", \"effect\": \"NoExecute\"}]},"
        " \"status\": {\"allocatable\": {\"cpu\": \"3860m\", \"memory\": \"1024Ki\"}}},\n"
        "{\"kind\": \"Node\", \"metadata\": {\"labels\": {\"agentpool\": \"dev\", \"x\": \"1\", "
        "\"host\": \"b\"}},"
        " \"status\": {\"allocatable\": {\"cpu\": \"4\", \"memory\": \"1024Ki\"}}}]}\n");
    ck_assert_str(describe_pools(&arena, pools),
                  "dev *2 auto? agentpool=dev x=1 !k=v:NoSchedule\n");
    ck_assert_int_eq(pools->items[0].cpu.least, 3860);
    ck_assert_int_eq(pools->items[0].cpu.most, 4000);
    ck_assert_int_eq(pools->items[0].memory.most, 1024 * 1024);
}
END_TEST

START_TEST(agent_pools_are_read)
{
    const struct node_pools *pools =
        load("version: 1\npools: [{nodes: '*.json'}]\n", "pools.json",
             "[{\"name\": \"dev\", \"count\": 1, \"minCount\": 0, \"maxCount\": 2, "
             "\"enableAutoScaling\": true,"
             " \"mode\": \"User\", \"nodeLabels\": {\"a\": \"b\"}, \"nodeTaints\": null,"
             " \"powerState\": {\"code\": \"Stopped\"}, \"vmSize\": \"Standard_D4s_v5\"}]\n");
    ck_assert_str(describe_pools(&arena, pools), "dev Standard_D4s_v5 >0 <2 *1 auto off a=b\n");
}
END_TEST

/* Folders of tests and examples are passed over without a configuration. */
START_TEST(examples_are_passed_over)
{
    static const char text[] =
        "resource \"azurerm_kubernetes_cluster_node_pool\" \"x\" {\n  name = \"a\"\n}\n";
    ck_assert_str(describe_file(&arena, "examples/a/main.tf", text), "");
    ck_assert_str(describe_file(&arena, "infra/Tests/main.tf", text), "");
    ck_assert_str(describe_file(&arena, "infra/a/main.tf", text), "a\n");
}
END_TEST

static const struct {
    const char *size;
    int64_t processors, gibibytes; /* 0: not known */
} sizes[] = {
    {"Standard_D4as_v6", 4, 16}, {"standard_b8ms", 8, 32},   {"Standard_E16ds_v5", 16, 128},
    {"Standard_F8s_v2", 8, 16},  {"Standard_DS3_v2", 4, 14}, {"m5.large", 2, 8},
    {"c6i.4xlarge", 16, 32},     {"n2-standard-8", 8, 32},   {"e2-highcpu-4", 4, 4},
    {"Standard_D4-2s_v5", 0, 0}, {"Standard_D4ls_v5", 0, 0}, {"m5.metal", 0, 0},
    {"m5.0xlarge", 0, 0},        {"Standard_D_v5", 0, 0},    {"", 0, 0},
};

/* A node offers less than its machine has, and not much less. */
START_TEST(a_machine_has_its_size)
{
    struct machine_offer offer = {0};
    bool found = machine_find(str_from_c(sizes[_i].size), &offer);
    ck_assert_int_eq(found, sizes[_i].processors > 0);
    if (!found)
        return;
    int64_t memory = sizes[_i].gibibytes << 30;
    ck_assert_int_lt(offer.cpu, sizes[_i].processors * 1000);
    ck_assert_int_gt(offer.cpu, sizes[_i].processors * 950);
    ck_assert_int_lt(offer.memory, memory);
    ck_assert_int_gt(offer.memory, memory - ((int64_t)1 << 29));
}
END_TEST

START_TEST(comments_cover_what_follows)
{
    struct tree_memory_file list = {
        STR("a.tf"),
        STR("a = \"# no\" # one\n/* # no */\n// two\n\nb \"c\" {\n  d = 1\n}\ne = 2\n")};
    const struct file *file = tree_find(tree_open_memory(&arena, &list, 1), list.path);
    struct infra_comment_list comments = infra_comments(&arena, file);
    ck_assert_uint_eq(comments.count, 2);
    ck_assert_str(comments.items[0].text, "one");
    struct span first = comments.items[0].covers;
    ck_assert_str(str_slice(file->bytes, first.start, first.end), "a = \"# no\" # one");
    ck_assert_str(comments.items[1].text, "two");
    struct span second = comments.items[1].covers;
    ck_assert_str(str_slice(file->bytes, second.start, second.end), "b \"c\" {\n  d = 1\n}");
}
END_TEST

UNIT_TESTS("load", ONCE(pools_are_written_in_the_configuration),
           ONCE(nodes_of_a_cluster_are_grouped), ONCE(agent_pools_are_read),
           ONCE(examples_are_passed_over), EACH(a_machine_has_its_size, sizes),
           ONCE(comments_cover_what_follows))
