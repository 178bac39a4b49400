#include "quantity.h"

#include <math.h>
#include <stdlib.h>

/* What a quantity's suffix multiplies by, as in Kubernetes; NAN when it is none. */
static double factor(struct str suffix)
{
    static const struct {
        const char *suffix;
        double factor;
    } known[] = {
        {"", 1},
        {"m", 1e-3},
        {"k", 1e3},
        {"M", 1e6},
        {"G", 1e9},
        {"T", 1e12},
        {"P", 1e15},
        {"Ki", 1024},
        {"Mi", 1048576},
        {"Gi", 1073741824.0},
        {"Ti", 1099511627776.0},
        {"Pi", 1125899906842624.0},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (str_is(suffix, known[i].suffix))
            return known[i].factor;
    }
    return NAN;
}

double quantity_of(struct arena *arena, const struct yaml_node *node)
{
    if (!node || (node->kind != YAML_NUMBER && node->kind != YAML_STRING))
        return NAN;
    if (node->kind == YAML_NUMBER)
        return node->number;
    char *end = NULL;
    const char *text = str_to_c(arena, str_trim(node->text));
    double value = strtod(text, &end);
    return end == text ? NAN : value * factor(str_from_c(end));
}
