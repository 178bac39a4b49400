#include "subject.h"

/* --- charts --- */

bool owner_is_of(const struct owner *owner, const struct release *release)
{
    return release->chart && str_equal(owner->directory, release->chart->directory);
}

struct str owner_path(struct arena *arena, const struct owner *owner, struct str path)
{
    bool is_global = str_is(path, "global") || str_starts_with(path, STR("global."));
    if (!owner->prefix.n || is_global)
        return path;
    return path.n ? str_format(arena, "%.*s.%.*s", STR_ARG(owner->prefix), STR_ARG(path))
                  : owner->prefix;
}

/* The key under which a chart has the values of a subchart. */
static struct str key_of(const struct chart *chart, const struct chart *subchart)
{
    for (size_t i = 0; i < chart->dependency_count; i++) {
        const struct chart_dependency *dependency = &chart->dependencies[i];
        if (str_equal(dependency->name, subchart->name))
            return dependency->alias.n ? dependency->alias : dependency->name;
    }
    return subchart->name;
}

static void add_owners(struct arena *arena, struct owner_list *list, struct owner owner)
{
    vector_push(arena, list, owner);
    for (size_t i = 0; i < owner.package->subchart_count; i++) {
        struct owner below = owner;
        below.package = owner.package->subcharts[i];
        const struct chart *chart = below.package->chart;
        if (!chart->is_library)
            below.prefix =
                values_path_key(arena, owner.prefix, key_of(owner.package->chart, chart));
        add_owners(arena, list, below);
    }
}

static void add_chart(struct arena *arena, struct view *view, struct str directory,
                      struct owner_list *list)
{
    const struct chart_package *package = view_package(view, directory);
    if (package)
        add_owners(arena, list, (struct owner){directory, package, STR("")});
}

struct owner_list owners_of_releases(struct arena *arena, struct view *view,
                                     const struct release *const *releases, size_t count)
{
    struct owner_list list = {0};
    struct map seen = {0};
    for (size_t i = 0; i < count; i++) {
        const struct chart *chart = releases[i]->chart;
        if (!chart || map_has(&seen, chart->directory))
            continue;
        map_put(arena, &seen, chart->directory, (void *)chart);
        add_chart(arena, view, chart->directory, &list);
    }
    return list;
}

/* The values.yaml of a chart that was loaded as a whole knows the file by its spans only. */
static bool is_defaults(const struct owner *owner, const struct file *file)
{
    const struct layer *defaults = owner->package->chart->defaults;
    return defaults && defaults->root->span.file == file->id;
}

static bool has_file(const struct owner *owner, const struct file *file)
{
    if (is_defaults(owner, file))
        return true;
    for (size_t i = 0; i < owner->package->templates.count; i++) {
        if (owner->package->templates.items[i].file == file->id)
            return true;
    }
    return false;
}

/* The owners of a file among charts that it lies below, or does not. */
static struct owner_list search(struct arena *arena, struct view *view, const struct file *file,
                                bool is_below)
{
    const struct model *model = view_model(view);
    struct owner_list found = {0};
    struct map seen = {0};
    for (size_t i = 0; model && i < model->release_count; i++) {
        const struct chart *chart = model->releases[i].chart;
        if (!chart || path_is_below(file->path, chart->directory) != is_below ||
            map_has(&seen, chart->directory))
            continue;
        struct owner_list all = {0};
        map_put(arena, &seen, chart->directory, (void *)chart);
        add_chart(arena, view, chart->directory, &all);
        for (size_t k = 0; k < all.count; k++) {
            if (has_file(&all.items[k], file))
                vector_push(arena, &found, all.items[k]);
        }
    }
    return found;
}

struct owner_list owners_of_file(struct arena *arena, struct view *view, const struct file *file)
{
    struct owner_list near = search(arena, view, file, true);
    return near.count ? near : search(arena, view, file, false);
}

void owners_visit(struct view *view, const struct owner_list *owners, owner_visit *visit,
                  void *context)
{
    for (size_t i = 0; i < owners->count; i++) {
        const struct owner *owner = &owners->items[i];
        for (size_t k = 0; k < owner->package->templates.count; k++) {
            const struct mention_list *list =
                view_mentions(view, &owner->package->templates.items[k]);
            for (size_t m = 0; m < list->count; m++)
                visit(context, owner, &list->items[m]);
        }
    }
}

/* --- layers --- */

const struct layer_use *layer_of_file(const struct view *view, const struct file *file)
{
    const struct model *model = view_model(view);
    for (size_t i = 0; model && i < model->layer_count; i++) {
        if (model->layers[i].layer->file == file)
            return &model->layers[i];
    }
    return NULL;
}

struct search_value {
    struct arena *arena;
    size_t offset;
    struct span span; /* of what was found; file 0: nothing */
    struct str path;
};

static bool holds(struct span span, size_t offset)
{
    return span.file && span.start <= offset && offset <= span.end;
}

static bool look_at_value(void *context, const struct layer_value *value)
{
    struct search_value *search = context;
    struct span key = value->entry ? value->entry->key_span : value->node->span;
    bool is_scalar = value->node->kind < YAML_LIST;
    bool on_key = value->entry && holds(key, search->offset);
    bool on_scalar = is_scalar && holds(value->node->span, search->offset);
    if (on_key || on_scalar) {
        search->span = on_key ? key : value->node->span;
        search->path = layer_value_path(search->arena, value);
    }
    return !is_scalar;
}

enum path_relation path_relation(struct str path, struct str other)
{
    bool is_shorter = path.n < other.n;
    struct str outer = is_shorter ? path : other;
    struct str inner = is_shorter ? other : path;
    if (!str_starts_with(inner, outer))
        return PATH_APART;
    if (inner.n == outer.n)
        return PATH_SAME;
    if (outer.n && inner.p[outer.n] != '.' && inner.p[outer.n] != '[')
        return PATH_APART;
    return is_shorter ? PATH_AROUND : PATH_WITHIN;
}

/* --- subjects --- */

/* A library chart may be in several places of a release, which all mean the same values. */
static void add_value(struct arena *arena, struct subject *subject, struct subject_value value)
{
    for (size_t i = subject->values.count; i > 0; i--) {
        const struct subject_value *other = &subject->values.items[i - 1];
        if (other->release != value.release)
            break;
        if (str_equal(other->path, value.path))
            return;
    }
    vector_push(arena, &subject->values, value);
}

static void add_values(struct arena *arena, const struct view *view, struct subject *subject)
{
    const struct model *model = view_model(view);
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        for (size_t k = 0; k < subject->owners.count; k++) {
            const struct owner *owner = &subject->owners.items[k];
            struct subject_value value = {release, owner_path(arena, owner, subject->name)};
            if (owner_is_of(owner, release))
                add_value(arena, subject, value);
        }
    }
}

/* The whole charts that the owners are parts of. */
static struct owner_list whole_charts(struct arena *arena, struct view *view,
                                      const struct owner_list *owners)
{
    struct owner_list whole = {0};
    struct map seen = {0};
    for (size_t i = 0; i < owners->count; i++) {
        struct str directory = owners->items[i].directory;
        if (!map_has(&seen, directory))
            add_chart(arena, view, directory, &whole);
        map_put(arena, &seen, directory, (void *)owners);
    }
    return whole;
}

static struct subject find_in_layer(struct arena *arena, struct view *view,
                                    const struct layer_use *use, size_t offset)
{
    struct subject subject = {0};
    struct search_value found = {.arena = arena, .offset = offset};
    layer_walk(use->layer, look_at_value, &found);
    if (!found.span.file)
        return subject;
    subject.kind = SUBJECT_VALUE;
    subject.span = found.span;
    subject.name = found.path;
    subject.owners = owners_of_releases(arena, view, use->releases, use->release_count);
    for (size_t i = 0; i < use->release_count; i++)
        vector_push(arena, &subject.values, ((struct subject_value){use->releases[i], found.path}));
    return subject;
}

/* The values.yaml of a subchart. */
static bool find_in_defaults(struct arena *arena, const struct owner_list *owners,
                             const struct file *file, size_t offset, struct subject *ret_subject)
{
    if (!is_defaults(&owners->items[0], file))
        return false;
    struct search_value found = {.arena = arena, .offset = offset};
    layer_walk(owners->items[0].package->chart->defaults, look_at_value, &found);
    ret_subject->kind = found.span.file ? SUBJECT_VALUE : SUBJECT_NONE;
    ret_subject->span = found.span;
    ret_subject->name = found.path;
    return true;
}

struct subject subject_find(struct arena *arena, struct view *view, const struct file *file,
                            size_t offset)
{
    struct subject subject = {0};
    const struct layer_use *use = layer_of_file(view, file);
    if (use)
        return find_in_layer(arena, view, use, offset);
    subject.owners = owners_of_file(arena, view, file);
    if (!subject.owners.count)
        return subject;
    if (!find_in_defaults(arena, &subject.owners, file, offset, &subject)) {
        struct mention_list list = mentions_find(arena, file);
        const struct mention *mention = mention_at(arena, &list, file, offset);
        if (!mention)
            return subject;
        subject.kind = mention->kind == MENTION_VALUES ? SUBJECT_VALUE : SUBJECT_DEFINITION;
        subject.span = mention->span;
        subject.name = mention->path;
        subject.is_in_template = true;
    }
    if (subject.kind == SUBJECT_VALUE)
        add_values(arena, view, &subject);
    subject.owners = whole_charts(arena, view, &subject.owners);
    return subject;
}

/* --- where it is written --- */

static void add_write(struct arena *arena, struct span_list *places, struct span span)
{
    for (size_t i = 0; i < places->count; i++) {
        if (places->items[i].file == span.file && places->items[i].start == span.start)
            return;
    }
    if (span.file)
        vector_push(arena, places, span);
}

const struct yaml_node *layer_node_find(struct arena *arena, const struct layer *layer,
                                        struct str path, struct span *ret_key)
{
    struct values_step_list steps = values_path_parse(arena, path);
    const struct yaml_node *node = layer->root;
    struct span key = {0};
    for (size_t i = 0; i < steps.count; i++) {
        const struct values_step *step = &steps.items[i];
        const struct yaml_entry *entry = step->is_index ? NULL : yaml_find(node, step->key);
        bool is_item = step->is_index && node->kind == YAML_LIST && step->index < node->list.count;
        if (!entry && !is_item)
            return NULL;
        node = is_item ? node->list.items[step->index] : entry->value;
        key = is_item ? (struct span){0} : entry->key_span;
    }
    if (ret_key)
        *ret_key = key;
    return node;
}

static void add_layer_write(struct arena *arena, struct span_list *places,
                            const struct layer *layer, struct str path)
{
    struct span span;
    const struct yaml_node *node = layer_node_find(arena, layer, path, &span);
    if (node)
        add_write(arena, places, span.file ? span : node->span);
}

/* The path in the owner's own values; p == NULL when it leads elsewhere. */
static struct str path_in_owner(const struct owner *owner, const struct subject_value *value)
{
    bool is_own = owner_is_of(owner, value->release);
    if (is_own && !owner->prefix.n)
        return value->path;
    if (!is_own || path_relation(owner->prefix, value->path) != PATH_AROUND)
        return (struct str){0};
    return str_from(value->path, owner->prefix.n + 1);
}

static void add_default_writes(struct arena *arena, const struct subject *subject,
                               struct span_list *places)
{
    for (size_t i = 0; i < subject->owners.count; i++) {
        const struct owner *owner = &subject->owners.items[i];
        const struct layer *layer = owner->package->chart->defaults;
        struct str path = {0};
        for (size_t k = 0; layer && !path.p && k < subject->values.count; k++)
            path = path_in_owner(owner, &subject->values.items[k]);
        if (path.p)
            add_layer_write(arena, places, layer, path);
    }
}

struct span_list subject_writes(struct arena *arena, const struct subject *subject)
{
    struct span_list places = {0};
    struct map seen = {0};
    add_default_writes(arena, subject, &places);
    for (size_t i = 0; i < subject->values.count; i++) {
        const struct subject_value *value = &subject->values.items[i];
        for (size_t k = 0; k < value->release->layer_count; k++) {
            const struct layer *layer = value->release->layers[k].layer;
            if (!layer || layer->kind == LAYER_UNKNOWN || map_has(&seen, layer->path))
                continue;
            map_put(arena, &seen, layer->path, (void *)layer);
            add_layer_write(arena, &places, layer, value->path);
        }
    }
    return places;
}
