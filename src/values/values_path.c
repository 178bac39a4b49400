#include "values_path.h"

struct str values_path_key(struct arena *arena, struct str path, struct str key)
{
    struct text text = {.arena = arena};
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

static struct str cut_key(struct arena *arena, struct str *rest)
{
    struct text key = {.arena = arena};
    size_t i = 0;
    for (; i < rest->n && rest->p[i] != '.' && rest->p[i] != '['; i++) {
        if (rest->p[i] == '\\' && i + 1 < rest->n)
            i++;
        text_add_char(&key, rest->p[i]);
    }
    *rest = str_from(*rest, i);
    return text_str(&key);
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
