#include "eval/eval.h"
#include "random_templates.h"
#include "unit.h"

UNIT_ARENA(arena)

/* A chart "c" with a subchart "sub", made of the texts of templates. */
static const struct chart_package *load_chart(const char *chart, struct str template,
                                              const char *subchart)
{
    const struct tree_memory_file files[] = {
        {STR("Chart.yaml"), str_from_c(chart)},
        {STR("templates/t.yaml"), template},
        {STR("charts/sub/Chart.yaml"), STR("apiVersion: v2\nname: sub\nversion: 1.0.0\n")},
        {STR("charts/sub/templates/s.yaml"), str_from_c(subchart)},
    };
    const struct chart_load_options options = {.limits = &limits_default};
    struct diagnostics sink = {.arena = &arena};
    struct tree *tree = tree_open_memory(&arena, files, sizeof files / sizeof *files);
    return chart_package_load(&arena, tree, STR(""), &options, &sink);
}

static const struct chart_package *load(struct str template, const char *subchart)
{
    return load_chart("apiVersion: v2\nname: c\nversion: 1.0.0\n", template, subchart);
}

/* The text of all templates; p == NULL when one fails. */
static struct str rendered(struct template_store *store, const struct chart_package *package,
                           const struct value_map *values)
{
    const struct render_options options = {
        .helm = 4, .limits = &limits_default, .capabilities = capabilities_default(&arena, 4)};
    struct diagnostics sink = {.arena = &arena};
    struct rendered_list files;
    struct render_failure failure;
    struct text all = {.arena = &arena};
    const struct chart_instance *root = chart_instantiate(&arena, package, values, &sink);
    if (!root || !render(&arena, store, root, &options, &files, &failure))
        return (struct str){0};
    for (size_t i = 0; i < files.count; i++)
        text_add(&all, files.items[i].text);
    text_add_char(&all, '\n');
    return text_str(&all);
}

struct trial {
    struct template_store *store;
    const struct chart_package *package;
    const struct reads *reads;
    struct value_map *values;
    struct str plain;
    size_t unread, changes;
};

/* Whether the key counts as read, where nobody can say what else is in the map. */
static bool counts(const struct read_set *set, const struct read_set *child)
{
    return read_set_reads(set, child) || (set->uses & (READ_TESTED | READ_DEFAULTED));
}

/* Takes out every key below the map, alone, and renders: what changes something is read. */
static const char *try_map(struct trial *trial, struct value_map *map, const struct read_set *set,
                           struct str path)
{
    for (size_t i = 0; i < map->count; i++) {
        struct value_entry entry = map->entries[i];
        struct str below = values_path_key(&arena, path, entry.key);
        struct read_set child = read_set_child(&arena, set, entry.key);
        bool is_read = counts(set, &child);
        value_map_remove(map, entry.key);
        struct str text = rendered(trial->store, trial->package, trial->values);
        value_map_set(map, entry.key, entry.value);
        bool has_changed = !str_equal(text, trial->plain);
        trial->unread += !is_read;
        trial->changes += has_changed;
        if (has_changed && !is_read)
            return str_to_c(&arena, below);
        const char *wrong = is_read && entry.value.type == VALUE_MAP
                                ? try_map(trial, entry.value.map, &child, below)
                                : NULL;
        for (size_t k = 0; entry.value.type == VALUE_LIST && k < entry.value.list->count; k++) {
            struct read_set item = read_set_child(&arena, &child, str_format(&arena, "%zu", k));
            if (!wrong && is_read)
                wrong = try_map(trial, entry.value.list->items[k].map, &item,
                                values_path_index(&arena, below, k));
        }
        if (wrong)
            return wrong;
    }
    return NULL;
}

static struct value_map *values_of(const char *text)
{
    const struct yaml_stream *stream =
        yaml_parse_bytes(&arena, str_from_c(text), 0, &limits_default);
    return value_from_yaml(&arena, yaml_root(stream)).map;
}

static const char *const subchart = "{{ .Values.e }}{{ .Values.global.p | toJson }}";

static const struct reads *find(struct template_store *store, const struct chart_package *package,
                                const char *values)
{
    struct reads_texts texts = {0};
    const struct yaml_stream *stream =
        yaml_parse_bytes(&arena, str_from_c(values), 0, &limits_default);
    reads_texts_add(&arena, &texts, yaml_root(stream));
    return reads_find(&arena, store, package, &texts, &limits_default);
}

/* --- templates at random --- */

enum { TEMPLATES = 60, PARTS = 25 };

/* RANDOM_START in the environment tries others than those of every day. */
START_TEST(what_changes_the_output_is_read)
{
    size_t unread = 0;
    size_t changes = 0;
    const char *from = getenv("RANDOM_START");
    unsigned long start = (from ? strtoul(from, NULL, 10) : 0) + (unsigned long)_i * TEMPLATES;
    for (unsigned long seed = start; seed < start + TEMPLATES; seed++) {
        struct str text = random_template(&arena, seed);
        struct trial trial = {.store = template_store_new(&arena, 4, &limits_default),
                              .package = load(text, subchart),
                              .values = values_of(random_values)};
        trial.plain = rendered(trial.store, trial.package, trial.values);
        trial.reads = trial.plain.p ? find(trial.store, trial.package, random_values) : NULL;
        if (trial.reads) {
            struct read_set root = reads_root(&arena, trial.reads);
            const char *wrong = try_map(&trial, trial.values, &root, STR(""));
            ck_assert_msg(!wrong, "seed %lu: %s is read in %.*s", seed, wrong, STR_ARG(text));
        }
        unread += trial.unread;
        changes += trial.changes;
        template_store_close(trial.store);
        arena_reset(&arena);
    }
    /* There is something to be wrong about. */
    ck_assert_uint_gt(unread, 0);
    ck_assert_uint_gt(changes, 0);
}
END_TEST

/* --- what is read, and what is not --- */

static const struct {
    const char *template, *read, *unread; /* values paths with blanks between them */
} readings[] = {
    {"{{ .Values.a.b }}", "a a.b", "a.c x"},
    {"{{ toYaml .Values.a }}", "a a.b a.b.c", "x"},
    {"{{ range .Values.a }}{{ .b }}{{ end }}", "a a.x a.x.b", "a.x.c"},
    {"{{ range $k, $v := .Values.a }}{{ $k }}{{ end }}", "a.x", "a.x.b"},
    {"{{ with .Values.a }}{{ .b }}{{ $.Values.c }}{{ end }}", "a.b c", "a.c b"},
    {"{{ index .Values \"a\" \"b\" }}{{ get .Values.c \"d\" }}", "a.b c.d", "a.d c.b"},
    {"{{ index .Values.a .Values.k }}", "a.x k", "b"},
    {"{{ (.Values.a | default dict).b }}", "a.b", "a.c"},
    {"{{ hasKey .Values.a \"b\" }}", "a.b", "a.c"},
    {"{{ dig \"a\" \"b\" 1 .Values.AsMap }}", "a.b", "a.c b"},
    {"{{ first (pluck \"b\" .Values.a .Values.c) }}", "a.b c.b", "a.c c.c"},
    {"{{ (merge .Values.a .Values.c).b }}", "a.b c.b c.x", "a.x"},
    {"{{ (merge (dict \"b\" 1) .Values.a).c }}", "a.c", "a.x"},
    {"{{ (pick .Values.a \"b\").b }}", "a.b", "a.c"},
    {"{{ $_ := set .Values \"n\" .Values.a }}{{ .Values.n.b }}", "a.b", "a.c"},
    {"{{ $d := dict }}{{ $_ := set $d \"x\" .Values.a }}{{ $d.x.b }}", "a.b", "a.c"},
    {"{{ define \"h\" }}{{ .v.b }}{{ .r.Values.c }}{{ end }}"
     "{{ include \"h\" (dict \"v\" .Values.a \"r\" $) }}",
     "a.b c", "a.c b"},
    {"{{ define \"h\" }}{{ (index . 1).b }}{{ end }}{{ template \"h\" list $ .Values.a }}", "a.b",
     "a.c"},
    {"{{ define \"c.h\" }}{{ .b }}{{ end }}{{ include (printf \"%s.h\" .Chart.Name) .Values.a }}",
     "a.b", "a.c"},
    {"{{ define \"h\" }}{{ .b }}{{ end }}{{ include .Values.k .Values.a }}", "k a.b a.c", "x"},
    {"{{ define \"h\" }}{{ .b }}{{ range .n }}{{ include \"h\" . }}{{ end }}{{ end }}"
     "{{ include \"h\" .Values.a }}",
     "a.b a.n a.n.x a.n.x.b a.n.x.n", "a.c a.n.x.c"},
    {"{{ tpl .Values.t . }}", "t x.y", "a x.z"},
    {"{{ tpl (toYaml .Values.m) . }}", "m m.z x.y", "a"},
    {"{{ tpl \"{{ .Values.a.b }}\" . }}", "a.b", "a.c t x"},
    {"{{ tpl (printf \"{{ %s }}\" .Values.k) . }}", "a b.c x", ""},
    {"{{ .Subcharts.sub.Values.e }}", "sub.e", "sub.f"},
    {"{{ $x := .Values.a }}{{ if .Values.k }}{{ $x = .Values.c }}{{ end }}{{ $x.b }}", "a.b c.b k",
     "a.c c.c"},
    {"{{ $x := .Values.a }}{{ $x = .Values.c }}{{ $x.b }}", "c.b", "a.b"},
    {"{{ $x := .Values }}{{ range splitList \".\" \"a.b\" }}{{ $x = index $x . }}{{ end }}{{ $x }}",
     "a.b a.b.c", "a.c b"},
    {"{{ if false }}{{ .Values.a }}{{ end }}{{ .Values.b }}", "b", "a"},
    {"{{ deepCopy .Values.a | mergeOverwrite (dict \"x\" 1) | toYaml }}", "a.b", "b"},
    {"{{ .Files.Get \"none\" }}{{ .Release.Name }}{{ .Capabilities.KubeVersion }}", "sub", "a"},
    {"{{ . }}", "a b.c", ""},
    {"{{ len .Values.a }}", "a.x", "a.x.y b"},
    {"{{ $x := .Values.a }}{{ range .Values.l }}{{ $x.b }}{{ $x = . }}{{ end }}", "a.b l.0.b",
     "a.c"},
    {"{{ range .Values.l }}{{ if .k }}{{ continue }}{{ end }}{{ .b }}{{ end }}", "l.0.k l.0.b",
     "l.0.c"},
    {"{{ $m := merge (dict) .Values.a .Values.c }}{{ .Values.a.x.y }}", "a.x.y c.x.y", "a.x.z"},
};

static bool is_path_read(const struct reads *reads, struct str path)
{
    struct read_set set = reads_root(&arena, reads);
    while (path.p) {
        struct read_set child = read_set_child(&arena, &set, str_cut(&path, '.'));
        if (!read_set_reads(&set, &child))
            return false;
        set = child;
    }
    return true;
}

static void check_paths(const struct reads *reads, const char *paths, bool expected,
                        const char *template)
{
    struct str rest = str_from_c(paths);
    while (rest.n) {
        struct str path = str_cut(&rest, ' ');
        ck_assert_msg(is_path_read(reads, path) == expected, "%.*s is %s in %s", STR_ARG(path),
                      expected ? "not read" : "read", template);
    }
}

START_TEST(reads_are_found)
{
    struct template_store *store = template_store_new(&arena, 4, &limits_default);
    const struct chart_package *package =
        load(str_from_c(readings[_i].template), "{{ .Values.e }}{{ .Values.global.g }}");
    const struct reads *reads =
        find(store, package, "{t: '{{ .Values.x.y }}', m: {z: '{{ .Values.x.y }}'}}");
    check_paths(reads, readings[_i].read, true, readings[_i].template);
    check_paths(reads, readings[_i].unread, false, readings[_i].template);
    check_paths(reads, "sub sub.e global global.g sub.global.g", true, readings[_i].template);
    template_store_close(store);
}
END_TEST

/* Paths about as long as the longest that are told apart. */
START_TEST(long_paths_end)
{
    struct template_store *store = template_store_new(&arena, 4, &limits_default);
    for (unsigned length = 30; length < 50; length++) {
        struct text text = {.arena = &arena};
        text_add_c(&text, "{{ range .Values");
        for (unsigned i = 0; i < length; i++)
            text_add_c(&text, ".b");
        text_add_c(&text, " }}{{ range . }}{{ . }}{{ end }}{{ end }}{{ toYaml .Values.b }}");
        const struct reads *reads = find(store, load(text_str(&text), ""), "{}");
        check_paths(reads, "b b.b b.x", true, "the long path");
        check_paths(reads, "a", false, "the long path");
    }
    template_store_close(store);
}
END_TEST

/* A text that gives itself to tpl, with a larger dot each time. */
START_TEST(texts_end)
{
    struct template_store *store = template_store_new(&arena, 4, &limits_default);
    const char *values = "t: '{{ .Values.a.b }}{{ tpl .Values.t (merge (dict \"n\" 1) .) }}'";
    const struct reads *reads = find(store, load(STR("{{ tpl .Values.t . }}"), ""), values);
    check_paths(reads, "t a a.b", true, values);
    check_paths(reads, "a.c x", false, values);
    template_store_close(store);
}
END_TEST

/* Maps that inherit from each other on more ways than can be gone one by one. */
START_TEST(merged_maps_are_looked_at_once)
{
    struct template_store *store = template_store_new(&arena, 4, &limits_default);
    struct text text = {.arena = &arena};
    text_add_c(&text, "{{ $a := .Values.a }}{{ $b := .Values.c }}");
    for (unsigned i = 0; i < 40; i++)
        text_add_c(&text, "{{ $x := $a }}{{ if .Values.k }}{{ $x = $b }}{{ end }}"
                          "{{ $a = merge (dict) $x }}{{ $b = merge (dict) $x }}");
    text_add_c(&text, "{{ $a.b }}{{ range $b }}{{ .d }}{{ end }}{{ if $a }}{{ end }}");
    const struct reads *reads = find(store, load(text_str(&text), ""), "{}");
    check_paths(reads, "k a.b c.b a.x.d c.x.d", true, "the merges");
    check_paths(reads, "a.x.e c.x.e d x", false, "the merges");
    template_store_close(store);
}
END_TEST

/* How a value is read, where that matters. */
static const struct {
    const char *template;
    unsigned uses, others; /* of .Values.a: those that it has and those that it has not */
} manners[] = {
    {"{{ if .Values.a }}x{{ end }}", READ_TESTED, READ_PLAIN | READ_WHOLE},
    {"{{ with .Values.a }}{{ . }}{{ end }}", READ_TESTED | READ_WHOLE | READ_PRINTED, READ_PLAIN},
    {"{{ if .Values.a }}{{ .Values.a }}{{ end }}", READ_TESTED | READ_WHOLE, READ_PLAIN},
    {"{{ if .Values.a }}x{{ else }}{{ .Values.a }}{{ end }}", READ_TESTED | READ_PLAIN, 0},
    {"{{ if and .Values.b .Values.a }}{{ .Values.a }}{{ end }}", READ_WHOLE, READ_PLAIN},
    {"{{ .Values.a | default 1 }}", READ_DEFAULTED | READ_WHOLE, READ_PLAIN | READ_TESTED},
    {"{{ .Values.a | default .Values.b }}", READ_TESTED | READ_PLAIN, READ_DEFAULTED},
    {"{{ if .Values.a | default true }}x{{ end }}", READ_DEFAULTED, READ_PLAIN | READ_TESTED},
    {"{{ not .Values.a }}", READ_TESTED | READ_PLAIN, READ_WHOLE},
    {"{{ .Values.a | quote }}", READ_PRINTED | READ_PLAIN, 0},
    {"{{ int64 .Values.a }}", READ_WHOLE | READ_PLAIN, READ_PRINTED},
    {"{{ printf \"%.0f\" .Values.a }}", READ_WHOLE, READ_PRINTED},
    {"{{ tpl .Values.a . }}", READ_TEMPLATE | READ_WHOLE, 0},
    {"{{ kindIs \"map\" .Values.a }}", 0, READ_WHOLE | READ_PLAIN | READ_TESTED | READ_KEYS},
};

START_TEST(manner_is_noted)
{
    struct template_store *store = template_store_new(&arena, 4, &limits_default);
    const struct reads *reads = find(store, load(str_from_c(manners[_i].template), ""), "{}");
    struct read_set root = reads_root(&arena, reads);
    struct read_set set = read_set_child(&arena, &root, STR("a"));
    ck_assert_uint_eq(set.count, 1);
    ck_assert_uint_eq(set.uses & manners[_i].uses, manners[_i].uses);
    ck_assert_uint_eq(set.uses & manners[_i].others, 0);
    template_store_close(store);
}
END_TEST

/* Helm itself, a dependency that is missing, and templates that cannot be parsed. */
START_TEST(what_is_not_known_is_read)
{
    struct template_store *store = template_store_new(&arena, 4, &limits_default);
    const char *chart =
        "apiVersion: v2\nname: c\nversion: 1.0.0\ndependencies:\n"
        "  - {name: sub, alias: other, version: 1.x.x, condition: on.sub, tags: [t],"
        " import-values: [data]}\n  - {name: missing, version: 1.x.x}\n";
    const struct chart_package *package =
        load_chart(chart, STR("{{ .Values.a }}"), "{{ .Values.e }}");
    const struct reads *reads = find(store, package, "{}");
    check_paths(reads, "on.sub tags.t other.e other.exports.data missing.x.y global.x", true,
                chart);
    check_paths(reads, "on.x tags.x other.f b", false, chart);
    ck_assert(!reads->is_complete);
    ck_assert_ptr_null(find(store, load(STR("{{ if }}"), ""), "{}"));
    template_store_close(store);
}
END_TEST

UNIT_TESTS("reads", {what_changes_the_output_is_read, PARTS}, EACH(reads_are_found, readings),
           EACH(manner_is_noted, manners), ONCE(what_is_not_known_is_read), ONCE(long_paths_end),
           ONCE(texts_end), ONCE(merged_maps_are_looked_at_once))
