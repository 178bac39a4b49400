#include <signal.h>
#include <unistd.h>

#include "lsp/lsp.h"
#include "request.h"

static const struct option options[] = {
    {"jobs", "N", "threads; default: one per processor but one"},
    {"stdio", NULL, "as editors say it; there is no other way"},
};

static int run(struct invocation *invocation)
{
    struct request request;
    if (!request_read(invocation, &request))
        return EXIT_NOT_DONE;
    signal(SIGPIPE, SIG_IGN); /* an editor that has gone is no reason to die of a signal */
    struct lsp_options how = {
        .input = STDIN_FILENO,
        .output = STDOUT_FILENO,
        .jobs = request.jobs,
        .today = request.run.today,
    };
    return lsp_serve(&how) ? EXIT_CLEAN : EXIT_NOT_DONE;
}

const struct cli_command command_lsp = {
    .name = "lsp",
    .arguments = "",
    .help = "Language server on standard input and output, for editors.\n"
            "It reads the repository that the editor has open and writes no file.\n"
            "Exit status: 0 when the editor said goodbye, 2 when it went without a word.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
