#include "capabilities.h"

/* Facts of the two binaries: `helm template` of a chart that prints .Capabilities. */

/* `only`: the one version of Helm that has it, or 0 for both. */
static const struct {
    const char *name;
    unsigned only;
} api_versions[] = {
    {"v1", 0},
    {"admissionregistration.k8s.io/v1", 0},
    {"admissionregistration.k8s.io/v1alpha1", 0},
    {"admissionregistration.k8s.io/v1beta1", 0},
    {"internal.apiserver.k8s.io/v1alpha1", 0},
    {"apps/v1", 0},
    {"apps/v1beta1", 0},
    {"apps/v1beta2", 0},
    {"authentication.k8s.io/v1", 0},
    {"authentication.k8s.io/v1alpha1", 0},
    {"authentication.k8s.io/v1beta1", 0},
    {"authorization.k8s.io/v1", 0},
    {"authorization.k8s.io/v1beta1", 0},
    {"autoscaling/v1", 0},
    {"autoscaling/v2", 0},
    {"autoscaling/v2beta1", 0},
    {"autoscaling/v2beta2", 0},
    {"batch/v1", 0},
    {"batch/v1beta1", 0},
    {"certificates.k8s.io/v1", 0},
    {"certificates.k8s.io/v1beta1", 0},
    {"certificates.k8s.io/v1alpha1", 0},
    {"coordination.k8s.io/v1alpha2", 0},
    {"coordination.k8s.io/v1beta1", 0},
    {"coordination.k8s.io/v1", 0},
    {"discovery.k8s.io/v1", 0},
    {"discovery.k8s.io/v1beta1", 0},
    {"events.k8s.io/v1", 0},
    {"events.k8s.io/v1beta1", 0},
    {"extensions/v1beta1", 0},
    {"flowcontrol.apiserver.k8s.io/v1", 0},
    {"flowcontrol.apiserver.k8s.io/v1beta1", 0},
    {"flowcontrol.apiserver.k8s.io/v1beta2", 0},
    {"flowcontrol.apiserver.k8s.io/v1beta3", 0},
    {"networking.k8s.io/v1", 0},
    {"networking.k8s.io/v1alpha1", 3},
    {"networking.k8s.io/v1beta1", 0},
    {"node.k8s.io/v1", 0},
    {"node.k8s.io/v1alpha1", 0},
    {"node.k8s.io/v1beta1", 0},
    {"policy/v1", 0},
    {"policy/v1beta1", 0},
    {"rbac.authorization.k8s.io/v1", 0},
    {"rbac.authorization.k8s.io/v1beta1", 0},
    {"rbac.authorization.k8s.io/v1alpha1", 0},
    {"resource.k8s.io/v1", 4},
    {"resource.k8s.io/v1beta2", 4},
    {"resource.k8s.io/v1beta1", 0},
    {"resource.k8s.io/v1alpha3", 0},
    {"scheduling.k8s.io/v1alpha1", 0},
    {"scheduling.k8s.io/v1beta1", 0},
    {"scheduling.k8s.io/v1", 0},
    {"storage.k8s.io/v1beta1", 0},
    {"storage.k8s.io/v1", 0},
    {"storage.k8s.io/v1alpha1", 0},
    {"storagemigration.k8s.io/v1beta1", 4},
    {"storagemigration.k8s.io/v1alpha1", 3},
    {"apiextensions.k8s.io/v1beta1", 0},
    {"apiextensions.k8s.io/v1", 0},
};

struct capabilities *capabilities_default(struct arena *arena, unsigned helm)
{
    struct capabilities *capabilities = arena_make(arena, struct capabilities);
    *capabilities = (struct capabilities){
        .kube_version = helm == 3 ? STR("v1.32.0") : STR("v1.35.0"),
        .normalized = helm == 3 ? STR("v1.32.0") : STR("v1.35.0"),
        .major = STR("1"),
        .minor = helm == 3 ? STR("32") : STR("35"),
        .helm_version = helm == 3 ? STR("v3.17.2") : STR("v4.1.4"),
        .git_commit = helm == 3 ? STR("cc0bbbd6d6276b83880042c1ecb34087e84d41eb")
                                : STR("05fa37973dc9e42b76e1d2883494c87174b6074f"),
        .git_tree_state = STR("clean"),
        .go_version = helm == 3 ? STR("go1.23.7") : STR("go1.25.9"),
        .kube_client_version = helm == 3 ? STR("") : STR("v1.35"),
    };
    for (size_t i = 0; i < sizeof api_versions / sizeof *api_versions; i++) {
        if (!api_versions[i].only || api_versions[i].only == helm)
            vector_push(arena, &capabilities->api_versions, str_from_c(api_versions[i].name));
    }
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
