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

static const struct object_type semver_type;

/* Compares with the version that is the method's argument. */
static bool compare_with(struct call *call, const void *data, int *ret_order)
{
    struct value other = call->arguments[0];
    if (!value_is_object(other, &semver_type))
        return call_fail(call, "wrong type for value; expected *semver.Version; got %s",
                         value_type_name(other, call_helm(call)));
    *ret_order = semver_compare(data, other.object->data);
    return true;
}

static bool get_compare(struct call *call, const void *data, struct value *ret_value)
{
    int order = 0;
    bool done = compare_with(call, data, &order);
    *ret_value = value_int(done ? order : 0);
    return done;
}

static bool get_less_than(struct call *call, const void *data, struct value *ret_value)
{
    int order = 0;
    bool done = compare_with(call, data, &order);
    *ret_value = value_bool(done && order < 0);
    return done;
}

static bool get_greater_than(struct call *call, const void *data, struct value *ret_value)
{
    int order = 0;
    bool done = compare_with(call, data, &order);
    *ret_value = value_bool(done && order > 0);
    return done;
}

static bool get_equal(struct call *call, const void *data, struct value *ret_value)
{
    int order = 0;
    bool done = compare_with(call, data, &order);
    *ret_value = value_bool(done && order == 0);
    return done;
}

static struct str print_version(struct arena *arena, const void *data)
{
    return semver_to_text(arena, data);
}

static struct value version_to_plain(struct arena *arena, const void *data)
{
    return value_string(semver_to_text(arena, data));
}

static const struct object_member members[] = {
    {"Major", get_major, .is_method = true},
    {"Minor", get_minor, .is_method = true},
    {"Patch", get_patch, .is_method = true},
    TEXT_METHOD("Prerelease", struct semver, prerelease),
    TEXT_METHOD("Metadata", struct semver, metadata),
    TEXT_METHOD("Original", struct semver, original),
    {"String", get_string, .is_method = true},
    {"Compare", get_compare, .parameters = {PARAMETER_ANY}, .is_method = true},
    {"LessThan", get_less_than, .parameters = {PARAMETER_ANY}, .is_method = true},
    {"GreaterThan", get_greater_than, .parameters = {PARAMETER_ANY}, .is_method = true},
    {"Equal", get_equal, .parameters = {PARAMETER_ANY}, .is_method = true},
};
static const struct object_type semver_type = {
    .name = "*semver.Version",
    .kind = "ptr",
    .members = members,
    .member_count = sizeof members / sizeof *members,
    .print = print_version,
    .to_plain = version_to_plain,
};

static bool run_semver(struct call *call, struct value *ret_value)
{
    struct semver *version = arena_make(call->arena, struct semver);
    if (!semver_parse(value_str(call->arguments[0]), version))
        return call_fail(call, "invalid semantic version");
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
        return call_fail(call, "invalid semantic version");
    *ret_value = value_bool(semver_satisfies(&version, constraint));
    return true;
}

static const struct function table[] = {
    FUNCTION("semver", run_semver, PARAMETER_STRING),
    FUNCTION("semverCompare", run_semver_compare, PARAMETER_STRING, PARAMETER_STRING),
};
const struct function_family funcs_semver = FUNCTION_FAMILY(table);
