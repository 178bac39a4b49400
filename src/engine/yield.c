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

/* What is about no release is about the same things. */
static bool shares_release(const struct finding *finding, const struct finding *other)
{
    if (!finding->release_count && !other->release_count)
        return true;
    for (size_t i = 0; i < finding->release_count; i++) {
        for (size_t k = 0; k < other->release_count; k++) {
            if (finding->releases[i] == other->releases[k])
                return true;
        }
    }
    return false;
}

static bool is_nested(struct str path, struct str other)
{
    return path.n && other.n && (is_within(path, other) || is_within(other, path));
}

static bool starts_in(struct span span, struct span around)
{
    return span.start == around.start || (span.start > around.start && span.start < around.end);
}

static bool is_same_cause(const struct finding *finding, const struct finding *other)
{
    if (finding->span.file && finding->span.file == other->span.file &&
        (starts_in(finding->span, other->span) || starts_in(other->span, finding->span)))
        return true;
    bool is_same = is_nested(finding->values_path, other->values_path);
    for (size_t i = 0; i < other->meant_paths.count && !is_same; i++)
        is_same = is_nested(finding->values_path, other->meant_paths.items[i]);
    return is_same;
}

static bool is_said_by(const struct finding *finding, const struct finding *other)
{
    return finding != other && yields_to(finding->rule, other->rule) &&
           is_same_cause(finding, other) && shares_release(finding, other);
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
