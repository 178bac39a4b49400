#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine/engine.h"
#include "engine/pass_private.h"

/* The truth of values/unread-key: every key that it reports in the repositories given as arguments
 * is taken out, alone, and every release that loads the file is rendered again. Not one byte
 * changes. Prints TAP, a test for each repository. */

struct trial {
    struct arena arena;
    struct workspace *workspace;
    struct renderer *renderer;
    size_t renderings, failures, wrong;
};

/* The node without what stands at the steps. */
static struct yaml_node *without(struct arena *arena, const struct yaml_node *node,
                                 const struct values_step *steps, size_t count)
{
    struct yaml_node *copy = arena_make(arena, struct yaml_node);
    *copy = *node;
    if (steps[0].is_index) {
        copy->list.items = arena_make_array(arena, struct yaml_node *, node->list.count);
        memcpy(copy->list.items, node->list.items, node->list.count * sizeof *copy->list.items);
        copy->list.items[steps[0].index] =
            without(arena, node->list.items[steps[0].index], steps + 1, count - 1);
        return copy;
    }
    copy->map.index = NULL;
    copy->map.count = 0;
    copy->map.entries = arena_make_array(arena, struct yaml_entry, node->map.count);
    for (size_t i = 0; i < node->map.count; i++) {
        struct yaml_entry entry = node->map.entries[i];
        bool is_on_path = str_equal(entry.key, steps[0].key);
        if (is_on_path && count == 1)
            continue;
        if (is_on_path)
            entry.value = without(arena, entry.value, steps + 1, count - 1);
        copy->map.entries[copy->map.count++] = entry;
    }
    return copy;
}

/* The text of all templates, or why there is none. */
static struct str render_with(struct trial *trial, struct arena *arena,
                              const struct release *release)
{
    struct diagnostics problems = {.arena = arena};
    struct diagnostics of_loading = {.arena = arena};
    const struct render_options options = {
        .release = release->release_name,
        .namespace = release->namespace,
        .helm = 4,
        .capabilities = capabilities_default(arena, 4),
        .limits = &limits_default,
    };
    struct renderer_input input = {
        .package = renderer_load(trial->renderer, release->chart->directory, &of_loading),
        .values = release_file_values(arena, release),
        .options = &options,
    };
    struct rendering rendering;
    struct text all = {.arena = arena};
    if (!renderer_render(trial->renderer, arena, &input, &problems, &rendering))
        trial->failures++;
    for (size_t i = 0; i < rendering.files.count; i++)
        text_add(&all, rendering.files.items[i].text);
    for (size_t i = 0; i < problems.count; i++)
        text_add(&all, problems.items[i].message);
    trial->renderings++;
    return text_str(&all);
}

/* True when the layer has the key at the steps that stands in the span. */
static bool writes(const struct layer *layer, const struct values_step_list *steps,
                   struct span span)
{
    const struct yaml_node *node = layer->root;
    bool is_there = false;
    for (size_t i = 0; i < steps->count && node; i++) {
        const struct values_step *step = &steps->items[i];
        const struct yaml_node *next = NULL;
        if (step->is_index && node->kind == YAML_LIST && step->index < node->list.count)
            next = node->list.items[step->index];
        for (size_t k = 0; !step->is_index && node->kind == YAML_MAP && k < node->map.count; k++) {
            const struct yaml_entry *entry = &node->map.entries[k];
            if (!str_equal(entry->key, step->key))
                continue;
            next = entry->value;
            is_there = memcmp(&entry->key_span, &span, sizeof span) == 0;
        }
        node = next;
    }
    return node && is_there;
}

/* The release with another layer in the place of one. */
static struct release with_layer(struct arena *arena, const struct release *release,
                                 const struct layer *old, const struct layer *new)
{
    struct release copy = *release;
    copy.layers = arena_make_array(arena, struct release_layer, release->layer_count);
    for (size_t i = 0; i < release->layer_count; i++) {
        copy.layers[i] = release->layers[i];
        if (copy.layers[i].layer == old)
            copy.layers[i].layer = new;
    }
    return copy;
}

static void try_release(struct trial *trial, const struct finding *finding,
                        const struct release *release)
{
    struct arena scratch = {0};
    struct values_step_list steps = values_path_parse(&scratch, finding->values_path);
    const struct layer *layer = NULL;
    for (size_t i = 0; i < release->layer_count; i++) {
        const struct layer *one = release->layers[i].layer;
        if (one && writes(one, &steps, finding->span))
            layer = one;
    }
    assert(layer && "a release of the finding has the layer");
    struct layer changed = *layer;
    changed.root = without(&scratch, layer->root, steps.items, steps.count);
    struct release other = with_layer(&scratch, release, layer, &changed);
    struct str before = render_with(trial, &scratch, release);
    struct str after = render_with(trial, &scratch, &other);
    if (!str_equal(before, after)) {
        trial->wrong++;
        printf("# %.*s:%u: %.*s changes %.*s\n", STR_ARG(layer->path), finding->position.line,
               STR_ARG(finding->values_path), STR_ARG(release->name));
    }
    arena_release(&scratch);
}

static bool try_repository(const char *root, size_t number)
{
    static const struct chart_load_options how = {.limits = &limits_default};
    struct trial trial = {0};
    struct diagnostics problems = {.arena = &trial.arena};
    struct run_options options = {.least = SEVERITY_INFO, .today = STR("2026-01-01")};
    struct tree *tree = tree_open_disk(&trial.arena, str_from_c(root), &limits_default);
    vector_push(&trial.arena, &options.select, STR("values/unread-key"));
    vector_push(&trial.arena, &options.select, STR("values/schema")); /* to which it yields */
    trial.workspace = workspace_open(tree, STR(""), 1);
    trial.renderer = renderer_new(&trial.arena, tree, &how);
    struct run_result result = {0};
    if (trial.workspace->model)
        result = run_rules(&trial.arena, trial.workspace, &options, &problems);
    size_t count = 0;
    for (size_t i = 0; i < result.findings.count; i++) {
        if (!str_is(result.findings.items[i].rule->name, "values/unread-key"))
            continue;
        const struct finding *finding = &result.findings.items[i];
        for (size_t k = 0; k < finding->release_count; k++)
            try_release(&trial, finding, finding->releases[k]);
        count++;
    }
    printf("%s %zu - %s: %zu unread keys, %zu renderings of which %zu fail as before\n",
           trial.wrong ? "not ok" : "ok", number, root, count, trial.renderings, trial.failures);
    size_t wrong = trial.wrong;
    renderer_close(trial.renderer);
    workspace_close(trial.workspace);
    tree_close(tree);
    arena_release(&trial.arena);
    return !wrong;
}

int main(int count, char **arguments)
{
    bool is_true = true;
    printf("1..%d\n", count - 1);
    for (int i = 1; i < count; i++)
        is_true &= try_repository(arguments[i], (size_t)i);
    return is_true ? EXIT_SUCCESS : EXIT_FAILURE;
}
