#include "files_glob.h"
#include "reads_private.h"

/* What is given to tpl: constants are parsed, and for a text that is not known every text of the
 * values, the files and the templates that has template actions stands in its place. */

void definition_note(struct analysis *analysis, const struct template_definition *definition)
{
    struct definition_entry *entry = arena_make(analysis->arena, struct definition_entry);
    entry->definition = definition;
    entry->next = map_get(&analysis->definitions, definition->name);
    map_put(analysis->arena, &analysis->definitions, definition->name, entry);
}

static bool has_actions(struct str text)
{
    return str_contains(text, STR("{{")) || str_contains(text, STR("}}"));
}

static void note_string(void *context, struct str text)
{
    struct analysis *analysis = context;
    map_put(analysis->arena, &analysis->reads->names, text, analysis);
}

void strings_note(struct analysis *analysis, const struct template_tree *tree)
{
    template_strings_visit(tree, note_string, analysis);
}

/* Parses a text. One that calls a function that there is not is no part of a template either. */
static struct tpl_text parse_text(struct analysis *analysis, struct str text)
{
    struct template_source *source = arena_make(analysis->arena, struct template_source);
    struct template_failure failure;
    struct tpl_text parsed = {.text = text};
    *source = (struct template_source){STR("gotpl"), text, 0};
    const struct template_tree *tree =
        template_store_parse(analysis->store, analysis->arena, source, &failure);
    if (!tree) {
        parsed.is_impossible = str_starts_with(failure.message, STR("function \""));
        return parsed;
    }
    strings_note(analysis, tree);
    for (size_t i = 0; i + 1 < tree->count; i++) {
        definition_note(analysis, &tree->definitions[i]);
        analysis->has_changed = true;
    }
    parsed.definition = &tree->definitions[tree->count - 1];
    return parsed;
}

/* --- all texts --- */

void texts_add(struct analysis *analysis, struct str text)
{
    if (!has_actions(text) || map_has(&analysis->known_texts, text))
        return;
    map_put(analysis->arena, &analysis->known_texts, text, analysis);
    vector_push(analysis->arena, &analysis->texts, parse_text(analysis, text));
    analysis->has_changed = true;
}

void reads_texts_add(struct arena *arena, struct reads_texts *texts, const struct yaml_node *node)
{
    if (node->kind == YAML_STRING && has_actions(node->text))
        vector_push(arena, &texts->texts, node->text);
    for (size_t i = 0; node->kind == YAML_LIST && i < node->list.count; i++)
        reads_texts_add(arena, texts, node->list.items[i]);
    for (size_t i = 0; node->kind == YAML_MAP && i < node->map.count; i++) {
        if (has_actions(node->map.entries[i].key))
            vector_push(arena, &texts->texts, node->map.entries[i].key);
        reads_texts_add(arena, texts, node->map.entries[i].value);
    }
}

/* Whoever gets files by names that are not known hardly wants one of those. */
static bool is_about_the_chart(struct str name)
{
    return str_starts_with(name, STR("README")) || str_starts_with(name, STR("CHANGELOG")) ||
           str_starts_with(name, STR("LICENSE"));
}

static bool may_get(const struct flow *name, struct str file)
{
    for (size_t i = 0; i < name->count; i++) {
        const struct source *source = name->sources[i];
        bool is_known = source->kind == SOURCE_CONSTANT && source->constant.type == VALUE_STRING;
        struct str wanted = is_known ? value_str(source->constant) : STR("");
        bool is_got = is_known ? str_equal(wanted, file) || files_glob_match(wanted, file)
                               : !is_about_the_chart(path_name(file));
        if (is_got)
            return true;
    }
    return false;
}

const struct flow *files_flow(struct analysis *analysis, struct scope *scope,
                              const struct flow *name)
{
    const struct chart_file_list *files = &scope->package->files;
    for (size_t i = 0; i < files->count; i++) {
        if (may_get(name, files->items[i].name))
            texts_add(analysis, files->items[i].bytes);
    }
    return analysis->other;
}

static bool is_name_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* True when "." or "$" stands alone at the offset: the whole dot may be passed on. */
static bool is_bare(struct str text, size_t at)
{
    char next = at + 1 < text.n ? text.p[at + 1] : ' ';
    char previous = at ? text.p[at - 1] : ' ';
    if (text.p[at] == '$')
        return !is_name_character(next);
    return text.p[at] == '.' && !is_name_character(next) && !is_name_character(previous) &&
           previous != ')' && previous != '.' && next != '.';
}

/* True when what stands between the braces may read values: what is no template alone may be a part
 * of one. */
static bool action_may_read(struct str action)
{
    bool may = str_contains(action, STR("Values"));
    for (size_t i = 0; i < action.n && !may; i++)
        may = is_bare(action, i);
    return may;
}

static bool may_read_values(struct str text)
{
    for (size_t at; (at = str_find(text, STR("{{"))) != STR_NOT_FOUND;) {
        text = str_from(text, at + 2);
        size_t end = str_find(text, STR("}}"));
        if (end == STR_NOT_FOUND || action_may_read(str_slice(text, 0, end)))
            return true;
    }
    return false;
}

/* Strings of templates that may become part of a text for tpl. */
void fragments_note(struct analysis *analysis, const struct flow *flow)
{
    for (size_t i = 0; i < flow->count; i++) {
        const struct source *source = flow->sources[i];
        bool is_text = source->kind == SOURCE_CONSTANT && source->constant.type == VALUE_STRING;
        if (!is_text || !has_actions(value_str(source->constant)) ||
            map_has(&analysis->fragments, value_str(source->constant)))
            continue;
        map_put(analysis->arena, &analysis->fragments, value_str(source->constant), analysis);
        analysis->has_changed = true;
    }
}

/* A fragment that opens or closes a block has whole actions; of any other it is not known what
 * comes between its braces. */
static bool has_whole_actions(struct analysis *analysis, struct str text)
{
    static const char *const before[] = {"", "", "{{if 1}}"};
    static const char *const behind[] = {"", "{{end}}", ""};
    struct template_failure failure;
    bool is_whole = false;
    for (size_t i = 0; i < 3 && !is_whole; i++) {
        struct template_source source = {
            STR("gotpl"),
            str_format(analysis->arena, "%s%.*s%s", before[i], STR_ARG(text), behind[i]), 0};
        is_whole = template_store_parse(analysis->store, analysis->arena, &source, &failure);
    }
    return is_whole;
}

static void read_contexts(struct analysis *analysis)
{
    for (size_t i = 0; i < analysis->contexts.count; i++)
        flow_read(analysis, analysis->contexts.items[i].dot, READ_WHOLE | READ_PLAIN);
}

static void walk_fragments(struct analysis *analysis)
{
    for (size_t i = 0; i < analysis->fragments.count && !analysis->is_given_up; i++) {
        struct str text = analysis->fragments.items[i].key;
        if (has_whole_actions(analysis, text))
            texts_add(analysis, text);
        else
            read_contexts(analysis);
    }
}

static bool is_context(const struct analysis *analysis, const struct flow *flow)
{
    for (size_t i = 0; i < analysis->contexts.count; i++) {
        if (analysis->contexts.items[i].dot == flow)
            return true;
    }
    return false;
}

/* A dot for those texts. `depth`: the text may be part of a larger one that makes
 * something within the dot the dot, so deep. */
static void add_context(struct analysis *analysis, const struct activation *caller,
                        const struct flow *flow, unsigned depth)
{
    if (!flow->count)
        return;
    if (!is_context(analysis, flow)) {
        struct text_context context = {flow, caller};
        vector_push(analysis->arena, &analysis->contexts, context);
        analysis->has_changed = true;
    }
    for (size_t i = 0; i < flow->count && depth; i++) {
        const struct source *source = flow->sources[i];
        if (source->kind == SOURCE_VALUES)
            flow_read(analysis, flow_of(analysis, source), READ_WHOLE | READ_PLAIN);
        if (source->kind != SOURCE_COLLECTION)
            continue;
        const struct collection *collection = source->collection;
        for (size_t k = 0; k < collection->entries.count; k++)
            add_context(analysis, caller, collection->entries.items[k].value, depth - 1);
        add_context(analysis, caller, collection->unknown, depth - 1);
        add_context(analysis, caller, collection->inherited, depth - 1);
    }
}

enum { CONTEXT_DEPTH = 4 };

static void walk_text(struct analysis *analysis, const struct tpl_text *text,
                      struct text_context context)
{
    if (text->definition)
        activate(analysis, context.caller, text->definition, context.dot);
    else if (!text->is_impossible && may_read_values(text->text))
        flow_read(analysis, context.dot, READ_WHOLE | READ_PLAIN);
}

void texts_walk(struct analysis *analysis)
{
    if (analysis->has_fragments)
        walk_fragments(analysis);
    if (analysis->has_unknown_texts)
        read_contexts(analysis);
    for (size_t i = 0; i < analysis->contexts.count; i++) {
        for (size_t k = 0; k < analysis->texts.count && !analysis->is_given_up; k++)
            walk_text(analysis, &analysis->texts.items[k], analysis->contexts.items[i]);
    }
}

/* --- tpl --- */

static void walk_constant(struct flow_call *call, struct str text)
{
    struct analysis *analysis = call->frame->analysis;
    struct tpl_text *known = map_get(&analysis->literals, text);
    if (!known) {
        known = arena_make(analysis->arena, struct tpl_text);
        *known = parse_text(analysis, text);
        map_put(analysis->arena, &analysis->literals, text, known);
    }
    if (known->definition)
        activate(analysis, call->frame->activation, known->definition, call->arguments[1]);
}

const struct flow *text_flow(struct flow_call *call)
{
    struct analysis *analysis = call->frame->analysis;
    bool is_known = true;
    if (call->count != 2)
        return analysis->other;
    const struct flow *text = call->arguments[0];
    for (size_t i = 0; i < text->count; i++) {
        const struct source *source = text->sources[i];
        if (source->kind == SOURCE_CONSTANT && source->constant.type == VALUE_STRING)
            walk_constant(call, value_str(source->constant));
        else
            is_known = false;
        if (source->kind == SOURCE_OTHER)
            analysis->reads->has_made_templates = true;
    }
    bool braces = flow_read(analysis, text, READ_WHOLE | READ_PLAIN | READ_TEMPLATE);
    analysis->has_fragments |= !is_known && braces;
    if (!is_known)
        add_context(analysis, call->frame->activation, call->arguments[1],
                    braces ? CONTEXT_DEPTH : 0);
    return flow_union(analysis, analysis->other, analysis->braces);
}
