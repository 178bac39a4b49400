#include "same_stream.h"
#include "tree/tree.h"
#include "yaml_unit.h"

static const struct limits limits = {.yaml_depth = 60, .yaml_alias_nodes = 3000};

/* True when the plain reader takes the text; fails when it reads something else in it. */
static bool takes(struct str text)
{
    bool taken = false;
    ck_assert_msg(reads_the_same(&arena, text, &limits, &taken), "%.*s", STR_ARG(text));
    return taken;
}

static const char *const plain[] = {
    "",
    "\n  \n",
    "# nothing\n  # else",
    "a: 1",
    "a: 1\n",
    "  a: 1\n  b: 2\n",
    "---\na: 1\n",
    "--- # c\n# d\n- 1\n",
    "a:\nb: ~\nc: # d\nd:   \n",
    "a: b c  # d\ne: f#g:h\n",
    "a: 0644\nb: on\nc: 1e3\nd: 1_000\ne: 0x1f\nf: 2001-01-01\n1: x\nn: y\n1.5: z\n",
    "a: \"b # c: d\"\n'e f': 'it''s'\n\"g\": \"\\\"\\\\\\n\\t\\r\"\n\"\": ''\n",
    "a:\n  b:\n    c: d\n  e: f\ng: h\n",
    "a:\n- b\n- c: d\n  e: f\n-\n- - g\n  - h\n\ni:\n  -   j\n  -\n    k: l\n",
    "- \n- a:\n  - b\n  c: -1\n- --flag\n",
    "a:\n  {}\nb:\n  []\nc:\n  text\n",
    "a: {b: c, \"d\":1, 'e': [f g, {}, [], \"h\"]} # i\nj: [ 1 , 2 ]\n",
    "[{\"a\":\"b\"},{\"c\":[-1,\"http://x:1\"]}]",
    "a: |\n  b\n\n    c # d\n \ne: f\n",
    "a: |-\n\n  b\n  c",
    "a: |+ # x\n  b  \n\n\n# c\nd: e\n",
    "- |\n a\n- b: |\n   c\n   \td\n",
    "a: |\n  b\n     ",
    "a: \xC3\xA4 \xE2\x82\xAC \xF0\x9F\x98\x80 # \xC3\xB6\nb: 1\n",
    "a: http://b:1/c?d=[e]&f={g}\nh: \\d+\n",
    "a1: 1\na2: 2\na3: 3\na4: 4\na5: 5\na6: 6\na7: 7\na8: 8\na9: 9\nb1: 1\nb2: 2\nb3: 3\nb4: 4\n",
};

START_TEST(plain_is_taken)
{
    ck_assert_msg(takes(str_from_c(plain[_i])), "left to libyaml: %s", plain[_i]);
}
END_TEST

/* Valid or not: none of it may be taken. */
static const char *const strange[] = {
    "a",
    "a: 1\n---\nb: 2\n",
    "a: 1\n...\n",
    "a: 1\na: 2\n",
    "{a: 1, a: 2}",
    "a: 1\n b: 2\n",
    "a: 1\n  2\n",
    "  a: 1\nb: 2\n",
    "a:\n    b: 1\n  c: 2\n",
    "a: b: c\n",
    "a: b:\n",
    "a: - b\n",
    "a: 1\n- b\n",
    "- a\nb: 1\n",
    "a:\n  - b\n  c: 1\n",
    "- a\n b\n",
    "a : 1\n",
    "a:\tb\n",
    "a: b\tc\n",
    "\ta: 1\n",
    "a: 1\n\t\nb: 1\n",
    "a: b\r\n",
    "a: 'b\n  c'\n",
    "a: 'b' c\n",
    "a: 'b'#c\n",
    "a: \"\\/\"\n",
    "a: \"\\u0041\"\n",
    "a: \"b\\\n  c\"\n",
    "a: \"b",
    "a: [b\n",
    "a: [b, ]\n",
    "a: [b: c]\n",
    "a: [b]: c\n",
    "a: [b] c\n",
    "a: {b}\n",
    "a: {b:1}\n",
    "a: {b: c: d}\n",
    "a: [b #c]\n",
    "a: [b:,c]\n",
    "a: [http://b?c]\n",
    "? a\n: b\n",
    "a: &b c\nd: *b\n",
    "a: !!str 1\n",
    "!a b: c\n",
    "%YAML 1.1\n---\na: 1\n",
    "a: %b\n",
    "a: @b\n",
    "a: `b`\n",
    "a: .inf\n",
    "a: 1e999\nb: .nan\n",
    "~: a\n",
    "18446744073709551615: a\n",
    "<<: {a: 1}\n",
    "\"<<\": {a: 1}\n",
    "a: >\n  b\n",
    "a: |2\n  b\n",
    "a: |\nb: c\n",
    "a: |\n   \n  b\n",
    "a: |\n\tb\n",
    "a: |\n  b\n\tc\n",
    "a: |\n  b\n c: d\n",
    "a: |#b\n  c\n",
    "|\n  a\n",
    "a: \x7F\n",
    "a: \x01\n",
    "a: \xFF\n",
    "a: \xC2\x85"
    "b\n",
    "a: \xE2\x80\xA8"
    "b\n",
    "\xEF\xBB\xBF"
    "a: 1\n",
    "a: 1\n\xEF\xBB\xBF"
    "b: 1\n",
    "a: \xEF\xBF\xBF\n",
    "a: \xED\xA0\x80\n",
};

START_TEST(strange_is_left)
{
    ck_assert_msg(!takes(str_from_c(strange[_i])), "taken: %s", strange[_i]);
}
END_TEST

START_TEST(long_keys_and_depth_are_left)
{
    struct text text = {.arena = &arena};
    text_add_repeated(&text, 'k', 1200);
    text_add_c(&text, ": 1\n");
    ck_assert(!takes(text_str(&text)));
    text.n = 0;
    text_add_repeated(&text, '[', 50);
    text_add_repeated(&text, ']', 50);
    ck_assert(!takes(text_str(&text)));
    text.n = 0;
    for (size_t i = 0; i < 50; i++)
        text_add_c(&text, "- ");
    ck_assert(!takes(text_str(&text)));
}
END_TEST

START_TEST(a_nul_is_left)
{
    ck_assert(!takes(STR("a: \0b\n")));
    ck_assert(!takes(STR("a: b\n\0")));
}
END_TEST

/* --- many texts --- */

struct source {
    struct arena *arena;
    uint64_t state;
    struct text text;
};

static size_t below(struct source *source, size_t limit)
{
    source->state = source->state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(source->state >> 33) % limit;
}

#define ANY_OF(source, words) ((words)[below((source), sizeof(words) / sizeof *(words))])

static const char *const odd[] = {
    "?",
    "? ",
    "- ",
    ":",
    ": ",
    "#",
    " #",
    "\t",
    "\r",
    "\n",
    "\n ",
    "%",
    "&a ",
    "*a",
    "!t ",
    "|",
    ">",
    "---",
    "...",
    "'",
    "\"",
    "\\",
    "\\/",
    "[",
    "]",
    "{",
    "}",
    ",",
    "<<",
    "@",
    "\xC2\x85",
    "\xE2\x80\xA8",
    "\xEF\xBB\xBF",
    "\xC3\xA4",
    "\xFF",
    "\x7F",
    "`",
};
static const char *const scalars[] = {
    "a",          "bc d",       "1",           "-1.5e3",    "0x1F",     "on",          "~",
    "null",       "true",       "'x y'",       "'it''s'",   "\"q\"",    "\"\\n\\\"\"", "a:b",
    "c#d",        "http://e:1", "--flag",      "''",        "{}",       "[]",          "[1, b]",
    "{a: b}",     "-",          "[a, {b: c}]", "{\"a\":1}", "{a: [ ]}", "/p/q.r",      "f [g]",
    "2001-01-01", "\xC3\xA4",   "z \xC3\xB6",  "1_0",       ".5",       "+1",          "<<",
    "(h)",        "",
};
static const char *const keys[] = {"a", "b", "c.d/e", "'f'", "\"g\"", "1", "on", "h i", "~", "j-k"};

static void add_odd(struct source *source)
{
    if (!below(source, 60))
        text_add_c(&source->text, ANY_OF(source, odd));
}

static void end_line(struct source *source)
{
    static const char *const ends[] = {"\n",   "\n",     "\n",        "\n",
                                       "\n\n", " # c\n", "\n  # d\n", " \n"};
    add_odd(source);
    text_add_c(&source->text, ANY_OF(source, ends));
}

static void indent(struct source *source, size_t column)
{
    size_t slip = below(source, 80);
    text_add_repeated(&source->text, ' ', slip == 0 ? column + 1 : slip == 1 ? column / 2 : column);
}

static void add_block(struct source *source, size_t column)
{
    static const char *const headers[] = {"|\n", "|-\n", "|+\n", "| # c\n", ">\n", "|\n\n", "|2\n"};
    static const char *const lines[] = {"x", "  y # z", "- a: b", "", "\tt", "w  "};
    text_add_c(&source->text, ANY_OF(source, headers));
    for (size_t i = below(source, 5); i > 0; i--) {
        indent(source, column + (below(source, 4) ? 2 : 0));
        text_add_c(&source->text, ANY_OF(source, lines));
        text_add_char(&source->text, '\n');
    }
}

static void add_node(struct source *source, size_t column, unsigned depth);

/* What stands behind "key:" or "-" of the column. */
static void add_value(struct source *source, size_t column, unsigned depth)
{
    size_t kind = below(source, 10);
    if (kind == 0) {
        text_add_char(&source->text, ' ');
        add_block(source, column);
    } else if (kind < 4 && depth < 4) {
        end_line(source);
        add_node(source, column + below(source, 4), depth + 1);
    } else {
        text_add_repeated(&source->text, ' ', 1 + !below(source, 8));
        text_add_c(&source->text, ANY_OF(source, scalars));
        end_line(source);
    }
}

static void add_node(struct source *source, size_t column, unsigned depth)
{
    bool list = below(source, 3) == 0;
    for (size_t i = 1 + below(source, 4); i > 0; i--) {
        indent(source, column);
        add_odd(source);
        if (list && depth < 4 && !below(source, 3)) {
            text_add_c(&source->text, "- ");
            source->text.n -= !below(source, 40);
            add_node(source, below(source, 20) ? 0 : column + 2, depth + 1);
            continue;
        }
        text_add_c(&source->text, list ? "-" : ANY_OF(source, keys));
        text_add_c(&source->text, list ? "" : ":");
        add_value(source, column, depth);
    }
}

/* A piece of a text with up to two bytes replaced. */
static struct str changed(struct source *source, struct str bytes)
{
    static const char signs[] = " \n\t:#-[]{},?|>'\"&*!%@`\\~<.=a1\r\x7F\xC3";
    size_t from = below(source, bytes.n);
    while (from > 0 && bytes.p[from - 1] != '\n' && below(source, 30))
        from--;
    struct str piece = str_copy(source->arena, str_slice(bytes, from, from + below(source, 300)));
    char *bytes_of_piece = str_to_c(source->arena, piece);
    for (size_t i = below(source, 3); i > 0 && piece.n; i--)
        bytes_of_piece[below(source, piece.n)] = signs[below(source, sizeof signs - 1)];
    return (struct str){bytes_of_piece, piece.n};
}

/* So many random texts, of which a fair part must be taken and a fair part not. BULKHEAD_TEXTS
 * overrides how many there are. */
static void check_many(size_t count, struct str (*make)(struct source *, const void *),
                       const void *data)
{
    const char *wanted = getenv("BULKHEAD_TEXTS");
    size_t texts = wanted ? strtoul(wanted, NULL, 10) : count;
    size_t taken = 0;
    struct arena own = {0};
    struct source source = {.arena = &own};
    for (size_t i = 0; i < texts; i++) {
        source.state = i * 7919;
        source.text = (struct text){.arena = &own};
        struct str text = make(&source, data);
        bool is_taken = false;
        ck_assert(reads_the_same(&own, text, &limits, &is_taken));
        taken += is_taken;
        arena_reset(&own);
    }
    arena_release(&own);
    ck_assert_msg(taken > texts / 10 && taken < texts * 9 / 10, "%zu taken of %zu", taken, texts);
}

static struct str grown(struct source *source, const void *data)
{
    (void)data;
    add_node(source, below(source, 12) ? 0 : 2, 0);
    return text_str(&source->text);
}

START_TEST(grown_texts_are_read_the_same)
{
    check_many(60000, grown, NULL);
}
END_TEST

struct files {
    struct str *items;
    size_t count, capacity;
};

static struct str changed_file(struct source *source, const void *data)
{
    const struct files *files = data;
    return changed(source, files->items[below(source, files->count)]);
}

START_TEST(files_are_read_the_same)
{
    static const char *const folders[] = {"fixtures", "rules", "tests", "docs"};
    struct files files = {0};
    size_t taken = 0;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        struct str root = str_format(&arena, "%s/%s", SOURCE_ROOT, folders[i]);
        struct tree *tree = tree_open_disk(&arena, root, &limits_default);
        const struct str_list *paths = tree_paths(tree);
        for (size_t k = 0; k < paths->count; k++) {
            const struct file *file = tree_find(tree, paths->items[k]);
            if (!file || !file->bytes.n)
                continue;
            vector_push(&arena, &files, file->bytes);
            taken += takes(file->bytes);
        }
        tree_close(tree);
    }
    ck_assert_msg(files.count > 100 && taken > 100, "%zu taken of %zu", taken, files.count);
    check_many(60000, changed_file, &files);
}
END_TEST

UNIT_TESTS("plain", EACH(plain_is_taken, plain), EACH(strange_is_left, strange),
           ONCE(long_keys_and_depth_are_left), ONCE(a_nul_is_left),
           ONCE(grown_texts_are_read_the_same), ONCE(files_are_read_the_same))
