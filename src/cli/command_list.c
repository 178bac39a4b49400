#include <stdio.h>

#include "cli.h"

static const struct option options[] = {
    {"config", "FILE", "configuration file, instead of .bulkhead.yaml"},
    {"path", "PATH", "where the repository is; default: here"},
};

static void list_environments(struct text *out, const struct model *model)
{
    for (size_t i = 0; i < model->config->environments.count; i++) {
        const struct config_environment *environment = &model->config->environments.items[i];
        size_t releases = 0;
        for (size_t k = 0; k < model->release_count; k++)
            releases += model->releases[k].environment == environment;
        text_format(out, "%-16.*s %4zu releases", STR_ARG(environment->name), releases);
        const struct {
            const char *name;
            struct str value;
        } facts[] = {
            {"namespace", environment->namespace}, {"pool", environment->pool},
            {"taint", environment->taint},         {"domain", environment->domain},
            {"vault", environment->vault_path},
        };
        for (size_t k = 0; k < sizeof facts / sizeof *facts; k++) {
            if (facts[k].value.n)
                text_format(out, "  %s %.*s", facts[k].name, STR_ARG(facts[k].value));
        }
        text_add_c(out, environment->cluster_scope ? "  (cluster scope)\n" : "\n");
    }
}

static void list_applications(struct text *out, const struct model *model)
{
    for (size_t i = 0; i < model->application_count; i++) {
        const struct application *application = &model->applications[i];
        text_format(out, "%-32.*s ", STR_ARG(application->name));
        if (application->chart_directory.p)
            text_format(out, "%-40.*s ",
                        application->chart_directory.n ? (int)application->chart_directory.n : 1,
                        application->chart_directory.n ? application->chart_directory.p : ".");
        else
            text_format(out, "%-40s ", "(chart not here)");
        for (size_t k = 0; k < application->release_count; k++)
            text_format(out, "%s%.*s", k ? ", " : "",
                        STR_ARG(application->releases[k]->environment->name));
        text_add_char(out, '\n');
    }
}

static void list_layers_of(struct text *out, const struct release *release)
{
    for (size_t i = 0; i < release->layer_count; i++) {
        const struct release_layer *named = &release->layers[i];
        const char *state = !named->layer ? "missing"
                            : named->layer->kind == LAYER_UNKNOWN
                                ? named->layer->file ? "encrypted" : "unknown"
                            : named->layer->kind == LAYER_CHART ? "chart"
                                                                : "";
        text_format(out, "  %-9s %.*s\n", state, STR_ARG(named->path));
    }
}

static void list_releases(struct text *out, const struct model *model, bool with_layers)
{
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        text_add(out, release->name);
        if (release->namespace.n)
            text_format(out, "  namespace %.*s", STR_ARG(release->namespace));
        if (release->chart)
            text_format(out, "  chart %.*s %.*s", STR_ARG(release->chart->name),
                        STR_ARG(release->chart->version));
        text_add_char(out, '\n');
        if (with_layers)
            list_layers_of(out, release);
    }
}

static void list_files(struct text *out, const struct model *model)
{
    for (size_t i = 0; i < model->layer_count; i++) {
        const struct layer_use *use = &model->layers[i];
        text_format(out, "%5zu releases  %-12.*s  %.*s\n", use->release_count,
                    STR_ARG(use->environment ? use->environment->name
                            : use->shared    ? STR("(shared)")
                                             : STR("")),
                    STR_ARG(use->layer->path));
    }
}

static void list_release_names(struct text *out, const struct model *model)
{
    list_releases(out, model, false);
}

static void list_layers(struct text *out, const struct model *model)
{
    list_releases(out, model, true);
}

typedef void (*lister)(struct text *out, const struct model *model);

/* NULL after a usage error. */
static lister find_lister(const struct invocation *invocation, struct str what)
{
    static const struct {
        const char *name;
        lister list;
    } listers[] = {
        {"environments", list_environments},
        {"applications", list_applications},
        {"releases", list_release_names},
        {"layers", list_layers},
        {"files", list_files},
    };
    struct str_list names = {0};
    for (size_t i = 0; i < sizeof listers / sizeof *listers; i++) {
        if (str_is(what, listers[i].name))
            return listers[i].list;
        vector_push(invocation->arena, &names, str_from_c(listers[i].name));
    }
    usage_error(invocation->command, "unknown list %.*s%.*s", STR_ARG(what),
                STR_ARG(similar_hint(invocation->arena, what, &names)));
    return NULL;
}

static void list_everything(struct text *out, const struct model *model)
{
    text_format(out, "%zu environments\n", model->config->environments.count);
    list_environments(out, model);
    text_format(out, "\n%zu applications\n", model->application_count);
    list_applications(out, model);
    text_format(out, "\n%zu releases, %zu files, %zu layers that are named and not there\n",
                model->release_count, model->layer_count, model->missing_count);
}

static int run(struct invocation *invocation)
{
    const struct str_list *words = &invocation->arguments.positional;
    struct text out = {.arena = invocation->arena};
    bool good;
    lister list = words->count ? find_lister(invocation, words->items[0]) : list_everything;
    if (!list || !repository_open_model(invocation, NULL, &good))
        return EXIT_NOT_DONE;
    list(&out, invocation->repository.workspace->model);
    return print(text_str(&out)) && good ? EXIT_CLEAN : EXIT_NOT_DONE;
}

const struct cli_command command_list = {
    .name = "list",
    .arguments = "[environments|applications|releases|layers|files]",
    .help = "Prints what the repository deploys: environments, applications, layers.\n"
            "`layers` shows every release with its layers, existing and missing ones.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .most_arguments = 1,
    .run = run,
};
