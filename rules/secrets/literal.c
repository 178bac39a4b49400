#include "engine/engine.h"

struct search {
    struct pass *pass;
    const struct layer_use *use;
    struct str_list keys, not_keys, formats;
};

/* --- keys --- */

/* "dbPassword", "DB_PASSWORD" and "db-password" in one spelling. */
static struct str plain_key(struct arena *arena, struct str key)
{
    struct str text = str_lower(arena, key);
    text = str_replace(arena, text, STR("-"), STR(""));
    return str_replace(arena, text, STR("_"), STR(""));
}

/* The key of the value; of `value` in a map that has a `name` beside it, that name. */
static struct str key_of(const struct layer_value *value)
{
    struct str key = layer_value_key(value);
    struct str name =
        value->parent ? yaml_text(yaml_value(value->parent->node, "name")) : (struct str){0};
    return str_is(key, "value") && name.n ? name : key;
}

static bool is_secret_key(const struct search *search, struct str key)
{
    struct str plain = plain_key(pass_arena(search->pass), key);
    bool found = false;
    for (size_t i = 0; i < search->keys.count; i++)
        found = found || str_ends_with(plain, search->keys.items[i]);
    return found && !glob_match_any(&search->not_keys, plain);
}

/* --- values --- */

struct characters {
    size_t lower, upper, digits, hex, separators, others, different;
};

static struct characters count_characters(struct str text)
{
    struct characters count = {0};
    bool seen[256] = {false};
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        bool is_lower = c >= 'a' && c <= 'z';
        bool is_upper = c >= 'A' && c <= 'Z';
        bool is_digit = c >= '0' && c <= '9';
        bool is_separator = c == '-' || c == '.' || c == '_';
        count.lower += is_lower;
        count.upper += is_upper;
        count.digits += is_digit;
        count.hex += is_digit || (c >= 'a' && c <= 'f');
        count.separators += is_separator;
        count.others += !is_lower && !is_upper && !is_digit && !is_separator;
        count.different += !seen[c];
        seen[c] = true;
    }
    return count;
}

/* Templates, references to stores, addresses, paths, hashes, what is encrypted, and sentences. */
static bool is_reference(struct str text)
{
    static const char *const parts[] = {"{{", "${", "$(", "://", "<", ">", " ", "ENC[", "\n"};
    static const char *const beginnings[] = {
        "vault:", "ref+", "secret:", "file:", "/", "$",        "%",
        "op:",    "arn:", "env:",    "*",     ".", "projects/"};
    bool found = false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        found = found || str_contains(text, str_from_c(parts[i]));
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        found = found || str_starts_with(text, str_from_c(beginnings[i]));
    return found;
}

enum { SHORTEST = 8, LONG = 16, UUID = 36 };

/* No word and no name of something: what only chance or care makes. */
static bool looks_random(struct str text)
{
    struct characters count = count_characters(text);
    if (text.n < SHORTEST || count.different * 2 < SHORTEST || is_reference(text) ||
        !count.digits || !(count.lower + count.upper))
        return false;
    if (text.n == UUID && count.hex == UUID - 4)
        return true;
    bool is_mixed = count.upper && count.lower;
    bool is_long = text.n >= LONG && count.digits >= 3 && !count.separators;
    return is_mixed || is_long || (count.others && count.digits > 1);
}

static bool visit(void *context, const struct layer_value *value)
{
    struct search *search = context;
    const struct yaml_node *node = value->node;
    if (node->kind != YAML_STRING || !node->text.n)
        return true;
    bool is_format = glob_match_any(&search->formats, str_trim(node->text));
    struct str key = key_of(value);
    if (!is_format && (!is_secret_key(search, key) || !looks_random(node->text)))
        return true;
    struct report *report = pass_report(search->pass, node->span, "message");
    report_values_path(report, layer_value_path(pass_arena(search->pass), value));
    report_argument(report, "key", key);
    return true;
}

/* Files that only environments on somebody's own machine load may have secrets of their own. */
static bool is_excepted(const struct search *search)
{
    struct str_list except = pass_option_strings(search->pass, "except");
    bool all = search->use->release_count > 0;
    for (size_t i = 0; i < search->use->release_count; i++)
        all = all && glob_match_any(&except, search->use->releases[i]->environment->name);
    return all;
}

static void check(struct pass *pass, const struct layer_use *use)
{
    struct search search = {
        .pass = pass,
        .use = use,
        .keys = pass_option_strings(pass, "keys"),
        .not_keys = pass_option_strings(pass, "not_keys"),
        .formats = pass_option_strings(pass, "formats"),
    };
    if (use->layer->kind == LAYER_FILE && !is_excepted(&search))
        layer_walk(use->layer, visit, &search);
}

const struct rule_code rule_secrets_literal = {.layer = check};
