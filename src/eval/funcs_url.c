#include "base/base.h"
#include "functions.h"

/* urlParse and urlJoin (Go's net/url). */

struct url {
    struct str scheme, opaque, userinfo, host, path, query, fragment;
};

static bool fail(struct call *call, struct str text, const char *why)
{
    return call_fail(call, "unable to parse url: parse %.*s: %s",
                     STR_ARG(quote_go(call->arena, text)), why);
}

/* "%zz": what stands where an escape should. */
static bool fail_escape(struct call *call, struct str whole, struct str part)
{
    struct str decoded;
    size_t at = 0;
    while (at < part.n && (part.p[at] != '%' ||
                           percent_decode(call->arena, str_slice(part, at, at + 3), &decoded)))
        at++;
    struct str escape = quote_go(call->arena, str_slice(part, at, at + 3));
    return fail(call, whole, str_format(call->arena, "invalid URL escape %.*s", STR_ARG(escape)).p);
}

static bool take_scheme(struct call *call, struct str whole, struct str *rest, struct url *url)
{
    for (size_t i = 0; i < rest->n; i++) {
        char c = rest->p[i];
        if (c == ':' && i == 0)
            return fail(call, whole, "missing protocol scheme");
        if (c == ':') {
            url->scheme = str_lower(call->arena, str_slice(*rest, 0, i));
            *rest = str_from(*rest, i + 1);
            return true;
        }
        bool is_digit = c >= '0' && c <= '9';
        bool is_later = is_digit || c == '+' || c == '-' || c == '.';
        if (!(is_ascii_alphanumeric(c) && !is_digit) && !(is_later && i > 0))
            return true;
    }
    return true;
}

static bool take_authority(struct call *call, struct str whole, struct str *rest, struct url *url)
{
    if (!str_starts_with(*rest, STR("//")) ||
        (!url->scheme.n && str_starts_with(*rest, STR("///"))))
        return true;
    struct str authority = str_from(*rest, 2);
    size_t slash = str_find_char(authority, '/');
    *rest = slash == STR_NOT_FOUND ? STR("") : str_from(authority, slash);
    authority = str_slice(authority, 0, slash);
    size_t at = str_find_last_char(authority, '@');
    if (at != STR_NOT_FOUND) {
        struct str name = str_slice(authority, 0, at);
        struct str password = name;
        struct str user = str_cut(&password, ':');
        if (!percent_decode(call->arena, user, &user) ||
            (password.p && !percent_decode(call->arena, password, &password)))
            return fail(call, whole, "net/url: invalid userinfo");
        user = percent_encode(call->arena, user, "$&+,;=");
        url->userinfo = user;
        if (password.p)
            url->userinfo = str_format(call->arena, "%.*s:%.*s", STR_ARG(user),
                                       STR_ARG(percent_encode(call->arena, password, "$&+,;=")));
        authority = str_from(authority, at + 1);
    }
    if (str_starts_with(authority, STR("[")) && str_find_char(authority, ']') == STR_NOT_FOUND)
        return fail(call, whole, "missing ']' in host");
    return percent_decode(call->arena, authority, &url->host) ||
           fail_escape(call, whole, authority);
}

static bool parse(struct call *call, struct str text, struct url *ret_url)
{
    struct url url = {0};
    struct str rest = text;
    size_t hash = str_find_char(rest, '#');
    if (hash != STR_NOT_FOUND) {
        if (!percent_decode(call->arena, str_from(rest, hash + 1), &url.fragment))
            return fail_escape(call, text, str_from(rest, hash + 1));
        rest = str_slice(rest, 0, hash);
    }
    for (size_t i = 0; i < rest.n; i++) {
        if ((unsigned char)rest.p[i] < 0x20 || rest.p[i] == 0x7F)
            return fail(call, text, "net/url: invalid control character in URL");
    }
    if (!take_scheme(call, text, &rest, &url))
        return false;
    size_t question = str_find_char(rest, '?');
    if (question != STR_NOT_FOUND) {
        url.query = str_from(rest, question + 1);
        rest = str_slice(rest, 0, question);
    }
    if (url.scheme.n && !str_starts_with(rest, STR("/"))) {
        url.opaque = rest;
        rest = STR("");
    }
    if (!take_authority(call, text, &rest, &url))
        return false;
    if (!percent_decode(call->arena, rest, &url.path))
        return fail_escape(call, text, rest);
    *ret_url = url;
    return true;
}

/* Without port and brackets. */
static struct str hostname(struct str host)
{
    size_t bracket = str_find_char(host, ']');
    if (host.n && host.p[0] == '[' && bracket != STR_NOT_FOUND)
        return str_slice(host, 1, bracket);
    size_t colon = str_find_last_char(host, ':');
    return colon == STR_NOT_FOUND ? host : str_slice(host, 0, colon);
}

static bool run_url_parse(struct call *call, struct value *ret_value)
{
    struct url url;
    if (!parse(call, value_str(call->arguments[0]), &url))
        return false;
    struct value_map *map = value_map_new(call->arena, MAP_ANY);
    value_map_set(map, STR("scheme"), value_string(url.scheme));
    value_map_set(map, STR("host"), value_string(url.host));
    value_map_set(map, STR("hostname"), value_string(hostname(url.host)));
    value_map_set(map, STR("path"), value_string(url.path));
    value_map_set(map, STR("query"), value_string(url.query));
    value_map_set(map, STR("opaque"), value_string(url.opaque));
    value_map_set(map, STR("fragment"), value_string(url.fragment));
    value_map_set(map, STR("userinfo"), value_string(url.userinfo));
    *ret_value = value_of_map(map);
    return true;
}

static bool text_of(struct call *call, const char *key, struct str *ret_text)
{
    const struct value *found = value_map_get(call->arguments[0].map, str_from_c(key));
    *ret_text = STR("");
    if (!found)
        return true;
    if (found->type != VALUE_STRING)
        return call_fail(call, "unable to parse %s key, must be of type string, but %s found", key,
                         value_kind_name(*found));
    *ret_text = value_str(*found);
    return true;
}

static void add_url(struct text *text, const struct url *url)
{
    struct arena *arena = text->arena;
    if (url->scheme.n)
        text_format(text, "%.*s:", STR_ARG(url->scheme));
    if (url->opaque.n) {
        text_add(text, url->opaque);
    } else {
        bool has_authority = url->host.n || url->userinfo.n;
        if (has_authority ||
            (url->scheme.n && url->path.n && str_starts_with(url->path, STR("//"))))
            text_add_c(text, "//");
        if (url->userinfo.n)
            text_format(text, "%.*s@", STR_ARG(url->userinfo));
        text_add(text, percent_encode(arena, url->host, "!$&'()*+,;=:[]<>\""));
        struct str path = percent_encode(arena, url->path, "$&+,/:;=@!'()*");
        if (path.n && path.p[0] != '/' && url->host.n)
            text_add_char(text, '/');
        text_add(text, path);
    }
    if (url->query.n)
        text_format(text, "?%.*s", STR_ARG(url->query));
    if (url->fragment.n)
        text_format(text, "#%.*s",
                    STR_ARG(percent_encode(arena, url->fragment, "$&+,/:;=?@!()*'")));
}

static bool run_url_join(struct call *call, struct value *ret_value)
{
    struct url url = {0};
    struct url with_user;
    struct text text = {.arena = call->arena};
    if (!text_of(call, "scheme", &url.scheme) || !text_of(call, "host", &url.host) ||
        !text_of(call, "path", &url.path) || !text_of(call, "query", &url.query) ||
        !text_of(call, "opaque", &url.opaque) || !text_of(call, "fragment", &url.fragment) ||
        !text_of(call, "userinfo", &url.userinfo))
        return false;
    if (url.userinfo.n) {
        struct str example = str_format(call->arena, "proto://%.*s@host", STR_ARG(url.userinfo));
        if (!parse(call, example, &with_user))
            return false;
        url.userinfo = with_user.userinfo;
    }
    add_url(&text, &url);
    *ret_value = value_string(text_str(&text));
    return true;
}

/* Helm looks no name up. */
static bool run_get_host_by_name(struct call *call, struct value *ret_value)
{
    (void)call;
    *ret_value = value_string(STR(""));
    return true;
}

static const struct function table[] = {
    FUNCTION("urlParse", run_url_parse, PARAMETER_STRING),
    FUNCTION("urlJoin", run_url_join, PARAMETER_MAP),
    FUNCTION("getHostByName", run_get_host_by_name, PARAMETER_STRING),
};
const struct function_family funcs_url = FUNCTION_FAMILY(table);
