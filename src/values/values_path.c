#include "values_path.h"

struct str values_path_key(struct arena *arena, struct str path, struct str key)
{
    struct text text = {.arena = arena};
    text_reserve(&text, path.n + 1 + key.n);
    text_add(&text, path);
    if (path.n)
        text_add_char(&text, '.');
    for (size_t i = 0; i < key.n; i++) {
        if (strchr(".[]\\", key.p[i]))
            text_add_char(&text, '\\');
        text_add_char(&text, key.p[i]);
    }
    return text_str(&text);
}

struct str values_path_index(struct arena *arena, struct str path, size_t index)
{
    return str_format(arena, "%.*s[%zu]", STR_ARG(path), index);
}

/* Reads "[12]" at the start of rest; false when it is no index. */
static bool cut_index(struct str *rest, size_t *ret_index)
{
    size_t end = str_find_char(*rest, ']');
    if (rest->p[0] != '[' || end == STR_NOT_FOUND || end == 1 || end > 10)
        return false;
    size_t index = 0;
    for (size_t i = 1; i < end; i++) {
        if (rest->p[i] < '0' || rest->p[i] > '9')
            return false;
        index = index * 10 + (size_t)(rest->p[i] - '0');
    }
    *ret_index = index;
    *rest = str_from(*rest, end + 1);
    return true;
}

/* Where the key at the start of the path ends; *ret_is_escaped: a backslash stands in it. */
static size_t key_end(struct str path, bool *ret_is_escaped)
{
    size_t i = 0;
    *ret_is_escaped = false;
    for (; i < path.n && path.p[i] != '.' && path.p[i] != '['; i++) {
        if (path.p[i] == '\\' && i + 1 < path.n) {
            *ret_is_escaped = true;
            i++;
        }
    }
    return i;
}

static struct str unescape(struct arena *arena, struct str written)
{
    struct text key = {.arena = arena};
    for (size_t i = 0; i < written.n; i++) {
        if (written.p[i] == '\\' && i + 1 < written.n)
            i++;
        text_add_char(&key, written.p[i]);
    }
    return text_str(&key);
}

static struct str cut_key(struct arena *arena, struct str *rest)
{
    bool is_escaped;
    size_t end = key_end(*rest, &is_escaped);
    struct str written = str_slice(*rest, 0, end);
    *rest = str_from(*rest, end);
    return is_escaped ? unescape(arena, written) : written;
}

struct values_step_list values_path_parse(struct arena *arena, struct str path)
{
    struct values_step_list steps = {0};
    while (path.n) {
        struct values_step step = {0};
        if (cut_index(&path, &step.index))
            step.is_index = true;
        else
            step.key = cut_key(arena, &path);
        vector_push(arena, &steps, step);
        /* A bracket that opens no index stands for nothing. */
        bool stray = path.n && path.p[0] == '[' && !step.is_index && !step.key.n;
        if (stray || (path.n && path.p[0] == '.'))
            path = str_from(path, 1);
    }
    return steps;
}
