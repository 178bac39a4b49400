#include "base/base.h"
#include "functions.h"

/* Sprig's functions that change the case of letters or look at words. */

static bool give(struct str text, struct value *ret_value)
{
    *ret_value = value_string(text);
    return true;
}

static bool map_all(struct call *call, uint32_t (*map)(uint32_t), struct value *ret_value)
{
    struct str s = value_str(call->arguments[0]);
    return call_spend(call, s.n * 3) && give(map_characters(call->arena, s, map), ret_value);
}

static bool run_upper(struct call *call, struct value *ret_value)
{
    return map_all(call, to_go_upper, ret_value);
}

static bool run_lower(struct call *call, struct value *ret_value)
{
    return map_all(call, to_go_lower, ret_value);
}

/* strings.Title begins a word behind what is neither letter, digit nor underscore. */
static bool is_separator(uint32_t c)
{
    if (c < 0x80)
        return c != '_' && !is_go_letter(c) && !is_go_digit(c);
    return !is_go_letter(c) && !is_go_digit(c) && is_go_space(c);
}

static bool run_title(struct call *call, struct value *ret_value)
{
    struct str s = value_str(call->arguments[0]);
    struct text text = {.arena = call->arena};
    uint32_t before = ' ';
    while (s.n) {
        uint32_t c;
        s = str_from(s, utf8_decode(s, &c));
        text_add_code_point(&text, is_separator(before) ? to_go_title(c) : c);
        before = c;
    }
    return give(text_str(&text), ret_value);
}

static bool run_untitle(struct call *call, struct value *ret_value)
{
    struct str s = value_str(call->arguments[0]);
    struct text text = {.arena = call->arena};
    bool begins = true;
    while (s.n) {
        uint32_t c;
        s = str_from(s, utf8_decode(s, &c));
        text_add_code_point(&text, begins && !is_go_space(c) ? to_go_lower(c) : c);
        begins = is_go_space(c);
    }
    return give(text_str(&text), ret_value);
}

static bool run_swapcase(struct call *call, struct value *ret_value)
{
    struct str s = value_str(call->arguments[0]);
    struct text text = {.arena = call->arena};
    bool begins = true;
    while (s.n) {
        uint32_t c;
        s = str_from(s, utf8_decode(s, &c));
        bool is_title = c >= 0x80 && to_go_title(c) == c && to_go_lower(c) != c;
        if (is_go_upper(c) || is_title) {
            text_add_code_point(&text, to_go_lower(c));
            begins = false;
        } else if (is_go_lower(c)) {
            text_add_code_point(&text, begins ? to_go_title(c) : to_go_upper(c));
            begins = false;
        } else {
            text_add_code_point(&text, c);
            begins = is_go_space(c);
        }
    }
    return give(text_str(&text), ret_value);
}

/* goutils looks at bytes. */
static bool run_initials(struct call *call, struct value *ret_value)
{
    struct str s = value_str(call->arguments[0]);
    struct text text = {.arena = call->arena};
    bool begins = true;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (is_go_space(c)) {
            begins = true;
        } else if (begins) {
            text_add_code_point(&text, c);
            begins = false;
        }
    }
    return give(text_str(&text), ret_value);
}

/* --- camelcase, snakecase, kebabcase (github.com/huandu/xstrings) --- */

static bool is_connector(uint32_t c)
{
    return c == '-' || c == '_' || is_go_space(c);
}

static bool run_camelcase(struct call *call, struct value *ret_value)
{
    struct str s = value_str(call->arguments[0]);
    struct text text = {.arena = call->arena};
    uint32_t last = 0;
    bool in_upper = false; /* capitals that follow one at a word's start become small */
    bool has_last = false;
    while (s.n) {
        uint32_t c;
        s = str_from(s, utf8_decode(s, &c));
        if (has_last) {
            if (is_connector(last) && is_connector(c)) {
                text_add_code_point(&text, last);
            } else if (is_connector(last)) {
                in_upper = is_go_upper(c);
                c = to_go_upper(c);
            } else {
                if (in_upper && is_go_upper(c))
                    c = to_go_lower(c);
                else
                    in_upper = false;
                text_add_code_point(&text, last);
            }
        } else if (is_connector(c) && s.n) {
            text_add_code_point(&text, c);
            continue;
        } else {
            in_upper = is_go_upper(c);
            c = is_connector(c) ? c : to_go_upper(c);
        }
        last = c;
        has_last = true;
    }
    if (has_last)
        text_add_code_point(&text, last);
    return give(text_str(&text), ret_value);
}

enum word_kind {
    WORD_NONE,
    WORD_NUMBER,
    WORD_UPPER,
    WORD_LETTERS,
    WORD_CONNECTOR,
    WORD_PUNCTUATION,
    WORD_OTHER,
};

static enum word_kind kind_of(uint32_t c)
{
    if (is_connector(c))
        return WORD_CONNECTOR;
    if (is_go_punctuation(c))
        return WORD_PUNCTUATION;
    if (is_go_upper(c))
        return WORD_UPPER;
    if (is_go_letter(c))
        return WORD_LETTERS;
    return is_go_number(c) ? WORD_NUMBER : WORD_OTHER;
}

static size_t run_of(struct str s, enum word_kind kind)
{
    size_t n = 0;
    while (n < s.n) {
        uint32_t c;
        size_t length = utf8_decode(str_from(s, n), &c);
        if (kind_of(c) != kind)
            break;
        n += length;
    }
    return n;
}

/* Capitals and what follows: "Status" is one word, "HTTPStatus" two. */
static size_t upper_word(struct str s)
{
    uint32_t c;
    size_t first = utf8_decode(s, &c);
    size_t capitals = run_of(s, WORD_UPPER);
    if (capitals == first)
        return first + run_of(str_from(s, first), WORD_LETTERS);
    if (run_of(str_from(s, capitals), WORD_LETTERS) == 0)
        return capitals;
    size_t last = capitals - 1;
    while (last > 0 && ((unsigned char)s.p[last] & 0xC0) == 0x80)
        last--;
    return last;
}

static enum word_kind take_word(struct str *rest, struct str *ret_word)
{
    uint32_t c;
    *ret_word = STR("");
    if (!rest->n)
        return WORD_NONE;
    utf8_decode(*rest, &c);
    enum word_kind kind = kind_of(c);
    size_t length = kind == WORD_UPPER ? upper_word(*rest) : run_of(*rest, kind);
    *ret_word = str_slice(*rest, 0, length);
    *rest = str_from(*rest, length);
    return kind;
}

static void add_word(struct text *text, enum word_kind kind, struct str word, char connector)
{
    bool maps = kind == WORD_UPPER || kind == WORD_CONNECTOR;
    while (word.n) {
        uint32_t c;
        word = str_from(word, utf8_decode(word, &c));
        if (maps && is_connector(c))
            text_add_char(text, connector);
        else
            text_add_code_point(text, maps && is_go_upper(c) ? to_go_lower(c) : c);
    }
}

/* Behind a number: letters and numbers cling to it. Gives the kind of the word that comes next. */
static enum word_kind follow_number(struct text *text, enum word_kind kind, struct str *word,
                                    struct str *rest, char connector)
{
    while (kind == WORD_LETTERS || kind == WORD_NUMBER) {
        add_word(text, kind, *word, connector);
        kind = take_word(rest, word);
    }
    if (kind != WORD_NONE && kind != WORD_PUNCTUATION && kind != WORD_CONNECTOR)
        text_add_char(text, connector);
    return kind;
}

/* A number behind a word: it begins a new one when letters follow it. */
static enum word_kind follow_word(struct text *text, struct str *word, struct str *rest,
                                  char connector)
{
    struct str number = *word;
    enum word_kind next = take_word(rest, word);
    if (next == WORD_LETTERS)
        text_add_char(text, connector);
    add_word(text, WORD_NUMBER, number, connector);
    if (next != WORD_LETTERS && next != WORD_CONNECTOR && next != WORD_PUNCTUATION)
        text_add_char(text, connector);
    return next;
}

/* Words in small letters with connectors between. Numbers cling to the letters around them, and
 * connectors that are there stay as many as they are. */
static bool join_words(struct call *call, char connector, struct value *ret_value)
{
    struct str rest = value_str(call->arguments[0]);
    struct text text = {.arena = call->arena};
    struct str word;
    enum word_kind kind = take_word(&rest, &word);
    while (rest.n) {
        enum word_kind before = kind;
        struct str last = word;
        if (kind != WORD_CONNECTOR)
            add_word(&text, kind, word, connector);
        kind = take_word(&rest, &word);
        if (before == WORD_CONNECTOR) {
            add_word(&text, before, last, connector);
        } else if (before == WORD_NUMBER) {
            kind = follow_number(&text, kind, &word, &rest, connector);
        } else if (before != WORD_PUNCTUATION && kind != WORD_NUMBER) {
            if (kind != WORD_CONNECTOR && kind != WORD_PUNCTUATION)
                text_add_char(&text, connector);
        } else if (before != WORD_PUNCTUATION && rest.n) {
            kind = follow_word(&text, &word, &rest, connector);
        }
    }
    add_word(&text, kind, word, connector);
    return give(text_str(&text), ret_value);
}

static bool run_snakecase(struct call *call, struct value *ret_value)
{
    return join_words(call, '_', ret_value);
}

static bool run_kebabcase(struct call *call, struct value *ret_value)
{
    return join_words(call, '-', ret_value);
}

static const struct function table[] = {
    FUNCTION("upper", run_upper, PARAMETER_STRING),
    FUNCTION("lower", run_lower, PARAMETER_STRING),
    FUNCTION("title", run_title, PARAMETER_STRING),
    FUNCTION("untitle", run_untitle, PARAMETER_STRING),
    FUNCTION("swapcase", run_swapcase, PARAMETER_STRING),
    FUNCTION("initials", run_initials, PARAMETER_STRING),
    FUNCTION("camelcase", run_camelcase, PARAMETER_STRING),
    FUNCTION("snakecase", run_snakecase, PARAMETER_STRING),
    FUNCTION("kebabcase", run_kebabcase, PARAMETER_STRING),
};
const struct function_family funcs_letters = FUNCTION_FAMILY(table);
