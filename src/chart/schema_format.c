#include "schema_private.h"

/* The formats of JSON Schema as github.com/santhosh-tekuri/jsonschema/v6 has them. A check gives
 * NULL for what is good, else what is wrong. */
typedef const char *format_check(struct arena *arena, struct str text);

static bool is_hex(char c)
{
    return digit_value(c) < 16;
}

static const char *invalid_character(struct arena *arena, struct str rest)
{
    uint32_t character;
    size_t length = utf8_decode(rest, &character);
    struct str quoted = quote_go(arena, str_slice(rest, 0, length));
    return str_format(arena, "invalid character '%.*s'",
                      STR_ARG(str_slice(quoted, 1, quoted.n - 1)))
        .p;
}

static size_t count_digits(struct str text)
{
    size_t count = 0;
    while (count < text.n && is_ascii_digit(text.p[count]))
        count++;
    return count;
}

static const char *prefixed(struct arena *arena, const char *prefix, const char *problem)
{
    return problem ? str_format(arena, "%s: %s", prefix, problem).p : NULL;
}

/* --- pointers and identifiers --- */

static const char *check_json_pointer(struct arena *arena, struct str text)
{
    (void)arena;
    if (text.n && text.p[0] != '/')
        return "not starting with /";
    for (size_t i = 0; i < text.n; i++) {
        bool is_escape = i + 1 < text.n && (text.p[i + 1] == '0' || text.p[i + 1] == '1');
        if (text.p[i] == '~' && !is_escape)
            return "~ must be followed by 0 or 1";
    }
    return NULL;
}

static const char *check_relative_json_pointer(struct arena *arena, struct str text)
{
    size_t digits = count_digits(text);
    if (!digits)
        return "must start with non-negative integer";
    if (digits > 1 && text.p[0] == '0')
        return "starts with zero";
    struct str rest = str_from(text, digits);
    return str_is(rest, "#") ? NULL : check_json_pointer(arena, rest);
}

static const char *check_uuid(struct arena *arena, struct str text)
{
    static const size_t lengths[] = {8, 4, 4, 4, 12};
    size_t groups = 0;
    for (struct str rest = text; rest.p;) {
        struct str group = str_cut(&rest, '-');
        if (groups < 5 && group.n != lengths[groups])
            return str_format(arena, "element %zu must be %zu characters long", groups + 1,
                              lengths[groups])
                .p;
        for (size_t i = 0; i < group.n; i++) {
            if (!is_hex(group.p[i]))
                return str_format(arena, "non-hex character '%c'", group.p[i]).p;
        }
        groups++;
    }
    return groups == 5 ? NULL : "must have 5 elements";
}

static const char *check_regex(struct arena *arena, struct str text)
{
    struct str problem;
    struct regex *regex = regex_compile(arena, text, &problem);
    if (!regex)
        return str_to_c(arena, problem);
    regex_release(regex);
    return NULL;
}

static const char *check_semver(struct arena *arena, struct str text)
{
    struct semver version;
    (void)arena;
    struct str core = str_slice(text, 0, str_find_char(text, '+'));
    core = str_slice(core, 0, str_find_char(core, '-'));
    if (str_count_char(core, '.') != 2)
        return "versionCore must have 3 numbers separated by dot";
    return is_ascii_digit(core.p[0]) && semver_parse(text, &version) ? NULL : "it is no version";
}

/* --- hosts --- */

static const char *check_ipv4(struct arena *arena, struct str text)
{
    if (str_count_char(text, '.') != 3)
        return "expected four decimals";
    for (struct str rest = text; rest.p;) {
        int64_t number;
        struct str group = str_cut(&rest, '.');
        if (group.n > 1 && group.p[0] == '0')
            return "leading zeros";
        if (!parse_go_int(group, 10, &number) && !number)
            return str_format(arena, "strconv.Atoi: parsing %.*s: invalid syntax",
                              STR_ARG(quote_go(arena, group)))
                .p;
        if (number < 0 || number > 255)
            return "decimal must be between 0 and 255";
    }
    return NULL;
}

/* Groups of up to four digits between colons, "::" once, an IPv4 address at the end. */
static const char *check_ipv6(struct arena *arena, struct str text)
{
    size_t groups = 0;
    struct str rest = text;
    bool is_short = false;
    if (str_find_char(text, ':') == STR_NOT_FOUND)
        return "missing colon";
    if (str_find_char(text, '%') != STR_NOT_FOUND)
        return "zone id is not a part of ipv6 address";
    while (rest.n) {
        if (str_starts_with(rest, STR("::")) && !is_short) {
            is_short = true;
            rest = str_from(rest, 2);
            continue;
        }
        if (groups && rest.p[0] == ':' && rest.p[-1] != ':')
            rest = str_from(rest, 1);
        struct str group = str_slice(rest, 0, str_find_char(rest, ':'));
        bool is_last = group.n == rest.n;
        if (is_last && str_find_char(group, '.') != STR_NOT_FOUND) {
            groups += 2;
            if (check_ipv4(arena, group))
                return "it is no IP address";
            break;
        }
        bool is_good = group.n >= 1 && group.n <= 4;
        for (size_t i = 0; is_good && i < group.n; i++)
            is_good = is_hex(group.p[i]);
        if (!is_good)
            return "it is no IP address";
        groups++;
        rest = str_from(rest, group.n);
    }
    return groups == 8 || (is_short && groups < 8) ? NULL : "it is no IP address";
}

static const char *check_label(struct arena *arena, struct str label)
{
    if (label.n < 1 || label.n > 63)
        return "label must be 1 to 63 characters long";
    if (label.p[0] == '-')
        return "label starts with hyphen";
    if (label.p[label.n - 1] == '-')
        return "label ends with hyphen";
    for (size_t i = 0; i < label.n; i++) {
        if (!is_ascii_alphanumeric(label.p[i]) && label.p[i] != '-')
            return invalid_character(arena, str_from(label, i));
    }
    return NULL;
}

static const char *check_hostname(struct arena *arena, struct str text)
{
    struct str rest = text;
    const char *problem = NULL;
    if (str_ends_with(rest, STR(".")))
        rest.n--;
    if (rest.n > 253)
        return "more than 253 characters long";
    do
        problem = check_label(arena, str_cut(&rest, '.'));
    while (!problem && rest.p);
    return problem;
}

static const char *check_local_part(struct arena *arena, struct str local)
{
    if (local.n > 64)
        return "local part more than 64 characters long";
    if (local.n > 1 && local.p[0] == '"') {
        struct str inner = str_slice(local, 1, local.n - 1);
        bool is_plain = str_find_char(inner, '\\') == STR_NOT_FOUND &&
                        str_find_char(inner, '"') == STR_NOT_FOUND;
        return is_plain ? NULL : "backslash and quote are not allowed within quoted local part";
    }
    if (str_starts_with(local, STR(".")))
        return "starts with dot";
    if (str_ends_with(local, STR(".")))
        return "ends with dot";
    if (str_contains(local, STR("..")))
        return "consecutive dots";
    for (size_t i = 0; i < local.n; i++) {
        char c = local.p[i];
        if (!is_ascii_alphanumeric(c) && !(c && strchr(".!#$%&'*+-/=?^_`{|}~", c)))
            return invalid_character(arena, str_from(local, i));
    }
    return NULL;
}

static const char *check_email(struct arena *arena, struct str text)
{
    size_t at = str_find_last_char(text, '@');
    if (text.n > 254)
        return "more than 255 characters long";
    if (at == STR_NOT_FOUND)
        return "missing @";
    const char *problem = check_local_part(arena, str_slice(text, 0, at));
    struct str domain = str_from(text, at + 1);
    if (problem)
        return problem;
    if (!str_starts_with(domain, STR("[")) || !str_ends_with(domain, STR("]")))
        return prefixed(arena, "invalid domain", check_hostname(arena, domain));
    domain = str_slice(domain, 1, domain.n - 1);
    if (str_starts_with(domain, STR("IPv6:")))
        return prefixed(arena, "invalid ipv6 address",
                        check_ipv6(arena, str_from(domain, strlen("IPv6:"))));
    return prefixed(arena, "invalid ipv4 address", check_ipv4(arena, domain));
}

/* --- addresses --- */

/* What net/url refuses of an address; *ret_is_absolute tells whether it has a scheme. */
static const char *check_address(struct arena *arena, struct str text, bool *ret_is_absolute)
{
    size_t scheme = 0;
    *ret_is_absolute = false;
    for (size_t i = 0; i < text.n; i++) {
        struct str bytes;
        if ((unsigned char)text.p[i] < 0x20 || text.p[i] == 0x7F)
            return "net/url: invalid control character in URL";
        if (text.p[i] == '%' && !percent_decode(arena, str_slice(text, i, i + 3), &bytes))
            return "invalid URL escape";
    }
    while (scheme < text.n && (is_ascii_alphanumeric(text.p[scheme]) ||
                               (scheme && text.p[scheme] && strchr("+-.", text.p[scheme]))))
        scheme++;
    bool has_colon = scheme < text.n && text.p[scheme] == ':';
    if (has_colon && !scheme)
        return "missing protocol scheme";
    if (has_colon && is_ascii_digit(text.p[0]))
        return "first path segment in URL cannot contain colon";
    *ret_is_absolute = has_colon;
    struct str rest = str_from(text, has_colon ? scheme + 1 : 0);
    if (!str_starts_with(rest, STR("//")))
        return NULL;
    struct str host = str_from(rest, 2);
    size_t end = 0;
    while (end < host.n && !strchr("/?#", host.p[end]))
        end++;
    host = str_slice(host, 0, end);
    return strcspn(str_to_c(arena, host), " <>\"^`{|}\\") < host.n
               ? "invalid character in host name"
               : NULL;
}

static const char *check_uri(struct arena *arena, struct str text)
{
    bool is_absolute;
    const char *problem = check_address(arena, text, &is_absolute);
    return problem ? problem : is_absolute ? NULL : "relative url";
}

static const char *check_uri_reference(struct arena *arena, struct str text)
{
    bool is_absolute;
    if (str_find_char(text, '\\') != STR_NOT_FOUND)
        return "contains \\";
    return check_address(arena, text, &is_absolute);
}

static const char *check_uri_template(struct arena *arena, struct str text)
{
    bool is_absolute;
    bool is_open = false;
    const char *problem = check_address(arena, text, &is_absolute);
    for (size_t i = 0; !problem && i < text.n; i++) {
        if (text.p[i] != '{' && text.p[i] != '}')
            continue;
        if ((text.p[i] == '{') == is_open)
            return "nested curly braces";
        is_open = !is_open;
    }
    return problem ? problem : is_open ? "no matching closing brace" : NULL;
}

/* --- dates --- */

/* Two digits at an offset; -1 when there are none. */
static int two_digits(struct str text, size_t at)
{
    if (at + 2 > text.n || !is_ascii_digit(text.p[at]) || !is_ascii_digit(text.p[at + 1]))
        return -1;
    return (text.p[at] - '0') * 10 + (text.p[at + 1] - '0');
}

static const char *check_date(struct arena *arena, struct str text)
{
    int century = two_digits(text, 0);
    int year = century < 0 ? -1 : two_digits(text, 2);
    int month = two_digits(text, 5);
    int day = two_digits(text, 8);
    bool is_shaped =
        text.n == 10 && year >= 0 && month >= 0 && day >= 0 && text.p[4] == '-' && text.p[7] == '-';
    struct str quoted = quote_go(arena, text);
    if (!is_shaped)
        return str_format(arena, "parsing time %.*s as \"2006-01-02\": cannot parse",
                          STR_ARG(quoted))
            .p;
    if (month < 1 || month > 12)
        return str_format(arena, "parsing time %.*s: month out of range", STR_ARG(quoted)).p;
    if (day < 1 || day > days_in_month(century * 100 + year, month))
        return str_format(arena, "parsing time %.*s: day out of range", STR_ARG(quoted)).p;
    return NULL;
}

/* Minutes east of UTC, in *ret_minutes. */
static const char *check_offset(struct str text, int *ret_minutes)
{
    *ret_minutes = 0;
    if (str_is(text, "z") || str_is(text, "Z"))
        return NULL;
    if (text.n != 6)
        return "offset must be 6 characters long";
    if (text.p[0] != '+' && text.p[0] != '-')
        return "offset must begin with plus/minus";
    if (text.p[3] != ':')
        return "missing colon in offset in correct place";
    int hours = two_digits(text, 1);
    int minutes = two_digits(text, 4);
    if (hours < 0 || minutes < 0)
        return "invalid hour/min in offset";
    if (hours > 23 || minutes > 59)
        return "hour/min in offset out of range";
    *ret_minutes = (hours * 60 + minutes) * (text.p[0] == '-' ? -1 : 1);
    return NULL;
}

static const char *check_time(struct arena *arena, struct str text)
{
    int offset;
    (void)arena;
    if (text.n < 9)
        return "less than 9 characters long";
    if (text.p[2] != ':' || text.p[5] != ':')
        return "missing colon in correct place";
    int hour = two_digits(text, 0);
    int minute = two_digits(text, 3);
    int second = two_digits(text, 6);
    if (hour < 0 || minute < 0 || second < 0)
        return "invalid hour/min/sec";
    if (hour > 23 || minute > 59 || second > 60)
        return "hour/min/sec out of range";
    struct str rest = str_from(text, 8);
    if (rest.p[0] == '.') {
        size_t digits = count_digits(str_from(rest, 1));
        if (!digits)
            return "no digits in second fraction";
        rest = str_from(rest, digits + 1);
    }
    const char *problem = check_offset(rest, &offset);
    int in_utc = (hour * 60 + minute - offset + 24 * 60) % (24 * 60);
    if (!problem && second == 60 && in_utc != 23 * 60 + 59)
        problem = "invalid leap second";
    return problem;
}

static const char *check_date_time(struct arena *arena, struct str text)
{
    if (text.n < 20)
        return "less than 20 characters long";
    if (text.p[10] != 't' && text.p[10] != 'T')
        return "11th character must be t or T";
    const char *problem = check_date(arena, str_slice(text, 0, 10));
    if (problem)
        return prefixed(arena, "invalid date element", problem);
    return prefixed(arena, "invalid time element", check_time(arena, str_from(text, 11)));
}

static const char *check_elements(struct str text, const char *units)
{
    while (text.n) {
        size_t digits = count_digits(text);
        if (!digits)
            return "missing number";
        if (digits == text.n)
            return "missing unit";
        const char *unit = text.p[digits] ? strchr(units, text.p[digits]) : NULL;
        if (!unit)
            return "invalid unit";
        units = unit + 1;
        text = str_from(text, digits + 1);
    }
    return NULL;
}

static const char *check_duration(struct arena *arena, struct str text)
{
    (void)arena;
    if (!str_starts_with(text, STR("P")))
        return "must start with P";
    struct str rest = str_from(text, 1);
    if (!rest.n)
        return "nothing after P";
    if (str_ends_with(rest, STR("W"))) {
        rest.n--;
        return !rest.n ? "no number in week" : count_digits(rest) == rest.n ? NULL : "invalid week";
    }
    const char *problem = check_elements(str_cut(&rest, 'T'), "YMD");
    if (problem || !rest.p)
        return problem;
    return rest.n ? check_elements(rest, "HMS") : "no time elements";
}

static const char *check_period(struct arena *arena, struct str text)
{
    struct str end = text;
    struct str start = str_cut(&end, '/');
    bool starts = str_starts_with(start, STR("P"));
    if (!end.p)
        return "missing slash";
    const char *problem = starts ? check_duration(arena, start) : check_date_time(arena, start);
    if (problem)
        return prefixed(arena, starts ? "invalid start duration" : "invalid start date-time",
                        problem);
    bool ends = !starts && str_starts_with(end, STR("P"));
    return prefixed(arena, ends ? "invalid end duration" : "invalid end date-time",
                    ends ? check_duration(arena, end) : check_date_time(arena, end));
}

static const struct {
    const char *name;
    format_check *check;
} formats[] = {
    {"date", check_date},
    {"date-time", check_date_time},
    {"duration", check_duration},
    {"email", check_email},
    {"hostname", check_hostname},
    {"ipv4", check_ipv4},
    {"ipv6", check_ipv6},
    {"iri", check_uri},
    {"iri-reference", check_uri_reference},
    {"json-pointer", check_json_pointer},
    {"period", check_period},
    {"regex", check_regex},
    {"relative-json-pointer", check_relative_json_pointer},
    {"semver", check_semver},
    {"time", check_time},
    {"uri", check_uri},
    {"uri-reference", check_uri_reference},
    {"uri-template", check_uri_template},
    {"uuid", check_uuid},
};

bool schema_format_holds(struct arena *arena, struct str format, struct str text,
                         struct str *ret_problem)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (!str_is(format, formats[i].name))
            continue;
        *ret_problem = str_from_c(formats[i].check(arena, text));
        return !ret_problem->p;
    }
    return true;
}
