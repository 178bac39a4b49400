#include <stdlib.h>
#include <unistd.h>

#include "cli.h"

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value && *value;
}

bool color_wanted(struct str option, int descriptor)
{
    if (str_is(option, "always"))
        return true;
    return !str_is(option, "never") && !is_set("NO_COLOR") && isatty(descriptor);
}

/* Terminals cannot be asked, so these are known by what they set. */
static bool terminal_has_hyperlinks(void)
{
    static const struct {
        const char *variable, *value; /* value NULL: any */
    } terminals[] = {
        {"VTE_VERSION", NULL},         {"KONSOLE_VERSION", NULL},
        {"KITTY_WINDOW_ID", NULL},     {"WT_SESSION", NULL},
        {"TERM_PROGRAM", "vscode"},    {"TERM_PROGRAM", "WezTerm"},
        {"TERM_PROGRAM", "iTerm.app"}, {"TERM_PROGRAM", "ghostty"},
        {"TERM", "alacritty"},         {"TERM", "foot"},
    };
    struct str term = str_from_c(getenv("TERM"));
    /* Within these the variables are those of the terminal outside. */
    if (str_starts_with(term, STR("screen")) || str_starts_with(term, STR("tmux")) ||
        str_is(term, "dumb"))
        return false;
    for (size_t i = 0; i < sizeof terminals / sizeof *terminals; i++) {
        const char *value = getenv(terminals[i].variable);
        if (value && *value && (!terminals[i].value || strcmp(value, terminals[i].value) == 0))
            return true;
    }
    return false;
}

bool hyperlinks_wanted(struct str option, int descriptor)
{
    const char *forced = getenv("FORCE_HYPERLINK");
    if (!color_wanted(option, descriptor))
        return false;
    if (forced && *forced)
        return strcmp(forced, "0") != 0;
    return isatty(descriptor) && terminal_has_hyperlinks();
}
