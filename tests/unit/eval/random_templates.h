#ifndef BULKHEAD_TESTS_RANDOM_TEMPLATES_H
#define BULKHEAD_TESTS_RANDOM_TEMPLATES_H

#include "base/base.h"

/* Small templates at random, over the values of random_values: what they do with them is what
 * charts do, put together without sense. */

static const char *const random_values = "a:\n"
                                         "  b: {c: one, d: two}\n"
                                         "  e: three\n"
                                         "  l: [{n: four, m: five}, {n: six}]\n"
                                         "  t: '{{ .Values.a.e }}'\n"
                                         "f: {g: {c: seven, d: ''}, h: '', k: b, j: {c: x}}\n"
                                         "u: '{{ toYaml .Values.f.g }}{{ .x }}'\n"
                                         "w: b\n"
                                         "global: {p: {c: eight}, r: nine}\n"
                                         "sub: {b: {c: ten, d: z}, e: q, global: {p: {d: y}}}\n";

struct random_writer {
    struct arena *arena;
    uint64_t state;
    unsigned variables; /* $v0 … that are visible */
    unsigned helpers;   /* h0 … that may be included */
};

static unsigned random_below(struct random_writer *writer, unsigned count)
{
    writer->state = writer->state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(writer->state >> 33) % count;
}

static struct str random_key(struct random_writer *writer)
{
    static const char *const keys[] = {"a", "b", "c", "d", "e", "f", "g", "h", "j", "k",
                                       "l", "m", "n", "t", "u", "w", "x", "p", "r"};
    return str_from_c(keys[random_below(writer, sizeof keys / sizeof *keys)]);
}

/* A path that leads somewhere. */
static struct str random_path(struct random_writer *writer)
{
    static const char *const paths[] = {".Values.a",
                                        ".Values.a.b",
                                        ".Values.a.b.c",
                                        ".Values.a.b.d",
                                        ".Values.a.e",
                                        ".Values.a.l",
                                        ".Values.a.t",
                                        ".Values.f",
                                        ".Values.f.g",
                                        ".Values.f.g.c",
                                        ".Values.f.h",
                                        ".Values.f.k",
                                        ".Values.f.j",
                                        ".Values.u",
                                        ".Values.w",
                                        ".Values.global",
                                        ".Values.global.p",
                                        ".Values.sub",
                                        ".Values.sub.b",
                                        ".Values.none",
                                        ".Values.sub.e",
                                        ".Values",
                                        "",
                                        ".Chart.Name",
                                        ".Values.f.j.c",
                                        ".Values.global.r"};
    static const char *const starts[] = {"$", "$", "$", ""};
    struct str path = str_from_c(paths[random_below(writer, sizeof paths / sizeof *paths)]);
    struct str start = str_from_c(starts[random_below(writer, 4)]);
    if (!path.n)
        return start.n ? start : STR(".");
    return str_join(writer->arena, start, path);
}

static struct str random_expression(struct random_writer *writer, unsigned depth);

static struct str random_constant(struct random_writer *writer)
{
    static const char *const constants[] = {"\"x\"", "\"\"", "true", "1", "dict", "\"b\""};
    return str_from_c(constants[random_below(writer, sizeof constants / sizeof *constants)]);
}

static struct str random_atom(struct random_writer *writer)
{
    unsigned choice = random_below(writer, 10);
    if (choice < 2 && writer->variables)
        return str_format(writer->arena, "$v%u", random_below(writer, writer->variables));
    if (choice < 4)
        return str_format(writer->arena, ".%.*s", STR_ARG(random_key(writer)));
    if (choice == 4)
        return STR(".");
    return random_path(writer);
}

/* "@" is an expression, "#" a key, "%" a constant, "!" a helper. */
static const char *const random_forms[] = {
    "(index @ \"#\")",
    "(get @ \"#\")",
    "(index @ \"#\" \"#\")",
    "(index $.Values $.Values.w)",
    "(index @ @)",
    "(default % @)",
    "(default @ @)",
    "(coalesce @ @ %)",
    "(ternary @ @ (empty @))",
    "(dict \"#\" @ \"#\" @)",
    "(dict \"#\" @ \"root\" $)",
    "(merge (dict \"#\" @) @)",
    "(merge (dict) @ @)",
    "(mergeOverwrite (deepCopy @) @)",
    "(merge @ @)",
    "(set @ \"#\" @)",
    "(set (deepCopy @) \"#\" @)",
    "(pick @ \"#\" \"#\")",
    "(omit @ \"#\")",
    "(dig \"#\" \"#\" % @)",
    "(first (pluck \"#\" @ @))",
    "(values @ | toJson)",
    "(first (values @))",
    "(keys @ | join \",\")",
    "(list @ @)",
    "(first (list @ @))",
    "(last (list @ @))",
    "(index (list @ @) 1)",
    "(first (append (list @) @))",
    "(and @ @)",
    "(or @ @)",
    "(not @)",
    "(empty @)",
    "(len @)",
    "(hasKey @ \"#\")",
    "(kindIs \"map\" @)",
    "(toYaml @)",
    "(toJson @)",
    "(toYaml @ | fromYaml)",
    "(include \"!\" @)",
    "(include (printf \"%s\" \"!\") @)",
    "(include (print \"!\") (dict \"x\" @ \"root\" $ \"b\" @))",
    "(include \"!\" (merge (dict \"x\" @) $))",
    "(tpl $.Values.a.t @)",
    "(tpl @ $)",
    "(tpl \"{{ .Values.f.k }}{{ .x }}\" @)",
    "(tpl $.Values.u (dict \"Values\" $.Values \"x\" @))",
    "(tpl (cat \"{{ with $.x }}\" $.Values.a.t \"{{ end }}\") (merge (dict \"x\" @) $))",
    "(print @)",
    "(quote @)",
    "(printf \"%v-%v\" @ @)",
    "(eq (toString @) \"b\")",
    "(required \"x\" @)",
    "(@ | default %)",
    "(kindOf @)",
    "(concat @ @)",
    "(without (list @ @) %)",
    "(uniq (list @ @))",
    "(deepCopy @)",
    "(dict \"x\" @).x",
    "(index (dict \"x\" @) \"x\")",
    "(unset (deepCopy @) \"#\")",
    "($.Values.AsMap)",
    "($.Subcharts.sub)",
    "($.Subcharts.sub.Values)",
};

/* None includes itself: what comes of that takes long to render. */
static struct str random_helper(struct random_writer *writer)
{
    if (!writer->helpers)
        return STR("none");
    return str_format(writer->arena, "h%u", random_below(writer, writer->helpers));
}

static void add_form(struct random_writer *writer, struct text *text, const char *form,
                     unsigned depth)
{
    for (; *form; form++) {
        bool is_verb = *form == '%' && (form[1] == 's' || form[1] == 'v');
        if (*form == '@')
            text_add(text, random_expression(writer, depth));
        else if (*form == '#')
            text_add(text, random_key(writer));
        else if (*form == '%' && !is_verb)
            text_add(text, random_constant(writer));
        else if (*form == '!')
            text_add(text, random_helper(writer));
        else
            text_add_char(text, *form);
    }
}

static struct str random_expression(struct random_writer *writer, unsigned depth)
{
    if (!depth || random_below(writer, 3) == 0)
        return random_atom(writer);
    struct text text = {.arena = writer->arena};
    size_t count = sizeof random_forms / sizeof *random_forms;
    add_form(writer, &text, random_forms[random_below(writer, (unsigned)count)], depth - 1);
    return text_str(&text);
}

static void add_statement(struct random_writer *writer, struct text *text, unsigned depth)
{
    unsigned variables = writer->variables;
    struct str expression = random_expression(writer, 2);
    switch (random_below(writer, depth ? 9 : 4)) {
    case 0:
        text_format(text, "{{ $v%u := %.*s }}", writer->variables, STR_ARG(expression));
        writer->variables++;
        return;
    case 1:
        if (variables) {
            text_format(text, "{{ $v%u = %.*s }}", random_below(writer, variables),
                        STR_ARG(expression));
            return;
        }
        break;
    case 4:
        text_format(text, "{{ if %.*s }}", STR_ARG(expression));
        add_statement(writer, text, depth - 1);
        writer->variables = variables;
        text_add_c(text, "{{ else }}");
        add_statement(writer, text, depth - 1);
        text_add_c(text, "{{ end }}");
        break;
    case 5:
        text_format(text, "{{ with %.*s }}", STR_ARG(expression));
        add_statement(writer, text, depth - 1);
        text_add_c(text, "{{ end }}");
        break;
    case 6:
        text_format(text, "{{ range %.*s }}", STR_ARG(expression));
        add_statement(writer, text, depth - 1);
        text_add_c(text, "{{ end }}");
        break;
    case 7:
        text_format(text, "{{ range $v%u, $v%u := %.*s }}", variables, variables + 1,
                    STR_ARG(expression));
        writer->variables += 2;
        add_statement(writer, text, depth - 1);
        add_statement(writer, text, depth - 1);
        text_add_c(text, "{{ end }}");
        break;
    default:
        text_format(text, "{{ %.*s }};", STR_ARG(expression));
        break;
    }
    writer->variables = variables;
}

/* A template with its helpers h0 …; each includes only those before it. */
static struct str random_template(struct arena *arena, uint64_t seed)
{
    struct random_writer writer = {.arena = arena, .state = seed * 2654435769u + 1};
    struct text text = {.arena = arena};
    for (unsigned i = 0; i < 3; i++) {
        text_format(&text, "{{ define \"h%u\" }}", i);
        writer.variables = 0;
        add_statement(&writer, &text, 2);
        text_add_c(&text, "{{ end }}");
        writer.helpers = i + 1;
    }
    writer.variables = 0;
    for (unsigned i = 0; i < 2; i++)
        add_statement(&writer, &text, 2);
    return text_str(&text);
}

#endif
