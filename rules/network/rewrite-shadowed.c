#include "engine/engine.h"

/* `rewrite [continue|stop] name [exact|prefix|suffix|substring|regex] FROM TO` of CoreDNS. */
struct rewrite {
    struct str line, how, from;
    bool goes_on;
};
struct rewrite_list {
    struct rewrite *items;
    size_t count, capacity;
};

static struct str next_word(struct str *rest)
{
    *rest = str_trim(*rest);
    size_t end = 0;
    while (end < rest->n && rest->p[end] != ' ' && rest->p[end] != '\t')
        end++;
    struct str word = str_slice(*rest, 0, end);
    *rest = str_from(*rest, end);
    return word;
}

static bool read_rewrite(struct str line, struct rewrite *ret_rewrite)
{
    static const char *const hows[] = {"exact", "prefix", "suffix", "substring", "regex"};
    struct rewrite rewrite = {.line = line, .how = STR("exact")};
    if (!str_is(next_word(&line), "rewrite"))
        return false;
    struct str word = next_word(&line);
    if (str_is(word, "continue") || str_is(word, "stop")) {
        rewrite.goes_on = str_is(word, "continue");
        word = next_word(&line);
    }
    if (!str_is(word, "name"))
        return false;
    word = next_word(&line);
    if (STR_IS_ONE_OF(word, hows)) {
        rewrite.how = word;
        word = next_word(&line);
    }
    rewrite.from = word;
    *ret_rewrite = rewrite;
    return word.n;
}

static bool matches_pattern(struct arena *arena, struct str pattern, struct str name)
{
    struct str problem;
    struct regex_match match;
    struct regex *regex = regex_compile(arena, pattern, &problem);
    bool found =
        regex && regex_find(regex, name, 0, limits_default.regex_steps, &match) == REGEX_FOUND;
    if (regex)
        regex_release(regex);
    return found;
}

/* Names are looked up with their last dot. */
static struct str with_dot(struct arena *arena, struct str name)
{
    return str_ends_with(name, STR(".")) ? name : str_join(arena, name, STR("."));
}

static bool fits(struct arena *arena, const struct rewrite *rewrite, struct str name)
{
    struct str full = with_dot(arena, name);
    if (str_is(rewrite->how, "regex"))
        return matches_pattern(arena, rewrite->from, full);
    if (str_is(rewrite->how, "prefix"))
        return str_starts_with(full, rewrite->from);
    if (str_is(rewrite->how, "suffix"))
        return str_ends_with(full, with_dot(arena, rewrite->from));
    if (str_is(rewrite->how, "substring"))
        return str_contains(full, rewrite->from);
    return str_equal(with_dot(arena, rewrite->from), full);
}

/* Names the line of the file that the field comes from, when it stands there as it is, once. */
static void relate_line(struct pass *pass, const struct object *object, struct str field,
                        struct report *report, const struct rewrite *rewrite, const char *note)
{
    struct cause cause = pass_cause(pass, object, field);
    struct span span = cause_span(&cause);
    const struct file *file = tree_file(pass_tree(pass), span.file);
    size_t at = file ? str_find(file->bytes, rewrite->line) : STR_NOT_FOUND;
    if (at == STR_NOT_FOUND ||
        str_contains(str_from(file->bytes, at + rewrite->line.n), rewrite->line))
        return;
    span.start = (uint32_t)at;
    span.end = (uint32_t)(at + rewrite->line.n);
    report_related(report, span, "%s", note);
}

static void report_hidden(struct pass *pass, const struct object *object, struct str field,
                          const struct rewrite *earlier, const struct rewrite *hidden)
{
    struct report *report = pass_report_field(pass, object, field, "message");
    report_argument(report, "name", hidden->from);
    report_argument(
        report, "earlier",
        str_format(pass_arena(pass), "%.*s %.*s", STR_ARG(earlier->how), STR_ARG(earlier->from)));
    relate_line(pass, object, field, report, hidden, "never applies");
    relate_line(pass, object, field, report, earlier, "stands before it");
}

static void check_text(struct pass *pass, const struct object *object, struct str text,
                       struct str field)
{
    struct rewrite_list list = {0};
    while (text.p) {
        struct rewrite rewrite;
        struct str line = str_trim(str_cut(&text, '\n'));
        /* Another server block has rewrites of its own. */
        if (str_is(line, "}"))
            list.count = 0;
        if (!read_rewrite(line, &rewrite))
            continue;
        for (size_t i = 0; str_is(rewrite.how, "exact") && i < list.count; i++) {
            if (!list.items[i].goes_on && fits(pass_arena(pass), &list.items[i], rewrite.from)) {
                report_hidden(pass, object, field, &list.items[i], &rewrite);
                break;
            }
        }
        vector_push(pass_arena(pass), &list, rewrite);
    }
}

static void check(struct pass *pass, const struct object *object)
{
    const struct yaml_node *data =
        str_is(object->kind, "ConfigMap") ? yaml_value(object->root, "data") : NULL;
    for (size_t i = 0; data && i < yaml_entry_count(data); i++) {
        const struct yaml_entry *entry = &data->map.entries[i];
        struct str text = yaml_text(entry->value);
        if (str_contains(text, STR("rewrite ")))
            check_text(pass, object, text,
                       values_path_key(pass_arena(pass), STR("data"), entry->key));
    }
}

const struct rule_code rule_network_rewrite_shadowed = {.object = check};
