#include "finding_words.h"
#include "writers.h"

enum { MOST_RELATED = 6, MOST_RELEASES = 4, LONGEST_LINE = 160 };

struct style {
    const char *bold, *red, *yellow, *blue, *dim, *off;
};

static struct style style_of(const struct report_input *input)
{
    static const struct style colored = {"\x1b[1m",    "\x1b[1;31m", "\x1b[1;33m",
                                         "\x1b[1;34m", "\x1b[2m",    "\x1b[0m"};
    static const struct style plain = {"", "", "", "", "", ""};
    return input->color ? colored : plain;
}

static const char *severity_color(const struct style *style, enum severity severity)
{
    return severity == SEVERITY_ERROR     ? style->red
           : severity == SEVERITY_WARNING ? style->yellow
                                          : style->blue;
}

static void add_place(struct text *out, const struct position *at)
{
    if (at->path.n)
        text_format(out, "%.*s:%u:%u", STR_ARG(at->path), at->line, at->column);
    else
        text_add_c(out, "(repository)");
}

/* The rule's name, which leads to its page. */
static void add_rule(struct text *out, const struct report_input *input, const struct rule *rule)
{
    struct str url = input->hyperlinks ? rule_url(out->arena, rule) : (struct str){0};
    if (url.p)
        text_format(out, "\x1b]8;;%.*s\x1b\\", STR_ARG(url));
    text_add(out, rule->name);
    text_add_c(out, url.p ? "\x1b]8;;\x1b\\" : "");
}

static void add_head(struct text *out, const struct style *style, const struct report_input *input,
                     const struct finding *finding)
{
    text_add_c(out, style->bold);
    add_place(out, &finding->position);
    text_format(out, ":%s %s%s%s[", style->off, severity_color(style, finding->severity),
                severity_name(finding->severity), style->off);
    add_rule(out, input, finding->rule);
    text_format(out, "] %.*s\n", STR_ARG(finding->message));
}

/* Blanks as wide as the text, tabs kept, so that what follows stands below the same column. */
static void add_blank_copy(struct text *out, struct str s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t code_point;
        text_add_char(out, s.p[i] == '\t' ? '\t' : ' ');
        i += utf8_decode(str_from(s, i), &code_point);
    }
}

/* The source line with a mark below what is meant. */
static void add_source(struct text *out, const struct style *style, struct tree *tree,
                       const struct finding *finding)
{
    const struct file *file = tree_file(tree, finding->span.file);
    if (!file)
        return;
    struct str line = file_line(file, finding->position.line);
    if (!str_trim(line).n || line.n > LONGEST_LINE || utf8_find_invalid(line) != STR_NOT_FOUND)
        return;
    size_t start = finding->span.start - file->line_starts[finding->position.line - 1];
    bool one_line = finding->position.end_line == finding->position.line;
    size_t end = one_line ? start + (finding->span.end - finding->span.start) : line.n;
    size_t width = utf8_length(str_slice(line, start, end));
    text_format(out, "  %s|%s %.*s\n  %s|%s ", style->dim, style->off, STR_ARG(line), style->dim,
                style->off);
    add_blank_copy(out, str_slice(line, 0, start));
    text_format(out, "%s^", severity_color(style, finding->severity));
    text_add_repeated(out, '~', width > 1 ? width - 1 : 0);
    text_format(out, "%s\n", style->off);
}

static void add_note(struct text *out, const struct style *style)
{
    text_format(out, "  %snote:%s ", style->blue, style->off);
}

static void add_related(struct text *out, const struct style *style,
                        const struct report_input *input, const struct finding *finding)
{
    size_t shown = finding->related_count;
    if (!input->verbose && shown > MOST_RELATED)
        shown = MOST_RELATED - 1;
    for (size_t i = 0; i < shown; i++) {
        const struct finding_related *related = &finding->related[i];
        struct position at = tree_position(input->workspace->tree, related->span);
        add_note(out, style);
        add_place(out, &at);
        text_format(out, ": %.*s\n", STR_ARG(related->message));
    }
    if (shown < finding->related_count) {
        add_note(out, style);
        text_format(out, "and %zu more places (--verbose shows them)\n",
                    finding->related_count - shown);
    }
}

static void add_releases(struct text *out, const struct style *style,
                         const struct report_input *input, const struct finding *finding)
{
    if (!finding->release_count)
        return;
    size_t shown = finding->release_count;
    if (!input->verbose && shown > MOST_RELEASES)
        shown = MOST_RELEASES - 1;
    add_note(out, style);
    text_add_c(out, finding->release_count == 1 ? "release " : "releases ");
    for (size_t i = 0; i < shown; i++)
        text_format(out, "%s%.*s", i ? ", " : "", STR_ARG(finding->releases[i]->name));
    if (shown < finding->release_count)
        text_format(out, " and %zu more", finding->release_count - shown);
    text_add_char(out, '\n');
}

static struct str first_sentence(struct str text)
{
    size_t end = str_find(text, STR(". "));
    size_t line_end = str_find(text, STR(".\n"));
    end = end < line_end ? end : line_end;
    return str_trim(str_slice(text, 0, end));
}

static void add_help(struct text *out, const struct style *style, const struct finding *finding)
{
    struct str help = first_sentence(finding->rule->fix);
    text_format(out, "  %shelp:%s ", style->blue, style->off);
    text_add(out, str_replace(out->arena, help, STR("\n"), STR(" ")));
    text_add_char(out, '\n');
}

static void add_summary(struct text *out, const struct style *style,
                        const struct report_input *input)
{
    const struct run_result *result = input->result;
    size_t found = result->findings.count;
    if (found)
        text_format(out, "%s%zu finding%s%s (%zu error%s, %zu warning%s, %zu info%s)", style->bold,
                    found, plural(found), style->off, result->errors, plural(result->errors),
                    result->warnings, plural(result->warnings), result->infos,
                    plural(result->infos));
    else
        text_format(out, "%sno findings%s", style->bold, style->off);
    if (result->suppressed)
        text_format(out, ", %zu suppressed", result->suppressed);
    if (result->in_baseline)
        text_format(out, ", %zu in the baseline", result->in_baseline);
    text_format(out,
                " in %zu environment%s, %zu application%s, %zu release%s, %zu file%s; %.0f ms\n",
                result->environments, plural(result->environments), result->applications,
                plural(result->applications), result->releases, plural(result->releases),
                result->files, plural(result->files), input->milliseconds);
}

static void add_statistics(struct text *out, const struct report_input *input)
{
    const struct rule_set *rules = &input->workspace->rules;
    for (size_t i = 0; i < rules->count; i++) {
        size_t count = 0;
        for (size_t k = 0; k < input->result->findings.count; k++)
            count += input->result->findings.items[k].rule == &rules->items[i];
        if (count)
            text_format(out, "%7zu  %.*s\n", count, STR_ARG(rules->items[i].name));
    }
}

void report_text_finding(struct text *out, const struct report_input *input,
                         const struct finding *finding)
{
    struct style style = style_of(input);
    add_head(out, &style, input, finding);
    add_source(out, &style, input->workspace->tree, finding);
    add_related(out, &style, input, finding);
    add_releases(out, &style, input, finding);
    add_help(out, &style, finding);
    text_add_char(out, '\n');
}

void report_text(struct text *out, const struct report_input *input)
{
    struct style style = style_of(input);
    for (size_t i = 0; i < input->result->findings.count; i++)
        report_text_finding(out, input, &input->result->findings.items[i]);
    if (input->statistics)
        add_statistics(out, input);
    add_summary(out, &style, input);
}
