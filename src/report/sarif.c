#include "finding_words.h"
#include "json_parts.h"

/* What GitHub takes: of a run with more results nothing, of places and tags only so many. */
enum {
    MOST_RESULTS = 25000,
    MOST_RELATED = 99, /* and the place itself */
    MOST_TAGS = 10,
    MOST_RELEASES = 20,
    LONGEST_DESCRIPTION = 1024,
};

struct sarif {
    struct arena *arena;
    const struct report_input *input;
    const struct rule **rules; /* of the findings, in the order of the rule set */
    size_t rule_count;
};

/* Cut between code points to what a description may have. */
static struct str shortened(struct arena *arena, struct str text)
{
    static const char more[] = "…";
    size_t end = LONGEST_DESCRIPTION - (sizeof more - 1);
    if (text.n <= LONGEST_DESCRIPTION)
        return text;
    while ((text.p[end] & 0xC0) == 0x80)
        end--;
    return str_format(arena, "%.*s%s", STR_ARG(str_slice(text, 0, end)), more);
}

static json_t *text_object(const struct sarif *sarif, struct str text)
{
    return json_pack("{s:o}", "text", json_of_str(sarif->arena, text));
}

/* --- rules --- */

static void find_rules(struct sarif *sarif)
{
    const struct rule_set *set = &sarif->input->workspace->rules;
    const struct finding_list *findings = &sarif->input->result->findings;
    bool *is_used = arena_make_array(sarif->arena, bool, set->count + 1);
    sarif->rules = arena_make_array(sarif->arena, const struct rule *, set->count + 1);
    for (size_t i = 0; i < findings->count; i++)
        is_used[findings->items[i].rule - set->items] = true;
    for (size_t i = 0; i < set->count; i++) {
        if (is_used[i])
            sarif->rules[sarif->rule_count++] = &set->items[i];
    }
}

static size_t rule_index(const struct sarif *sarif, const struct rule *rule)
{
    size_t index = 0;
    while (index + 1 < sarif->rule_count && sarif->rules[index] != rule)
        index++;
    return index;
}

static const char *level_of(enum severity severity)
{
    static const char *const levels[] = {"note", "warning", "error"};
    return levels[severity];
}

static json_t *rule_properties(const struct sarif *sarif, const struct rule *rule)
{
    static const char *const problems[] = {"recommendation", "warning", "error"};
    struct str name = rule->name;
    struct str group = str_cut(&name, '/');
    json_t *tags = json_array();
    json_array_append_new(tags, json_of_str(sarif->arena, group));
    /* Each once: a profile may have the name of the group. */
    for (size_t i = 0; i < rule->profiles.count && json_array_size(tags) < MOST_TAGS; i++) {
        if (!str_equal(rule->profiles.items[i], group))
            json_array_append_new(tags, json_of_str(sarif->arena, rule->profiles.items[i]));
    }
    return json_pack("{s:o, s:{s:s}}", "tags", tags, "problem", "severity",
                     problems[rule->severity]);
}

static json_t *help_of(const struct sarif *sarif, const struct rule *rule)
{
    struct arena *arena = sarif->arena;
    struct str text =
        str_format(arena, "%.*s\nWhat to do\n%.*s", STR_ARG(rule->why), STR_ARG(rule->fix));
    struct str markdown =
        str_format(arena, "%.*s\n**What to do**\n\n%.*s", STR_ARG(rule->why), STR_ARG(rule->fix));
    json_t *help = text_object(sarif, text);
    json_set(help, "markdown", json_of_str(arena, markdown));
    return help;
}

static json_t *rule_of(const struct sarif *sarif, const struct rule *rule)
{
    struct str url = rule_url(sarif->arena, rule);
    struct str why = str_trim(rule->why);
    json_t *object = json_object();
    json_set(object, "id", json_of_str(sarif->arena, rule->name));
    json_set(object, "shortDescription",
             text_object(sarif, shortened(sarif->arena, rule->summary)));
    json_set(object, "fullDescription",
             text_object(sarif, shortened(sarif->arena, why.n ? why : rule->summary)));
    json_set(object, "help", help_of(sarif, rule));
    if (url.p)
        json_set(object, "helpUri", json_of_str(sarif->arena, url));
    json_set(object, "defaultConfiguration", json_pack("{s:s}", "level", level_of(rule->severity)));
    json_set(object, "properties", rule_properties(sarif, rule));
    return object;
}

/* --- places --- */

static json_t *artifact_of(const struct sarif *sarif, struct str path)
{
    struct str encoded = percent_encode(sarif->arena, path, "/");
    return json_pack("{s:o, s:s}", "uri", json_of_str(sarif->arena, encoded), "uriBaseId",
                     "%SRCROOT%");
}

/* A region that spans lines is shown in a pull request only when all of them are changed. */
static json_t *region_of(struct tree *tree, struct span span)
{
    struct position at = tree_position(tree, span);
    if (at.end_line != at.line)
        at.end_column = (uint32_t)utf8_length(file_line(tree_file(tree, span.file), at.line)) + 1;
    return json_pack("{s:I, s:I, s:I, s:I}", "startLine", (json_int_t)at.line, "startColumn",
                     (json_int_t)at.column, "endLine", (json_int_t)at.line, "endColumn",
                     (json_int_t)at.end_column);
}

static json_t *physical_of(const struct sarif *sarif, struct span span)
{
    struct tree *tree = sarif->input->workspace->tree;
    struct position at = tree_position(tree, span);
    struct str path = path_join(sarif->arena, sarif->input->prefix, at.path);
    return json_pack("{s:o, s:o}", "artifactLocation", artifact_of(sarif, path), "region",
                     region_of(tree, span));
}

static json_t *location_of(const struct sarif *sarif, struct span span, struct str message)
{
    return json_pack("{s:o, s:o}", "physicalLocation", physical_of(sarif, span), "message",
                     text_object(sarif, message));
}

static json_t *primary_of(const struct sarif *sarif, const struct finding *finding)
{
    struct arena *arena = sarif->arena;
    json_t *location = json_object();
    if (finding->position.path.n)
        json_set(location, "physicalLocation", physical_of(sarif, finding->span));
    else
        json_set(location, "physicalLocation",
                 json_pack("{s:o, s:{s:i}}", "artifactLocation",
                           artifact_of(sarif, finding_path(arena, sarif->input, finding)), "region",
                           "startLine", 1));
    if (finding->values_path.n)
        json_set(location, "logicalLocations",
                 json_pack("[{s:o, s:s}]", "fullyQualifiedName",
                           json_of_str(arena, finding->values_path), "kind", "property"));
    return location;
}

/* --- results --- */

/* Those of the finding that have a place. */
struct chain {
    const struct finding_related *items[MOST_RELATED];
    size_t count;
};

static struct chain chain_of(const struct finding *finding)
{
    struct chain chain = {.count = 0};
    for (size_t i = 0; i < finding->related_count && chain.count < MOST_RELATED; i++) {
        if (finding->related[i].span.file)
            chain.items[chain.count++] = &finding->related[i];
    }
    return chain;
}

/* Brackets are escaped where they might be taken for a link. */
static void add_bracketed(struct text *out, struct str text, bool is_link)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (is_link && (c == '[' || c == ']' || c == '\\'))
            text_add_char(out, '\\');
        text_add_char(out, c);
    }
}

/* GitHub shows the first sentence as the title, and related places only where the text names them.
 */
static json_t *message_of(const struct sarif *sarif, const struct finding *finding,
                          const struct chain *chain)
{
    struct text text = {.arena = sarif->arena};
    struct tree *tree = sarif->input->workspace->tree;
    add_bracketed(&text, finding->message, str_contains(finding->message, STR("](")));
    text_add_char(&text, '.');
    for (size_t i = 0; i < chain->count; i++) {
        struct position at = tree_position(tree, chain->items[i]->span);
        text_add_c(&text, "\n[");
        add_bracketed(&text, path_join(sarif->arena, sarif->input->prefix, at.path), true);
        text_format(&text, ":%u](%zu): %.*s.", at.line, i + 1, STR_ARG(chain->items[i]->message));
    }
    for (size_t i = 0; i < finding->release_count && i < MOST_RELEASES; i++)
        text_format(&text, "%s%.*s",
                    i ? ", " : "\nReleases: ", STR_ARG(finding->releases[i]->name));
    if (finding->release_count > MOST_RELEASES)
        text_format(&text, " and %zu more", finding->release_count - MOST_RELEASES);
    text_add_c(&text, finding->release_count ? "." : "");
    return text_object(sarif, text_str(&text));
}

static json_t *related_of(const struct sarif *sarif, const struct chain *chain)
{
    json_t *list = json_array();
    for (size_t i = 0; i < chain->count; i++) {
        json_t *location = location_of(sarif, chain->items[i]->span, chain->items[i]->message);
        json_set(location, "id", json_of_size(i + 1));
        json_array_append_new(list, location);
    }
    return list;
}

/* From the cause along the chain. */
static json_t *flow_of(const struct sarif *sarif, const struct finding *finding,
                       const struct chain *chain)
{
    json_t *steps = json_array();
    json_array_append_new(
        steps, json_pack("{s:o}", "location", location_of(sarif, finding->span, finding->message)));
    for (size_t i = 0; i < chain->count; i++)
        json_array_append_new(
            steps, json_pack("{s:o}", "location",
                             location_of(sarif, chain->items[i]->span, chain->items[i]->message)));
    return json_pack("[{s:[{s:o}]}]", "threadFlows", "locations", steps);
}

static json_t *result_of(const struct sarif *sarif, const struct finding *finding)
{
    struct chain chain = chain_of(finding);
    json_t *result = json_object();
    json_set(result, "ruleId", json_of_str(sarif->arena, finding->rule->name));
    json_set(result, "ruleIndex", json_of_size(rule_index(sarif, finding->rule)));
    json_set(result, "level", json_string(level_of(finding->severity)));
    json_set(result, "message", message_of(sarif, finding, &chain));
    json_set(result, "locations", json_pack("[o]", primary_of(sarif, finding)));
    if (chain.count)
        json_set(result, "relatedLocations", related_of(sarif, &chain));
    if (chain.count && finding->position.path.n)
        json_set(result, "codeFlows", flow_of(sarif, finding, &chain));
    /* The name under which GitHub keeps what tells alerts apart; there is no line in it. */
    json_set(result, "partialFingerprints",
             json_pack("{s:o}", "primaryLocationLineHash",
                       json_of_str(sarif->arena, finding->fingerprint)));
    if (sarif->input->change)
        json_set(result, "baselineState", json_string("new"));
    return result;
}

/* How many of each severity there is room for, the worst first. */
static void share_room(const struct run_result *result, size_t room[SEVERITY_ERROR + 1])
{
    const size_t counts[] = {result->infos, result->warnings, result->errors};
    size_t left = MOST_RESULTS;
    for (int severity = SEVERITY_ERROR; severity >= SEVERITY_INFO; severity--) {
        room[severity] = counts[severity] < left ? counts[severity] : left;
        left -= room[severity];
    }
}

static json_t *results_of(const struct sarif *sarif)
{
    size_t room[SEVERITY_ERROR + 1];
    const struct run_result *result = sarif->input->result;
    json_t *list = json_array();
    share_room(result, room);
    for (size_t i = 0; i < result->findings.count; i++) {
        const struct finding *finding = &result->findings.items[i];
        if (!room[finding->severity])
            continue;
        room[finding->severity]--;
        json_array_append_new(list, result_of(sarif, finding));
    }
    return list;
}

/* --- the run --- */

static json_t *notification(const struct sarif *sarif, struct str message)
{
    return json_pack("{s:s, s:o}", "level", "warning", "message", text_object(sarif, message));
}

/* What was not looked at, and what did not fit. */
static json_t *notifications_of(const struct sarif *sarif)
{
    const struct run_result *result = sarif->input->result;
    json_t *list = json_array();
    for (size_t i = 0; i < result->not_analysed.count; i++) {
        const struct not_analysed *entry = &result->not_analysed.items[i];
        json_t *item =
            notification(sarif, str_format(sarif->arena, "%.*s was not analysed: %.*s.",
                                           STR_ARG(entry->release->name), STR_ARG(entry->message)));
        if (entry->span.file)
            json_set(item, "locations",
                     json_pack("[{s:o}]", "physicalLocation", physical_of(sarif, entry->span)));
        json_array_append_new(list, item);
    }
    if (result->findings.count > MOST_RESULTS)
        json_array_append_new(
            list, notification(sarif, str_format(sarif->arena, "%zu findings are left out.",
                                                 result->findings.count - MOST_RESULTS)));
    return list;
}

static json_t *driver_of(const struct sarif *sarif)
{
    json_t *rules = json_array();
    for (size_t i = 0; i < sarif->rule_count; i++)
        json_array_append_new(rules, rule_of(sarif, sarif->rules[i]));
    return json_pack("{s:s, s:s, s:s, s:s, s:o}", "name", "bulkhead", "version", BULKHEAD_VERSION,
                     "semanticVersion", BULKHEAD_VERSION, "informationUri",
                     "https://github.com/ameideio/bulkhead", "rules", rules);
}

static json_t *run_of(const struct sarif *sarif)
{
    return json_pack("{s:{s:o}, s:[{s:b, s:o}], s:s, s:o}", "tool", "driver", driver_of(sarif),
                     "invocations", "executionSuccessful", 1, "toolExecutionNotifications",
                     notifications_of(sarif), "columnKind", "unicodeCodePoints", "results",
                     results_of(sarif));
}

void report_sarif(struct text *out, const struct report_input *input)
{
    struct sarif sarif = {.arena = out->arena, .input = input};
    find_rules(&sarif);
    json_write(out, json_pack("{s:s, s:s, s:[o]}", "$schema",
                              "https://json.schemastore.org/sarif-2.1.0.json", "version", "2.1.0",
                              "runs", run_of(&sarif)));
}
