#include "capabilities.h"

/* Facts of the two binaries: `helm template` of a chart that prints .Capabilities. */

static const char *const api_versions_4[] = {
    "v1",
    "admissionregistration.k8s.io/v1",
    "admissionregistration.k8s.io/v1alpha1",
    "admissionregistration.k8s.io/v1beta1",
    "internal.apiserver.k8s.io/v1alpha1",
    "apps/v1",
    "apps/v1beta1",
    "apps/v1beta2",
    "authentication.k8s.io/v1",
    "authentication.k8s.io/v1alpha1",
    "authentication.k8s.io/v1beta1",
    "authorization.k8s.io/v1",
    "authorization.k8s.io/v1beta1",
    "autoscaling/v1",
    "autoscaling/v2",
    "autoscaling/v2beta1",
    "autoscaling/v2beta2",
    "batch/v1",
    "batch/v1beta1",
    "certificates.k8s.io/v1",
    "certificates.k8s.io/v1beta1",
    "certificates.k8s.io/v1alpha1",
    "coordination.k8s.io/v1alpha2",
    "coordination.k8s.io/v1beta1",
    "coordination.k8s.io/v1",
    "discovery.k8s.io/v1",
    "discovery.k8s.io/v1beta1",
    "events.k8s.io/v1",
    "events.k8s.io/v1beta1",
    "extensions/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1",
    "flowcontrol.apiserver.k8s.io/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1beta2",
    "flowcontrol.apiserver.k8s.io/v1beta3",
    "networking.k8s.io/v1",
    "networking.k8s.io/v1beta1",
    "node.k8s.io/v1",
    "node.k8s.io/v1alpha1",
    "node.k8s.io/v1beta1",
    "policy/v1",
    "policy/v1beta1",
    "rbac.authorization.k8s.io/v1",
    "rbac.authorization.k8s.io/v1beta1",
    "rbac.authorization.k8s.io/v1alpha1",
    "resource.k8s.io/v1",
    "resource.k8s.io/v1beta2",
    "resource.k8s.io/v1beta1",
    "resource.k8s.io/v1alpha3",
    "scheduling.k8s.io/v1alpha1",
    "scheduling.k8s.io/v1beta1",
    "scheduling.k8s.io/v1",
    "storage.k8s.io/v1beta1",
    "storage.k8s.io/v1",
    "storage.k8s.io/v1alpha1",
    "storagemigration.k8s.io/v1beta1",
    "apiextensions.k8s.io/v1beta1",
    "apiextensions.k8s.io/v1",
};

static const char *const api_versions_3[] = {
    "v1",
    "admissionregistration.k8s.io/v1",
    "admissionregistration.k8s.io/v1alpha1",
    "admissionregistration.k8s.io/v1beta1",
    "internal.apiserver.k8s.io/v1alpha1",
    "apps/v1",
    "apps/v1beta1",
    "apps/v1beta2",
    "authentication.k8s.io/v1",
    "authentication.k8s.io/v1alpha1",
    "authentication.k8s.io/v1beta1",
    "authorization.k8s.io/v1",
    "authorization.k8s.io/v1beta1",
    "autoscaling/v1",
    "autoscaling/v2",
    "autoscaling/v2beta1",
    "autoscaling/v2beta2",
    "batch/v1",
    "batch/v1beta1",
    "certificates.k8s.io/v1",
    "certificates.k8s.io/v1beta1",
    "certificates.k8s.io/v1alpha1",
    "coordination.k8s.io/v1alpha2",
    "coordination.k8s.io/v1beta1",
    "coordination.k8s.io/v1",
    "discovery.k8s.io/v1",
    "discovery.k8s.io/v1beta1",
    "events.k8s.io/v1",
    "events.k8s.io/v1beta1",
    "extensions/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1",
    "flowcontrol.apiserver.k8s.io/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1beta2",
    "flowcontrol.apiserver.k8s.io/v1beta3",
    "networking.k8s.io/v1",
    "networking.k8s.io/v1alpha1",
    "networking.k8s.io/v1beta1",
    "node.k8s.io/v1",
    "node.k8s.io/v1alpha1",
    "node.k8s.io/v1beta1",
    "policy/v1",
    "policy/v1beta1",
    "rbac.authorization.k8s.io/v1",
    "rbac.authorization.k8s.io/v1beta1",
    "rbac.authorization.k8s.io/v1alpha1",
    "resource.k8s.io/v1beta1",
    "resource.k8s.io/v1alpha3",
    "scheduling.k8s.io/v1alpha1",
    "scheduling.k8s.io/v1beta1",
    "scheduling.k8s.io/v1",
    "storage.k8s.io/v1beta1",
    "storage.k8s.io/v1",
    "storage.k8s.io/v1alpha1",
    "storagemigration.k8s.io/v1alpha1",
    "apiextensions.k8s.io/v1beta1",
    "apiextensions.k8s.io/v1",
};

struct capabilities *capabilities_default(struct arena *arena, unsigned helm)
{
    struct capabilities *capabilities = arena_make(arena, struct capabilities);
    const char *const *versions = helm == 3 ? api_versions_3 : api_versions_4;
    size_t count = helm == 3 ? sizeof api_versions_3 / sizeof *api_versions_3
                             : sizeof api_versions_4 / sizeof *api_versions_4;
    *capabilities = (struct capabilities){
        .kube_version = helm == 3 ? STR("v1.32.0") : STR("v1.35.0"),
        .normalized = helm == 3 ? STR("v1.32.0") : STR("v1.35.0"),
        .major = STR("1"),
        .minor = helm == 3 ? STR("32") : STR("35"),
        .helm_version = helm == 3 ? STR("v3.17.2") : STR("v4.1.4"),
        .git_commit = helm == 3 ? STR("cc0bbbd6d6276b83880042c1ecb34087e84d41eb")
                                : STR("05fa37973dc9e42b76e1d2883494c87174b6074f"),
        .go_version = helm == 3 ? STR("go1.23.7") : STR("go1.25.9"),
        .kube_client_version = helm == 3 ? STR("") : STR("v1.35"),
    };
    for (size_t i = 0; i < count; i++)
        vector_push(arena, &capabilities->api_versions, str_from_c(versions[i]));
    return capabilities;
}

/* Takes the digits at the start off. */
static struct str take_number(struct str *rest)
{
    size_t n = 0;
    while (n < rest->n && rest->p[n] >= '0' && rest->p[n] <= '9')
        n++;
    struct str number = str_slice(*rest, 0, n);
    *rest = str_from(*rest, n);
    while (number.n > 1 && number.p[0] == '0')
        number = str_from(number, 1);
    return number;
}

static bool take_dot(struct str *rest)
{
    bool found = rest->n && rest->p[0] == '.';
    if (found)
        *rest = str_from(*rest, 1);
    return found;
}

bool capabilities_set_kube_version(struct arena *arena, struct capabilities *capabilities,
                                   struct str version, unsigned helm)
{
    struct str rest = str_starts_with(version, STR("v")) ? str_from(version, 1) : version;
    struct str given = str_join(arena, STR("v"), rest);
    struct str major = take_number(&rest);
    if (!major.n || !take_dot(&rest))
        return false;
    struct str minor = take_number(&rest);
    struct str patch = take_dot(&rest) ? take_number(&rest) : STR("0");
    if (!minor.n || !patch.n)
        return false;
    capabilities->kube_version = given;
    capabilities->normalized =
        str_format(arena, "v%.*s.%.*s.%.*s", STR_ARG(major), STR_ARG(minor), STR_ARG(patch));
    if (helm == 3)
        capabilities->normalized = given;
    capabilities->major = major;
    capabilities->minor = minor;
    return true;
}
