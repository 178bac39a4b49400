#include "cause_unit.h"

UNIT_ARENA(arena)

/* In the document `a: TEMPLATE` the cause of the field. */
struct one {
    const char *values, *template, *field, *cause;
    const char *helpers, *layer;
};

static const struct one ones[] = {
    {"x: 1", "a: {{ .Values.x }}", "a", "values x"},
    {"x: 1", "a: b", "a", "template"},
    {"x: 1", "a: {{ .Release.Name }}", "a", "built-in Release.Name"},
    {"x: {m: 1}", "a: {{ index .Values \"x\" \"m\" }}", "a", "values x.m"},
    {"x: {m: 1}", "a: {{ (get .Values.x \"m\") | quote }}", "a", "values x.m"},
    {"x: {m: 1}", "a: {{ dig \"m\" 2 .Values.x }}", "a", "values x.m"},
    /* what was printed last comes first */
    {"x: 1\nm: 2", "a: {{ .Values.x }}-{{ .Values.m }}", "a", "values m x"},
    {"x: a\nm: b", "a: {{ printf \"%s:%s\" .Values.x .Values.m }}", "a", "values x m"},
    /* what decided comes behind what it decided for */
    {"x: ''", "a: {{ default \"b\" .Values.x }}", "a", "values x"},
    {"x: b", "a: {{ .Values.x | default .Chart.AppVersion }}", "a", "values x"},
    {"x: ''", "a: {{ .Values.x | default .Chart.AppVersion }}", "a", "values x Chart.AppVersion"},
    {"x: true", "a: {{ ternary \"b\" \"c\" .Values.x }}", "a", "values x"},
    {"x: ''\nm: b", "a: {{ coalesce .Values.x .Values.m }}", "a", "values m x"},
    {"x: ''\nm: ''", "a: {{ or .Values.x .Values.m | quote }}", "a", "values x m"},
    {"x: ''\nm: b", "a: {{ or .Values.x .Values.m }}", "a", "values m x"},
    {"x: b\nm: ''", "a: {{ and .Values.x .Values.m | quote }}", "a", "values m x"},
    /* whole trees */
    {"x: {m: 1, z: [2, 3]}", "a:\n  {{- toYaml .Values.x | nindent 2 }}", "a.z[1]",
     "values x.z[1]"},
    {"x: {m: 1}", "a:\n{{ toYaml .Values.x | indent 2 }}", "a.m", "values x.m"},
    {"x: {m: 1}", "a: {{ toJson .Values.x }}", "a.m", "values x.m"},
    {"x: {m: 1}", "a: {{ (.Values.x | toYaml | fromYaml).m }}", "a", "values x.m"},
    {"x: {m: 1}", "a:\n  {{- omit .Values.x \"z\" | toYaml | nindent 2 }}", "a.m", "values x.m"},
    {"x: {m: 1}\nz: {m: 2, w: 3}", "a: {{ (merge .Values.x .Values.z).w }}", "a", "values z.w"},
    {"x: {m: 1}\nz: {m: 2}", "a: {{ (mergeOverwrite .Values.x .Values.z).m }}", "a", "values z.m"},
    {"x: {m: 1}", "a: {{ (deepCopy .Values.x).m }}", "a", "values x.m"},
    /* loops, variables, dictionaries */
    {"x: [b, c]", "a:\n{{- range .Values.x }}\n- {{ . }}\n{{- end }}", "a[1]", "values x[1] | x"},
    {"x: {k: v}", "a:\n{{- range $k, $v := .Values.x }}\n  {{ $k }}: {{ $v }}\n{{- end }}", "a.k",
     "values x.k | x"},
    {"x: {m: 1}", "{{ with .Values.x }}a: {{ .m }}{{ end }}", "a", "values x.m | x"},
    {"x: 1", "{{ $v := .Values.x }}a: {{ $v }}", "a", "values x"},
    {"x: 1", "{{ $d := dict \"k\" .Values.x }}a: {{ $d.k }}", "a", "values x"},
    {"x: 1", "{{ $d := dict }}{{ $_ := set $d \"k\" .Values.x }}a: {{ $d.k }}", "a", "values x"},
    {"x: 1", "a: {{ join \",\" (list .Values.x 2) | quote }}", "a", "values x"},
    {"x: 1", "{{ $d := dict \"k\" .Values.x }}a: {{ $d.name | default \"b\" }}", "a", "template"},
    /* conditions */
    {"x: true", "{{ if .Values.x }}a: b{{ end }}", "a", "template | x"},
    {"x: 1\nm: 2", "{{ if eq .Values.x 2.0 }}a: b{{ else if .Values.m }}a: c{{ end }}", "a",
     "template | m x"},
    {"x: true", "{{ $v := \"b\" }}{{ if .Values.x }}{{ $v = \"c\" }}{{ end }}a: {{ $v }}", "a",
     "template | x"},
    {"x: false", "{{ $v := \"b\" }}{{ if .Values.x }}{{ $v = \"c\" }}{{ end }}a: {{ $v }}", "a",
     "template | x"},
    {"x: true", "a: b{{ if .Values.x }}-c{{ end }}", "a", "template | x"},
    {"x: true", "a: b\n{{- if .Values.x }}\nc: d\n{{- end }}", "a", "template"},
    {"x: true",
     "{{ $d := dict }}{{ if .Values.x }}{{ $_ := set $d \"k\" \"b\" }}{{ end }}a: {{ $d.k }}", "a",
     "template | x"},
    /* texts that are templates */
    {"x: '{{ .Values.m }}'\nm: b", "a: {{ tpl .Values.x . }}", "a", "values m | x"},
    {"x: 'b'", "a: {{ tpl .Values.x . }}", "a", "values x"},
    {"x: {m: '{{ .Values.z }}', w: c}\nz: b", "a:\n  {{- tpl (toYaml .Values.x) . | nindent 2 }}",
     "a.w", "values x.w"},
    /* helpers */
    {"x: b", "a: {{ include \"h\" . | trunc 63 | trimSuffix \"-\" }}", "a", "values x",
     "{{ define \"h\" }}{{ .Values.x }}{{ end }}"},
    {"x: b\nm: c", "a:\n  {{- include \"h\" . | nindent 2 }}", "a.k", "values m",
     "{{ define \"h\" -}}\nj: {{ .Values.x }}\nk: {{ .Values.m }}\n{{ end }}"},
    {"x: b\nm: c", "a: {{ include \"h\" . | upper }}", "a", "values x",
     "{{ define \"h\" }}{{ .Values.x }}{{ end }}"},
    {"x: b\nm: c", "a: {{ include \"h\" . | fromYaml | toYaml | nindent 2 }}", "a.k", "values m",
     "{{ define \"h\" }}j: {{ .Values.x }}\nk: {{ .Values.m }}{{ end }}"},
    {"x: b\nm: c", "a: {{ include \"h\" . | fromYaml | toYaml | nindent 2 }}", "a.j",
     "template | m", "{{ define \"h\" }}{{ if .Values.m }}j: b\n{{ end }}k: c{{ end }}"},
    {"x: true", "a: {{ printf \"%s://\" (include \"h\" .) }}", "a", "template | x",
     "{{ define \"h\" }}{{ if .Values.x }}https{{ else }}http{{ end }}{{ end }}"},
    {"x: {m: 1}", "a: {{ include \"h\" (dict \"v\" .Values.x \"c\" $) | nindent 2 }}", "a.m",
     "values x.m | x", "{{ define \"h\" }}{{ if .v }}{{ toYaml .v }}{{ end }}{{ end }}"},
    /* what is not there */
    {"x: []", "a: {b: 1}\n{{- with .Values.x }}\nc: {{ . }}\n{{- end }}", "c", "no c: values x"},
    {"x: {m: 1}", "a:\n  {{- toYaml .Values.x | nindent 2 }}", "a.z", "no a.z: values x.z"},
    {"x: 1", "a: {b: 1}", "a.c", "no a.c: template"},
    {"x: false", "a:\n  b: 1\n  {{- if .Values.x }}\n  d:\n    c: 1\n  {{- end }}", "a.c",
     "no a.c: template"},
    /* a layer over the chart's values */
    {"x: 1", "a: {{ .Values.x }}", "a", "values x", NULL, "x: 2"},
};

START_TEST(causes)
{
    const struct one *one = &ones[_i];
    struct sample sample = {one->values, one->template, one->helpers, one->layer};
    struct rendered_sample rendered = render_sample(&arena, &sample);
    ck_assert_msg(rendered.is_done, "%s: %.*s", one->template,
                  STR_ARG(rendered.rendering.failure.message));
    struct cause cause = cause_find(&arena, &rendered.origins, &rendered.rendering,
                                    &rendered.rendering.manifests.items[0], str_from_c(one->field));
    struct str found = describe(&arena, &cause);
    ck_assert_msg(str_is(found, one->cause), "%s\n  %.*s\n  not %s", one->template, STR_ARG(found),
                  one->cause);
    tree_close(rendered.tree);
}
END_TEST

static struct cause cause_in(struct rendered_sample *rendered, const char *field)
{
    return cause_find(&arena, &rendered->origins, &rendered->rendering,
                      &rendered->rendering.manifests.items[0], str_from_c(field));
}

START_TEST(origins_lead_to_the_layer_that_wrote_the_value)
{
    struct sample sample = {"x: 1\nm: 2", "a: {{ .Values.x }}\nb: {{ .Values.m }}", NULL, "x: 3"};
    struct rendered_sample rendered = render_sample(&arena, &sample);
    struct cause a = cause_in(&rendered, "a");
    struct cause b = cause_in(&rendered, "b");
    ck_assert_str(a.places.items[0].value.layer->path, "layer.yaml");
    ck_assert_str(a.places.items[0].value.node->text, "3");
    ck_assert_str(b.places.items[0].value.layer->path, "web/values.yaml");
    tree_close(rendered.tree);
}
END_TEST

START_TEST(a_part_of_a_text_has_a_cause_of_its_own)
{
    struct sample sample = {"x: one\nz: two", "a: http://{{ .Values.x }}.svc/{{ .Values.z }}", NULL,
                            NULL};
    struct rendered_sample rendered = render_sample(&arena, &sample);
    const struct manifest *manifest = &rendered.rendering.manifests.items[0];
    struct cause whole = cause_in(&rendered, "a");
    struct cause one = cause_find_part(&arena, &rendered.origins, &rendered.rendering, manifest,
                                       STR("a"), (struct text_part){STR("one"), 0});
    struct cause svc = cause_find_part(&arena, &rendered.origins, &rendered.rendering, manifest,
                                       STR("a"), (struct text_part){STR("svc"), 0});
    struct cause none = cause_find_part(&arena, &rendered.origins, &rendered.rendering, manifest,
                                        STR("a"), (struct text_part){STR("nothing"), 0});
    ck_assert_uint_eq(whole.places.count, 2);
    ck_assert_uint_eq(none.places.count, 2);
    ck_assert_uint_eq(one.places.count, 1);
    ck_assert_str(one.places.items[0].path, "x");
    ck_assert_int_eq(svc.kind, CAUSE_TEMPLATE);
    tree_close(rendered.tree);
}
END_TEST

START_TEST(steps_lead_from_the_helper_to_the_template)
{
    struct sample sample = {"x: 1", "k: v\na: {{ include \"h\" . }}",
                            "{{ define \"h\" }}\n{{- .Values.x }}{{ end }}", NULL};
    struct rendered_sample rendered = render_sample(&arena, &sample);
    struct cause cause = cause_in(&rendered, "a");
    ck_assert_uint_eq(cause.steps.count, 2);
    ck_assert_str(cause.steps.items[0].template, "web/templates/_helpers.tpl");
    ck_assert_str(cause.steps.items[0].definition, "h");
    ck_assert_uint_eq(cause.steps.items[0].line, 2);
    ck_assert_str(cause.steps.items[1].template, "web/templates/web.yaml");
    ck_assert_uint_eq(cause.steps.items[1].line, 2);
    tree_close(rendered.tree);
}
END_TEST

/* Subcharts see their own part of the values; global is their parents'. */
START_TEST(values_of_subcharts_have_the_paths_of_the_root)
{
    struct tree_memory_file files[] = {
        {STR("web/Chart.yaml"), STR("apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n"
                                    "- {name: sub, version: 1.0.0, alias: other, import-values: "
                                    "[{child: out, parent: in}]}\n")},
        {STR("web/values.yaml"), STR("global: {g: 1}\nother: {x: 2}\n")},
        {STR("web/templates/web.yaml"), STR("in: {{ .Values.in.o }}")},
        {STR("web/charts/sub/Chart.yaml"), STR("apiVersion: v2\nname: sub\nversion: 1.0.0\n")},
        {STR("web/charts/sub/values.yaml"), STR("x: 1\nm: 3\nout: {o: 4}\n")},
        {STR("web/charts/sub/templates/sub.yaml"),
         STR("g: {{ .Values.global.g }}\nx: {{ .Values.x }}\nm: {{ .Values.m }}")},
    };
    static const char *const wanted[][3] = {{"g", "other.global.g", "web/values.yaml"},
                                            {"x", "other.x", "web/values.yaml"},
                                            {"m", "other.m", "web/charts/sub/values.yaml"},
                                            {"in", "in.o", "web/charts/sub/values.yaml"}};
    struct rendered_sample rendered =
        render_files(&arena, files, sizeof files / sizeof *files, NULL);
    ck_assert(rendered.is_done);
    for (size_t i = 0; i < 4; i++) {
        const struct manifest *manifest = &rendered.rendering.manifests.items[i == 3];
        struct cause cause = cause_find(&arena, &rendered.origins, &rendered.rendering, manifest,
                                        str_from_c(wanted[i][0]));
        ck_assert_int_eq(cause.kind, CAUSE_VALUES);
        ck_assert_str(cause.places.items[0].path, wanted[i][1]);
        ck_assert_ptr_nonnull(cause.places.items[0].value.node);
        ck_assert_str(cause.places.items[0].value.layer->path, wanted[i][2]);
    }
    tree_close(rendered.tree);
}
END_TEST

/* --- failures --- */

static const struct {
    const char *template;
    enum render_reason reason;
    const char *cause;
} failures[] = {
    {"a: {{ required \"needed\" .Values.x.m }}", RENDER_REQUIRED, "values x.m"},
    {"a: {{ .Values.x.m.z }}", RENDER_NIL, "values x.m"},
    {"{{ if .Values.x }}{{ fail \"no\" }}{{ end }}", RENDER_REFUSED, "values x"},
    {"a: {{ b64enc .Values.x }}", RENDER_FAILS, "template"},
    {"a: {{ semver .Values.s }}", RENDER_FAILS, "values s"},
    {"a: {{ .Values.s }", RENDER_PARSE, "template"},
    {"a: {{ .Values.lines }}", RENDER_NOT_YAML, "values lines"},
    {"a:\n b: 1\n  c: 2", RENDER_NOT_YAML, "template"},
};

START_TEST(failures_have_causes)
{
    struct sample sample = {"x: {w: 1}\ns: none\nlines: \"a\\nb: [\"", failures[_i].template, NULL,
                            NULL};
    struct rendered_sample rendered = render_sample(&arena, &sample);
    ck_assert(!rendered.is_done);
    ck_assert_int_eq(rendered.rendering.failure.reason, failures[_i].reason);
    struct cause cause = cause_of_failure(&arena, &rendered.origins, &rendered.rendering);
    ck_assert_str(describe(&arena, &cause), failures[_i].cause);
    tree_close(rendered.tree);
}
END_TEST

UNIT_TESTS("cause", EACH(causes, ones), ONCE(origins_lead_to_the_layer_that_wrote_the_value),
           ONCE(a_part_of_a_text_has_a_cause_of_its_own),
           ONCE(steps_lead_from_the_helper_to_the_template),
           ONCE(values_of_subcharts_have_the_paths_of_the_root),
           EACH(failures_have_causes, failures))
