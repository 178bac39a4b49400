#include "collect.h"

#include <stdlib.h>

/* Objects that a message names. */
enum { MOST_OBJECTS = 3 };

static int compare_numbers(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

/* The namespace is the environment's and makes no difference. */
static int compare_objects(const struct finding_object *a, const struct finding_object *b)
{
    int order = str_compare(a->kind, b->kind);
    if (!order)
        order = str_compare(a->name, b->name);
    return order ? order : str_compare(a->field, b->field);
}

/* Reports of one cause stand together, the one for the lowest release first. */
static int compare_causes(const struct report *a, const struct report *b)
{
    int order = str_compare(a->rule->name, b->rule->name);
    if (!order)
        order = compare_numbers(a->span.file, b->span.file);
    if (!order)
        order = compare_numbers(a->span.start, b->span.start);
    if (!order)
        order = compare_numbers(a->span.end, b->span.end);
    if (!order)
        order = str_compare(a->values_path, b->values_path);
    bool by_object = a->has_no_place && b->has_no_place;
    return order || !by_object ? order : compare_objects(&a->object, &b->object);
}

static int compare_reports(const void *a, const void *b)
{
    const struct report *left = *(const struct report *const *)a;
    const struct report *right = *(const struct report *const *)b;
    int order = compare_causes(left, right);
    if (order)
        return order;
    size_t left_first = left->releases.count ? left->releases.items[0]->number : 0;
    size_t right_first = right->releases.count ? right->releases.items[0]->number : 0;
    order = compare_numbers(left_first, right_first);
    return order ? order : str_compare(left->message, right->message);
}

/* --- uniting --- */

static int compare_releases(const void *a, const void *b)
{
    const struct release *left = *(const struct release *const *)a;
    const struct release *right = *(const struct release *const *)b;
    return compare_numbers(left->number, right->number);
}

static void unite_releases(struct arena *arena, struct finding *finding, struct report **reports,
                           size_t count)
{
    struct release_set all = {0};
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < reports[i]->releases.count; k++)
            vector_push(arena, &all, reports[i]->releases.items[k]);
    }
    if (all.count)
        qsort(all.items, all.count, sizeof *all.items, compare_releases);
    size_t kept = 0;
    for (size_t i = 0; i < all.count; i++) {
        if (kept == 0 || all.items[kept - 1] != all.items[i])
            all.items[kept++] = all.items[i];
    }
    finding->releases = all.items;
    finding->release_count = kept;
}

static enum severity highest_severity(struct report **reports, size_t count)
{
    enum severity highest = reports[0]->severity;
    for (size_t i = 1; i < count; i++)
        highest = reports[i]->severity > highest ? reports[i]->severity : highest;
    return highest;
}

static bool span_equal(struct span a, struct span b)
{
    return a.file == b.file && a.start == b.start && a.end == b.end;
}

struct related_list {
    struct finding_related *items;
    size_t count, capacity;
};

static bool has_related(const struct related_list *list, struct span span)
{
    for (size_t i = 0; i < list->count; i++) {
        if (span_equal(list->items[i].span, span))
            return true;
    }
    return false;
}

static void unite_related(struct arena *arena, struct finding *finding, struct report **reports,
                          size_t count)
{
    struct related_list list = {0};
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < reports[i]->related.count; k++) {
            const struct report_related *related = &reports[i]->related.items[k];
            if (!has_related(&list, related->span) && !span_equal(related->span, finding->span))
                vector_push(arena, &list,
                            ((struct finding_related){related->span, related->message}));
        }
    }
    finding->related = list.items;
    finding->related_count = list.count;
}

/* --- messages --- */

/* "dev", "dev and staging", "dev, staging and production". */
static struct str enumerate(struct arena *arena, const struct str_list *names)
{
    struct text text = {.arena = arena};
    for (size_t i = 0; i < names->count; i++) {
        if (i)
            text_add_c(&text, i + 1 < names->count ? ", " : " and ");
        text_add(&text, names->items[i]);
    }
    return text_str(&text);
}

static struct str environments_of(struct arena *arena, const struct finding *finding)
{
    struct str_list names = {0};
    size_t most = 0;
    for (size_t i = 0; i < finding->release_count; i++) {
        size_t number = finding->releases[i]->environment_number;
        most = number > most ? number : most;
    }
    for (size_t number = 0; number <= most && finding->release_count; number++) {
        for (size_t i = 0; i < finding->release_count; i++) {
            if (finding->releases[i]->environment_number == number) {
                vector_push(arena, &names, finding->releases[i]->environment->name);
                break;
            }
        }
    }
    return enumerate(arena, &names);
}

static struct str applications_of(struct arena *arena, const struct finding *finding)
{
    struct str_list names = {0};
    const struct application *last = NULL;
    for (size_t i = 0; i < finding->release_count; i++) {
        if (finding->releases[i]->application != last)
            vector_push(arena, &names, finding->releases[i]->application->name);
        last = finding->releases[i]->application;
    }
    return enumerate(arena, &names);
}

/* Reports of one cause. */
struct cause_reports {
    struct report **items;
    size_t count;
};

/* "Deployment web and CronJob web-cleanup" */
static struct str objects_of_all(struct arena *arena, const struct cause_reports *reports)
{
    struct str_list names = {0};
    for (size_t i = 0; i < reports->count; i++) {
        const struct finding_object *object = &reports->items[i]->object;
        struct str name =
            str_format(arena, "%.*s %.*s", STR_ARG(object->kind), STR_ARG(object->name));
        if (object->kind.n && !str_list_has(&names, name))
            vector_push(arena, &names, name);
    }
    if (names.count <= MOST_OBJECTS)
        return enumerate(arena, &names);
    size_t left = names.count - MOST_OBJECTS;
    names.count = MOST_OBJECTS;
    return str_format(arena, "%.*s and %zu more", STR_ARG(str_list_join(arena, &names, STR(", "))),
                      left);
}

/* p == NULL: there is none of that name. */
static struct str argument_of(struct arena *arena, const struct cause_reports *reports,
                              const struct finding *finding, struct str name)
{
    const struct report *report = reports->items[0];
    for (size_t i = 0; i < report->arguments.count; i++) {
        if (str_equal(report->arguments.items[i].name, name))
            return report->arguments.items[i].value;
    }
    if (str_is(name, "environments"))
        return environments_of(arena, finding);
    if (str_is(name, "applications"))
        return applications_of(arena, finding);
    if (str_is(name, "objects"))
        return objects_of_all(arena, reports);
    if (str_is(name, "path"))
        return report->values_path;
    return (struct str){0};
}

static struct str write_message(struct arena *arena, const struct cause_reports *reports,
                                const struct finding *finding)
{
    struct text text = {.arena = arena};
    struct str rest = reports->items[0]->message;
    for (;;) {
        size_t open = str_find(rest, STR("{{"));
        text_add(&text, str_slice(rest, 0, open));
        if (open == STR_NOT_FOUND)
            return text_str(&text);
        rest = str_from(rest, open + 2);
        size_t close = str_find(rest, STR("}}"));
        struct str name = str_trim(str_slice(rest, 0, close));
        if (name.n && name.p[0] == '.')
            name = str_from(name, 1);
        struct str value = argument_of(arena, reports, finding, name);
        struct str after = str_from(rest, close == STR_NOT_FOUND ? rest.n : close + 2);
        /* What is no placeholder is a text of the repository. */
        struct str written = {rest.p - 2, (size_t)(after.p - rest.p) + 2};
        text_add(&text, value.p ? value : written);
        rest = after;
    }
}

/* --- findings --- */

static void make_finding(struct arena *arena, const struct workspace *workspace,
                         struct report **reports, size_t count, struct finding *finding)
{
    const struct report *first = reports[0];
    finding->rule = first->rule;
    finding->severity = highest_severity(reports, count);
    finding->span = first->span;
    finding->values_path = first->values_path;
    finding->meant_paths = first->meant_paths;
    finding->object = first->object;
    finding->position = tree_position(workspace->tree, first->span);
    unite_releases(arena, finding, reports, count);
    unite_related(arena, finding, reports, count);
    struct cause_reports all = {reports, count};
    finding->message = write_message(arena, &all, finding);
    finding->edit_count = first->edits.count;
    finding->edits = arena_make_array(arena, struct finding_edit, first->edits.count);
    for (size_t i = 0; i < first->edits.count; i++)
        finding->edits[i] =
            (struct finding_edit){first->edits.items[i].span, first->edits.items[i].text};
}

struct finding_list collect_findings(struct arena *arena, const struct workspace *workspace,
                                     const struct worker *workers, unsigned worker_count)
{
    struct report_list all = {0};
    for (unsigned i = 0; i < worker_count; i++) {
        for (size_t k = 0; k < workers[i].reports.count; k++)
            vector_push(arena, &all, workers[i].reports.items[k]);
    }
    if (all.count)
        qsort(all.items, all.count, sizeof *all.items, compare_reports);
    struct finding_list findings = {0};
    for (size_t i = 0; i < all.count;) {
        size_t same = 1;
        while (i + same < all.count && !compare_causes(all.items[i], all.items[i + same]))
            same++;
        make_finding(arena, workspace, &all.items[i], same, vector_add(arena, &findings));
        i += same;
    }
    findings_sort(&findings);
    return findings;
}

static int compare_findings(const void *a, const void *b)
{
    const struct finding *left = a;
    const struct finding *right = b;
    int order = str_compare(left->position.path, right->position.path);
    if (!order)
        order = compare_numbers(left->position.line, right->position.line);
    if (!order)
        order = compare_numbers(left->position.column, right->position.column);
    if (!order)
        order = str_compare(left->rule->name, right->rule->name);
    return order ? order : str_compare(left->values_path, right->values_path);
}

void findings_sort(struct finding_list *findings)
{
    if (findings->count)
        qsort(findings->items, findings->count, sizeof *findings->items, compare_findings);
}

/* What a finding is about, whatever else changes. */
static struct str subject_of(struct arena *arena, const struct finding *finding)
{
    const struct finding_object *object = &finding->object;
    if (finding->values_path.n)
        return finding->values_path;
    if (!object->kind.n)
        return finding->message;
    return str_format(arena, "%.*s/%.*s %.*s", STR_ARG(object->kind), STR_ARG(object->name),
                      STR_ARG(object->field));
}

void findings_number(struct arena *arena, struct finding_list *findings)
{
    struct map seen = {0};
    for (size_t i = 0; i < findings->count; i++) {
        struct finding *finding = &findings->items[i];
        struct str subject = subject_of(arena, finding);
        struct str identity = str_format(arena, "%.*s\n%.*s\n%.*s", STR_ARG(finding->rule->name),
                                         STR_ARG(finding->position.path), STR_ARG(subject));
        size_t times = (size_t)(uintptr_t)map_get(&seen, identity) + 1;
        map_put(arena, &seen, identity, (void *)(uintptr_t)times);
        finding->fingerprint =
            str_format(arena, "%016llx:%zu", (unsigned long long)str_fingerprint(identity), times);
    }
}
