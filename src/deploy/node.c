#include "node.h"

struct yaml_node *node_string(struct arena *arena, struct str text, struct span span)
{
    struct yaml_node *node = arena_make(arena, struct yaml_node);
    *node = (struct yaml_node){.kind = YAML_STRING, .span = span, .text = text};
    return node;
}

struct yaml_node *node_map(struct arena *arena, struct span span)
{
    struct yaml_node *node = arena_make(arena, struct yaml_node);
    *node = (struct yaml_node){.kind = YAML_MAP, .style = YAML_BLOCK, .span = span};
    return node;
}

void node_set(struct arena *arena, struct yaml_node *map, struct str key, struct span key_span,
              struct yaml_node *value)
{
    const struct yaml_entry *found = yaml_find(map, key);
    if (found) {
        map->map.entries[found - map->map.entries].value = value;
        return;
    }
    size_t count = map->map.count;
    struct yaml_entry *entries = arena_make_array(arena, struct yaml_entry, count + 1);
    if (count)
        memcpy(entries, map->map.entries, count * sizeof *entries);
    entries[count] = (struct yaml_entry){
        .key = key, .key_kind = YAML_STRING, .key_span = key_span, .value = value};
    map->map.entries = entries;
    map->map.count = count + 1;
    map->map.index = NULL;
}

/* --- copies --- */

static bool change_text(const struct node_change *change, const struct yaml_node *node,
                        struct str text, struct span span, struct str *ret_text)
{
    *ret_text = text;
    return !change->text || change->text(change->context, node, text, span, ret_text);
}

static struct span change_span(const struct node_change *change, struct span span)
{
    return change->span ? change->span(change->context, span) : span;
}

static bool copy_list(struct arena *arena, const struct yaml_node *node,
                      const struct node_change *change, struct yaml_node *copy)
{
    copy->list.items = arena_make_array(arena, struct yaml_node *, node->list.count + 1);
    for (size_t i = 0; i < node->list.count; i++) {
        copy->list.items[i] = node_copy(arena, node->list.items[i], change);
        if (!copy->list.items[i])
            return false;
    }
    return true;
}

static bool copy_map(struct arena *arena, const struct yaml_node *node,
                     const struct node_change *change, struct yaml_node *copy)
{
    copy->map.index = NULL;
    copy->map.entries = arena_make_array(arena, struct yaml_entry, node->map.count + 1);
    for (size_t i = 0; i < node->map.count; i++) {
        struct yaml_entry *entry = &copy->map.entries[i];
        *entry = node->map.entries[i];
        if (!change_text(change, NULL, entry->key, entry->key_span, &entry->key))
            return false;
        entry->key_span = change_span(change, entry->key_span);
        entry->value = node_copy(arena, entry->value, change);
        if (!entry->value)
            return false;
    }
    return true;
}

/* The depth is the one that was parsed, within limits->yaml_depth. */
struct yaml_node *node_copy(struct arena *arena, const struct yaml_node *node,
                            const struct node_change *change)
{
    struct yaml_node *copy = arena_make(arena, struct yaml_node);
    *copy = *node;
    bool done = true;
    if (node->kind == YAML_STRING)
        done = change_text(change, node, node->text, node->span, &copy->text);
    else if (node->kind == YAML_LIST)
        done = copy_list(arena, node, change, copy);
    else if (node->kind == YAML_MAP)
        done = copy_map(arena, node, change, copy);
    copy->span = change_span(change, node->span);
    return done ? copy : NULL;
}

const struct yaml_node *node_merge(struct arena *arena, const struct yaml_node *below,
                                   const struct yaml_node *above)
{
    if (!below || !above || below->kind != YAML_MAP || above->kind != YAML_MAP)
        return above ? above : below;
    struct yaml_node *merged = node_map(arena, below->span);
    merged->map.entries =
        arena_make_array(arena, struct yaml_entry, below->map.count + above->map.count + 1);
    for (size_t i = 0; i < below->map.count; i++) {
        if (!yaml_find(above, below->map.entries[i].key))
            merged->map.entries[merged->map.count++] = below->map.entries[i];
    }
    for (size_t i = 0; i < above->map.count; i++) {
        struct yaml_entry entry = above->map.entries[i];
        const struct yaml_entry *under = yaml_find(below, entry.key);
        if (entry.value->kind == YAML_NULL)
            continue;
        if (under)
            entry.value = (struct yaml_node *)node_merge(arena, under->value, entry.value);
        merged->map.entries[merged->map.count++] = entry;
    }
    return merged;
}

/* --- text within a scalar --- */

struct placing {
    const struct file *file;
    struct span scalar;
    struct str text;     /* what was parsed */
    uint32_t first_line; /* of the file, where the text begins; 0: the lines do not fit */
};

/* The line of the file that the line of the text was written in. */
static struct span place_line(const struct placing *placing, uint32_t number, struct str line,
                              size_t column)
{
    struct str written = file_line(placing->file, number);
    size_t start = placing->file->line_starts[number - 1];
    if (str_ends_with(written, line))
        start += written.n - line.n + column;
    else
        start += written.n - str_trim(written).n;
    return (struct span){placing->file->id, (uint32_t)start, (uint32_t)start};
}

static uint32_t place_offset(const struct placing *placing, size_t offset, bool *ret_exact)
{
    struct str before = str_slice(placing->text, 0, offset);
    size_t line_start = str_find_last_char(before, '\n');
    line_start = line_start == STR_NOT_FOUND ? 0 : line_start + 1;
    struct str line = str_from(placing->text, line_start);
    line = str_slice(line, 0, str_find_char(line, '\n'));
    uint32_t number = placing->first_line + (uint32_t)str_count_char(before, '\n');
    if (number > placing->file->line_count)
        return placing->scalar.start;
    *ret_exact = str_ends_with(file_line(placing->file, number), line);
    return place_line(placing, number, line, offset - line_start).start;
}

static struct span place(void *context, struct span span)
{
    const struct placing *placing = context;
    bool exact_start = false;
    bool exact_end = false;
    if (!placing->first_line)
        return placing->scalar;
    uint32_t start = place_offset(placing, span.start, &exact_start);
    uint32_t end = place_offset(placing, span.end, &exact_end);
    if (!exact_start || !exact_end || end < start) {
        uint32_t line = file_line_of(placing->file, start);
        struct str written = file_line(placing->file, line);
        end = placing->file->line_starts[line - 1] + (uint32_t)written.n;
    }
    return (struct span){placing->file->id, start, end > start ? end : start};
}

static size_t lines_of(struct str text)
{
    bool open = text.n && text.p[text.n - 1] != '\n';
    return str_count_char(text, '\n') + (open ? 1 : 0);
}

static uint32_t first_line_of(const struct placing *placing, const struct yaml_node *scalar)
{
    if (!placing->file)
        return 0;
    uint32_t header = file_line_of(placing->file, scalar->span.start);
    if (scalar->style != YAML_LITERAL)
        return str_count_char(placing->text, '\n') ? 0 : header;
    return lines_of(placing->text) == lines_of(scalar->text) ? header + 1 : 0;
}

/* A copy of what was parsed, with other spans and without comments. */
static const struct yaml_stream *moved(struct arena *arena, const struct yaml_stream *parsed,
                                       const struct node_change *change)
{
    struct yaml_stream *placed = arena_make(arena, struct yaml_stream);
    *placed = *parsed;
    placed->comments = NULL;
    placed->comment_count = 0;
    placed->documents = arena_make_array(arena, struct yaml_document, parsed->document_count + 1);
    for (size_t i = 0; i < parsed->document_count; i++) {
        placed->documents[i].root = node_copy(arena, parsed->documents[i].root, change);
        placed->documents[i].span = change->span(change->context, parsed->documents[i].span);
    }
    placed->problems = (struct diagnostics){.arena = arena};
    diagnostics_append(&placed->problems, &parsed->problems);
    for (size_t i = 0; i < placed->problems.count; i++)
        placed->problems.items[i].span =
            change->span(change->context, placed->problems.items[i].span);
    return placed;
}

const struct yaml_stream *node_parse_text(struct arena *arena, struct tree *tree,
                                          const struct yaml_node *scalar, struct str text)
{
    const struct yaml_stream *parsed = yaml_parse_bytes(arena, text, 0, &limits_default);
    struct placing placing = {
        .file = tree_file(tree, scalar->span.file), .scalar = scalar->span, .text = text};
    placing.first_line = first_line_of(&placing, scalar);
    struct node_change change = {.span = place, .context = &placing};
    return moved(arena, parsed, &change);
}

/* --- rendered files --- */

struct rendered_place {
    struct str text;
    const struct file *file;
};

/* The part of a rendered line that stands in the template too: all of it, or its key. */
static struct str find_line(const struct rendered_place *place, struct str line, uint32_t number)
{
    struct str bytes = place->file->bytes;
    struct str key = str_slice(line, 0, str_find(line, STR(": ")));
    const struct str parts[] = {line, key};
    for (size_t i = 0; i < sizeof parts / sizeof *parts && line.n > 2; i++) {
        struct str same =
            number <= place->file->line_count ? file_line(place->file, number) : STR("");
        size_t at = str_find(same, parts[i]);
        if (at != STR_NOT_FOUND)
            return str_slice(same, at, at + parts[i].n);
        at = str_find(bytes, parts[i]);
        if (at != STR_NOT_FOUND)
            return str_slice(bytes, at, at + parts[i].n);
    }
    return str_slice(bytes, 0, 0);
}

static struct span place_rendered(void *context, struct span span)
{
    const struct rendered_place *place = context;
    struct str before = str_slice(place->text, 0, span.start);
    size_t start = str_find_last_char(before, '\n');
    start = start == STR_NOT_FOUND ? 0 : start + 1;
    struct str line = str_from(place->text, start);
    line = str_trim(str_slice(line, 0, str_find_char(line, '\n')));
    if (!place->file)
        return (struct span){0};
    struct str found = find_line(place, line, (uint32_t)str_count_char(before, '\n') + 1);
    uint32_t offset = found.n ? (uint32_t)(found.p - place->file->bytes.p) : 0;
    return (struct span){place->file->id, offset, offset + (uint32_t)found.n};
}

const struct yaml_stream *node_parse_rendered(struct arena *arena, struct str text,
                                              const struct file *file)
{
    struct rendered_place context = {text, file};
    struct node_change change = {.span = place_rendered, .context = &context};
    return moved(arena, yaml_parse_bytes(arena, text, 0, &limits_default), &change);
}

/* --- reading --- */

struct str node_text(const struct yaml_node *node, const char *path)
{
    return yaml_text(yaml_at(node, str_from_c(path)));
}

struct node_list node_items(const struct yaml_node *node, const char *path)
{
    const struct yaml_node *list = yaml_at(node, str_from_c(path));
    if (!list || list->kind != YAML_LIST)
        return (struct node_list){0};
    return (struct node_list){list->list.items, list->list.count};
}
