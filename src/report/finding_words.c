#include "finding_words.h"

#define RULE_PAGES "https://github.com/ameideio/bulkhead/blob/main/docs/rules/"

struct str finding_path(struct arena *arena, const struct report_input *input,
                        const struct finding *finding)
{
    struct str path = finding->position.path;
    if (!path.n)
        path = input->workspace->config.path;
    return path_join(arena, input->prefix, path.n ? path : STR(".bulkhead.yaml"));
}

uint32_t finding_line(const struct finding *finding)
{
    return finding->position.path.n ? finding->position.line : 1;
}

struct str finding_words(struct arena *arena, struct str prefix, const struct finding *finding)
{
    const struct position *at = &finding->position;
    struct text text = {.arena = arena};
    if (at->path.n)
        text_format(&text, "%.*s:%u:%u: ", STR_ARG(path_join(arena, prefix, at->path)), at->line,
                    at->column);
    text_format(&text, "%s[%.*s] %.*s", severity_name(finding->severity),
                STR_ARG(finding->rule->name), STR_ARG(finding->message));
    return text_str(&text);
}

struct str rule_url(struct arena *arena, const struct rule *rule)
{
    if (!rule->is_built_in)
        return (struct str){0};
    return str_format(arena, RULE_PAGES "%.*s.md", STR_ARG(rule->name));
}

const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}
