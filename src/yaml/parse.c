#include <math.h>
#include <yaml.h>

#include "private.h"

struct anchor {
    struct yaml_node *node;
    uint64_t weight; /* nodes below and including it, aliases expanded */
    bool open;       /* still being read: an alias to it would never end */
};

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
    /* libyaml counts characters: the byte offset of the character that was asked for last. */
    size_t character, offset;
};

/* --- positions --- */

static bool is_continuation(const struct parser *parser, size_t offset)
{
    return offset < parser->bytes.n && ((unsigned char)parser->bytes.p[offset] & 0xC0) == 0x80;
}

static uint32_t offset_of(struct parser *parser, yaml_mark_t mark)
{
    while (parser->character < mark.index && parser->offset < parser->bytes.n) {
        do
            parser->offset++;
        while (is_continuation(parser, parser->offset));
        parser->character++;
    }
    while (parser->character > mark.index && parser->offset > 0) {
        do
            parser->offset--;
        while (parser->offset > 0 && is_continuation(parser, parser->offset));
        parser->character--;
    }
    return (uint32_t)parser->offset;
}

static struct span span_of(struct parser *parser, const yaml_event_t *event)
{
    uint32_t start = offset_of(parser, event->start_mark);
    uint32_t end = offset_of(parser, event->end_mark);
    return (struct span){parser->file, start, end < start ? start : end};
}

/* Behind the anchor and the tag that an event's start includes. */
static uint32_t skip_properties(const struct parser *parser, uint32_t at, uint32_t end)
{
    while (at < end) {
        char c = parser->bytes.p[at];
        bool blank = strchr(" \t\r\n", c);
        if (c == '#') {
            while (at < end && parser->bytes.p[at] != '\n')
                at++;
        } else if (c == '&' || c == '!') {
            while (at < end && !strchr(" \t\r\n", parser->bytes.p[at]))
                at++;
        } else if (blank) {
            at++;
        } else {
            break;
        }
    }
    return at;
}

static uint32_t trim_end(const struct parser *parser, struct span span)
{
    while (span.end > span.start && strchr(" \t\r\n", parser->bytes.p[span.end - 1]))
        span.end--;
    return span.end;
}

/* --- problems --- */

static struct diagnostic *problem(struct parser *parser, enum severity severity, const char *kind,
                                  struct span span, const char *text, struct str name)
{
    if (severity == SEVERITY_ERROR)
        parser->stream->complete = false;
    return diagnostics_add(&parser->stream->problems, severity, kind, span, "%s%.*s", text,
                           STR_ARG(name));
}

static struct span span_at(struct parser *parser, yaml_mark_t mark)
{
    uint32_t at = offset_of(parser, mark);
    return (struct span){parser->file, at, at};
}

static bool is_tab_problem(const struct parser *parser, struct span at)
{
    return at.start < parser->bytes.n && parser->bytes.p[at.start] == '\t';
}

static void report_failure(struct parser *parser)
{
    const yaml_parser_t *yaml = &parser->yaml;
    parser->failed = true;
    if (yaml->error == YAML_READER_ERROR) {
        size_t at = utf8_find_invalid(parser->bytes);
        if (at == STR_NOT_FOUND)
            at = yaml->problem_offset < parser->bytes.n ? yaml->problem_offset : parser->bytes.n;
        struct span span = {parser->file, (uint32_t)at, (uint32_t)at};
        problem(parser, SEVERITY_ERROR, "encoding", span,
                utf8_find_invalid(parser->bytes) == STR_NOT_FOUND
                    ? "a control character is not allowed in YAML"
                    : "the file is not UTF-8",
                STR(""));
        return;
    }
    struct span at = span_at(parser, yaml->problem_mark);
    struct diagnostic *added =
        is_tab_problem(parser, at)
            ? problem(parser, SEVERITY_ERROR, "syntax", at,
                      "a tab is used where YAML allows only blanks for indentation", STR(""))
            : problem(parser, SEVERITY_ERROR, "syntax", at, "",
                      str_from_c(yaml->problem ? yaml->problem : "this is not YAML"));
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

struct built {
    struct yaml_node *node;
    uint64_t weight;
};

static struct built build_node(struct parser *parser, yaml_event_t *event, unsigned depth);

/* Helm turns values into JSON, which has no such numbers. */
static void refuse_infinite(struct parser *parser, const struct yaml_node *value)
{
    if (value->kind == YAML_NUMBER && !isfinite(value->number))
        problem(parser, SEVERITY_ERROR, "syntax", value->span, "helm cannot hold the number ",
                value->text);
}

static struct yaml_node *new_node(struct parser *parser, enum yaml_kind kind, struct span span)
{
    struct yaml_node *node = arena_make(parser->arena, struct yaml_node);
    node->kind = kind;
    node->span = span;
    return node;
}

static struct anchor *add_anchor(struct parser *parser, const yaml_char_t *name,
                                 struct yaml_node *node)
{
    if (!name)
        return NULL;
    struct anchor *anchor = arena_make(parser->arena, struct anchor);
    *anchor = (struct anchor){node, 1, true};
    struct str key = str_copy(parser->arena, str_from_c((const char *)name));
    map_put(parser->arena, &parser->anchors, key, anchor);
    return anchor;
}

static void close_anchor(struct anchor *anchor, uint64_t weight)
{
    if (!anchor)
        return;
    anchor->open = false;
    anchor->weight = weight;
}

static enum yaml_style scalar_style(yaml_scalar_style_t style)
{
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
        return YAML_SINGLE_QUOTED;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        return YAML_DOUBLE_QUOTED;
    case YAML_LITERAL_SCALAR_STYLE:
        return YAML_LITERAL;
    case YAML_FOLDED_SCALAR_STYLE:
        return YAML_FOLDED;
    default:
        return YAML_PLAIN;
    }
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
    if (tag || event->data.scalar.anchor)
        span.start = skip_properties(parser, span.start, span.end);
    enum yaml_style style = scalar_style(event->data.scalar.style);
    if (style == YAML_LITERAL || style == YAML_FOLDED)
        span.end = trim_end(parser, span);
    struct yaml_node *node = new_node(parser, YAML_STRING, span);
    node->style = style;
    node->text = content(parser, event, span);
    if (span.end > span.start)
        vector_push(parser->arena, &parser->scalars, span);
    if (!scalar_resolve(parser->arena, node, tag, style == YAML_PLAIN))
        problem(parser, SEVERITY_ERROR, "syntax", span, "the value does not fit its tag ",
                str_copy(parser->arena, str_from_c(tag)));
    close_anchor(add_anchor(parser, event->data.scalar.anchor, node), 1);
    return (struct built){node, 1};
}

static struct built build_alias(struct parser *parser, const yaml_event_t *event)
{
    struct span span = span_of(parser, event);
    struct str name = str_copy(parser->arena, str_from_c((const char *)event->data.alias.anchor));
    struct yaml_node *node = new_node(parser, YAML_NULL, span);
    const struct anchor *anchor = map_get(&parser->anchors, name);
    if (!anchor) {
        problem(parser, SEVERITY_ERROR, "syntax", span, "there is no anchor called ", name);
        return (struct built){node, 1};
    }
    if (anchor->open) {
        problem(parser, SEVERITY_ERROR, "syntax", span, "the value contains itself by its anchor ",
                name);
        return (struct built){node, 1};
    }
    parser->weight += anchor->weight;
    if (parser->weight > parser->limits->yaml_alias_nodes) {
        problem(parser, SEVERITY_ERROR, "limit", span,
                "aliases make the document larger than the limit yaml_alias_nodes at *", name);
        parser->failed = true;
        return (struct built){node, 1};
    }
    *node = *anchor->node;
    node->span = span;
    return (struct built){node, anchor->weight};
}

static bool too_deep(struct parser *parser, struct span at, unsigned depth)
{
    if (depth < parser->limits->yaml_depth)
        return false;
    problem(parser, SEVERITY_ERROR, "limit", at,
            "more values within values than the limit yaml_depth", STR(""));
    parser->failed = true;
    return true;
}

/* Start of a collection's span and its anchor. */
static struct anchor *begin_collection(struct parser *parser, struct yaml_node *node,
                                       const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor || tag)
        node->span.start = skip_properties(parser, node->span.start, (uint32_t)parser->bytes.n);
    node->span.end = node->span.start;
    return add_anchor(parser, anchor, node);
}

static void end_collection(struct parser *parser, struct yaml_node *node, const yaml_event_t *event,
                           uint32_t last_child_end)
{
    if (node->style == YAML_FLOW && event)
        node->span.end = offset_of(parser, event->end_mark);
    else if (last_child_end > node->span.start)
        node->span.end = last_child_end;
}

static struct built build_list(struct parser *parser, const yaml_event_t *start, unsigned depth)
{
    struct yaml_node *node = new_node(parser, YAML_LIST, span_of(parser, start));
    bool flow = start->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    node->style = flow ? YAML_FLOW : YAML_BLOCK;
    struct anchor *anchor = begin_collection(parser, node, start->data.sequence_start.anchor,
                                             start->data.sequence_start.tag);
    VECTOR(struct yaml_node *) items = {0};
    struct built built = {node, 1};
    uint32_t last_end = 0;
    yaml_event_t event;
    while (!too_deep(parser, node->span, depth) && next_event(parser, &event)) {
        bool ends = event.type == YAML_SEQUENCE_END_EVENT;
        if (ends) {
            end_collection(parser, node, &event, last_end);
            yaml_event_delete(&event);
            break;
        }
        struct built item = build_node(parser, &event, depth + 1);
        yaml_event_delete(&event);
        refuse_infinite(parser, item.node);
        vector_push(parser->arena, &items, item.node);
        built.weight += item.weight;
        last_end = item.node->span.end;
    }
    if (parser->failed)
        end_collection(parser, node, NULL, last_end);
    node->list.items = items.items;
    node->list.count = items.count;
    close_anchor(anchor, built.weight);
    return built;
}

static bool is_merge_key(const struct yaml_node *key)
{
    return key->kind == YAML_STRING && key->style == YAML_PLAIN && str_is(key->text, "<<");
}

static void merge_map(struct parser *parser, struct entry_list *entries,
                      const struct yaml_node *source)
{
    for (size_t i = 0; i < source->map.count; i++) {
        struct yaml_entry entry = source->map.entries[i];
        struct yaml_entry *there = entries_find(entries, entry.key);
        entry.merged = true;
        if (!there)
            entries_add(parser->arena, entries, entry);
        else
            *there = entry;
    }
}

/* `<<: *base` and `<<: [*first, *second]`: goyaml.v2 merges where the key stands, so that it
 * replaces what is written above it and is replaced by what follows; earlier sources win. */
static void merge_into(struct parser *parser, struct entry_list *entries,
                       const struct yaml_node *value)
{
    size_t count = value->kind == YAML_LIST ? value->list.count : 1;
    for (size_t i = count; i > 0; i--) {
        const struct yaml_node *source =
            value->kind == YAML_LIST ? value->list.items[i - 1] : value;
        if (source->kind == YAML_MAP)
            merge_map(parser, entries, source);
        else
            problem(parser, SEVERITY_ERROR, "syntax", value->span,
                    "only maps and lists of maps can be merged by <<", STR(""));
    }
}

static void add_entry(struct parser *parser, struct entry_list *entries,
                      const struct yaml_node *key, struct yaml_node *value)
{
    struct yaml_entry entry = {scalar_key(parser->arena, key), key->kind, false, key->span, value};
    if (!entry.key.p) {
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

static void finish_map(struct parser *parser, struct yaml_node *node, struct entry_list *entries)
{
    node->map.entries = entries->items;
    node->map.count = entries->count;
    if (entries->numbers.count) {
        node->map.index = arena_make(parser->arena, struct map);
        *node->map.index = entries->numbers;
    }
}

static struct built build_map(struct parser *parser, const yaml_event_t *start, unsigned depth)
{
    struct yaml_node *node = new_node(parser, YAML_MAP, span_of(parser, start));
    bool flow = start->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    node->style = flow ? YAML_FLOW : YAML_BLOCK;
    struct anchor *anchor = begin_collection(parser, node, start->data.mapping_start.anchor,
                                             start->data.mapping_start.tag);
    struct entry_list entries = {0};
    struct built built = {node, 1};
    uint32_t last_end = 0;
    yaml_event_t event;
    while (!too_deep(parser, node->span, depth) && next_event(parser, &event)) {
        bool ends = event.type == YAML_MAPPING_END_EVENT;
        if (ends) {
            end_collection(parser, node, &event, last_end);
            yaml_event_delete(&event);
            break;
        }
        struct built key = build_node(parser, &event, depth + 1);
        yaml_event_delete(&event);
        if (!next_event(parser, &event))
            break;
        struct built value = build_node(parser, &event, depth + 1);
        yaml_event_delete(&event);
        refuse_infinite(parser, value.node);
        if (is_merge_key(key.node))
            merge_into(parser, &entries, value.node);
        else
            add_entry(parser, &entries, key.node, value.node);
        built.weight += key.weight + value.weight;
        last_end = value.node->span.end;
    }
    if (parser->failed)
        end_collection(parser, node, NULL, last_end);
    finish_map(parser, node, &entries);
    close_anchor(anchor, built.weight);
    return built;
}

static struct built build_node(struct parser *parser, yaml_event_t *event, unsigned depth)
{
    parser->weight++;
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return build_scalar(parser, event);
    case YAML_ALIAS_EVENT:
        return build_alias(parser, event);
    case YAML_SEQUENCE_START_EVENT:
        return build_list(parser, event, depth);
    case YAML_MAPPING_START_EVENT:
        return build_map(parser, event, depth);
    default:
        return (struct built){new_node(parser, YAML_NULL, span_of(parser, event)), 1};
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
    parser->anchors = (struct map){0};
    parser->weight = 0;
    yaml_event_t event;
    if (next_event(parser, &event)) {
        document->root = build_node(parser, &event, 0).node;
        refuse_infinite(parser, document->root);
        yaml_event_delete(&event);
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

const struct yaml_stream *yaml_parse_bytes(struct arena *arena, struct str bytes, uint32_t file,
                                           const struct limits *limits)
{
    struct parser parser = {.arena = arena, .limits = limits, .bytes = bytes, .file = file};
    parser.stream = arena_make(arena, struct yaml_stream);
    parser.stream->problems.arena = arena;
    parser.stream->complete = true;
    parser.offset = str_starts_with(bytes, STR("\xEF\xBB\xBF")) ? 3 : 0;
    if (is_utf16(bytes)) {
        problem(&parser, SEVERITY_ERROR, "encoding", (struct span){file, 0, 0},
                "the file is UTF-16, not UTF-8", STR(""));
        parser.failed = true;
    }
    if (!yaml_parser_initialize(&parser.yaml))
        parser.failed = true;
    yaml_parser_set_input_string(&parser.yaml, (const unsigned char *)(bytes.n ? bytes.p : ""),
                                 bytes.n);
    build_stream(&parser);
    comments_find(arena, bytes, file, &parser.scalars, parser.stream);
    yaml_parser_delete(&parser.yaml);
    return parser.stream;
}

const struct yaml_stream *yaml_parse(struct arena *arena, const struct file *file,
                                     const struct limits *limits)
{
    return yaml_parse_bytes(arena, file->bytes, file->id, limits);
}
