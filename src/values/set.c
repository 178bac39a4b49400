#include "set.h"

#include "coalesce.h"
#include "json.h"

enum { INDEX_MOST = 65536, LEVEL_MOST = 30 };

enum outcome { OUTCOME_MORE, OUTCOME_END, OUTCOME_WRONG };

struct setter {
    struct arena *arena;
    const struct set_options *options;
    struct str rest;
    struct str problem;
};

static enum outcome wrong(struct setter *setter, struct str problem)
{
    setter->problem = problem;
    return OUTCOME_WRONG;
}

static enum outcome wrong_about(struct setter *setter, const char *format, struct str what)
{
    return wrong(setter, str_format(setter->arena, format, STR_ARG(quote_go(setter->arena, what))));
}

/* What Go says of a type assertion. */
static enum outcome wrong_type(struct setter *setter, struct value there, const char *wanted)
{
    static const char *const names[] = {
        [VALUE_NIL] = "nil",
        [VALUE_BOOL] = "bool",
        [VALUE_INT64] = "int64",
        [VALUE_FLOAT64] = "float64",
        [VALUE_STRING] = "string",
        [VALUE_LIST] = "[]interface {}",
        [VALUE_MAP] = "map[string]interface {}",
    };
    return wrong(setter, str_format(setter->arena,
                                    "unable to parse key: interface conversion: interface {} is "
                                    "%s, not %s",
                                    names[there.type], wanted));
}

/* The text up to one of the characters, which is taken too; a backslash takes the next one as it
 * is. '\0': the end came first. */
static char take_until(struct setter *setter, const char *stops, struct str *ret_text)
{
    struct text text = {.arena = setter->arena};
    char stop = '\0';
    size_t i = 0;
    bool escapes = setter->options->kind != SET_LITERAL;
    for (; i < setter->rest.n && !stop; i++) {
        char c = setter->rest.p[i];
        if (c && strchr(stops, c))
            stop = c;
        else if (c == '\\' && escapes && i + 1 < setter->rest.n)
            text_add_char(&text, setter->rest.p[++i]);
        else if (c != '\\' || !escapes)
            text_add_char(&text, c);
    }
    setter->rest = str_from(setter->rest, i);
    *ret_text = text_str(&text);
    return stop;
}

static struct value typed_value(struct str text)
{
    int64_t integer;
    if (str_equal_ignoring_case(text, STR("true")))
        return value_bool(true);
    if (str_equal_ignoring_case(text, STR("false")))
        return value_bool(false);
    if (str_equal_ignoring_case(text, STR("null")))
        return value_nil();
    if (str_is(text, "0"))
        return value_int64(0);
    if (text.n && text.p[0] != '0' && parse_go_int(text, 10, &integer))
        return value_int64(integer);
    return value_string(text);
}

static enum outcome read_scalar(struct setter *setter, struct str text, struct value *ret_value)
{
    const struct set_options *options = setter->options;
    struct str bytes;
    if (options->kind == SET_TYPED) {
        *ret_value = typed_value(text);
        return OUTCOME_MORE;
    }
    if (options->kind != SET_FILE) {
        *ret_value = value_string(text);
        return OUTCOME_MORE;
    }
    if (!options->read(options->context, setter->arena, text, &bytes))
        return wrong(setter, str_format(setter->arena, "open %.*s: no such file or directory",
                                        STR_ARG(text)));
    *ret_value = value_string(bytes);
    return OUTCOME_MORE;
}

/* {a,b}: behind the opening brace. */
static enum outcome read_list(struct setter *setter, struct value *ret_value)
{
    struct value_list *list = value_list_new(setter->arena, LIST_ANY, 0);
    for (;;) {
        struct str text;
        struct value item;
        char stop = take_until(setter, ",}", &text);
        if (!stop)
            return wrong(setter, STR("list must terminate with '}'"));
        if (read_scalar(setter, text, &item) == OUTCOME_WRONG)
            return OUTCOME_WRONG;
        value_list_add(setter->arena, list, item);
        if (stop == '}')
            break;
    }
    if (setter->rest.n && setter->rest.p[0] == ',')
        setter->rest = str_from(setter->rest, 1);
    *ret_value = value_of_list(list);
    return OUTCOME_MORE;
}

/* Blanks and a comma. True: nothing was there but them. */
static bool skip_empty(struct setter *setter)
{
    while (setter->rest.n) {
        char c = setter->rest.p[0];
        if (c != ',' && (!c || !strchr(" \t\n\v\f\r", c)))
            return false;
        setter->rest = str_from(setter->rest, 1);
        if (c == ',')
            return true;
    }
    return true;
}

static enum outcome read_json(struct setter *setter, struct value *ret_value)
{
    if (skip_empty(setter)) {
        *ret_value = value_nil();
        return OUTCOME_MORE;
    }
    struct str problem;
    if (!value_take_json(setter->arena, &setter->rest, ret_value, &problem) || problem.p)
        return wrong(setter, problem);
    skip_empty(setter);
    return OUTCOME_MORE;
}

/* What stands behind "=". OUTCOME_END: nothing does; the value is an empty string then. */
static enum outcome read_value(struct setter *setter, struct value *ret_value)
{
    struct str text;
    *ret_value = value_string(STR(""));
    if (setter->options->kind == SET_JSON)
        return read_json(setter, ret_value);
    if (setter->options->kind == SET_LITERAL) {
        *ret_value = value_string(setter->rest);
        setter->rest = STR("");
        return OUTCOME_END;
    }
    if (!setter->rest.n)
        return OUTCOME_END;
    if (setter->rest.p[0] == '{') {
        setter->rest = str_from(setter->rest, 1);
        return read_list(setter, ret_value);
    }
    take_until(setter, ",", &text);
    return read_scalar(setter, text, ret_value);
}

static void set(struct value_map *map, struct str key, struct value value)
{
    if (key.n)
        value_map_set(map, key, value);
}

static enum outcome read_index(struct setter *setter, size_t *ret_index)
{
    struct str text;
    int64_t index;
    if (!take_until(setter, "]", &text))
        return wrong(setter, STR("error parsing index: EOF"));
    if (!parse_go_int(text, 10, &index))
        return wrong_about(setter,
                           "error parsing index: strconv.Atoi: parsing %.*s: invalid syntax", text);
    if (index < 0)
        return wrong(setter,
                     str_format(setter->arena, "negative %d index not allowed", (int)index));
    if (index > INDEX_MOST)
        return wrong(setter,
                     str_format(setter->arena,
                                "index of %lld is greater than maximum supported index of %d",
                                (long long)index, INDEX_MOST));
    *ret_index = (size_t)index;
    return OUTCOME_MORE;
}

static enum outcome set_key(struct setter *setter, struct value_map *map, unsigned level);

/* What stands behind an index: another one, a key or the value. */
static enum outcome set_item(struct setter *setter, struct value_list *list, size_t index,
                             unsigned level)
{
    struct str text;
    struct value value = value_nil();
    size_t inner_index = 0;
    char stop = take_until(setter, "[.=", &text);
    const struct value *there = index < list->count ? &list->items[index] : NULL;
    if (text.n)
        return wrong_about(setter, "unexpected data at end of array index: %.*s", text);
    if (!stop)
        return OUTCOME_END;
    enum outcome outcome;
    if (stop == '=') {
        outcome = read_value(setter, &value);
    } else if (level > LEVEL_MOST) {
        return wrong(setter, STR("value name nested level is greater than maximum supported "
                                 "nested level of 30"));
    } else if (stop == '[') {
        if (there && there->type != VALUE_LIST && there->type != VALUE_NIL)
            return wrong_type(setter, *there, "[]interface {}");
        struct value_list *inner = there && there->type == VALUE_LIST
                                       ? there->list
                                       : value_list_new(setter->arena, LIST_ANY, 0);
        outcome = read_index(setter, &inner_index);
        if (outcome != OUTCOME_WRONG)
            outcome = set_item(setter, inner, inner_index, level + 1);
        value = value_of_list(inner);
    } else {
        struct value_map *inner =
            there && there->type == VALUE_MAP ? there->map : value_map_new(setter->arena, MAP_ANY);
        outcome = set_key(setter, inner, level);
        value = value_of_map(inner);
    }
    if (outcome != OUTCOME_WRONG)
        value_list_set(setter->arena, list, index, value);
    return outcome;
}

static enum outcome set_list(struct setter *setter, struct value_map *map, struct str key,
                             unsigned level)
{
    size_t index;
    const struct value *there = value_map_get(map, key);
    if (read_index(setter, &index) == OUTCOME_WRONG)
        return OUTCOME_WRONG;
    if (there && there->type != VALUE_LIST)
        return wrong_type(setter, *there, "[]interface {}");
    struct value_list *list = there ? there->list : value_list_new(setter->arena, LIST_ANY, 0);
    enum outcome outcome = set_item(setter, list, index, level);
    set(map, key, value_of_list(list));
    return outcome;
}

static enum outcome set_inner(struct setter *setter, struct value_map *map, struct str key,
                              unsigned level)
{
    if (level > LEVEL_MOST)
        return wrong(setter, STR("value name nested level is greater than maximum supported "
                                 "nested level of 30"));
    const struct value *there = value_map_get(map, key);
    if (there && there->type != VALUE_MAP)
        return wrong_type(setter, *there, "map[string]interface {}");
    struct value_map *inner = there ? there->map : value_map_new(setter->arena, MAP_ANY);
    enum outcome outcome = set_key(setter, inner, level);
    if (outcome == OUTCOME_MORE && !inner->count)
        return wrong_about(setter, "key map %.*s has no value", key);
    if (inner->count)
        set(map, key, value_of_map(inner));
    return outcome;
}

static enum outcome set_key(struct setter *setter, struct value_map *map, unsigned level)
{
    struct str key;
    struct value value;
    const char *stops = setter->options->kind == SET_LITERAL ? "=[." : "=[,.";
    char stop = take_until(setter, stops, &key);
    switch (stop) {
    case '\0':
        return key.n ? wrong_about(setter, "key %.*s has no value", key) : OUTCOME_END;
    case '[':
        return set_list(setter, map, key, level);
    case '.':
        return set_inner(setter, map, key, level + 1);
    case ',':
        set(map, key, value_string(STR("")));
        return wrong_about(setter, "key %.*s has no value (cannot end with ,)", key);
    default: {
        enum outcome outcome = read_value(setter, &value);
        if (outcome != OUTCOME_WRONG)
            set(map, key, value);
        return outcome;
    }
    }
}

bool values_set(struct arena *arena, struct value_map *values, struct str text,
                const struct set_options *options, struct str *ret_problem)
{
    struct setter setter = {.arena = arena, .options = options, .rest = text};
    struct str trimmed = str_trim(text);
    struct value whole;
    if (options->kind == SET_JSON && trimmed.n && trimmed.p[0] == '{') {
        bool done = value_from_json(arena, trimmed, &whole, ret_problem) && !ret_problem->p;
        if (done)
            value_map_merge(values, whole.map);
        return done;
    }
    enum outcome outcome;
    do
        outcome = set_key(&setter, values, 0);
    while (outcome == OUTCOME_MORE);
    if (outcome == OUTCOME_WRONG)
        *ret_problem = setter.problem;
    return outcome != OUTCOME_WRONG;
}
