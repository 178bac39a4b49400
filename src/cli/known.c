#include "known.h"

#include <errno.h>
#include <stdio.h>

static bool read_baseline(struct invocation *invocation, struct known *known)
{
    errno = 0;
    const struct file *file = read_given_file(invocation->arena, known->from);
    if (!file && errno == ENOENT && known->to.n)
        return true;
    if (file && baseline_read(invocation->arena, file, &known->baseline))
        return true;
    usage_error(invocation->command, "--baseline %.*s: %s", STR_ARG(known->from),
                file ? "no baseline; --write-baseline makes one" : strerror(errno));
    return false;
}

bool known_read(struct invocation *invocation, struct known *ret_known)
{
    const struct arguments *arguments = &invocation->arguments;
    struct str named = option_value(arguments, "write-baseline", "");
    struct known known = {.from = option_value(arguments, "baseline", "")};
    if (option_given(arguments, "write-baseline"))
        known.to = named.n ? named : known.from;
    if (option_given(arguments, "write-baseline") && !known.to.n) {
        usage_error(invocation->command, "--write-baseline does not know where: write "
                                         "--write-baseline=FILE, or --baseline FILE before it");
        return false;
    }
    if (!known.from.n)
        known.from = known.to;
    if (known.from.n && !read_baseline(invocation, &known))
        return false;
    *ret_known = known;
    return true;
}

static bool write_baseline(const struct invocation *invocation, const struct known *known,
                           const struct report_input *input, struct run_result *result)
{
    static const struct finding_list none;
    size_t added = result->findings.count;
    struct text text = {.arena = invocation->arena};
    report_baseline(&text, input);
    if (!print_to_file(invocation->arena, known->to, text_str(&text), false))
        return false;
    if (!option_given(&invocation->arguments, "quiet"))
        fprintf(stderr, "bulkhead: %.*s: %zu findings, %zu of them new, %zu taken out\n",
                STR_ARG(known->to), result->known.count + added, added, result->gone.count);
    result->in_baseline += added;
    *result = run_result_with(result, &none);
    return true;
}

bool known_update(const struct invocation *invocation, const struct known *known,
                  const struct report_input *input, struct run_result *result)
{
    if (known->to.n)
        return write_baseline(invocation, known, input, result);
    if (result->gone.count && !option_given(&invocation->arguments, "quiet"))
        fprintf(stderr,
                "bulkhead: findings of %.*s that are gone: %zu; --write-baseline takes them out\n",
                STR_ARG(known->from), result->gone.count);
    return true;
}
