#include "json_detour.h"

enum { KEY_MOST = 1024 }; /* characters of a key as JSON writes it */

static const struct str next_line = {"\xC2\x85", 2}; /* U+0085 */

/* The first byte that asks for a closer look; the length when there is none. */
static size_t find_unusual(struct str s)
{
    size_t at = 0;
    while (at < s.n && (unsigned char)s.p[at] < 0x7F)
        at++;
    return at;
}

static bool is_refused(uint32_t c)
{
    return c == 0x7F || (c >= 0x80 && c < 0xA0 && c != 0x85) || c == 0xFFFE || c == 0xFFFF;
}

static bool has_refused(struct str s)
{
    s = str_from(s, find_unusual(s));
    while (s.n) {
        uint32_t c;
        s = str_from(s, utf8_decode(s, &c));
        if (is_refused(c))
            return true;
    }
    return false;
}

/* Within double quotation marks a line end becomes a blank, several become one less; blanks around
 * them are lost. */
static struct str fold(struct arena *arena, struct str s)
{
    struct text out = {.arena = arena};
    for (size_t at; (at = str_find(s, next_line)) != STR_NOT_FOUND;) {
        struct str line = str_slice(s, 0, at);
        size_t breaks = 0;
        while (line.n && line.p[line.n - 1] == ' ')
            line.n--;
        text_add(&out, line);
        s = str_from(s, at);
        while (str_starts_with(s, next_line) || str_starts_with(s, STR(" "))) {
            bool is_break = s.p[0] != ' ';
            breaks += is_break;
            s = str_from(s, is_break ? next_line.n : 1);
        }
        if (breaks == 1)
            text_add_char(&out, ' ');
        text_add_repeated(&out, '\n', breaks - 1);
    }
    text_add(&out, s);
    return text_str(&out);
}

bool detour_text(struct arena *arena, struct str s, struct str *ret_text)
{
    *ret_text = s;
    if (find_unusual(s) == s.n)
        return true;
    if (has_refused(s))
        return false;
    s = utf8_make_valid(arena, s);
    *ret_text = str_contains(s, next_line) ? fold(arena, s) : s;
    return true;
}

/* Characters of the text as encoding/json writes it, with its quotation marks. */
static size_t json_length(struct str s)
{
    size_t length = 2;
    while (s.n) {
        uint32_t c;
        size_t bytes = utf8_decode(s, &c);
        bool is_short = c && c < 0x80 && strchr("\"\\\b\f\n\r\t", (int)c);
        bool is_long = c < 0x20 || c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029 ||
                       (c == 0xFFFD && bytes == 1);
        length += is_short ? 2 : is_long ? 6 : 1;
        s = str_from(s, bytes);
    }
    return length;
}

static bool is_key(struct str key)
{
    return !str_contains(key, next_line) && (key.n <= KEY_MOST / 6 || json_length(key) <= KEY_MOST);
}

bool detour_key(struct arena *arena, struct str key, struct str *ret_key)
{
    return is_key(key) && detour_text(arena, key, ret_key);
}

/* --- why something does not arrive --- */

struct search {
    struct value_walk walk;
    bool has_refused; /* which is found before anything is read */
    bool has_key;     /* a key that is none */
    size_t line;      /* where, from 0; counted until then */
};

static void look_at_text(struct search *search, struct str s)
{
    search->has_refused |= has_refused(s);
    for (size_t at; !search->has_key && (at = str_find(s, next_line)) != STR_NOT_FOUND;) {
        search->line++;
        s = str_from(s, at + next_line.n);
    }
}

static void look_at(struct search *search, struct value value)
{
    bool is_map = value.type == VALUE_MAP;
    if (value.type == VALUE_STRING)
        look_at_text(search, value_str(value));
    if ((!is_map && value.type != VALUE_LIST) || !value_walk_enter(&search->walk))
        return;
    size_t count = is_map ? value.map->count : value.list->count;
    for (size_t i = 0; i < count && !search->has_refused; i++) {
        if (is_map) {
            look_at_text(search, value.map->entries[i].key);
            search->has_key |= !is_key(value.map->entries[i].key);
        }
        look_at(search, is_map ? value.map->entries[i].value : value.list->items[i]);
    }
    value_walk_leave(&search->walk);
}

struct str detour_problem(struct arena *arena, struct value value)
{
    struct search search = {0};
    look_at(&search, value);
    if (search.has_refused)
        return STR("yaml: control characters are not allowed");
    if (!search.has_key)
        return (struct str){0};
    return search.line
               ? str_format(arena, "yaml: line %zu: did not find expected ',' or '}'", search.line)
               : STR("yaml: did not find expected ',' or '}'");
}
