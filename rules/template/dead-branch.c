#include "engine/engine.h"

/* What the repository does not decide: the cluster, and whether something was there before. */
static bool is_about_cluster(struct str pipeline)
{
    static const char *const words[] = {".Capabilities", ".Release.Is", ".Release.Revision",
                                        "lookup"};
    bool found = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        found = found || str_contains(pipeline, str_from_c(words[i]));
    return found;
}

struct search {
    struct pass *pass;
    struct branches branches;
    /* Directories of charts one of whose releases cannot be seen: what they never do is not known.
     */
    struct str_list unknown;
    struct str_list except;
};

static void collect(struct search *search)
{
    const struct model *model = pass_model(search->pass);
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        if (!release->chart)
            continue;
        if (release_has_unknown_layers(release) ||
            !pass_note_branches(search->pass, release, &search->branches))
            vector_push(search->branches.arena, &search->unknown, release->chart->directory);
    }
}

static bool is_left_out(const struct search *search, const struct branch *branch)
{
    const struct file *file = tree_file(pass_tree(search->pass), branch->span.file);
    bool found = !file || glob_match_any(&search->except, file->path);
    for (size_t i = 0; i < search->unknown.count && !found; i++)
        found = path_is_below(file->path, search->unknown.items[i]);
    return found;
}

static void check(struct pass *pass)
{
    struct search search = {.pass = pass,
                            .branches = {.arena = pass_arena(pass)},
                            .except = pass_option_strings(pass, "except")};
    collect(&search);
    for (size_t i = 0; i < search.branches.by_span.count; i++) {
        const struct branch *branch = search.branches.by_span.items[i].value;
        bool is_always = branch->has_otherwise && !branch->was_false;
        if ((branch->was_true && !is_always) || is_about_cluster(branch->pipeline) ||
            is_left_out(&search, branch))
            continue;
        struct report *report = pass_report(pass, branch->span, is_always ? "always" : "never");
        report_argument(report, "pipeline", branch->pipeline);
    }
}

const struct rule_code rule_template_dead_branch = {.repository = check, .uses_objects = true};
