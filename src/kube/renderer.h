#ifndef BULKHEAD_KUBE_RENDERER_H
#define BULKHEAD_KUBE_RENDERER_H

#include "manifest.h"
#include "repo/repo.h"

/* Charts and their parsed templates, loaded once, and the releases that are rendered with them. */
struct renderer;

/* Lives in the arena; what the operating system holds for it is given back by renderer_close. */
struct renderer *renderer_new(struct arena *arena, struct tree *tree,
                              const struct chart_load_options *options);
void renderer_close(struct renderer *renderer);

/* The chart in the directory or packed file, loaded at the first call, whose problems go to the
 * sink. NULL: it is none. Not to be called from several threads, and not while others render. */
const struct chart_package *renderer_load(struct renderer *renderer, struct str path,
                                          struct diagnostics *sink);

/* What is to be rendered. */
struct renderer_input {
    const struct chart_package *package;
    const struct value_map *values; /* the user's; they are not changed */
    const struct render_options *options;
    /* The values files behind them, lowest first, to tell where a value was written; may be none.
     */
    const struct layer *const *layers;
    size_t layer_count;
    bool skips_schemas;       /* does not check values.schema.json */
    bool checks_kube_version; /* refuses a chart that is not for the capabilities' Kubernetes */
};

/* A rendered release; everything in the arena it was rendered into. */
struct rendering {
    const struct chart_instance *root;
    struct rendered_list files;
    struct manifest_list manifests; /* as manifests_sort orders them */
    struct render_failure failure;  /* when it failed */
    struct manifest broken;         /* the document that is no YAML, when that was the reason */
};

/* Renders a release. False: the values do not fit the charts or their values.schema.json, a
 * template failed or printed what is no YAML; the sink has an error that says why, in Helm's words;
 * what was made until then is in *ret_rendering, the rest of it is zeroed. Several threads may
 * render. */
bool renderer_render(struct renderer *renderer, struct arena *arena,
                     const struct renderer_input *input, struct diagnostics *sink,
                     struct rendering *ret_rendering);

/* What the templates of a loaded chart may read, see reads_find; in the arena, NULL when that is
 * not known. Several threads may ask, each with an arena of its own. */
const struct reads *renderer_reads(struct renderer *renderer, struct arena *arena,
                                   const struct chart_package *package,
                                   const struct reads_texts *texts);

/* The values that the files of a release give, merged as helm merges several -f, without the
 * chart's defaults; a map of the caller's own in the arena. */
struct value_map *release_file_values(struct arena *arena, const struct release *release);

#endif
