#include "engine/engine.h"

static bool is_label_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

/* A label behind the offset; its end. */
static size_t skip_label(struct str text, size_t at)
{
    while (at < text.n && is_label_character(text.p[at]))
        at++;
    return at;
}

/* What may follow a host where it cannot be the end of a sentence. */
static bool goes_on(struct str text, size_t at, bool is_whole)
{
    return at == text.n ? is_whole : strchr("/:?", text.p[at]) != NULL;
}

/* The end of a host that lacks a part: "auth." and ".shop.example" are surely wrong, a host that is
 * not there only when it was to be filled in. 0: there is nothing wrong. */
static size_t find_gap(struct str text, size_t host, bool is_whole, bool *ret_is_sure)
{
    size_t end = skip_label(text, host);
    bool is_empty = end == host;
    bool has_dot = end < text.n && text.p[end] == '.';
    *ret_is_sure = !is_empty || has_dot;
    if (is_empty && has_dot)
        return skip_label(text, end + 1) > end + 1 ? end : 0;
    if (is_empty)
        return goes_on(text, end, is_whole) ? end : 0;
    return has_dot && goes_on(text, end + 1, is_whole) ? end + 1 : 0;
}

/* True when the part and what follows it stand so in a value or a template: nothing was to be
 * filled in between. */
static bool is_literal(struct pass *pass, const struct cause *cause, struct str part,
                       struct str whole)
{
    for (size_t i = 0; i < cause->places.count; i++) {
        if (str_contains(yaml_text(cause->places.items[i].value.node), whole))
            return true;
    }
    bool is_text = cause->kind == CAUSE_TEMPLATE && cause->steps.count;
    /* The text of a template ends where the next action begins. */
    return is_text && pass_text(pass, cause->steps.items[0].span).n > part.n;
}

/* The gap is at the end of the part; `whole` goes one character on. */
static void check_gap(struct pass *pass, const struct object_text *text, struct str part,
                      struct str whole, bool is_sure)
{
    struct str field = layer_value_path(pass_arena(pass), text->value);
    struct text_part before = text_part_of(text->text, part);
    struct cause cause = pass_cause_of(pass, text->object, field, before);
    if (cause.kind == CAUSE_UNKNOWN || (!is_sure && is_literal(pass, &cause, part, whole)))
        return;
    struct report *report = pass_report_text(pass, text->object, field, before, "message");
    report_argument(report, "whole", whole);
    /* Whoever deploys it may give values that no file of the repository holds. */
    if (pass_model(pass)->detected)
        report_severity(report, SEVERITY_WARNING);
}

/* Where nobody says which namespace a release goes to, its name is missing in those of Services. */
static bool lacks_only_namespace(const struct object *object, struct str host)
{
    return !object->release->namespace.n && host.n && str_ends_with(host, STR("."));
}

/* Addresses with "http://" and "https://". */
static void check_addresses(struct pass *pass, const struct object_text *text)
{
    const struct str separator = STR("://");
    struct str all = text->text;
    size_t found;
    for (size_t at = 0; (found = str_find(str_from(all, at), separator)) != STR_NOT_FOUND;) {
        size_t host = at + found + separator.n;
        size_t start = at + found;
        while (start > 0 && is_label_character(all.p[start - 1]))
            start--;
        struct str scheme = str_slice(all, start, at + found);
        bool is_sure = false;
        size_t gap = str_is(scheme, "http") || str_is(scheme, "https")
                         ? find_gap(all, host, start == 0, &is_sure)
                         : 0;
        size_t shown = gap + 1 + (gap == host && is_sure);
        bool is_told = !gap || !lacks_only_namespace(text->object, str_slice(all, host, gap));
        if (gap && is_told && !text_is_comment(all, start))
            check_gap(pass, text, str_slice(all, start, gap), str_slice(all, start, shown),
                      is_sure);
        at = host;
    }
}

/* href="//login": the host before the path is missing, and the path is taken for the host. */
static void check_links(struct pass *pass, const struct object_text *text)
{
    static const char *const attributes[] = {"href=\"//", "src=\"//", "action=\"//"};
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        struct str attribute = str_from_c(attributes[i]);
        size_t at = str_find(text->text, attribute);
        if (at == STR_NOT_FOUND)
            continue;
        size_t end = skip_label(text->text, at + attribute.n);
        struct str label = str_slice(text->text, at + attribute.n, end);
        bool is_path = label.n && end < text->text.n && strchr("/\"", text->text.p[end]);
        if (is_path && !str_is(label, "localhost"))
            check_gap(pass, text, str_slice(text->text, at, at + attribute.n - 1),
                      str_slice(text->text, at, end + 1), true);
    }
}

static void visit_text(void *context, const struct object_text *text)
{
    struct pass *pass = context;
    check_addresses(pass, text);
    check_links(pass, text);
}

static void check(struct pass *pass, const struct object *object)
{
    object_texts_walk(object, visit_text, pass);
}

const struct rule_code rule_objects_empty_host = {.object = check};
