#include <math.h>
#include <yaml.h>

#include "private.h"

struct parser {
    struct arena *arena;
    const struct limits *limits;
    struct str bytes;
    uint32_t file;
    yaml_parser_t yaml;
    struct yaml_stream *stream;
    struct map anchors; /* of the current document */
    uint64_t weight;    /* of the current document */
    struct span_list scalars;
    bool failed;
    uint64_t flow_work;    /* values in brackets, times how deep they are */
    bool expanded_too_far; /* reported once */
    bool has_infinite;     /* somewhere in the document a number is that JSON cannot hold */
    struct cursor cursor;
    struct refusals refusals;
};

/* --- positions --- */

static uint32_t offset_of(struct parser *parser, yaml_mark_t mark)
{
    return cursor_offset(&parser->cursor, mark.index);
}

static struct span span_of(struct parser *parser, const yaml_event_t *event)
{
    uint32_t start = offset_of(parser, event->start_mark);
    uint32_t end = offset_of(parser, event->end_mark);
    return (struct span){parser->file, start, end < start ? start : end};
}

/* --- problems --- */

static struct diagnostic *problem(struct parser *parser, enum severity severity, const char *kind,
                                  struct span span, const char *text, struct str name)
{
    struct diagnostic *added = diagnostics_add(&parser->stream->problems, severity, kind, span,
                                               "%s%.*s", text, STR_ARG(name));
    if (severity == SEVERITY_ERROR) {
        parser->stream->complete = false;
        refuse(&parser->refusals, REFUSED_BY_US,
               str_join(parser->arena, STR("yaml: "), added->message));
    }
    return added;
}

static struct span span_at(struct parser *parser, yaml_mark_t mark)
{
    uint32_t at = offset_of(parser, mark);
    return (struct span){parser->file, at, at};
}

static void report_encoding(struct parser *parser)
{
    size_t at = utf8_find_invalid(parser->bytes);
    bool invalid = at != STR_NOT_FOUND;
    if (!invalid)
        at = parser->yaml.problem_offset;
    if (at > parser->bytes.n)
        at = parser->bytes.n;
    struct span span = {parser->file, (uint32_t)at, (uint32_t)at};
    struct str code = str_format(parser->arena, "U+%04X", (unsigned)parser->yaml.problem_value);
    problem(parser, SEVERITY_ERROR, "encoding", span,
            invalid ? "the file is not UTF-8" : "a control character is not allowed in YAML: ",
            invalid ? STR("") : code);
}

static void report_failure(struct parser *parser)
{
    const yaml_parser_t *yaml = &parser->yaml;
    parser->failed = true;
    refuse_syntax(parser->arena, &parser->refusals,
                  &(struct syntax_error){yaml->problem, yaml->problem_mark.line,
                                         yaml->context_mark.line,
                                         yaml->error == YAML_SCANNER_ERROR});
    if (yaml->error == YAML_READER_ERROR) {
        report_encoding(parser);
        return;
    }
    struct span at = span_at(parser, yaml->problem_mark);
    struct str text = problem_explain(parser->arena, yaml->context, yaml->problem,
                                      str_from(parser->bytes, at.start));
    struct diagnostic *added = problem(parser, SEVERITY_ERROR, "syntax", at, "", text);
    if (yaml->context && yaml->context_mark.index != yaml->problem_mark.index)
        added->related = span_at(parser, yaml->context_mark);
}

static bool next_event(struct parser *parser, yaml_event_t *event)
{
    if (parser->failed)
        return false;
    if (yaml_parser_parse(&parser->yaml, event))
        return true;
    report_failure(parser);
    return false;
}

/* --- nodes --- */

/* A node with what an alias to it would cost. */
struct built {
    struct yaml_node *node;
    uint64_t weight; /* nodes below and including it, aliases expanded */
    unsigned height; /* lists and maps within each other, aliases expanded; a scalar has 0 */
};

struct anchor {
    struct built built;
    bool open; /* still being read: an alias to it would never end */
};

static struct built build_node(struct parser *parser, yaml_event_t *event, unsigned depth);

static struct yaml_node *new_node(struct parser *parser, enum yaml_kind kind, struct span span)
{
    struct yaml_node *node = arena_make(parser->arena, struct yaml_node);
    node->kind = kind;
    node->span = span;
    return node;
}

static struct anchor *add_anchor(struct parser *parser, const yaml_char_t *name)
{
    if (!name)
        return NULL;
    struct anchor *anchor = arena_make(parser->arena, struct anchor);
    anchor->open = true;
    struct str key = str_copy(parser->arena, str_from_c((const char *)name));
    map_put(parser->arena, &parser->anchors, key, anchor);
    return anchor;
}

static struct built close_anchor(struct anchor *anchor, struct built built)
{
    if (anchor)
        *anchor = (struct anchor){built, false};
    return built;
}

static void add_child(struct built *built, struct built child)
{
    built->weight += child.weight;
    if (built->height <= child.height)
        built->height = child.height + 1;
}

static enum yaml_style scalar_style(yaml_scalar_style_t style)
{
    static const enum yaml_style styles[] = {[YAML_PLAIN_SCALAR_STYLE] = YAML_PLAIN,
                                             [YAML_SINGLE_QUOTED_SCALAR_STYLE] = YAML_SINGLE_QUOTED,
                                             [YAML_DOUBLE_QUOTED_SCALAR_STYLE] = YAML_DOUBLE_QUOTED,
                                             [YAML_LITERAL_SCALAR_STYLE] = YAML_LITERAL,
                                             [YAML_FOLDED_SCALAR_STYLE] = YAML_FOLDED};
    return styles[style];
}

/* The scalar's content: a slice of the file where it stands there as it is, else a copy. */
static struct str content(struct parser *parser, const yaml_event_t *event, struct span span)
{
    struct str value = {(const char *)event->data.scalar.value, event->data.scalar.length};
    struct str inner = str_slice(parser->bytes, span.start, span.end);
    if (event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE && inner.n >= 2)
        inner = str_slice(inner, 1, inner.n - 1);
    return str_equal(inner, value) ? inner : str_copy(parser->arena, value);
}

static struct built build_scalar(struct parser *parser, const yaml_event_t *event)
{
    struct span span = span_of(parser, event);
    const char *tag = (const char *)event->data.scalar.tag;
    span.start = skip_properties(parser->bytes, span.start, span.end, 2);
    enum yaml_style style = scalar_style(event->data.scalar.style);
    if (style == YAML_LITERAL || style == YAML_FOLDED)
        span.end = trim_end(parser->bytes, span);
    struct yaml_node *node = new_node(parser, YAML_STRING, span);
    node->style = style;
    node->text = content(parser, event, span);
    if (span.end > span.start)
        vector_push(parser->arena, &parser->scalars, span);
    size_t slash = style == YAML_DOUBLE_QUOTED ? refused_escape(parser->bytes, span) : span.end;
    if (slash < span.end) {
        struct span escape = {span.file, (uint32_t)slash, (uint32_t)slash + 2};
        size_t line = str_count_char(str_slice(parser->bytes, 0, slash), '\n');
        refuse_syntax(parser->arena, &parser->refusals,
                      &(struct syntax_error){"found unknown escape character", line,
                                             event->start_mark.line, true});
        problem(parser, SEVERITY_ERROR, "syntax", escape,
                "helm does not know the escape \\/: write / alone", STR(""));
    }
    if (!scalar_resolve(parser->arena, node, tag, event->data.scalar.plain_implicit)) {
        refuse_tag(parser->arena, &parser->refusals, node, tag);
        problem(parser, SEVERITY_ERROR, "syntax", span, "the value does not fit its tag ",
                str_copy(parser->arena, str_from_c(tag)));
    }
    if (node->kind == YAML_NUMBER && !isfinite(node->number))
        parser->has_infinite = true;
    struct anchor *anchor = add_anchor(parser, event->data.scalar.anchor);
    return close_anchor(anchor, (struct built){node, 1, 0});
}

static struct built build_alias(struct parser *parser, const yaml_event_t *event, unsigned depth)
{
    struct span span = span_of(parser, event);
    struct str name = str_copy(parser->arena, str_from_c((const char *)event->data.alias.anchor));
    struct built built = {new_node(parser, YAML_NULL, span), 1, 0};
    const struct anchor *anchor = map_get(&parser->anchors, name);
    if (!anchor) {
        refuse(&parser->refusals, REFUSED_BY_PARSER,
               str_format(parser->arena, "yaml: unknown anchor '%.*s' referenced", STR_ARG(name)));
        problem(parser, SEVERITY_ERROR, "syntax", span, "there is no anchor called ", name);
    } else if (anchor->open) {
        refuse(
            &parser->refusals, REFUSED_BY_DECODER,
            str_format(parser->arena, "yaml: anchor '%.*s' value contains itself", STR_ARG(name)));
        problem(parser, SEVERITY_ERROR, "syntax", span, "the value contains itself by its anchor ",
                name);
    } else if (depth + anchor->built.height > parser->limits->yaml_depth) {
        problem(parser, SEVERITY_ERROR, "limit", span,
                "more values within values than the limit yaml_depth by the alias ", name);
    } else if (parser->weight + anchor->built.weight > parser->limits->yaml_alias_nodes) {
        refuse(&parser->refusals, REFUSED_BY_DECODER,
               STR("yaml: document contains excessive aliasing"));
        if (!parser->expanded_too_far)
            problem(parser, SEVERITY_ERROR, "limit", span,
                    "more values than the limit yaml_alias_nodes by the alias ", name);
        parser->expanded_too_far = true;
    } else {
        parser->weight += anchor->built.weight;
        *built.node = *anchor->built.node;
        built.node->span = span;
        built.weight = anchor->built.weight;
        built.height = anchor->built.height;
    }
    return built;
}

/* For each token libyaml looks at all brackets around it, so many values deep in brackets would
 * take minutes: their depth is bounded on average as well. */
static bool too_deep(struct parser *parser, const struct yaml_node *node, unsigned depth)
{
    enum { AVERAGE_DEPTH = 64, SMALL_FILE = 1000 * 1000 };
    if (node->style == YAML_FLOW)
        parser->flow_work += depth;
    bool slow = parser->flow_work > SMALL_FILE + (uint64_t)AVERAGE_DEPTH * parser->bytes.n;
    if (depth < parser->limits->yaml_depth && !slow)
        return false;
    problem(parser, SEVERITY_ERROR, "limit", node->span,
            slow ? "too many values within many brackets"
                 : "more values within values than the limit yaml_depth",
            STR(""));
    parser->failed = true;
    return true;
}

static unsigned count_properties(const yaml_char_t *anchor, const yaml_char_t *tag)
{
    return (anchor ? 1u : 0u) + (tag ? 1u : 0u);
}

static struct yaml_node *begin_collection(struct parser *parser, const yaml_event_t *start,
                                          enum yaml_kind kind, bool flow, unsigned properties)
{
    struct yaml_node *node = new_node(parser, kind, span_of(parser, start));
    node->style = flow ? YAML_FLOW : YAML_BLOCK;
    if (properties)
        node->span.start =
            skip_properties(parser->bytes, node->span.start, (uint32_t)parser->bytes.n, properties);
    node->span.end = node->span.start;
    return node;
}

/* Moves on to the next child. Without one, the collection ends: a flow collection behind its
 * bracket, what libyaml calls the end of a block collection lies behind comments and blanks. */
static bool next_child(struct parser *parser, struct yaml_node *node, unsigned depth,
                       yaml_event_t *event)
{
    if (parser->failed || too_deep(parser, node, depth) || !next_event(parser, event))
        return false;
    if (event->type != YAML_SEQUENCE_END_EVENT && event->type != YAML_MAPPING_END_EVENT)
        return true;
    if (node->style == YAML_FLOW)
        node->span.end = offset_of(parser, event->end_mark);
    yaml_event_delete(event);
    return false;
}

static void reach(struct yaml_node *node, uint32_t end)
{
    if (end > node->span.end)
        node->span.end = end;
}

/* Between brackets Go's reader ends a plain scalar at a question mark, and stumbles over what
 * follows; libyaml takes it as part of the scalar. */
static void refuse_question_mark(struct parser *parser, const struct yaml_node *node,
                                 const struct yaml_node *scalar)
{
    struct str written = str_slice(parser->bytes, scalar->span.start, scalar->span.end);
    size_t at = str_find_char(str_from(written, 1), '?');
    if (node->style != YAML_FLOW || scalar->style != YAML_PLAIN || at == STR_NOT_FOUND)
        return;
    uint32_t mark = scalar->span.start + (uint32_t)at + 1;
    bool is_map = parser->bytes.p[node->span.start] == '{';
    const char *words =
        is_map ? "did not find expected ',' or '}'" : "did not find expected ',' or ']'";
    size_t line = str_count_char(str_slice(parser->bytes, 0, mark), '\n');
    size_t context = str_count_char(str_slice(parser->bytes, 0, node->span.start), '\n');
    refuse_syntax(parser->arena, &parser->refusals,
                  &(struct syntax_error){words, line, context, false});
    problem(parser, SEVERITY_ERROR, "syntax", (struct span){scalar->span.file, mark, mark + 1},
            "helm reads no ? in an unquoted value between brackets: quote it", STR(""));
}

static struct built build_list(struct parser *parser, const yaml_event_t *start, unsigned depth)
{
    const yaml_char_t *name = start->data.sequence_start.anchor;
    bool flow = start->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    struct yaml_node *node = begin_collection(
        parser, start, YAML_LIST, flow, count_properties(name, start->data.sequence_start.tag));
    struct anchor *anchor = add_anchor(parser, name);
    VECTOR(struct yaml_node *) items = {0};
    struct built built = {node, 1, 1};
    yaml_event_t event;
    while (next_child(parser, node, depth, &event)) {
        struct built item = build_node(parser, &event, depth + 1);
        yaml_event_delete(&event);
        refuse_question_mark(parser, node, item.node);
        vector_push(parser->arena, &items, item.node);
        add_child(&built, item);
        reach(node, item.node->span.end);
    }
    node->list.items = items.items;
    node->list.count = items.count;
    return close_anchor(anchor, built);
}

static bool is_merge_key(const yaml_event_t *key)
{
    if (key->type != YAML_SCALAR_EVENT || strcmp((const char *)key->data.scalar.value, "<<") != 0)
        return false;
    const char *tag = (const char *)key->data.scalar.tag;
    return key->data.scalar.plain_implicit || (tag && strcmp(tag, "tag:yaml.org,2002:merge") == 0);
}

/* `<<: *base` and `<<: [*first, *second]`: goyaml.v2 merges where the key stands, so that it
 * replaces what is written above it and is replaced by what follows; earlier sources win. */
static void merge_into(struct parser *parser, struct entry_list *entries,
                       const struct yaml_node *value, bool alias)
{
    bool list = value->kind == YAML_LIST && !alias;
    size_t count = list ? value->list.count : 1;
    for (size_t i = count; i > 0; i--) {
        const struct yaml_node *source = list ? value->list.items[i - 1] : value;
        if (source->kind == YAML_MAP) {
            entries_merge(parser->arena, entries, source);
            continue;
        }
        refuse(&parser->refusals, REFUSED_BY_DECODER,
               STR("yaml: map merge requires map or sequence of maps as the value"));
        problem(parser, SEVERITY_ERROR, "syntax", source->span,
                "only maps and lists of maps can be merged by <<, this is a ",
                str_from_c(yaml_kind_name(source->kind)));
    }
}

static void add_entry(struct parser *parser, struct entry_list *entries,
                      const struct yaml_node *key, struct yaml_node *value)
{
    struct yaml_entry entry = {scalar_key(parser->arena, key), key->kind, false, key->span, value};
    if (!entry.key.p) {
        refuse_scalar_key(parser->arena, &parser->refusals, key, value);
        problem(parser, SEVERITY_ERROR, "syntax", key->span, "a key cannot be a ",
                str_from_c(yaml_kind_name(key->kind)));
        return;
    }
    struct yaml_entry *there = entries_find(entries, entry.key);
    if (!there) {
        entries_add(parser->arena, entries, entry);
        return;
    }
    if (!there->merged) {
        struct diagnostic *added = problem(parser, SEVERITY_WARNING, "duplicate-key", key->span,
                                           "this key is written twice: ", entry.key);
        added->related = there->key_span;
    }
    *there = entry;
}

/* The value of the key that was just read; a null when the file breaks off. */
static struct built build_value(struct parser *parser, const struct yaml_node *key, unsigned depth,
                                bool *ret_alias)
{
    yaml_event_t event;
    struct span behind = {parser->file, key->span.end, key->span.end};
    if (!next_event(parser, &event))
        return (struct built){new_node(parser, YAML_NULL, behind), 1, 0};
    *ret_alias = event.type == YAML_ALIAS_EVENT;
    struct built value = build_node(parser, &event, depth + 1);
    yaml_event_delete(&event);
    return value;
}

static struct built build_map(struct parser *parser, const yaml_event_t *start, unsigned depth)
{
    const yaml_char_t *name = start->data.mapping_start.anchor;
    bool flow = start->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    struct yaml_node *node = begin_collection(
        parser, start, YAML_MAP, flow, count_properties(name, start->data.mapping_start.tag));
    struct anchor *anchor = add_anchor(parser, name);
    struct entry_list entries = {0};
    struct built built = {node, 1, 1};
    yaml_event_t event;
    while (next_child(parser, node, depth, &event)) {
        bool merge = is_merge_key(&event);
        bool alias = false;
        struct built key = build_node(parser, &event, depth + 1);
        yaml_event_delete(&event);
        refuse_collection_key(parser->arena, &parser->refusals, key.node);
        struct built value = build_value(parser, key.node, depth, &alias);
        refuse_question_mark(parser, node, key.node);
        refuse_question_mark(parser, node, value.node);
        if (merge)
            merge_into(parser, &entries, value.node, alias);
        else
            add_entry(parser, &entries, key.node, value.node);
        add_child(&built, key);
        add_child(&built, value);
        reach(node, value.node->span.end);
    }
    entries_finish(parser->arena, &entries, node);
    return close_anchor(anchor, built);
}

static struct built build_node(struct parser *parser, yaml_event_t *event, unsigned depth)
{
    parser->weight++;
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return build_scalar(parser, event);
    case YAML_ALIAS_EVENT:
        return build_alias(parser, event, depth);
    case YAML_SEQUENCE_START_EVENT:
        return build_list(parser, event, depth);
    case YAML_MAPPING_START_EVENT:
        return build_map(parser, event, depth);
    default:
        return (struct built){new_node(parser, YAML_NULL, span_of(parser, event)), 1, 0};
    }
}

/* --- the stream --- */

struct document_list {
    struct yaml_document *items;
    size_t count, capacity;
};

static void build_document(struct parser *parser, struct document_list *documents,
                           const yaml_event_t *start)
{
    struct yaml_document *document = vector_add(parser->arena, documents);
    document->span = span_of(parser, start);
    const yaml_version_directive_t *version = start->data.document_start.version_directive;
    if (version && version->minor != 1)
        refuse_syntax(parser->arena, &parser->refusals,
                      &(struct syntax_error){"found incompatible YAML document",
                                             start->start_mark.line, 0, false});
    parser->anchors = (struct map){0};
    parser->weight = 0;
    parser->has_infinite = false;
    yaml_event_t event;
    if (next_event(parser, &event)) {
        document->root = build_node(parser, &event, 0).node;
        yaml_event_delete(&event);
        const struct yaml_node *number =
            parser->has_infinite ? refused_number(document->root) : NULL;
        if (number) {
            refuse_number(&parser->refusals, number);
            problem(parser, SEVERITY_ERROR, "syntax", number->span, "helm cannot hold the number ",
                    number->text);
        }
    } else {
        document->root = new_node(parser, YAML_NULL, document->span);
    }
    document->span.end = document->root->span.end;
}

static void build_stream(struct parser *parser)
{
    struct document_list documents = {0};
    yaml_event_t event;
    bool ends = false;
    while (!ends && next_event(parser, &event)) {
        ends = event.type == YAML_STREAM_END_EVENT;
        if (event.type == YAML_DOCUMENT_START_EVENT)
            build_document(parser, &documents, &event);
        if (event.type == YAML_DOCUMENT_END_EVENT)
            parser->refusals.is_over = true;
        yaml_event_delete(&event);
    }
    if (!documents.count) {
        struct yaml_document *document = vector_add(parser->arena, &documents);
        document->root = new_node(parser, YAML_NULL, (struct span){parser->file, 0, 0});
        document->span = document->root->span;
    }
    parser->stream->documents = documents.items;
    parser->stream->document_count = documents.count;
}

static bool is_utf16(struct str bytes)
{
    return str_starts_with(bytes, STR("\xFF\xFE")) || str_starts_with(bytes, STR("\xFE\xFF"));
}

const struct yaml_stream *parse_events(struct arena *arena, struct str bytes, uint32_t file,
                                       const struct limits *limits)
{
    struct parser parser = {.arena = arena, .limits = limits, .bytes = bytes, .file = file};
    parser.stream = arena_make(arena, struct yaml_stream);
    parser.stream->problems.arena = arena;
    parser.stream->complete = true;
    parser.cursor = cursor_start(bytes);
    if (is_utf16(bytes)) {
        problem(&parser, SEVERITY_ERROR, "encoding", (struct span){file, 0, 0},
                "the file is UTF-16, not UTF-8", STR(""));
        parser.failed = true;
    }
    size_t directive = refused_directive(bytes);
    if (directive < bytes.n) {
        uint32_t at = (uint32_t)directive;
        problem(&parser, SEVERITY_ERROR, "limit", (struct span){file, at, at + 4},
                "more directives %TAG than a file may have", STR(""));
        parser.failed = true;
    }
    if (!yaml_parser_initialize(&parser.yaml))
        parser.failed = true;
    yaml_parser_set_input_string(&parser.yaml, (const unsigned char *)(bytes.n ? bytes.p : ""),
                                 bytes.n);
    build_stream(&parser);
    size_t mark = refused_mark(bytes);
    if (mark < bytes.n && !parser.failed)
        problem(&parser, SEVERITY_ERROR, "encoding",
                (struct span){file, (uint32_t)mark, (uint32_t)mark + 3},
                "a byte order mark inside the file becomes a part of what follows it", STR(""));
    parser.stream->refusal = refusals_first(&parser.refusals);
    comments_find(arena, bytes, file, &parser.scalars, parser.stream);
    yaml_parser_delete(&parser.yaml);
    return parser.stream;
}

const struct yaml_stream *yaml_parse_bytes(struct arena *arena, struct str bytes, uint32_t file,
                                           const struct limits *limits)
{
    const struct yaml_stream *plain = plain_parse(arena, bytes, file, limits);
    return plain ? plain : parse_events(arena, bytes, file, limits);
}

const struct yaml_stream *yaml_parse(struct arena *arena, const struct file *file,
                                     const struct limits *limits)
{
    return yaml_parse_bytes(arena, file->bytes, file->id, limits);
}
