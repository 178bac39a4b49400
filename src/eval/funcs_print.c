#include "base/base.h"
#include "format.h"
#include "functions.h"

/* The functions of text/template that print and escape, and Sprig's of the same kind. */

/* fmt.Sprint: a blank between two arguments of which neither is a text. */
static struct str print_all(struct arena *arena, const struct value *values, size_t count,
                            unsigned helm)
{
    struct text text = {.arena = arena};
    for (size_t i = 0; i < count; i++) {
        if (i && values[i].type != VALUE_STRING && values[i - 1].type != VALUE_STRING)
            text_add_char(&text, ' ');
        text_add(&text, value_to_text(arena, values[i], helm));
    }
    return text_str(&text);
}

static bool run_print(struct call *call, struct value *ret_value)
{
    struct str text = print_all(call->arena, call->arguments, call->count, call_helm(call));
    *ret_value = value_string(text);
    return format_spend(call, text.n);
}

static bool run_println(struct call *call, struct value *ret_value)
{
    struct text text = {.arena = call->arena};
    for (size_t i = 0; i < call->count; i++) {
        if (i)
            text_add_char(&text, ' ');
        text_add(&text, value_to_text(call->arena, call->arguments[i], call_helm(call)));
    }
    text_add_char(&text, '\n');
    *ret_value = value_string(text_str(&text));
    return format_spend(call, text.n);
}

static bool run_printf(struct call *call, struct value *ret_value)
{
    struct str text;
    if (!format_printf(call, value_str(call->arguments[0]), call->arguments + 1, call->count - 1,
                       &text))
        return false;
    *ret_value = value_string(text);
    return true;
}

static bool run_to_string(struct call *call, struct value *ret_value)
{
    struct value value = call->arguments[0];
    *ret_value = value.type == VALUE_BYTES
                     ? value_string(value_str(value))
                     : value_string(value_to_text(call->arena, value, call_helm(call)));
    return true;
}

/* What the escaping functions work on (text/template, evalArgs): a nil is the text "<no value>",
 * also where print looks for texts. */
static bool printed(struct call *call, struct str *ret_text)
{
    struct value *values = arena_make_array(call->arena, struct value, call->count);
    for (size_t i = 0; i < call->count; i++)
        values[i] = call->arguments[i].type == VALUE_NIL ? value_string(STR("<no value>"))
                                                         : call->arguments[i];
    *ret_text = print_all(call->arena, values, call->count, call_helm(call));
    /* An escape is up to six times as long as what it stands for. */
    return format_spend(call, ret_text->n) && call_spend(call, 6 * (uint64_t)ret_text->n);
}

static bool run_html(struct call *call, struct value *ret_value)
{
    static const struct {
        char character;
        const char *escape;
    } escapes[] = {{'"', "&#34;"}, {'\'', "&#39;"}, {'&', "&amp;"},
                   {'<', "&lt;"},  {'>', "&gt;"},   {'\0', "\xEF\xBF\xBD"}};
    struct str s;
    struct text text = {.arena = call->arena};
    if (!printed(call, &s))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        const char *escape = NULL;
        for (size_t k = 0; k < sizeof escapes / sizeof *escapes; k++) {
            if (s.p[i] == escapes[k].character)
                escape = escapes[k].escape;
        }
        if (escape)
            text_add_c(&text, escape);
        else
            text_add_char(&text, s.p[i]);
    }
    *ret_value = value_string(text_str(&text));
    return true;
}

static void add_js(struct text *text, uint32_t c, struct str bytes)
{
    static const struct {
        uint32_t character;
        const char *escape;
    } escapes[] = {{'\\', "\\\\"},   {'\'', "\\'"},    {'"', "\\\""},   {'<', "\\u003C"},
                   {'>', "\\u003E"}, {'&', "\\u0026"}, {'=', "\\u003D"}};
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        if (c == escapes[i].character) {
            text_add_c(text, escapes[i].escape);
            return;
        }
    }
    if (c < ' ' || (c >= 0x80 && !is_go_printable(c)))
        text_format(text, "\\u%04X", c);
    else
        text_add(text, bytes);
}

static bool run_js(struct call *call, struct value *ret_value)
{
    struct str s;
    struct text text = {.arena = call->arena};
    if (!printed(call, &s))
        return false;
    while (s.n) {
        uint32_t c;
        size_t length = utf8_decode(s, &c);
        add_js(&text, c, str_slice(s, 0, length));
        s = str_from(s, length);
    }
    *ret_value = value_string(text_str(&text));
    return true;
}

static bool run_urlquery(struct call *call, struct value *ret_value)
{
    struct str s;
    if (!printed(call, &s))
        return false;
    struct str encoded = percent_encode(call->arena, s, " ");
    *ret_value = value_string(str_replace(call->arena, encoded, STR(" "), STR("+")));
    return true;
}

static const struct function table[] = {
    VARIADIC("print", run_print, PARAMETER_ANY),
    VARIADIC("println", run_println, PARAMETER_ANY),
    VARIADIC("printf", run_printf, PARAMETER_STRING, PARAMETER_ANY),
    VARIADIC("html", run_html, PARAMETER_ANY),
    VARIADIC("js", run_js, PARAMETER_ANY),
    VARIADIC("urlquery", run_urlquery, PARAMETER_ANY),
    FUNCTION("toString", run_to_string, PARAMETER_ANY),
};
const struct function_family funcs_print = FUNCTION_FAMILY(table);
