#include "pass_private.h"

#include <assert.h>
#include <stdarg.h>

struct arena *pass_arena(struct pass *pass)
{
    return &pass->worker->scratch;
}

const struct model *pass_model(const struct pass *pass)
{
    return pass->worker->workspace->model;
}

const struct merged *pass_values(struct pass *pass, const struct release *release)
{
    struct worker *worker = pass->worker;
    if (release->application == worker->application) {
        for (size_t i = 0; i < release->application->release_count; i++) {
            if (release->application->releases[i] == release)
                return worker->merged[i];
        }
    }
    return release_merge(&worker->scratch, release);
}

const struct reads *pass_reads(const struct pass *pass, const struct release *release)
{
    return release->chart ? map_get(pass->worker->reads, release->chart->directory) : NULL;
}

const struct layer_use *pass_layer_use(const struct pass *pass, const struct layer *layer)
{
    return &pass_model(pass)->layers[layer->number];
}

struct str pass_text(const struct pass *pass, struct span span)
{
    const struct file *file = tree_file(pass->worker->workspace->tree, span.file);
    return file ? str_slice(file->bytes, span.start, span.end) : STR("");
}

const struct str_list *pass_paths(const struct pass *pass)
{
    return tree_paths(pass->worker->workspace->tree);
}

const struct node_pools *pass_pools(const struct pass *pass)
{
    return pass->worker->workspace->pools;
}

struct tree *pass_tree(const struct pass *pass)
{
    return pass->worker->workspace->tree;
}

/* --- options --- */

const struct yaml_node *pass_option_value(const struct pass *pass, struct str name)
{
    const struct yaml_entry *configured = yaml_find(pass->options, name);
    if (configured)
        return configured->value;
    for (size_t i = 0; i < pass->rule->option_count; i++) {
        if (str_equal(pass->rule->options[i].name, name))
            return pass->rule->options[i].value;
    }
    return NULL;
}

static const struct yaml_node *option_value(const struct pass *pass, const char *name)
{
    const struct yaml_node *value = pass_option_value(pass, str_from_c(name));
    assert(value && "the option is declared in the rule's file");
    return value;
}

bool pass_option_bool(const struct pass *pass, const char *name)
{
    const struct yaml_node *value = option_value(pass, name);
    return value && value->kind == YAML_BOOL && value->boolean;
}

double pass_option_number(const struct pass *pass, const char *name)
{
    const struct yaml_node *value = option_value(pass, name);
    return value && value->kind == YAML_NUMBER ? value->number : 0;
}

struct str pass_option_string(const struct pass *pass, const char *name)
{
    return yaml_text(option_value(pass, name));
}

struct str_list pass_option_strings(struct pass *pass, const char *name)
{
    const struct yaml_node *value = option_value(pass, name);
    struct str_list strings = {0};
    if (!value || value->kind != YAML_LIST)
        return strings;
    for (size_t i = 0; i < value->list.count; i++)
        vector_push(pass_arena(pass), &strings, yaml_text(value->list.items[i]));
    return strings;
}

const struct yaml_node *pass_option_map(const struct pass *pass, const char *name)
{
    const struct yaml_node *value = option_value(pass, name);
    return value && value->kind == YAML_MAP ? value : NULL;
}

/* --- reports --- */

static void add_release(struct report *report, const struct release *release)
{
    vector_push(report->arena, &report->releases, release);
}

static void add_concerned(struct pass *pass, struct report *report)
{
    if (pass->release) {
        add_release(report, pass->release);
    } else if (pass->application) {
        for (size_t i = 0; i < pass->application->release_count; i++)
            add_release(report, pass->application->releases[i]);
    } else if (pass->use) {
        for (size_t i = 0; i < pass->use->release_count; i++)
            add_release(report, pass->use->releases[i]);
    }
}

struct report *pass_report(struct pass *pass, struct span span, const char *message)
{
    struct worker *worker = pass->worker;
    struct report *report = arena_make(&worker->results, struct report);
    report->arena = &worker->results;
    report->rule = pass->rule;
    report->severity = pass->rule->severity;
    report->span = span;
    report->message = yaml_text(yaml_value(pass->rule->messages, message));
    assert(report->message.n && "the message is in the rule's file");
    add_concerned(pass, report);
    vector_push(&worker->results, &worker->reports, report);
    return report;
}

void report_argument(struct report *report, const char *name, struct str value)
{
    struct report_argument *argument = vector_add(report->arena, &report->arguments);
    *argument = (struct report_argument){str_from_c(name), str_copy(report->arena, value)};
}

void report_values_path(struct report *report, struct str path)
{
    report->values_path = str_copy(report->arena, path);
}

void report_meant_path(struct report *report, struct str path)
{
    vector_push(report->arena, &report->meant_paths, str_copy(report->arena, path));
}

void report_related(struct report *report, struct span span, const char *format, ...)
{
    struct text message = {.arena = report->arena};
    va_list args;
    va_start(args, format);
    text_format_list(&message, format, args);
    va_end(args);
    vector_push(report->arena, &report->related,
                ((struct report_related){span, text_str(&message)}));
}

void report_severity(struct report *report, enum severity severity)
{
    report->severity = severity;
}

void report_only_for(struct report *report, const struct release *release)
{
    if (!report->narrowed)
        report->releases.count = 0;
    report->narrowed = true;
    add_release(report, release);
}

void report_only_for_all(struct report *report, const struct application *application)
{
    for (size_t i = 0; i < application->release_count; i++)
        report_only_for(report, application->releases[i]);
}

void report_edit(struct report *report, struct span span, struct str text)
{
    vector_push(report->arena, &report->edits,
                ((struct report_edit){span, str_copy(report->arena, text)}));
}
