#include "path.h"

#include "text.h"
#include "vector.h"

struct str path_directory(struct str path)
{
    size_t at = str_find_last_char(path, '/');
    return at == STR_NOT_FOUND ? (struct str){path.p, 0} : str_slice(path, 0, at);
}

struct str path_name(struct str path)
{
    size_t at = str_find_last_char(path, '/');
    return at == STR_NOT_FOUND ? path : str_from(path, at + 1);
}

struct str path_stem(struct str path)
{
    struct str name = path_name(path);
    size_t at = str_find_last_char(name, '.');
    return at == STR_NOT_FOUND || at == 0 ? name : str_slice(name, 0, at);
}

struct str path_join(struct arena *arena, struct str directory, struct str path)
{
    if (!directory.n)
        return path;
    if (!path.n)
        return directory;
    return str_format(arena, "%.*s/%.*s", STR_ARG(directory), STR_ARG(path));
}

struct str path_clean(struct arena *arena, struct str path)
{
    struct str_list names = {0};
    struct str rest = path.p ? path : STR("");
    while (rest.p) {
        struct str name = str_cut(&rest, '/');
        if (str_is(name, "..")) {
            if (names.count == 0)
                return (struct str){0};
            names.count--;
        } else if (name.n && !str_is(name, ".")) {
            vector_push(arena, &names, name);
        }
    }
    return str_list_join(arena, &names, STR("/"));
}

bool path_is_below(struct str path, struct str directory)
{
    if (!directory.n)
        return true;
    return str_starts_with(path, directory) &&
           (path.n == directory.n || path.p[directory.n] == '/');
}

bool path_is_yaml(struct str path)
{
    return str_ends_with(path, STR(".yaml")) || str_ends_with(path, STR(".yml"));
}

bool glob_is_pattern(struct str pattern)
{
    for (size_t i = 0; i < pattern.n; i++) {
        if (strchr("*?[{", pattern.p[i]))
            return true;
    }
    return false;
}

/* One bracket expression at the start of pattern against c: its length, or 0 when it is not closed
 * and "[" stands for itself. */
static size_t match_bracket(struct str pattern, char c, bool *ret_matches)
{
    size_t i = 1;
    bool negated = i < pattern.n && (pattern.p[i] == '!' || pattern.p[i] == '^');
    if (negated)
        i++;
    bool matches = false;
    for (size_t first = i; i < pattern.n && (pattern.p[i] != ']' || i == first); i++) {
        char from = pattern.p[i];
        char to = from;
        if (i + 2 < pattern.n && pattern.p[i + 1] == '-' && pattern.p[i + 2] != ']') {
            to = pattern.p[i + 2];
            i += 2;
        }
        if (c >= from && c <= to)
            matches = true;
    }
    if (i >= pattern.n)
        return 0;
    *ret_matches = matches != negated && c != '/';
    return i + 1;
}

/* The steps that are left are shared by all alternatives and stars of one match, so that a hostile
 * pattern ends instead of taking for ever. */
struct glob_budget {
    unsigned steps;
    unsigned depth;
};

static bool match(struct str pattern, struct str path, struct glob_budget *budget);

/* The end of the braces that open at pattern.p[0], or 0 when they are not closed. */
static size_t braces_end(struct str pattern)
{
    unsigned depth = 0;
    for (size_t i = 0; i < pattern.n; i++) {
        if (pattern.p[i] == '{')
            depth++;
        else if (pattern.p[i] == '}' && --depth == 0)
            return i;
    }
    return 0;
}

static bool match_braces(struct str pattern, size_t end, struct str path,
                         struct glob_budget *budget)
{
    struct str rest = str_from(pattern, end + 1);
    unsigned depth = 0;
    size_t start = 1;
    for (size_t i = 1; i <= end; i++) {
        char c = pattern.p[i];
        if (c == '{')
            depth++;
        else if (c == '}' && i < end)
            depth--;
        if ((c != ',' || depth) && i != end)
            continue;
        char joined[1024];
        struct str alternative = str_slice(pattern, start, i);
        start = i + 1;
        if (alternative.n + rest.n > sizeof joined)
            continue;
        memcpy(joined, alternative.p, alternative.n);
        memcpy(joined + alternative.n, rest.p, rest.n);
        if (match((struct str){joined, alternative.n + rest.n}, path, budget))
            return true;
    }
    return false;
}

static bool match_stars(struct str pattern, struct str path, struct glob_budget *budget)
{
    bool crosses = pattern.n > 1 && pattern.p[1] == '*';
    struct str rest = str_from(pattern, crosses ? 2 : 1);
    /* A "**" and its slash together may stand for no folder at all. */
    if (crosses && rest.n && rest.p[0] == '/' && match(str_from(rest, 1), path, budget))
        return true;
    for (size_t i = 0;; i++) {
        if (match(rest, str_from(path, i), budget))
            return true;
        if (i >= path.n || (!crosses && path.p[i] == '/'))
            return false;
    }
}

static bool match_here(struct str pattern, struct str path, struct glob_budget *budget)
{
    while (pattern.n) {
        char c = pattern.p[0];
        if (c == '*')
            return match_stars(pattern, path, budget);
        size_t end = c == '{' ? braces_end(pattern) : 0;
        if (end)
            return match_braces(pattern, end, path, budget);
        if (!path.n)
            return false;
        size_t length = 1;
        bool matches = c == path.p[0] || (c == '?' && path.p[0] != '/');
        if (c == '[') {
            size_t bracket = match_bracket(pattern, path.p[0], &matches);
            length = bracket ? bracket : 1;
        }
        if (!matches)
            return false;
        pattern = str_from(pattern, length);
        path = str_from(path, 1);
    }
    return path.n == 0;
}

static bool match(struct str pattern, struct str path, struct glob_budget *budget)
{
    enum { DEEPEST = 200 };
    if (budget->steps == 0 || budget->depth > DEEPEST)
        return false;
    budget->steps--;
    budget->depth++;
    bool matches = match_here(pattern, path, budget);
    budget->depth--;
    return matches;
}

bool glob_match(struct str pattern, struct str path)
{
    struct glob_budget budget = {.steps = 100 * 1000};
    return match(pattern, path, &budget);
}

bool glob_match_any(const struct str_list *globs, struct str path)
{
    for (size_t i = 0; i < globs->count; i++) {
        if (glob_match(globs->items[i], path))
            return true;
    }
    return false;
}
