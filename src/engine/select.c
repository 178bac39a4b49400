#include "select.h"

static bool matches_one(const struct rule *rule, const struct str_list *patterns)
{
    for (size_t i = 0; i < patterns->count; i++) {
        if (rule_matches(rule, patterns->items[i]))
            return true;
    }
    return false;
}

static void check_patterns(struct arena *arena, const struct rule_set *rules,
                           const struct str_list *patterns, struct diagnostics *sink)
{
    struct str_list names = {0};
    for (size_t i = 0; i < rules->count; i++)
        vector_push(arena, &names, rules->items[i].name);
    for (size_t i = 0; i < patterns->count; i++) {
        bool matches = false;
        for (size_t k = 0; k < rules->count && !matches; k++)
            matches = rule_matches(&rules->items[k], patterns->items[i]);
        if (matches)
            continue;
        diagnostics_add(sink, SEVERITY_ERROR, "usage", (struct span){0},
                        "no rule is called %.*s%.*s", STR_ARG(patterns->items[i]),
                        STR_ARG(similar_hint(arena, patterns->items[i], &names)));
    }
}

static bool in_profile(const struct rule *rule, struct str profile)
{
    if (!profile.n || str_is(profile, "default"))
        return rule->by_default;
    return str_is(profile, "all") || str_list_has(&rule->profiles, profile);
}

static void check_profile(struct arena *arena, const struct rule_set *rules, struct str profile,
                          struct diagnostics *sink)
{
    struct str_list known = {0};
    vector_push(arena, &known, STR("default"));
    vector_push(arena, &known, STR("all"));
    for (size_t i = 0; i < rules->count; i++) {
        for (size_t k = 0; k < rules->items[i].profiles.count; k++) {
            if (!str_list_has(&known, rules->items[i].profiles.items[k]))
                vector_push(arena, &known, rules->items[i].profiles.items[k]);
        }
    }
    if (profile.n && !str_list_has(&known, profile))
        diagnostics_add(sink, SEVERITY_ERROR, "usage", (struct span){0},
                        "no profile is called %.*s%.*s", STR_ARG(profile),
                        STR_ARG(similar_hint(arena, profile, &known)));
}

bool *select_rules(struct arena *arena, const struct workspace *workspace,
                   const struct run_options *options, struct diagnostics *sink)
{
    const struct config *config = &workspace->config;
    const struct rule_set *rules = &workspace->rules;
    struct str profile = options->profile.n ? options->profile : config->rules.profile;
    check_profile(arena, rules, profile, sink);
    const struct str_list *all[] = {&options->select, &options->ignore, &config->rules.select,
                                    &config->rules.ignore};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        check_patterns(arena, rules, all[i], sink);
    bool *selected = arena_make_array(arena, bool, rules->count);
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->items[i];
        if (options->select.count)
            selected[i] = matches_one(rule, &options->select);
        else
            selected[i] = (in_profile(rule, profile) || matches_one(rule, &config->rules.select)) &&
                          !matches_one(rule, &config->rules.ignore);
        if (matches_one(rule, &options->ignore))
            selected[i] = false;
    }
    return selected;
}

static bool glob_allows(struct str glob, struct str name)
{
    return !glob.n || glob_match(glob, name);
}

static void apply_severities(const struct yaml_node *severities, struct finding *finding)
{
    for (size_t i = 0; severities && severities->kind == YAML_MAP && i < severities->map.count;
         i++) {
        const struct yaml_entry *entry = &severities->map.entries[i];
        if (rule_matches(finding->rule, entry->key))
            severity_parse(yaml_text(entry->value), &finding->severity);
    }
}

static bool path_allows(struct str glob, const struct finding *finding)
{
    return glob_allows(glob, finding->position.path);
}

/* An override holds for a finding only when it holds for every release that is hit. */
static bool override_covers(const struct config_override *override, const struct finding *finding)
{
    if (!path_allows(override->path, finding))
        return false;
    for (size_t i = 0; i < finding->release_count; i++) {
        const struct release *release = finding->releases[i];
        if (!glob_allows(override->env, release->environment->name) ||
            !glob_allows(override->app, release->application->name))
            return false;
    }
    return finding->release_count || (!override->env.n && !override->app.n);
}

bool select_configured(const struct config *config, struct finding *finding)
{
    apply_severities(config->rules.severity, finding);
    for (size_t i = 0; i < config->rules.overrides.count; i++) {
        const struct config_override *override = &config->rules.overrides.items[i];
        if (!override_covers(override, finding))
            continue;
        if (matches_one(finding->rule, &override->ignore))
            return false;
        apply_severities(override->severity, finding);
    }
    return true;
}

static bool exception_covers(const struct config_exception *exception,
                             const struct finding *finding, const struct release *release)
{
    return rule_matches(finding->rule, exception->rule) && path_allows(exception->path, finding) &&
           glob_allows(exception->env, release->environment->name) &&
           glob_allows(exception->app, release->application->name);
}

bool select_exceptions(const struct config *config, struct str today, struct finding *finding,
                       bool *used)
{
    size_t had = finding->release_count;
    for (size_t i = 0; i < config->rules.exceptions.count; i++) {
        const struct config_exception *exception = &config->rules.exceptions.items[i];
        if (exception->until.n && str_compare(exception->until, today) < 0)
            continue;
        size_t kept = 0;
        for (size_t k = 0; k < finding->release_count; k++) {
            if (exception_covers(exception, finding, finding->releases[k]))
                used[i] = true;
            else
                finding->releases[kept++] = finding->releases[k];
        }
        finding->release_count = kept;
        bool whole = !had && !exception->env.n && !exception->app.n &&
                     rule_matches(finding->rule, exception->rule) &&
                     path_allows(exception->path, finding);
        if (whole) {
            used[i] = true;
            return false;
        }
    }
    return !had || finding->release_count;
}

/* --- what is shown --- */

static bool release_loads(const struct release *release, struct str path)
{
    if (release->chart && path_is_below(path, release->chart->directory))
        return true;
    for (size_t i = 0; i < release->layer_count; i++) {
        if (release->layers[i].layer && path_is_below(release->layers[i].path, path))
            return true;
    }
    return false;
}

static bool touches(const struct workspace *workspace, const struct finding *finding,
                    struct str path)
{
    if (path_is_below(finding->position.path, path))
        return true;
    for (size_t i = 0; i < finding->related_count; i++) {
        const struct file *file = tree_file(workspace->tree, finding->related[i].span.file);
        if (file && path_is_below(file->path, path))
            return true;
    }
    for (size_t i = 0; i < finding->release_count; i++) {
        if (release_loads(finding->releases[i], path))
            return true;
    }
    return false;
}

bool select_shown(const struct workspace *workspace, const struct run_options *options,
                  const struct finding *finding)
{
    if (finding->severity < options->least)
        return false;
    bool release =
        finding->release_count == 0 && !options->environments.count && !options->applications.count;
    for (size_t i = 0; i < finding->release_count && !release; i++)
        release = run_asks_for(options, finding->releases[i]);
    if (!release)
        return false;
    for (size_t i = 0; i < options->paths.count; i++) {
        if (touches(workspace, finding, options->paths.items[i]))
            return true;
    }
    return options->paths.count == 0;
}
