#include "engine/engine.h"

/* A command of a script, continued lines included. */
struct shell_command {
    struct pass *pass;
    const struct file *file;
    struct str text;
    size_t start; /* in the file */
};

static bool is_word_end(char c)
{
    return strchr(" \t\r\n\"'`;|&()<>", c) != NULL;
}

/* The next word behind *position: bytes without blanks and quotes, expressions of workflows whole.
 */
static bool next_word(struct str text, size_t *position, struct str *ret_word)
{
    size_t at = *position;
    while (at < text.n && is_word_end(text.p[at]))
        at++;
    size_t start = at;
    while (at < text.n && !is_word_end(text.p[at])) {
        size_t end = str_find(str_from(text, at), STR("}}"));
        bool is_expression =
            str_starts_with(str_from(text, at), STR("${{")) && end != STR_NOT_FOUND;
        at += is_expression ? end + 2 : 1;
    }
    *position = at;
    *ret_word = str_slice(text, start, at);
    return at > start;
}

static bool is_yaml(struct str word)
{
    return str_ends_with(word, STR(".yaml")) || str_ends_with(word, STR(".yml"));
}

static bool is_name_char(char c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* A variable ($X, ${X}, ${{ x }}) stands for anything within its folder. */
static struct str glob_of(struct arena *arena, struct str path)
{
    struct text glob = {.arena = arena};
    for (size_t i = 0; i < path.n;) {
        struct str rest = str_from(path, i);
        if (path.p[i] != '$') {
            text_add_char(&glob, path.p[i++]);
            continue;
        }
        const char *close = str_starts_with(rest, STR("${{")) ? "}}" : "}";
        size_t end = str_find(rest, str_from_c(close));
        bool is_braced = rest.n > 1 && rest.p[1] == '{' && end != STR_NOT_FOUND;
        size_t length = is_braced ? end + strlen(close) : 1;
        while (!is_braced && length < rest.n && is_name_char(rest.p[length]))
            length++;
        text_add_char(&glob, '*');
        i += length;
    }
    struct str text = text_str(&glob);
    return str_starts_with(text, STR("./")) ? str_from(text, 2) : text;
}

/* --- which flag is written --- */

/* True for the path of a flag, also below other keys. */
static bool is_flag(const struct shutdown_flags *flags, struct str path)
{
    bool found = false;
    for (size_t i = 0; i < flags->known.count && !found; i++) {
        struct str flag = flags->known.items[i];
        bool is_end = str_ends_with(path, flag);
        found = is_end && (path.n == flag.n || path.p[path.n - flag.n - 1] == '.');
    }
    return found;
}

static bool is_key_char(char c)
{
    return c == '.' || c == '-' || is_name_char(c);
}

/* The first path of keys in a word that is a flag's; p == NULL: none. */
static struct str flag_in(const struct shutdown_flags *flags, struct str word)
{
    size_t at = 0;
    while (at < word.n && !is_yaml(word)) {
        size_t end = at;
        while (end < word.n && is_key_char(word.p[end]))
            end++;
        struct str path = str_slice(word, at, end);
        if (str_starts_with(path, STR(".")))
            path = str_from(path, 1);
        if (path.n && is_flag(flags, path))
            return path;
        at = end + 1;
    }
    return (struct str){0};
}

/* --- what it is written to --- */

static struct span span_of(const struct shell_command *command, struct str part)
{
    size_t start = command->start + (size_t)(part.p - command->text.p);
    return (struct span){command->file->id, (uint32_t)start, (uint32_t)(start + part.n)};
}

static bool has_key(struct pass *pass, const struct str_list *paths, struct str flag)
{
    struct arena *arena = pass_arena(pass);
    bool found = false;
    for (size_t i = 0; i < paths->count && !found; i++) {
        const struct file *file = tree_find(pass_tree(pass), paths->items[i]);
        const struct yaml_node *root =
            file ? yaml_root(yaml_parse(arena, file, &limits_default)) : NULL;
        found = root && object_at(root, flag);
    }
    return found;
}

static void check_write(const struct shell_command *command, struct str flag, struct str path)
{
    struct pass *pass = command->pass;
    struct str glob = glob_of(pass_arena(pass), path);
    struct str_list paths = tree_glob(pass_tree(pass), pass_arena(pass), glob);
    bool is_anywhere = str_starts_with(glob, STR("*")) || str_starts_with(glob, STR("/"));
    if (is_anywhere || (paths.count && has_key(pass, &paths, flag)))
        return;
    struct report *report = pass_report(pass, span_of(command, paths.count ? flag : path),
                                        paths.count ? "key" : "path");
    report_argument(report, "path", path);
    report_argument(report, "flag", flag);
    if (paths.count)
        return;
    struct str near = similar_path(glob, pass_paths(pass)->items, pass_paths(pass)->count);
    report_argument(report, "near",
                    near.p ? str_format(pass_arena(pass), ", did you mean %.*s?", STR_ARG(near))
                           : STR(""));
}

static void check_command(const struct shell_command *command)
{
    struct str rest = command->text;
    struct str flag = {0};
    struct str word;
    size_t at = 0;
    bool writes = false;
    if (str_starts_with(str_trim(rest), STR("#")))
        return;
    while (next_word(rest, &at, &word)) {
        bool is_editor = str_is(word, "yq") || str_is(word, "sed");
        bool is_in_place = str_starts_with(word, STR("-i")) || str_is(word, "--inplace") ||
                           str_is(word, "--in-place");
        writes = writes || (is_in_place && !is_editor);
        if (!flag.p)
            flag = flag_in(pass_shutdown_flags(command->pass), word);
        if (writes && flag.p && is_yaml(word))
            check_write(command, flag, word);
    }
}

static bool is_edited(struct str text)
{
    return str_contains(text, STR("yq ")) || str_contains(text, STR("sed "));
}

static void check_file(struct pass *pass, struct str path)
{
    const struct file *file = tree_find(pass_tree(pass), path);
    struct str text = file && file->state == FILE_READ ? file->bytes : STR("");
    for (size_t at = 0; at < text.n;) {
        size_t end = at;
        while (end < text.n && (text.p[end] != '\n' || (end > at && text.p[end - 1] == '\\')))
            end++;
        struct shell_command command = {pass, file, str_slice(text, at, end), at};
        if (is_edited(command.text))
            check_command(&command);
        at = end + 1;
    }
}

static void check(struct pass *pass)
{
    const struct str_list *paths = pass_paths(pass);
    struct str_list globs = pass_option_strings(pass, "files");
    for (size_t i = 0; pass_shutdown_flags(pass)->are_written && i < paths->count; i++) {
        if (glob_match_any(&globs, paths->items[i]))
            check_file(pass, paths->items[i]);
    }
}

const struct rule_code rule_shutdown_workflow_path = {.repository = check};
