#include "engine/engine.h"

struct search {
    struct pass *pass;
    const struct layer_use *use;
    struct str_list except;
    const struct merged **merged; /* by the place of the release in the use; NULL: not yet */
};

/* True when the release has a key in the map that is read and stays. */
static bool keeps_a_key(struct search *search, size_t number, struct str path,
                        const struct read_set *set)
{
    struct arena *arena = pass_arena(search->pass);
    if (!search->merged[number])
        search->merged[number] = pass_values(search->pass, search->use->releases[number]);
    struct merged_value found = merged_at(search->merged[number], path);
    const struct yaml_node *node = found.node;
    for (size_t i = 0; node && node->kind == YAML_MAP && i < node->map.count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        struct read_set below = read_set_child(arena, set, entry->key);
        if (entry->value->kind != YAML_NULL && read_set_reads(set, &below))
            return true;
    }
    for (size_t i = 0; found.merged && i < found.merged->child_count; i++) {
        const struct merged *child = &found.merged->children[i];
        struct read_set below = read_set_child(arena, set, child->key);
        if (merged_winner(child)->node->kind != YAML_NULL && read_set_reads(set, &below))
            return true;
    }
    return false;
}

/* Where a template asks whether the map is empty, a key may be read by being there. */
static bool may_empty(struct search *search, const struct value_reads *map)
{
    for (size_t i = 0; i < search->use->release_count; i++) {
        const struct reads *reads = pass_reads(search->pass, search->use->releases[i]);
        size_t chart = 0;
        while (map->charts->items[chart] != reads)
            chart++;
        const struct read_set *set = &map->sets[chart];
        bool is_tested = set->uses & (READ_TESTED | READ_DEFAULTED);
        if (is_tested && !keeps_a_key(search, i, map->path, set))
            return true;
    }
    return false;
}

/* Whoever removes an anchor breaks the aliases of it. */
static bool has_anchor(const struct search *search, const struct yaml_entry *entry)
{
    struct span span = {entry->key_span.file, entry->key_span.end, entry->value->span.end};
    struct str text = pass_text(search->pass, span);
    for (size_t at; (at = str_find_char(text, '&')) != STR_NOT_FOUND;) {
        char before = at ? text.p[at - 1] : ' ';
        char behind = at + 1 < text.n ? text.p[at + 1] : ' ';
        if (strchr(" \n[{,-:", before) && !strchr(" \n&\"'", behind))
            return true;
        text = str_from(text, at + 1);
    }
    return false;
}

/* --- the key that was meant --- */

static struct str last_key(struct str path)
{
    size_t dot = str_find_last_char(path, '.');
    return dot == STR_NOT_FOUND ? path : str_from(path, dot + 1);
}

/* How many keys two paths have in common at their start. */
static size_t common_keys(struct str a, struct str b)
{
    size_t count = 0;
    while (a.p && b.p && str_equal(str_cut(&a, '.'), str_cut(&b, '.')))
        count++;
    return count;
}

enum { SEVERAL = 3 };

/* Paths with the same last key that share most of their start with this one; none when there are
 * too many of them. */
static struct str_list same_key_elsewhere(struct arena *arena, const struct str_list *paths,
                                          struct str path)
{
    struct str_list near = {0};
    size_t best = 0;
    for (size_t i = 0; i < paths->count; i++) {
        struct str other = paths->items[i];
        if (!str_equal(last_key(other), last_key(path)) || str_equal(other, path))
            continue;
        size_t common = common_keys(path, other);
        if (common > best)
            near.count = 0;
        if (common >= best)
            vector_push(arena, &near, other);
        best = common > best ? common : best;
    }
    if (near.count > SEVERAL)
        near.count = 0;
    return near;
}

/* True when the key is the other one's start, and no short one. */
static bool is_start(struct str key, struct str other)
{
    return key.n >= 4 && str_starts_with(other, key);
}

/* The key beside this one that is spelled most like it, or starts as it does; p == NULL when none
 * is. */
static struct str similar_beside(struct arena *arena, const struct str_list *paths, struct str path)
{
    struct str parent = str_slice(path, 0, path.n - last_key(path).n);
    struct str_list keys = {0};
    for (size_t i = 0; i < paths->count; i++) {
        struct str key = last_key(paths->items[i]);
        if (str_equal(str_join(arena, parent, key), paths->items[i]))
            vector_push(arena, &keys, key);
    }
    struct str near = similar_find(last_key(path), keys.items, keys.count);
    for (size_t i = 0; i < keys.count && !near.p; i++) {
        if (is_start(keys.items[i], last_key(path)) || is_start(last_key(path), keys.items[i]))
            near = keys.items[i];
    }
    return near.p ? str_join(arena, parent, near) : near;
}

static struct str_list find_near(struct arena *arena, const struct value_reads *value)
{
    struct str path = value->path;
    struct str_list paths = {0};
    struct map seen = {0};
    for (size_t i = 0; i < value->charts->count; i++) {
        struct str_list more = reads_paths(arena, value->charts->items[i]);
        for (size_t k = 0; k < more.count; k++) {
            if (!map_has(&seen, more.items[k]))
                vector_push(arena, &paths, more.items[k]);
            map_put(arena, &seen, more.items[k], arena);
        }
    }
    struct str_list near = same_key_elsewhere(arena, &paths, path);
    struct str similar = similar_beside(arena, &paths, path);
    if (!near.count && similar.p)
        vector_push(arena, &near, similar);
    return near;
}

static struct str join_words(struct arena *arena, struct str_list words)
{
    struct str last = words.items[words.count - 1];
    words.count--;
    struct str others = str_list_join(arena, &words, STR(", "));
    return str_format(arena, "%.*s and %.*s", STR_ARG(others), STR_ARG(last));
}

static void report_key(struct search *search, const struct value_reads *value)
{
    struct arena *arena = pass_arena(search->pass);
    struct str_list near = find_near(arena, value);
    const char *message = near.count > 1 ? "several" : near.count ? "near" : "message";
    struct report *report = pass_report(search->pass, value->entry->key_span, message);
    report_values_path(report, value->path);
    for (size_t i = 0; i < near.count; i++)
        report_meant_path(report, near.items[i]);
    if (near.count)
        report_argument(report, "near", near.count > 1 ? join_words(arena, near) : near.items[0]);
}

/* --- the walk --- */

static bool is_exempt(const struct search *search, struct str path)
{
    struct arena *arena = pass_arena(search->pass);
    struct str names = str_replace(arena, path, STR("."), STR("/"));
    for (size_t i = 0; i < search->except.count; i++) {
        struct str glob = str_replace(arena, search->except.items[i], STR("."), STR("/"));
        if (glob_match(glob, names))
            return true;
    }
    return false;
}

static bool visit(void *context, const struct value_reads *value)
{
    struct search *search = context;
    if (!value->entry || value_is_read(value))
        return !is_exempt(search, value->path);
    if (!is_exempt(search, value->path) && !has_anchor(search, value->entry) &&
        !may_empty(search, value->parent))
        report_key(search, value);
    return false;
}

static void check(struct pass *pass, const struct layer_use *use)
{
    struct search search = {.pass = pass, .use = use};
    search.except = pass_option_strings(pass, "except");
    search.merged = arena_make_array(pass_arena(pass), const struct merged *, use->release_count);
    if (!use->layer->is_rendered)
        layer_reads_walk(pass, use, visit, &search);
}

const struct rule_code rule_values_unread_key = {.layer = check, .uses_reads = true};
