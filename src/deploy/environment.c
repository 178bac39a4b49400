#include "deployer.h"

#include <stddef.h>

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Where the name stands in the text as words of its own; STR_NOT_FOUND when it does not. */
static size_t find_words(struct str text, struct str name)
{
    size_t from = 0;
    while (name.n && from + name.n <= text.n) {
        size_t at = str_find(str_from(text, from), name);
        if (at == STR_NOT_FOUND)
            return STR_NOT_FOUND;
        at += from;
        bool starts = at == 0 || !is_letter(text.p[at - 1]);
        bool ends = at + name.n == text.n || !is_letter(text.p[at + name.n]);
        if (starts && ends)
            return at;
        from = at + 1;
    }
    return STR_NOT_FOUND;
}

/* --- among the names of the configuration --- */

static struct str known_name(const struct config *config, struct str name)
{
    for (size_t i = 0; i < config->environments.count; i++) {
        if (str_equal(config->environments.items[i].name, name))
            return name;
    }
    return (struct str){0};
}

/* The only environment that has the fact; p == NULL for none and for several. */
static struct str name_by_fact(const struct config *config, size_t offset, struct str fact)
{
    struct str found = {0};
    for (size_t i = 0; fact.n && i < config->environments.count; i++) {
        const struct config_environment *environment = &config->environments.items[i];
        const struct str *has = (const void *)((const char *)environment + offset);
        if (!str_equal(*has, fact))
            continue;
        if (found.p)
            return (struct str){0};
        found = environment->name;
    }
    return found;
}

/* The longest name that stands in the text. */
static struct str name_in_text(const struct config *config, struct str text)
{
    struct str found = {0};
    for (size_t i = 0; i < config->environments.count; i++) {
        struct str name = config->environments.items[i].name;
        if (name.n > found.n && find_words(text, name) != STR_NOT_FOUND)
            found = name;
    }
    return found;
}

static struct str configured(const struct config *config, const struct environment_clues *clues)
{
    struct str found = {0};
    for (size_t i = 0; i < clues->names.count && !found.p; i++)
        found = known_name(config, clues->names.items[i]);
    if (!found.p && clues->inherited.p)
        found = clues->inherited;
    if (!found.p)
        found =
            name_by_fact(config, offsetof(struct config_environment, namespace), clues->namespace);
    if (!found.p)
        found = name_by_fact(config, offsetof(struct config_environment, cluster), clues->cluster);
    for (size_t i = 0; i < clues->texts.count && !found.p; i++)
        found = name_in_text(config, clues->texts.items[i]);
    return found;
}

/* --- among the words that people use --- */

static struct str word_in_text(struct str text)
{
    size_t start = 0;
    for (size_t i = 0; i <= text.n; i++) {
        if (i < text.n && is_letter(text.p[i]))
            continue;
        struct str word = str_slice(text, start, i);
        if (word.n && environment_word_is_plain(word))
            return word;
        start = i + 1;
    }
    return (struct str){0};
}

static struct str guessed(const struct environment_clues *clues)
{
    for (size_t i = 0; i < clues->names.count; i++) {
        if (clues->names.items[i].n)
            return clues->names.items[i];
    }
    if (clues->inherited.p)
        return clues->inherited;
    for (size_t i = 0; i < clues->texts.count; i++) {
        struct str word = word_in_text(clues->texts.items[i]);
        if (word.n)
            return word;
    }
    return word_in_text(clues->cluster);
}

struct str environment_of_clues(struct deployer *deployer, const struct environment_clues *clues)
{
    const struct config *config = deployer->config;
    return config->environments.count ? configured(config, clues) : guessed(clues);
}

struct str environment_of_nothing(const struct config *config)
{
    if (!config->environments.count)
        return STR("default");
    if (config->environments.count == 1)
        return config->environments.items[0].name;
    for (size_t i = 0; i < config->environments.count; i++) {
        const struct config_environment *environment = &config->environments.items[i];
        if (environment->cluster_scope || str_is(environment->name, "default"))
            return environment->name;
    }
    return (struct str){0};
}

struct str name_without_environment(struct arena *arena, struct str name, struct str environment)
{
    size_t at = find_words(name, environment);
    if (at == STR_NOT_FOUND || environment.n == name.n)
        return name;
    struct str before = str_slice(name, 0, at);
    struct str behind = str_from(name, at + environment.n);
    if (!behind.n)
        return str_slice(before, 0, before.n - 1);
    return str_join(arena, before, str_from(behind, 1));
}
