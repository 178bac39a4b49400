#include "suppress.h"

/* The text between the brackets behind `word`, and what follows them; false when the comment is
 * another one. */
static bool cut_rules(struct str text, const char *word, struct str *ret_rules,
                      struct str *ret_reason)
{
    struct str prefix = str_from_c(word);
    if (!str_starts_with(text, prefix))
        return false;
    text = str_from(text, prefix.n);
    size_t close = str_find_char(text, ']');
    if (!text.n || text.p[0] != '[' || close == STR_NOT_FOUND)
        return false;
    *ret_rules = str_slice(text, 1, close);
    *ret_reason = str_trim(str_from(text, close + 1));
    return true;
}

static struct span span_of_line(const struct file *file, size_t offset)
{
    uint32_t line = file_line_of(file, offset);
    struct str text = file_line(file, line);
    uint32_t start = file->line_starts[line - 1];
    return (struct span){file->id, start, start + (uint32_t)text.n};
}

/* Offset of the first thing behind the comment that is no comment and no blank. */
static size_t next_content(const struct file *file, size_t offset)
{
    for (uint32_t line = file_line_of(file, offset) + 1; line <= file->line_count; line++) {
        struct str text = str_trim(file_line(file, line));
        if (text.n && text.p[0] != '#')
            return (size_t)(text.p - file->bytes.p);
    }
    return file->bytes.n;
}

static struct span join(struct span from, struct span to)
{
    return (struct span){from.file, from.start, to.end > from.end ? to.end : from.end};
}

/* The largest entry or item whose first character stands at the offset. */
static bool find_node(const struct yaml_node *node, size_t offset, struct span *ret_span)
{
    size_t count = node->kind == YAML_MAP    ? node->map.count
                   : node->kind == YAML_LIST ? node->list.count
                                             : 0;
    for (size_t i = 0; i < count; i++) {
        const struct yaml_entry *entry = node->kind == YAML_MAP ? &node->map.entries[i] : NULL;
        const struct yaml_node *child = entry ? entry->value : node->list.items[i];
        struct span span = entry ? join(entry->key_span, child->span) : child->span;
        if (entry && entry->merged)
            continue;
        /* A block item starts at its dash, its content two or more columns behind it. */
        bool starts =
            entry ? span.start == offset : span.start >= offset && span.start <= offset + 8;
        if (starts) {
            *ret_span = span;
            return true;
        }
        if (span.start < offset && offset < span.end && find_node(child, offset, ret_span))
            return true;
    }
    return false;
}

static struct span covered(const struct file *file, const struct yaml_stream *stream,
                           const struct yaml_comment *comment)
{
    if (!comment->alone)
        return span_of_line(file, comment->span.start);
    size_t offset = next_content(file, comment->span.start);
    struct span span = span_of_line(file, offset);
    for (size_t i = 0; i < stream->document_count; i++) {
        if (find_node(stream->documents[i].root, offset, &span))
            break;
    }
    struct span line = span_of_line(file, offset);
    return (struct span){file->id, line.start, span.end > line.end ? span.end : line.end};
}

struct comment {
    const struct file *file;
    struct span span;
    struct str text;
    struct span covers; /* when it is no `ignore-file` */
};

static bool is_ours(struct str text)
{
    return str_starts_with(text, STR("bulkhead:"));
}

static void add_comment(struct arena *arena, struct suppression_list *list,
                        const struct comment *comment)
{
    struct str text = str_trim(str_from(comment->text, strlen("bulkhead:")));
    struct str rules;
    struct suppression suppression = {.comment = comment->span};
    if (cut_rules(text, "ignore-file", &rules, &suppression.reason))
        suppression.covers = (struct span){comment->file->id, 0, (uint32_t)comment->file->bytes.n};
    else if (cut_rules(text, "ignore", &rules, &suppression.reason))
        suppression.covers = comment->covers;
    else
        rules = (struct str){0};
    while (rules.p) {
        struct str rule = str_trim(str_cut(&rules, ','));
        if (rule.n)
            vector_push(arena, &suppression.rules, rule);
    }
    vector_push(arena, list, suppression);
}

static void add_file(struct arena *arena, struct suppression_list *list, const struct file *file,
                     const struct yaml_stream *stream)
{
    for (size_t i = 0; file && stream && i < stream->comment_count; i++) {
        const struct yaml_comment *each = &stream->comments[i];
        if (!is_ours(each->text))
            continue;
        struct comment comment = {file, each->span, each->text, covered(file, stream, each)};
        add_comment(arena, list, &comment);
    }
}

static void add_infrastructure(struct arena *arena, struct suppression_list *list,
                               const struct file *file)
{
    if (!str_contains(file->bytes, STR("bulkhead:")))
        return;
    struct infra_comment_list comments = infra_comments(arena, file);
    for (size_t i = 0; i < comments.count; i++) {
        const struct infra_comment *each = &comments.items[i];
        struct comment comment = {file, each->span, each->text, each->covers};
        if (is_ours(each->text))
            add_comment(arena, list, &comment);
    }
}

struct suppression_list suppressions_find(struct arena *arena, const struct workspace *workspace)
{
    struct suppression_list list = {0};
    const struct model *model = workspace->model;
    for (size_t i = 0; i < model->layer_count; i++) {
        const struct layer *layer = model->layers[i].layer;
        add_file(arena, &list, layer->file, layer->stream);
    }
    for (size_t i = 0; i < workspace->pools->files.count; i++)
        add_infrastructure(arena, &list, workspace->pools->files.items[i]);
    if (workspace->config.stream)
        add_file(arena, &list, tree_find(workspace->tree, workspace->config.path),
                 workspace->config.stream);
    return list;
}

bool suppressions_cover(struct suppression_list *suppressions, const struct finding *finding)
{
    bool covered = false;
    for (size_t i = 0; i < suppressions->count; i++) {
        struct suppression *suppression = &suppressions->items[i];
        struct span covers = suppression->covers;
        if (covers.file != finding->span.file || finding->span.start < covers.start ||
            finding->span.start > covers.end)
            continue;
        for (size_t k = 0; k < suppression->rules.count; k++) {
            if (rule_matches(finding->rule, suppression->rules.items[k]))
                suppression->used = covered = true;
        }
    }
    return covered;
}
