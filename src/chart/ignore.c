#include "ignore.h"

struct ignore_rule {
    struct str pattern;
    bool is_negated, only_directories;
    bool only_name; /* without "/" a pattern is for the last name of a path */
};
struct ignore_rules {
    VECTOR(struct ignore_rule) rules;
};

static size_t take_character(struct str *pattern, uint32_t *ret_character)
{
    if (pattern->n && pattern->p[0] == '\\')
        *pattern = str_from(*pattern, 1);
    if (!pattern->n)
        return 0;
    size_t length = utf8_decode(*pattern, ret_character);
    *pattern = str_from(*pattern, length);
    return length;
}

/* A class behind its "[". */
static bool match_class(struct str *pattern, uint32_t character, bool *ret_matches)
{
    bool is_negated = pattern->n && pattern->p[0] == '^';
    bool found = false;
    if (is_negated)
        *pattern = str_from(*pattern, 1);
    for (size_t count = 0; pattern->n; count++) {
        uint32_t low;
        uint32_t high;
        if (pattern->p[0] == ']' && count) {
            *pattern = str_from(*pattern, 1);
            *ret_matches = found != is_negated;
            return true;
        }
        if (pattern->p[0] == '-' || pattern->p[0] == ']' || !take_character(pattern, &low))
            return false;
        high = low;
        if (pattern->n && pattern->p[0] == '-') {
            *pattern = str_from(*pattern, 1);
            if (!pattern->n || pattern->p[0] == '-' || pattern->p[0] == ']' ||
                !take_character(pattern, &high))
                return false;
        }
        found |= character >= low && character <= high;
    }
    return false;
}

/* One step that is no "*"; false when it does not match. */
static bool match_one(struct str *pattern, struct str *name)
{
    uint32_t character;
    uint32_t wanted;
    bool matches;
    if (!name->n)
        return false;
    *name = str_from(*name, utf8_decode(*name, &character));
    switch (pattern->p[0]) {
    case '?':
        *pattern = str_from(*pattern, 1);
        return character != '/';
    case '[':
        *pattern = str_from(*pattern, 1);
        return match_class(pattern, character, &matches) && matches;
    default:
        return take_character(pattern, &wanted) && wanted == character;
    }
}

bool go_path_match(struct str pattern, struct str name)
{
    struct str star_pattern = {0};
    struct str star_name = {0};
    for (;;) {
        if (pattern.n && pattern.p[0] == '*') {
            pattern = str_from(pattern, 1);
            star_pattern = pattern.n ? pattern : STR("");
            star_name = name.n ? name : STR("");
            continue;
        }
        if (!pattern.n && !name.n)
            return true;
        if (pattern.n && match_one(&pattern, &name))
            continue;
        if (!star_pattern.p || !star_name.n || star_name.p[0] == '/')
            return false;
        star_name = str_from(star_name, 1);
        pattern = star_pattern;
        name = star_name;
    }
}

/* True when brackets are closed and the last character is no lone "\". */
static bool is_pattern(struct str pattern)
{
    while (pattern.n) {
        bool matches;
        char c = pattern.p[0];
        pattern = str_from(pattern, 1);
        if ((c == '\\' && !pattern.n) || (c == '[' && !match_class(&pattern, 0, &matches)))
            return false;
        if (c == '\\')
            pattern = str_from(pattern, 1);
    }
    return true;
}

static bool add_rule(struct arena *arena, struct ignore_rules *rules, struct str line)
{
    line = str_trim(line);
    if (!line.n || line.p[0] == '#')
        return true;
    if (str_contains(line, STR("**")) || !is_pattern(line))
        return false;
    struct ignore_rule rule = {0};
    if (line.p[0] == '!') {
        rule.is_negated = true;
        line = str_from(line, 1);
    }
    if (str_ends_with(line, STR("/"))) {
        rule.only_directories = true;
        line.n--;
    }
    rule.only_name = str_find_char(line, '/') == STR_NOT_FOUND;
    rule.pattern = str_starts_with(line, STR("/")) ? str_from(line, 1) : line;
    vector_push(arena, &rules->rules, rule);
    return true;
}

const struct ignore_rules *ignore_parse(struct arena *arena, struct str text, struct str *ret_line)
{
    struct ignore_rules *rules = arena_make(arena, struct ignore_rules);
    while (text.p && text.n) {
        struct str line = str_cut(&text, '\n');
        if (!add_rule(arena, rules, line)) {
            *ret_line = str_trim(line);
            return NULL;
        }
    }
    add_rule(arena, rules, STR("templates/.?*"));
    return rules;
}

static bool is_ignored(const struct ignore_rules *rules, struct str path, bool is_directory)
{
    for (size_t i = 0; i < rules->rules.count; i++) {
        const struct ignore_rule *rule = &rules->rules.items[i];
        struct str name = rule->only_name ? path_name(path) : path;
        if (rule->is_negated &&
            ((rule->only_directories && !is_directory) || !go_path_match(rule->pattern, name)))
            return true;
        if (!rule->is_negated && (!rule->only_directories || is_directory) &&
            go_path_match(rule->pattern, name))
            return true;
    }
    return false;
}

bool ignore_has(const struct ignore_rules *rules, struct str path)
{
    for (size_t i = 0; i < path.n; i++) {
        if (path.p[i] == '/' && is_ignored(rules, str_slice(path, 0, i), true))
            return true;
    }
    return is_ignored(rules, path, false);
}
