#include "request.h"
#include "subject.h"
#include "typed.h"

/* Kinds of the protocol. */
enum { ITEM_FIELD = 5, ITEM_VALUE = 12 };

struct completion {
    const struct request *request;
    struct span word; /* that is replaced */
    struct map seen;  /* labels */
    json_t *items;
};

static void add_item(struct completion *completion, struct str label, struct str text, int kind,
                     struct str detail)
{
    struct arena *arena = completion->request->arena;
    if (map_has(&completion->seen, label))
        return;
    map_put(arena, &completion->seen, str_copy(arena, label), completion->items);
    json_t *edit =
        json_pack("{s:o, s:o}", "range", view_range(completion->request->view, completion->word),
                  "newText", message_text(arena, text));
    json_array_append_new(completion->items,
                          json_pack("{s:o, s:i, s:o, s:o}", "label", message_text(arena, label),
                                    "kind", kind, "detail", message_text(arena, detail), "textEdit",
                                    edit));
}

/* Keys that stand in the map already are not offered, but for the one at the cursor. */
static void leave_out_written(struct completion *completion, const struct layer *layer,
                              struct str parent)
{
    const struct yaml_node *node = layer_node_find(completion->request->arena, layer, parent, NULL);
    for (size_t i = 0; node && node->kind == YAML_MAP && i < node->map.count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        if (entry->key_span.end < completion->word.start ||
            entry->key_span.start > completion->word.end)
            map_put(completion->request->arena, &completion->seen, entry->key, completion->items);
    }
}

static void add_key(struct completion *completion, struct str key, bool with_colon,
                    struct str detail)
{
    struct arena *arena = completion->request->arena;
    struct str text = with_colon ? str_join(arena, key, STR(":")) : key;
    add_item(completion, key, text, ITEM_FIELD, detail);
}

/* --- keys --- */

/* The key of a path that comes behind the parent; p == NULL when there is none. */
static struct str key_behind(struct arena *arena, struct str parent, struct str path)
{
    if (path_relation(parent, path) != PATH_AROUND)
        return (struct str){0};
    struct values_step_list steps =
        values_path_parse(arena, parent.n ? str_from(path, parent.n + 1) : path);
    return steps.count && !steps.items[0].is_index ? steps.items[0].key : (struct str){0};
}

/* The keys that templates of the chart read below the path. */
static void add_read_keys(struct completion *completion, struct str directory, struct str parent,
                          bool with_colon)
{
    struct arena *arena = completion->request->arena;
    const struct reads *reads = view_reads(completion->request->view, directory);
    struct str chart = directory.n ? directory : STR("the chart");
    struct str detail = str_format(arena, "read by %.*s", STR_ARG(chart));
    struct str_list paths = {0};
    if (reads)
        paths = reads_paths(arena, reads);
    for (size_t i = 0; i < paths.count; i++) {
        struct str key = key_behind(arena, parent, paths.items[i]);
        if (key.p)
            add_key(completion, key, with_colon, detail);
    }
}

/* The keys of the map at the path in a file of values. */
static void add_layer_keys(struct completion *completion, const struct layer *layer,
                           struct str parent, bool with_colon)
{
    struct arena *arena = completion->request->arena;
    const struct yaml_node *node = layer_node_find(arena, layer, parent, NULL);
    for (size_t i = 0; node && node->kind == YAML_MAP && i < node->map.count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        add_key(completion, entry->key, with_colon, yaml_brief(arena, entry->value, 60));
    }
}

static void add_keys(struct completion *completion, const struct owner_list *owners,
                     struct str parent)
{
    for (size_t i = 0; i < owners->count; i++) {
        const struct owner *owner = &owners->items[i];
        const struct layer *defaults = owner->package->chart->defaults;
        if (owner->prefix.n)
            continue;
        if (defaults)
            add_layer_keys(completion, defaults, parent, true);
        add_read_keys(completion, owner->directory, parent, true);
    }
}

/* --- pools --- */

static struct str label_value(const struct pool_label *label)
{
    return label->value.known == POOL_KNOWN ? label->value.text : STR("");
}

static void add_label(struct completion *completion, const struct typed *typed,
                      const struct node_pool *pool, const struct pool_label *label)
{
    struct arena *arena = completion->request->arena;
    struct str value = label_value(label);
    struct str title =
        str_format(arena, "a label of pool %.*s", STR_ARG(node_pool_title(arena, pool)));
    struct str pair = str_format(arena, "%.*s: %.*s", STR_ARG(label->key), STR_ARG(value));
    if (!typed->is_value)
        add_item(completion, pair, pair, ITEM_VALUE, title);
    else if (value.n && str_equal(typed->key, label->key))
        add_item(completion, value, value, ITEM_VALUE, title);
}

static void add_taint(struct completion *completion, const struct typed *typed,
                      const struct node_pool *pool, const struct pool_taint *taint)
{
    struct arena *arena = completion->request->arena;
    struct str title =
        str_format(arena, "a taint of pool %.*s", STR_ARG(node_pool_title(arena, pool)));
    struct str whole =
        str_format(arena, "{key: %.*s, operator: Equal, value: \"%.*s\", effect: %.*s}",
                   STR_ARG(taint->key), STR_ARG(taint->value), STR_ARG(taint->effect));
    if (typed->is_item)
        add_item(completion, pool_taint_text(arena, taint), whole, ITEM_VALUE, title);
    else if (typed->is_value && str_is(typed->key, "key"))
        add_item(completion, taint->key, taint->key, ITEM_VALUE, title);
    else if (typed->is_value && str_is(typed->key, "value"))
        add_item(completion, taint->value, taint->value, ITEM_VALUE, title);
    else if (typed->is_value && str_is(typed->key, "effect"))
        add_item(completion, taint->effect, taint->effect, ITEM_VALUE, title);
}

static bool is_below_key(struct str path, const char *key)
{
    struct str rest = path;
    size_t bracket = str_find_last_char(path, '[');
    if (bracket != STR_NOT_FOUND && path.n && path.p[path.n - 1] == ']')
        rest = str_slice(path, 0, bracket);
    size_t dot = str_find_last_char(rest, '.');
    struct str last = dot == STR_NOT_FOUND ? rest : str_from(rest, dot + 1);
    struct str end = str_from_c(key);
    return last.n >= end.n && str_equal_ignoring_case(str_from(last, last.n - end.n), end);
}

/* What pools offer where pods are placed. */
static void add_pools(struct completion *completion, const struct typed *typed)
{
    const struct node_pools *pools = completion->request->view->workspace->pools;
    bool is_selector = is_below_key(typed->parent, "nodeSelector");
    bool is_toleration = is_below_key(typed->parent, "tolerations");
    for (size_t i = 0; pools && i < pools->count; i++) {
        const struct node_pool *pool = &pools->items[i];
        for (size_t k = 0; is_selector && k < pool->labels.count; k++)
            add_label(completion, typed, pool, &pool->labels.items[k]);
        for (size_t k = 0; is_toleration && k < pool->taints.count; k++)
            add_taint(completion, typed, pool, &pool->taints.items[k]);
    }
}

/* --- the two kinds of files --- */

static void complete_layer(struct completion *completion, const struct layer_use *use)
{
    const struct request *request = completion->request;
    struct str text = request->file->bytes;
    struct typed typed;
    if (!typed_find(request->arena, text, request->offset, &typed))
        return;
    completion->word.start = completion->word.end - (uint32_t)typed.word.n;
    add_pools(completion, &typed);
    if (typed.is_value)
        return;
    leave_out_written(completion, use->layer, typed.parent);
    struct owner_list owners =
        owners_of_releases(request->arena, request->view, use->releases, use->release_count);
    add_keys(completion, &owners, typed.parent);
}

static void complete_template(struct completion *completion)
{
    const struct request *request = completion->request;
    const struct model *model = view_model(request->view);
    struct mention_begun begun;
    if (!mention_begins(request->arena, request->file->bytes, request->offset, &begun))
        return;
    completion->word.start = completion->word.end - (uint32_t)begun.key.n;
    struct owner_list owners = owners_of_file(request->arena, request->view, request->file);
    for (size_t i = 0; i < owners.count; i++) {
        struct str parent = owner_path(request->arena, &owners.items[i], begun.path);
        for (size_t k = 0; k < model->release_count; k++) {
            const struct release *release = &model->releases[k];
            bool is_of_chart = owner_is_of(&owners.items[i], release);
            for (size_t l = 0; is_of_chart && l < release->layer_count; l++) {
                if (release->layers[l].layer)
                    add_layer_keys(completion, release->layers[l].layer, parent, false);
            }
        }
        add_read_keys(completion, owners.items[i].directory, parent, false);
    }
}

json_t *answer_completion(const struct request *request)
{
    uint32_t at = (uint32_t)request->offset;
    struct completion completion = {
        .request = request,
        .word = {request->file->id, at, at},
        .items = json_array(),
    };
    const struct layer_use *use = layer_of_file(request->view, request->file);
    if (use)
        complete_layer(&completion, use);
    else if (view_model(request->view))
        complete_template(&completion);
    return completion.items;
}
