/* Names of the cluster's DNS, and namespaces that commands are told. */
#include "unit.h"

#include "kube/kube.h"

static struct arena arena;

/* A text, and what is found in it: "service/namespace …", and the namespaces of commands. */
static const struct {
    const char *text, *addresses, *namespaces;
} texts[] = {
    {"http://web.shop.svc:80/a", "web/shop ", ""},
    {"web.shop.svc.cluster.local", "web/shop ", ""},
    {"pg-0.pg.shop.svc,pg-1.pg.shop.svc", "pg/shop pg/shop ", ""},
    {"web.shop.svcs web.shop.svc-x", "", ""},
    {".svc,.cluster.local", "", ""},
    {"web.$(NAMESPACE).svc web.${N}.svc $N.svc", "", ""},
    {"shop.svc", "", ""},
    {"*.shop.svc", "", ""},
    {"web.-shop.svc", "", ""},
    {"kubectl -n shop get pods", "", "shop "},
    {"kubectl get pods --namespace=shop; kubectl --namespace \"other\" wait", "", "shop other "},
    {"kubectl -n $NS get pods --namespace=\"${NS}\"", "", ""},
    {"tail -n 20 log; head -n shop", "", ""},
    {"helm status web -n", "", ""},
};

START_TEST(names_in_texts)
{
    struct str text = str_from_c(texts[_i].text);
    struct str found = STR("");
    struct cluster_address address;
    for (size_t at = 0; cluster_address_next(text, &at, &address);) {
        found = str_format(&arena, "%.*s%.*s/%.*s ", STR_ARG(found), STR_ARG(address.service),
                           STR_ARG(address.namespace));
        ck_assert(str_equal(str_slice(text, address.start, address.end), address.namespace));
    }
    ck_assert_str(found, texts[_i].addresses);
    struct str namespace;
    found = STR("");
    for (size_t at = 0; command_namespace_next(text, &at, &namespace);)
        found = str_format(&arena, "%.*s%.*s ", STR_ARG(found), STR_ARG(namespace));
    ck_assert_str(found, texts[_i].namespaces);
    arena_release(&arena);
}
END_TEST

START_TEST(comments_are_lines_of_scripts)
{
    struct str script = STR("set -eu\n  # in shop\necho shop\n// x\n");
    ck_assert(text_is_comment(script, str_find(script, STR("in shop"))));
    ck_assert(!text_is_comment(script, str_find(script, STR("echo")) + 5));
    ck_assert(text_is_comment(script, str_find(script, STR("x\n"))));
    ck_assert(!text_is_comment(STR("# shop"), 2));
}
END_TEST

UNIT_TESTS("address", EACH(names_in_texts, texts), ONCE(comments_are_lines_of_scripts))
