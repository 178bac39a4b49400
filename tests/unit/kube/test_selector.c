#include "kube/kube.h"
#include "unit.h"

UNIT_ARENA(arena)

static const struct yaml_node *parse(const char *text)
{
    return yaml_root(yaml_parse_bytes(&arena, str_from_c(text), 0, &limits_default));
}

static const struct {
    const char *selector, *labels;
    bool matches;
} selectors[] = {
    {"{app: web}", "{app: web, tier: a}", true},
    {"{app: web}", "{app: www}", false},
    {"{app: web}", "{}", false},
    {"{app: web, tier: a}", "{app: web}", false},
    {"{}", "{app: web}", false},
    {"{matchLabels: {app: web}}", "{app: web}", true},
    {"{matchLabels: {app: web}}", "{app: www}", false},
    {"{matchExpressions: [{key: app, operator: Exists}]}", "{app: web}", true},
    {"{matchExpressions: [{key: app, operator: DoesNotExist}]}", "{app: web}", false},
    {"{matchExpressions: [{key: app, operator: DoesNotExist}]}", "{tier: a}", true},
    {"{matchExpressions: [{key: app, operator: In, values: [a, web]}]}", "{app: web}", true},
    {"{matchExpressions: [{key: app, operator: In, values: [a]}]}", "{app: web}", false},
    {"{matchExpressions: [{key: app, operator: NotIn, values: [a]}]}", "{app: web}", true},
    {"{matchExpressions: [{key: app, operator: NotIn, values: [a]}]}", "{tier: a}", true},
    {"{matchExpressions: [{key: app, operator: NotIn, values: [web]}]}", "{app: web}", false},
    {"{matchLabels: {app: web}, matchExpressions: [{key: tier, operator: Exists}]}", "{app: web}",
     false},
};

START_TEST(selectors_match_as_kubernetes_matches)
{
    bool matches = selector_matches(parse(selectors[_i].selector), parse(selectors[_i].labels));
    ck_assert_int_eq(matches, selectors[_i].matches);
}
END_TEST

START_TEST(a_label_has_a_path_in_its_selector)
{
    const struct yaml_node *plain = parse("{a.b/c: web}");
    const struct yaml_node *full = parse("{matchLabels: {app: web}}");
    const struct yaml_entry *label = yaml_find(yaml_value(full, "matchLabels"), STR("app"));
    struct str at = STR("spec.selector");
    ck_assert_str(selector_path(&arena, at, plain, &plain->map.entries[0]),
                  "spec.selector.a\\.b/c");
    ck_assert_str(selector_path(&arena, at, full, label), "spec.selector.matchLabels.app");
    ck_assert_str(selector_path(&arena, at, full, NULL), "spec.selector");
}
END_TEST

UNIT_TESTS("kube/selector", EACH(selectors_match_as_kubernetes_matches, selectors),
           ONCE(a_label_has_a_path_in_its_selector))
