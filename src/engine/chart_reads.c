#include "chart_reads.h"

/* A chart and the texts in the values of its releases. */
struct chart_texts {
    const struct chart *chart;
    const struct chart_package *package;
    struct reads_texts texts;
    bool *has_layer; /* by the layer's number */
    const struct reads *reads;
};

struct search {
    struct worker *workers;
    struct chart_texts **charts;
    size_t count;
};

static void add_layers(struct arena *arena, struct chart_texts *chart,
                       const struct release *release)
{
    for (size_t i = 0; i < release->layer_count; i++) {
        const struct layer *layer = release->layers[i].layer;
        if (!layer || chart->has_layer[layer->number])
            continue;
        chart->has_layer[layer->number] = true;
        bool is_known = layer->kind != LAYER_UNKNOWN && layer->root;
        chart->texts.is_incomplete |= !is_known;
        if (is_known)
            reads_texts_add(arena, &chart->texts, layer->root);
    }
}

static struct chart_texts *chart_of(struct arena *arena, struct map *charts,
                                    const struct model *model, const struct chart *chart)
{
    struct chart_texts *known = map_get(charts, chart->directory);
    if (!known) {
        known = arena_make(arena, struct chart_texts);
        known->chart = chart;
        known->has_layer = arena_make_array(arena, bool, model->layer_count);
        map_put(arena, charts, chart->directory, known);
    }
    return known;
}

static void find_one(void *context, unsigned number, size_t index)
{
    struct search *search = context;
    struct worker *worker = &search->workers[number];
    struct chart_texts *chart = search->charts[index];
    if (chart->package)
        chart->reads =
            renderer_reads(worker->renderer, &worker->results, chart->package, &chart->texts);
}

void chart_reads_find(struct arena *arena, const struct workspace *workspace,
                      const struct run_options *options, struct worker *workers,
                      unsigned worker_count)
{
    const struct model *model = workspace->model;
    struct map charts = {0};
    struct map *reads = arena_make(arena, struct map);
    struct diagnostics known = {.arena = arena}; /* what is wrong with charts was told */
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        if (release->chart && run_looks_at(options, release->application))
            add_layers(arena, chart_of(arena, &charts, model, release->chart), release);
    }
    struct search search = {workers, NULL, charts.count};
    search.charts = arena_make_array(arena, struct chart_texts *, charts.count + 1);
    for (size_t i = 0; i < charts.count; i++) {
        search.charts[i] = charts.items[i].value;
        search.charts[i]->package =
            renderer_load(workers[0].renderer, search.charts[i]->chart->directory, &known);
    }
    parallel_for(charts.count, worker_count, find_one, &search);
    for (size_t i = 0; i < charts.count; i++)
        map_put(arena, reads, charts.items[i].key, (void *)search.charts[i]->reads);
    for (unsigned i = 0; i < worker_count; i++)
        workers[i].reads = reads;
}
