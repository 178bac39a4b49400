#ifndef BULKHEAD_CLI_CLI_H
#define BULKHEAD_CLI_CLI_H

#include "options.h"
#include "report/report.h"

/* Exit statuses of all commands. */
enum {
    EXIT_CLEAN = 0,
    EXIT_FINDINGS = 1,
    EXIT_NOT_DONE = 2, /* usage, configuration, no release, an unreadable file */
};

/* The commands; a file each. */
extern const struct cli_command command_lint, command_list, command_why, command_where,
    command_template, command_diff, command_reach, command_off, command_rules, command_init,
    command_lsp;

/* A repository that was found from paths on the command line. */
struct repository {
    struct tree *tree;
    struct workspace *workspace;
    struct str root;        /* path of the operating system */
    struct str config_path; /* of --config, relative to the root; empty: the usual one */
    struct str_list paths;  /* what was asked for, relative to the root; empty: all */
};

/* A command that is being run. */
struct invocation {
    struct arena *arena;
    const struct cli_command *command;
    struct arguments arguments;
    struct repository repository; /* empty until repository_open */
};

/* Finds the root above the paths (`.bulkhead.yaml`, else `.git`, else the path itself) and opens
 * the workspace with the configuration of --config, if there is one. False after the reason was
 * written to standard error. The repository is closed when the command has ended. */
bool repository_open(struct invocation *invocation, const struct str_list *paths, unsigned jobs);
/* The same repository as it is in a revision, or in the files when the revision is empty, with its
 * workspace. False: the reason went to the sink. The caller closes it. */
bool repository_open_revision(const struct invocation *invocation, struct str revision,
                              unsigned jobs, struct diagnostics *sink,
                              struct repository *ret_repository);
/* Finds the root and the configuration in the same way and opens only the tree. */
bool repository_find(struct invocation *invocation, const struct str_list *paths);
void repository_close(struct repository *repository);
/* Writes problems to standard error; true when none is an error. Infos only when verbose. */
bool repository_print_problems(const struct repository *repository,
                               const struct diagnostics *problems, bool verbose);
/* repository_open for commands that look at the model: prints its problems. Without paths it is the
 * repository at --path. False after a message when there is no model. *ret_good: no problem is an
 * error. */
bool repository_open_model(struct invocation *invocation, const struct str_list *paths,
                           bool *ret_good);
/* Opens the repository at --path in the same way and gives the release of that name; NULL after a
 * message, which has the nearest name. */
const struct release *repository_open_release(struct invocation *invocation, struct str name,
                                              bool *ret_good);
/* Appends a span as PATH:LINE:COLUMN. */
void repository_add_place(struct text *out, const struct repository *repository, struct span span);
/* The path of the root in the Git repository around it; empty when it is that, or there is none. */
struct str repository_prefix(struct arena *arena, const struct repository *repository);
/* Whether to colour what goes to the file descriptor, by `--color` and NO_COLOR. */
bool color_wanted(struct str option, int descriptor);
/* Whether text there may be linked (OSC 8): where colours are wanted and the terminal is known to
 * have it; FORCE_HYPERLINK says otherwise. */
bool hyperlinks_wanted(struct str option, int descriptor);
/* Writes text to standard output; false when that fails. */
bool print(struct str text);
/* The file at a path that was given on the command line; NULL: errno says why. It lives in the
 * arena. */
const struct file *read_given_file(struct arena *arena, struct str path);
/* Writes a file, or adds to its end. False after a message. */
bool print_to_file(struct arena *arena, struct str path, struct str bytes, bool append);

#endif
