#include "private.h"

/* What libyaml says and what people can do something with. An empty context fits all. */
struct explanation {
    const char *context, *problem, *text;
};

static const struct explanation explanations[] = {
    {"", "mapping values are not allowed",
     "a key with a colon cannot stand here: is the line above complete, the indentation right, or "
     "a colon in need of quotes?"},
    {"", "block sequence entries are not allowed", "a list item cannot begin here"},
    {"", "mapping keys are not allowed", "a key cannot begin here"},
    {"simple key", "could not find expected ':'",
     "this line is neither a key with a colon nor a part of the value above"},
    {"block mapping", "did not find expected key",
     "a key at the indentation of its map was expected here"},
    {"block collection", "did not find expected '-'",
     "a list item with \"-\" at the indentation of its list was expected here"},
    {"flow sequence", "did not find expected", "a list in brackets needs \",\" or \"]\" here"},
    {"flow mapping", "did not find expected", "a map in braces needs \",\" or \"}\" here"},
    {"quoted scalar", "found unexpected end of stream", "a quoted string is never closed"},
    {"quoted scalar", "found unexpected document indicator",
     "a quoted string is not closed before the end of its document"},
    {"quoted scalar", "found unknown escape character",
     "this escape is not known in double quotes: write \\\\ for a backslash"},
    {"quoted scalar", "did not find expected hexdecimal",
     "an escape of a character needs hexadecimal digits here"},
    {"quoted scalar", "found invalid Unicode character", "an escape names no character"},
    {"block scalar", "did not find expected comment or line break",
     "behind | or > only an indicator and a comment may stand"},
    {"block scalar", "found an indentation indicator equal to 0",
     "the indentation of a block of text cannot be 0"},
    {"anchor", "did not find expected alphabetic",
     "\"&\" begins an anchor and needs a name: quote the value if it is none"},
    {"alias", "did not find expected alphabetic",
     "\"*\" begins an alias and needs a name: quote the value if it is none"},
    {"", "did not find expected <document start>",
     "this stands behind the end of the document: is the indentation right?"},
    {"", "did not find expected node content", "a value was expected here"},
    {"", "found undefined tag handle", "the tag has a prefix that is not declared"},
    {"", "found incompatible YAML document", "only version 1.1 and 1.2 of YAML are known"},
};

static struct str explain_start(struct arena *arena, struct str rest)
{
    uint32_t character = 0;
    size_t length = rest.n ? utf8_decode(rest, &character) : 0;
    return str_format(arena, "a value cannot begin with \"%.*s\" unless it is quoted",
                      STR_ARG(str_slice(rest, 0, length)));
}

struct str problem_explain(struct arena *arena, const char *context, const char *problem,
                           struct str rest)
{
    if (str_starts_with(rest, STR("\t")))
        return STR("a tab stands where YAML allows only blanks for indentation");
    if (str_starts_with(rest, STR("\xEF\xBB\xBF")))
        return STR("a byte order mark cannot stand inside the file");
    if (!problem)
        return STR("this is not YAML");
    if (strstr(problem, "cannot start any token"))
        return explain_start(arena, rest);
    for (size_t i = 0; i < sizeof explanations / sizeof *explanations; i++) {
        const struct explanation *known = &explanations[i];
        if (strstr(context ? context : "", known->context) && strstr(problem, known->problem))
            return str_from_c(known->text);
    }
    return str_copy(arena, str_from_c(problem));
}
