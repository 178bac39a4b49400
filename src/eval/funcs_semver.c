#include "base/base.h"
#include "evaluation.h"
#include "functions.h"

/* Sprig's functions of semantic versions; a version is a *semver.Version. */

static bool get_major(struct call *call, const void *data, struct value *ret_value)
{
    (void)call;
    *ret_value = value_integer(VALUE_UINT64, (int64_t)((const struct semver *)data)->major);
    return true;
}

static bool get_minor(struct call *call, const void *data, struct value *ret_value)
{
    (void)call;
    *ret_value = value_integer(VALUE_UINT64, (int64_t)((const struct semver *)data)->minor);
    return true;
}

static bool get_patch(struct call *call, const void *data, struct value *ret_value)
{
    (void)call;
    *ret_value = value_integer(VALUE_UINT64, (int64_t)((const struct semver *)data)->patch);
    return true;
}

static bool get_string(struct call *call, const void *data, struct value *ret_value)
{
    *ret_value = value_string(semver_to_text(call->arena, data));
    return true;
}

/* --- comparisons, which only a pointer has --- */

static bool compare_with(struct call *call, const void *data, int *ret_order)
{
    struct value other = call->arguments[0];
    *ret_order = 0;
    if (other.type == VALUE_NIL)
        return call_fail(call, "runtime error: invalid memory address or nil pointer dereference");
    *ret_order = semver_compare(data, other.object->data);
    return true;
}

static bool get_compare(struct call *call, const void *data, struct value *ret_value)
{
    int order;
    bool done = compare_with(call, data, &order);
    *ret_value = value_int((order > 0) - (order < 0));
    return done;
}

static bool get_less_than(struct call *call, const void *data, struct value *ret_value)
{
    int order;
    bool done = compare_with(call, data, &order);
    *ret_value = value_bool(order < 0);
    return done;
}

static bool get_less_than_equal(struct call *call, const void *data, struct value *ret_value)
{
    int order;
    bool done = compare_with(call, data, &order);
    *ret_value = value_bool(order <= 0);
    return done;
}

static bool get_greater_than(struct call *call, const void *data, struct value *ret_value)
{
    int order;
    bool done = compare_with(call, data, &order);
    *ret_value = value_bool(order > 0);
    return done;
}

static bool get_greater_than_equal(struct call *call, const void *data, struct value *ret_value)
{
    int order;
    bool done = compare_with(call, data, &order);
    *ret_value = value_bool(order >= 0);
    return done;
}

static bool get_equal(struct call *call, const void *data, struct value *ret_value)
{
    int order = 1;
    bool done = call->arguments[0].type == VALUE_NIL || compare_with(call, data, &order);
    *ret_value = value_bool(order == 0);
    return done;
}

/* --- other versions, which are no pointers --- */

static const struct object_type version_type;

/* "v" in front of the original stays there. */
static struct value next_version(struct call *call, struct semver version)
{
    struct semver *next = arena_make(call->arena, struct semver);
    bool has_v = str_starts_with(version.original, STR("v"));
    version.original = str_format(call->arena, "%s%.*s", has_v ? "v" : "",
                                  STR_ARG(semver_to_text(call->arena, &version)));
    *next = version;
    return object_new(call->arena, &version_type, next);
}

static struct semver without_addition(const void *data)
{
    struct semver version = *(const struct semver *)data;
    version.prerelease = version.metadata = (struct str){0};
    return version;
}

static bool get_next_major(struct call *call, const void *data, struct value *ret_value)
{
    struct semver version = without_addition(data);
    version.major++;
    version.minor = version.patch = 0;
    *ret_value = next_version(call, version);
    return true;
}

static bool get_next_minor(struct call *call, const void *data, struct value *ret_value)
{
    struct semver version = without_addition(data);
    version.minor++;
    version.patch = 0;
    *ret_value = next_version(call, version);
    return true;
}

/* What follows a pre-release is the release. */
static bool get_next_patch(struct call *call, const void *data, struct value *ret_value)
{
    struct semver version = without_addition(data);
    version.patch += !((const struct semver *)data)->prerelease.n;
    *ret_value = next_version(call, version);
    return true;
}

enum identifiers { IDENTIFIERS_GOOD, IDENTIFIERS_WRONG, IDENTIFIERS_WITH_ZERO };

static enum identifiers check_identifiers(struct str text)
{
    enum identifiers found = IDENTIFIERS_GOOD;
    while (text.p && found == IDENTIFIERS_GOOD) {
        struct str part = str_cut(&text, '.');
        bool is_number = true;
        found = part.n ? IDENTIFIERS_GOOD : IDENTIFIERS_WRONG;
        for (size_t i = 0; i < part.n; i++) {
            is_number &= part.p[i] >= '0' && part.p[i] <= '9';
            if (!is_ascii_alphanumeric(part.p[i]) && part.p[i] != '-')
                found = IDENTIFIERS_WRONG;
        }
        if (is_number && part.n > 1 && part.p[0] == '0')
            found = IDENTIFIERS_WITH_ZERO;
    }
    return found;
}

static bool set_prerelease(struct call *call, const void *data, struct value *ret_value)
{
    struct semver version = *(const struct semver *)data;
    version.prerelease = value_str(call->arguments[0]);
    enum identifiers found =
        version.prerelease.n ? check_identifiers(version.prerelease) : IDENTIFIERS_GOOD;
    *ret_value = next_version(call, version);
    if (found == IDENTIFIERS_WITH_ZERO)
        return call_fail(call, "version segment starts with 0");
    return found == IDENTIFIERS_GOOD || call_fail(call, "invalid prerelease string");
}

static bool set_metadata(struct call *call, const void *data, struct value *ret_value)
{
    struct semver version = *(const struct semver *)data;
    version.metadata = value_str(call->arguments[0]);
    bool is_good = !version.metadata.n || check_identifiers(version.metadata) != IDENTIFIERS_WRONG;
    *ret_value = next_version(call, version);
    return is_good || call_fail(call, "invalid metadata string");
}

/* --- as other things --- */

static bool get_text(struct call *call, const void *data, struct value *ret_value)
{
    *ret_value = value_bytes(semver_to_text(call->arena, data));
    return true;
}

static bool get_json(struct call *call, const void *data, struct value *ret_value)
{
    struct str text = semver_to_text(call->arena, data);
    *ret_value = value_bytes(str_format(call->arena, "\"%.*s\"", STR_ARG(text)));
    return true;
}

static struct str print_version(struct arena *arena, const void *data)
{
    return semver_to_text(arena, data);
}

static struct value version_to_plain(struct arena *arena, const void *data)
{
    return value_string(semver_to_text(arena, data));
}

static struct value major_of(struct arena *arena, const void *data)
{
    (void)arena;
    return value_integer(VALUE_UINT64, (int64_t)((const struct semver *)data)->major);
}

static struct value minor_of(struct arena *arena, const void *data)
{
    (void)arena;
    return value_integer(VALUE_UINT64, (int64_t)((const struct semver *)data)->minor);
}

static struct value patch_of(struct arena *arena, const void *data)
{
    (void)arena;
    return value_integer(VALUE_UINT64, (int64_t)((const struct semver *)data)->patch);
}

static const struct object_field fields[] = {
    {"major", NULL, .get = major_of},
    {"minor", NULL, .get = minor_of},
    {"patch", NULL, .get = patch_of},
    {"pre", NULL, .text_offset = offsetof(struct semver, prerelease)},
    {"metadata", NULL, .text_offset = offsetof(struct semver, metadata)},
    {"original", NULL, .text_offset = offsetof(struct semver, original)},
};

#define COMPARISON(member_name, run)                                                               \
    {                                                                                              \
        .name = (member_name), .get = (run), .parameters = {PARAMETER_VERSION}, .is_method = true  \
    }
/* Those of a pointer first. */
static const struct object_member members[] = {
    TEXT_METHOD("Original", struct semver, original),
    COMPARISON("Compare", get_compare),
    COMPARISON("LessThan", get_less_than),
    COMPARISON("LessThanEqual", get_less_than_equal),
    COMPARISON("GreaterThan", get_greater_than),
    COMPARISON("GreaterThanEqual", get_greater_than_equal),
    COMPARISON("Equal", get_equal),
    {"Major", get_major, .is_method = true},
    {"Minor", get_minor, .is_method = true},
    {"Patch", get_patch, .is_method = true},
    TEXT_METHOD("Prerelease", struct semver, prerelease),
    TEXT_METHOD("Metadata", struct semver, metadata),
    {"String", get_string, .is_method = true},
    {"Value", get_string, .is_method = true},
    {"IncMajor", get_next_major, .is_method = true},
    {"IncMinor", get_next_minor, .is_method = true},
    {"IncPatch", get_next_patch, .is_method = true},
    {"SetPrerelease", set_prerelease, .parameters = {PARAMETER_STRING}, .is_method = true},
    {"SetMetadata", set_metadata, .parameters = {PARAMETER_STRING}, .is_method = true},
    {"MarshalText", get_text, .is_method = true},
    {"MarshalJSON", get_json, .is_method = true},
};
enum { MEMBERS = sizeof members / sizeof *members, POINTER_MEMBERS = 7 };

const struct object_type semver_type = {
    .name = "*semver.Version",
    .kind = "ptr",
    .members = members,
    .member_count = MEMBERS,
    .fields = fields,
    .field_count = sizeof fields / sizeof *fields,
    .print = print_version,
    .to_plain = version_to_plain,
};
static const struct object_type version_type = {
    .name = "semver.Version",
    .kind = "struct",
    .members = members + POINTER_MEMBERS,
    .member_count = MEMBERS - POINTER_MEMBERS,
    .fields = fields,
    .field_count = sizeof fields / sizeof *fields,
    .print = print_version,
    .to_plain = version_to_plain,
};

static bool fail_version(struct call *call)
{
    return call_fail(
        call, "%s", call_helm(call) == 3 ? "Invalid Semantic Version" : "invalid semantic version");
}

static bool run_semver(struct call *call, struct value *ret_value)
{
    struct semver *version = arena_make(call->arena, struct semver);
    if (!semver_parse(value_str(call->arguments[0]), version))
        return fail_version(call);
    *ret_value = object_new(call->arena, &semver_type, version);
    return true;
}

static bool run_semver_compare(struct call *call, struct value *ret_value)
{
    struct semver version;
    struct str text = value_str(call->arguments[0]);
    const struct semver_constraint *constraint = semver_constraint_parse(call->arena, text);
    if (!constraint)
        return call_fail(call, "improper constraint: %.*s", STR_ARG(text));
    if (!semver_parse(value_str(call->arguments[1]), &version))
        return fail_version(call);
    *ret_value = value_bool(semver_satisfies(&version, constraint));
    return true;
}

static const struct function table[] = {
    FUNCTION("semver", run_semver, PARAMETER_STRING),
    FUNCTION("semverCompare", run_semver_compare, PARAMETER_STRING, PARAMETER_STRING),
};
const struct function_family funcs_semver = FUNCTION_FAMILY(table);
