#include "address.h"

static bool is_label_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

bool is_dns_label(struct str text)
{
    bool is_label = text.n && text.n <= 63 && text.p[0] != '-' && text.p[text.n - 1] != '-';
    for (size_t i = 0; i < text.n && is_label; i++)
        is_label = is_label_character(text.p[i]);
    return is_label;
}

/* The label that ends at the offset. */
static struct str label_before(struct str text, size_t end)
{
    size_t start = end;
    while (start > 0 && is_label_character(text.p[start - 1]))
        start--;
    return str_slice(text, start, end);
}

static bool is_word_character(char c)
{
    return is_label_character(c) || (c >= 'A' && c <= 'Z') || c == '_';
}

bool cluster_address_next(struct str text, size_t *position, struct cluster_address *ret_address)
{
    const struct str suffix = STR(".svc");
    size_t at;
    while ((at = str_find(str_from(text, *position), suffix)) != STR_NOT_FOUND) {
        size_t dot = *position + at;
        *position = dot + suffix.n;
        struct str namespace = label_before(text, dot);
        size_t start = dot - namespace.n;
        bool is_whole = *position == text.n || !is_word_character(text.p[*position]);
        if (!is_whole || !is_dns_label(namespace) || start < 2 || text.p[start - 1] != '.')
            continue;
        struct str service = label_before(text, start - 1);
        if (is_dns_label(service)) {
            *ret_address = (struct cluster_address){service, namespace, start, dot};
            return true;
        }
    }
    *position = text.n;
    return false;
}

/* Cuts the next word off: blanks, quotes and brackets end it. */
static struct str cut_word(struct str text, size_t *position)
{
    const char *ends = " \t\r\n\"'`,;()[]|&<>";
    while (*position < text.n && strchr(ends, text.p[*position]))
        (*position)++;
    size_t start = *position;
    while (*position < text.n && !strchr(ends, text.p[*position]))
        (*position)++;
    return str_slice(text, start, *position);
}

bool command_namespace_next(struct str text, size_t *position, struct str *ret_namespace)
{
    static const char *const names[] = {"kubectl", "helm"};
    const struct str option = STR("--namespace=");
    bool is_command = *position > 0; /* a namespace was found before */
    while (*position < text.n) {
        struct str word = cut_word(text, position);
        struct str found = STR("");
        is_command = is_command || STR_IS_ONE_OF(word, names);
        if (str_is(word, "-n") || str_is(word, "--namespace"))
            found = cut_word(text, position);
        else if (str_starts_with(word, option))
            found = str_from(word, option.n);
        if (is_command && is_dns_label(found)) {
            *ret_namespace = found;
            return true;
        }
    }
    return false;
}
