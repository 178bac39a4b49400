#include "pools_unit.h"

UNIT_ARENA(arena)

#define POOL "resource \"azurerm_kubernetes_cluster_node_pool\" \"p\" "

static const struct {
    const char *text, *pools;
} files[] = {
    {"resource \"azurerm_kubernetes_cluster\" \"c\" {\n  default_node_pool {\n    name = "
     "\"system\"\n"
     "    vm_size = \"Standard_D2s_v5\"\n    node_count = 2\n    only_critical_addons_enabled = "
     "true\n  }\n}\n",
     "system Standard_D2s_v5 *2 system !CriticalAddonsOnly=true:NoSchedule\n"},
    {POOL "{\n  name = \"dev\"\n  enable_auto_scaling = true\n  min_count = 0\n  max_count = 3\n  "
          "mode = \"User\"\n"
          "  node_labels = {\n    \"x/pool\" = \"dev\" # a comment\n    env : \"d\"\n  }\n"
          "  node_taints = [\n    \"k=v:NoSchedule\", // another\n  ]\n}\n",
     "dev >0 <3 auto x/pool=dev env=d !k=v:NoSchedule\n"},
    /* Variables and locals. */
    {"variable \"n\" { default = 2 }\nvariable \"m\" {}\nlocals {\n  name = "
     "\"np-${var.n}\"\n}\n" POOL
     "{\n  name = local.name\n  node_count = var.n * 2 + 1\n  vm_size = var.m\n}\n",
     "np-2 ? *5\n"},
    {"variable \"prod\" {\n  type = bool\n}\n" POOL
     "{\n  name = \"a\"\n  node_count = var.prod ? 3 : 1\n}\n",
     "a *1|3\n"},
    {"variable \"l\" { default = {} }\n" POOL
     "{\n  name = \"a\"\n  node_labels = merge({ a = 1 }, var.l, { b = lower(\"B\") })\n}\n",
     "a a=1 b=b\n"},
    {"variable \"l\" {}\n" POOL "{\n  name = \"a\"\n  node_labels = merge({ a = 1 }, var.l)\n}\n",
     "a a=? labels…\n"},
    {POOL
     "{\n  name = format(\"%s-%d\", \"a\", 1)\n  node_taints = concat([\"a=b:NoExecute\"], var.x)\n"
     "  vm_size = lookup({ a = \"m\" }, \"b\", \"other\")\n}\n",
     "a-1 other !a=b:NoExecute taints…\n"},
    /* for_each, count, for. */
    {"locals {\n  pools = {\n    a = { n = 1 }\n    b = { n = 2 }\n  }\n}\n" POOL
     "{\n  for_each = local.pools\n  name = each.key\n  node_count = each.value.n\n}\n",
     "a *1\nb *2\n"},
    {POOL "{\n  for_each = toset([\"a\", \"b\", \"a\"])\n  name = each.value\n}\n", "a\nb\n"},
    {"variable \"pools\" {}\n" POOL "{\n  for_each = var.pools\n  name = each.key\n}\n", "…\n"},
    {POOL "{\n  for_each = { for k, v in { a = 1, b = 2 } : \"${k}x\" => v if v > 1 }\n  name = "
          "each.key\n}\n",
     "bx\n"},
    {POOL "{\n  count = 2\n  name = \"a${count.index}\"\n}\n", "a0\na1\n"},
    {"variable \"on\" { default = false }\n" POOL
     "{\n  count = var.on ? 1 : 0\n  name = \"a\"\n}\n",
     "a off\n"},
    {"variable \"on\" {}\n" POOL "{\n  count = var.on ? 1 : 0\n  name = \"a\"\n}\n", "a off?\n"},
    /* AWS and Google. */
    {"resource \"aws_eks_node_group\" \"n\" {\n  node_group_name = \"a\"\n  instance_types = "
     "[\"m5.large\"]\n"
     "  scaling_config {\n    desired_size = 2\n    min_size = 1\n    max_size = 3\n  }\n  taint "
     "{\n    key = \"k\"\n"
     "    value = \"v\"\n    effect = \"NO_SCHEDULE\"\n  }\n  labels = { a = \"b\" }\n}\n",
     "a m5.large >1 <3 *2 a=b !k=v:NoSchedule\n"},
    {"resource \"aws_eks_node_group\" \"n\" {\n  dynamic \"taint\" {\n    for_each = [\"a\", "
     "\"b\"]\n    content {\n"
     "      key = taint.value\n      effect = \"NO_EXECUTE\"\n    }\n  }\n}\n",
     " !a:NoExecute !b:NoExecute\n"},
    {"resource \"aws_eks_node_group\" \"n\" {\n  dynamic \"taint\" {\n    for_each = var.t\n    "
     "content {}\n  }\n}\n",
     " taints…\n"},
    {"module \"eks\" {\n  source = \"terraform-aws-modules/eks/aws\"\n  eks_managed_node_groups = "
     "{\n    a = {\n"
     "      min_size = 1\n      instance_types = [\"m5.large\", \"m5a.large\"]\n"
     "      taints = { x = { key = \"k\", effect = \"NO_SCHEDULE\" } }\n    }\n  }\n}\n",
     "a ?m5.large|m5a.large >1 !k:NoSchedule\n"},
    {"resource \"google_container_node_pool\" \"n\" {\n  name = \"a\"\n  node_count = 1\n  "
     "node_config {\n"
     "    machine_type = \"e2-standard-4\"\n    labels = { a = \"b\" }\n    taint {\n      key = "
     "\"k\"\n"
     "      value = \"v\"\n      effect = \"NO_SCHEDULE\"\n    }\n  }\n}\n",
     "a e2-standard-4 *? a=b !k=v:NoSchedule\n"},
    {"resource \"google_container_node_pool\" \"n\" {\n  name = \"a\"\n  autoscaling {\n    "
     "total_min_node_count = 1\n"
     "    max_node_count = 3\n  }\n}\n",
     "a >1 <? auto\n"},
    /* What makes nodes in other ways, and what is broken. */
    {"module \"karpenter\" {\n  source = \"terraform-aws-modules/eks/aws//modules/karpenter\"\n}\n",
     "…\n"},
    {POOL "{\n  name = \"a\n  node_count = 1\n}\n", "? *1\n"},
    {POOL "{\n  name = \"a\"\n  ???\n  node_count = 1\n}\n", "a *1\n"},
    {"locals {\n  text = <<-EOT\n    ${a} {\n  EOT\n  list = [for x in var.y : x...]\n}\n" POOL
     "{\n  name = \"a$${b}\"\n  vm_size = local.text\n}\n",
     "a${b} ?\n"},
};

START_TEST(a_file_gives_its_pools)
{
    ck_assert_str(describe_file(&arena, "main.tf", files[_i].text), files[_i].pools);
}
END_TEST

static const struct node_pools *load(const struct tree_memory_file *list, size_t count)
{
    struct tree *tree = tree_open_memory(&arena, list, count);
    struct config config = config_default();
    struct diagnostics sink = {.arena = &arena};
    return node_pools_load(&arena, tree, &config, &sink);
}

/* terraform.tfvars is always read; of the others one is named. */
START_TEST(files_of_values_count)
{
    static const struct tree_memory_file list[] = {
        {STR("infra/main.tf"),
         STR("variable \"a\" { default = 1 }\nvariable \"b\" {}\nvariable \"c\" { default = 7 "
             "}\n" POOL "{\n  name = \"x\"\n  node_count = var.a\n  min_count = var.b\n  max_count "
             "= var.c\n}\n")},
        {STR("infra/terraform.tfvars"), STR("a = 5\n")},
        {STR("infra/vars/dev.tfvars"), STR("b = 1\n")},
        {STR("infra/vars/prod.tfvars"), STR("b = 3\nc = 9\n")},
    };
    ck_assert_str(describe_pools(&arena, load(list, 4)), "x >1|3 <7|9 *5\n");
}
END_TEST

START_TEST(modules_get_their_arguments)
{
    static const struct tree_memory_file list[] = {
        {STR("azure/main.tf"),
         STR("module \"aks\" {\n  source = \"../modules/aks\"\n  for_each = "
             "{ one = 1, two = 2 }\n  name = each.key\n  count_of = each.value\n}\n"
             "locals {\n  environments = { dev = {}, staging = { enabled = false } }\n}\n")},
        {STR("modules/aks/main.tf"), STR("variable \"name\" {}\nvariable \"count_of\" {}\n" POOL
                                         "{\n  name = var.name\n  node_count = var.count_of\n}\n")},
    };
    const struct node_pools *pools = load(list, 2);
    ck_assert_str(describe_pools(&arena, pools), "one *1\ntwo *2\n");
    ck_assert(pools->items[0].in_module);
    ck_assert_str(pools->items[0].source->path, "azure");
    ck_assert_uint_eq(pools->environment_lists.count, 1);
    const struct environment_list *environments = &pools->environment_lists.items[0];
    ck_assert_uint_eq(environments->items.count, 2);
    ck_assert(environments->items.items[0].enabled.is_set);
    ck_assert(!environments->items.items[1].enabled.is_set);
}
END_TEST

UNIT_TESTS("terraform", EACH(a_file_gives_its_pools, files), ONCE(files_of_values_count),
           ONCE(modules_get_their_arguments))
