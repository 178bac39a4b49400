#include "yield.h"

static bool yields_to(const struct rule *rule, const struct rule *other)
{
    for (size_t i = 0; i < rule->yields.count; i++) {
        if (rule_matches(other, rule->yields.items[i]))
            return true;
    }
    return false;
}

static bool is_within(struct str path, struct str around)
{
    return str_starts_with(path, around) &&
           (path.n == around.n || path.p[around.n] == '.' || path.p[around.n] == '[');
}

static bool shares_release(const struct finding *finding, const struct finding *other)
{
    for (size_t i = 0; i < finding->release_count; i++) {
        for (size_t k = 0; k < other->release_count; k++) {
            if (finding->releases[i] == other->releases[k])
                return true;
        }
    }
    return false;
}

static bool is_said_by(const struct finding *finding, const struct finding *other)
{
    struct str path = finding->values_path;
    bool is_same = path.n && other->values_path.n &&
                   (is_within(path, other->values_path) || is_within(other->values_path, path));
    return is_same && yields_to(finding->rule, other->rule) && shares_release(finding, other);
}

static bool is_said(const struct finding_list *findings, const struct finding *finding)
{
    for (size_t i = 0; i < findings->count; i++) {
        if (is_said_by(finding, &findings->items[i]))
            return true;
    }
    return false;
}

void findings_yield(struct finding_list *findings)
{
    /* What yields must still be there to be compared with: marked first, taken out then. */
    for (size_t i = 0; i < findings->count; i++) {
        struct finding *finding = &findings->items[i];
        finding->yields = finding->rule->yields.count && is_said(findings, finding);
    }
    size_t kept = 0;
    for (size_t i = 0; i < findings->count; i++) {
        if (!findings->items[i].yields)
            findings->items[kept++] = findings->items[i];
    }
    findings->count = kept;
}
