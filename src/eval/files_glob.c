#include "files_glob.h"

static bool match(struct str pattern, struct str name, struct str behind);

/* "[…]" at the start: takes it off. */
static bool match_class(struct str *pattern, uint32_t character)
{
    size_t end = str_find_char(*pattern, ']');
    if (end == STR_NOT_FOUND)
        return false;
    struct str class = str_slice(*pattern, 1, end);
    *pattern = str_from(*pattern, end + 1);
    bool is_negated = class.n && class.p[0] == '!';
    bool found = false;
    if (is_negated)
        class = str_from(class, 1);
    while (class.n) {
        uint32_t low;
        uint32_t high;
        class = str_from(class, utf8_decode(class, &low));
        high = low;
        if (class.n >= 2 && class.p[0] == '-') {
            class = str_from(class, 1);
            class = str_from(class, utf8_decode(class, &high));
        }
        found |= character >= low && character <= high;
    }
    return found != is_negated;
}

/* "*" and "**" at the start. */
static bool match_star(struct str pattern, struct str name, struct str behind)
{
    bool crosses = str_starts_with(pattern, STR("**"));
    pattern = str_from(pattern, crosses ? 2 : 1);
    for (size_t i = 0;; i++) {
        if (match(pattern, str_from(name, i), behind))
            return true;
        if (i == name.n || (name.p[i] == '/' && !crosses))
            return false;
    }
}

/* "{a,b}" at the start: one of them, then the rest. */
static bool match_alternatives(struct str pattern, struct str name, struct str behind)
{
    size_t end = str_find_char(pattern, '}');
    if (end == STR_NOT_FOUND || behind.n)
        return false;
    struct str alternatives = str_slice(pattern, 1, end);
    struct str rest = str_from(pattern, end + 1);
    while (alternatives.p) {
        if (match(str_cut(&alternatives, ','), name, rest))
            return true;
    }
    return false;
}

/* The pattern, and behind it another one. */
static bool match(struct str pattern, struct str name, struct str behind)
{
    while (pattern.n || behind.n) {
        uint32_t wanted;
        uint32_t character;
        if (!pattern.n) {
            pattern = behind;
            behind = STR("");
        }
        if (pattern.p[0] == '*')
            return match_star(pattern, name, behind);
        if (pattern.p[0] == '{')
            return match_alternatives(pattern, name, behind);
        if (!name.n)
            return false;
        name = str_from(name, utf8_decode(name, &character));
        if (pattern.p[0] == '[') {
            if (!match_class(&pattern, character))
                return false;
            continue;
        }
        bool is_any = pattern.p[0] == '?';
        if (pattern.p[0] == '\\' && pattern.n > 1)
            pattern = str_from(pattern, 1);
        pattern = str_from(pattern, utf8_decode(pattern, &wanted));
        if (is_any ? character == '/' : character != wanted)
            return false;
    }
    return !name.n;
}

bool files_glob_match(struct str pattern, struct str name)
{
    return match(pattern, name, STR(""));
}
