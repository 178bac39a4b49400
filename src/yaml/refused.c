#include <math.h>

#include "private.h"

size_t refused_escape(struct str bytes, struct span span)
{
    for (size_t at = span.start; at + 1 < span.end; at++) {
        if (bytes.p[at] == '\\' && bytes.p[++at] == '/')
            return at - 1;
    }
    return span.end;
}

size_t refused_mark(struct str bytes)
{
    size_t at = str_find(bytes, STR("\n\xEF\xBB\xBF"));
    return at == STR_NOT_FOUND ? bytes.n : at + 1;
}

size_t refused_directive(struct str bytes)
{
    enum { MOST_DIRECTIVES = 500 };
    unsigned count = 0;
    for (size_t at = 0; at < bytes.n; at++) {
        size_t found = str_find(str_from(bytes, at), STR("%TAG"));
        if (found == STR_NOT_FOUND)
            break;
        at += found;
        count += at == 0 || is_break(bytes.p[at - 1]);
        if (count > MOST_DIRECTIVES)
            return at;
    }
    return bytes.n;
}

const struct yaml_node *refused_number(const struct yaml_node *node)
{
    if (node->kind == YAML_NUMBER)
        return isfinite(node->number) ? NULL : node;
    const struct yaml_node *found = NULL;
    for (size_t i = 0; node->kind == YAML_LIST && i < node->list.count && !found; i++)
        found = refused_number(node->list.items[i]);
    for (size_t i = 0; node->kind == YAML_MAP && i < node->map.count && !found; i++)
        found = refused_number(node->map.entries[i].value);
    return found;
}
