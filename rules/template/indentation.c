#include "engine/engine.h"

/* Reads a template line by line, as YAML with holes. */
struct reading {
    struct pass *pass;
    const struct chart_file *file;
    size_t text_column; /* of the key whose block scalar is being read; NO_TEXT: none is */
    bool is_moved;      /* an action trims what stands in front of the line */
    bool is_comment;    /* within one that has several lines */
};
#define NO_TEXT SIZE_MAX

/* A line `key: {{ … | nindent 4 }}`. */
struct moved {
    struct str key;
    size_t column; /* of the key */
    struct str number;
    size_t indent;
};

static size_t count_blanks(struct str line)
{
    size_t count = 0;
    while (count < line.n && line.p[count] == ' ')
        count++;
    return count;
}

/* Where the content of the line begins, behind the dashes of items. */
static size_t content_column(struct str line)
{
    size_t column = count_blanks(line);
    while (str_starts_with(str_from(line, column), STR("- "))) {
        column += 2;
        column += count_blanks(str_from(line, column));
    }
    return column;
}

/* The number at the end of an action that ends in `| nindent NUMBER`; empty: it does not. */
static struct str last_nindent(struct str action)
{
    size_t bar = str_find_last_char(action, '|');
    struct str last = bar == STR_NOT_FOUND ? STR("") : str_trim(str_from(action, bar + 1));
    if (!str_starts_with(last, STR("nindent ")))
        return STR("");
    return str_trim(str_from(last, STR("nindent ").n));
}

static bool read_moved(struct str line, struct moved *ret_moved)
{
    size_t column = content_column(line);
    struct str rest = str_trim(str_from(line, column));
    size_t colon = str_find_char(rest, ':');
    struct str value = colon == STR_NOT_FOUND ? STR("") : str_trim(str_from(rest, colon + 1));
    if (!str_starts_with(value, STR("{{")) || !str_ends_with(value, STR("}}")) ||
        str_contains(str_slice(rest, 0, colon), STR("{{")) || str_contains(rest, STR("#")))
        return false;
    struct str action = str_slice(value, 2, value.n - 2);
    if (str_ends_with(action, STR("-")))
        action = str_slice(action, 0, action.n - 1);
    uint64_t indent;
    struct str number = last_nindent(action);
    struct str digits = number;
    bool is_number = number.n && parse_go_uint(digits, 10, &indent);
    if (!is_number || str_contains(action, STR("}}")))
        return false;
    *ret_moved = (struct moved){str_slice(rest, 0, colon), column, number, (size_t)indent};
    return true;
}

static bool opens_text(struct str line)
{
    static const char *const marks[] = {"|", "|-", "|+", ">", ">-", ">+"};
    size_t blank = str_find_last_char(line, ' ');
    return blank != STR_NOT_FOUND && STR_IS_ONE_OF(str_from(line, blank + 1), marks);
}

static void report_moved(const struct reading *reading, const struct moved *moved)
{
    uint32_t start = (uint32_t)(moved->number.p - reading->file->bytes.p);
    struct span span = {reading->file->file, start, start + (uint32_t)moved->number.n};
    struct report *report = pass_report(reading->pass, span, "message");
    report_argument(report, "key", moved->key);
    report_argument(report, "column", str_format(pass_arena(reading->pass), "%zu", moved->column));
    report_argument(report, "indent", moved->number);
}

/* True for a line of a comment. */
static bool passes_comment(struct reading *reading, struct str line)
{
    bool was_comment = reading->is_comment;
    if (str_contains(line, STR("*/")))
        reading->is_comment = false;
    else if (str_contains(line, STR("{{/*")) || str_contains(line, STR("{{- /*")))
        reading->is_comment = true;
    return was_comment || reading->is_comment;
}

static void read_line(struct reading *reading, struct str line)
{
    struct str content = str_trim(line);
    size_t column = count_blanks(line);
    if (!content.n)
        return;
    if (passes_comment(reading, content))
        return;
    bool is_action = str_starts_with(content, STR("{{"));
    if (reading->text_column != NO_TEXT && !is_action && column <= reading->text_column)
        reading->text_column = NO_TEXT;
    struct moved moved;
    if (reading->text_column == NO_TEXT && !reading->is_moved && read_moved(line, &moved) &&
        moved.indent < moved.column)
        report_moved(reading, &moved);
    if (reading->text_column == NO_TEXT && opens_text(content))
        reading->text_column = column;
    reading->is_moved = str_ends_with(content, STR("-}}"));
}

static void read_file(struct pass *pass, const struct chart_file *file)
{
    struct reading reading = {.pass = pass, .file = file, .text_column = NO_TEXT};
    struct str rest = file->bytes;
    while (file->file && rest.p)
        read_line(&reading, str_cut(&rest, '\n'));
}

static void check(struct pass *pass, const struct application *application)
{
    const struct chart_package *package =
        application->release_count ? pass_package(pass, application->releases[0]) : NULL;
    for (size_t i = 0; package && i < package->templates.count; i++)
        read_file(pass, &package->templates.items[i]);
}

const struct rule_code rule_template_indentation = {.application = check, .uses_reads = true};
