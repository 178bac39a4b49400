#include "finding_words.h"
#include "writers.h"
#include "xml_parts.h"

/* A suite per environment with a case per application, which fails when a finding that fails the
 * run is about it; a suite of its own for findings about no release, with a case per file. */

struct concerned {
    const struct finding **items;
    size_t count, capacity;
};

struct suite {
    struct text cases;
    size_t tests, failures, skipped;
};

struct junit {
    struct arena *arena;
    const struct report_input *input;
    struct concerned *by_release; /* by the number of the release */
    struct suite total;
};

static bool fails(const struct junit *junit, const struct finding *finding)
{
    return (int)finding->severity >= junit->input->fail_on;
}

static void add_line(struct junit *junit, struct text *out, const struct finding *finding)
{
    xml_add_text(out, finding_words(junit->arena, junit->input->prefix, finding));
    text_add_char(out, '\n');
    for (size_t i = 0; i < finding->related_count; i++) {
        const struct finding_related *related = &finding->related[i];
        struct position at = tree_position(junit->input->workspace->tree, related->span);
        struct str path = path_join(junit->arena, junit->input->prefix, at.path);
        if (at.path.n)
            xml_add_text(out, str_format(junit->arena, "  %.*s:%u: %.*s\n", STR_ARG(path), at.line,
                                         STR_ARG(related->message)));
    }
}

/* The findings of a case that fail the run, or those that do not, in an element. */
static size_t add_findings(struct junit *junit, struct text *out, const struct concerned *findings,
                           bool failing)
{
    const struct finding *first = NULL;
    size_t count = 0;
    for (size_t i = 0; i < findings->count; i++) {
        if (fails(junit, findings->items[i]) != failing)
            continue;
        first = first ? first : findings->items[i];
        count++;
    }
    if (!first)
        return 0;
    struct str message = count == 1 ? first->message
                                    : str_format(junit->arena, "%zu findings, the first: %.*s",
                                                 count, STR_ARG(first->message));
    text_add_c(out, failing ? "      <failure" : "      <system-out");
    if (failing) {
        xml_add_attribute(out, "type", first->rule->name);
        xml_add_attribute(out, "message", message);
    }
    text_add_char(out, '>');
    for (size_t i = 0; i < findings->count; i++) {
        if (fails(junit, findings->items[i]) == failing)
            add_line(junit, out, findings->items[i]);
    }
    text_add_c(out, failing ? "</failure>\n" : "</system-out>\n");
    return count;
}

/* A case; `why_not` is why its objects were not looked at, p == NULL when they were. */
static void add_case(struct junit *junit, struct suite *suite, struct str class_name,
                     struct str name, const struct concerned *findings, struct str why_not)
{
    struct text failure = {.arena = junit->arena};
    struct text other = {.arena = junit->arena};
    size_t failing = add_findings(junit, &failure, findings, true);
    bool is_skipped = !failing && why_not.p;
    add_findings(junit, &other, findings, false);
    suite->tests++;
    suite->failures += failing > 0;
    suite->skipped += is_skipped;
    text_add_c(&suite->cases, "    <testcase");
    xml_add_attribute(&suite->cases, "classname", class_name);
    xml_add_attribute(&suite->cases, "name", name);
    text_add_c(&suite->cases, " time=\"0\">\n");
    if (is_skipped) {
        text_add_c(&suite->cases, "      <skipped");
        xml_add_attribute(&suite->cases, "message", why_not);
        text_add_c(&suite->cases, "/>\n");
    }
    text_add(&suite->cases, text_str(&failure));
    text_add(&suite->cases, text_str(&other));
    text_add_c(&suite->cases, "    </testcase>\n");
}

static void add_counts(struct text *out, const struct suite *suite)
{
    xml_add_number(out, "tests", suite->tests);
    xml_add_number(out, "failures", suite->failures);
    xml_add_number(out, "errors", 0);
    xml_add_number(out, "skipped", suite->skipped);
}

static void add_suite(struct junit *junit, struct str name, struct suite *suite)
{
    struct text *out = &junit->total.cases;
    if (!suite->tests)
        return;
    text_add_c(out, "  <testsuite");
    xml_add_attribute(out, "name", name);
    add_counts(out, suite);
    text_add_c(out, " time=\"0\">\n");
    text_add(out, text_str(&suite->cases));
    text_add_c(out, "  </testsuite>\n");
    junit->total.tests += suite->tests;
    junit->total.failures += suite->failures;
    junit->total.skipped += suite->skipped;
}

static struct str why_not_analysed(const struct junit *junit, const struct release *release)
{
    const struct not_analysed_list *list = &junit->input->result->not_analysed;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].release == release)
            return list->items[i].message;
    }
    return (struct str){0};
}

static void add_environment(struct junit *junit, size_t number)
{
    const struct model *model = junit->input->workspace->model;
    struct suite suite = {.cases = {.arena = junit->arena}};
    struct str name = model->config->environments.items[number].name;
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        if (release->environment_number == number && run_asks_for(junit->input->options, release))
            add_case(junit, &suite, name, release->application->name,
                     &junit->by_release[release->number], why_not_analysed(junit, release));
    }
    add_suite(junit, name, &suite);
}

static void add_repository(struct junit *junit)
{
    const struct finding_list *findings = &junit->input->result->findings;
    struct suite suite = {.cases = {.arena = junit->arena}};
    struct concerned here = {0};
    struct str path = {0};
    for (size_t i = 0; i <= findings->count; i++) {
        const struct finding *finding = i < findings->count ? &findings->items[i] : NULL;
        if (finding && finding->release_count)
            continue;
        struct str own = finding ? finding_path(junit->arena, junit->input, finding) : STR("");
        if (here.count && !str_equal(own, path)) {
            add_case(junit, &suite, STR("repository"), path, &here, (struct str){0});
            here = (struct concerned){0};
        }
        path = own;
        if (finding)
            vector_push(junit->arena, &here, finding);
    }
    add_suite(junit, STR("repository"), &suite);
}

static void find_concerned(struct junit *junit)
{
    const struct finding_list *findings = &junit->input->result->findings;
    junit->by_release = arena_make_array(junit->arena, struct concerned,
                                         junit->input->workspace->model->release_count + 1);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        for (size_t k = 0; k < finding->release_count; k++)
            vector_push(junit->arena, &junit->by_release[finding->releases[k]->number], finding);
    }
}

void report_junit(struct text *out, const struct report_input *input)
{
    struct junit junit = {
        .arena = out->arena, .input = input, .total = {.cases = {.arena = out->arena}}};
    find_concerned(&junit);
    for (size_t i = 0; i < input->workspace->model->config->environments.count; i++)
        add_environment(&junit, i);
    add_repository(&junit);
    text_add_c(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"bulkhead\"");
    add_counts(out, &junit.total);
    text_format(out, " time=\"%.3f\">\n", input->milliseconds / 1e3);
    text_add(out, text_str(&junit.total.cases));
    text_add_c(out, "</testsuites>\n");
}
