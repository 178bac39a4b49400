#include "fields.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "yaml.h"

static struct str mismatch(struct arena *arena, const struct yaml_node *node,
                           const struct yaml_field *field, const char *go_type)
{
    return str_format(arena, "json: cannot unmarshal %s into Go struct field %s of type %s",
                      yaml_json_name(node->kind), field->go_name, go_type);
}

static bool is_collection(const struct yaml_node *node)
{
    return node->kind == YAML_LIST || node->kind == YAML_MAP;
}

static bool fits(const struct yaml_node *node, enum yaml_field_type type)
{
    switch (type) {
    case YAML_FIELD_TEXT:
        return !is_collection(node);
    case YAML_FIELD_BOOL:
        return node->kind == YAML_BOOL;
    case YAML_FIELD_TEXTS:
    case YAML_FIELD_LIST:
        return node->kind == YAML_LIST;
    default:
        return node->kind == YAML_MAP;
    }
}

static struct str check_texts(struct arena *arena, const struct yaml_node *list,
                              const struct yaml_field *field)
{
    for (size_t i = 0; i < list->list.count; i++) {
        if (is_collection(list->list.items[i]))
            return mismatch(arena, list->list.items[i], field, "string");
    }
    return (struct str){0};
}

static struct str check_text_map(struct arena *arena, const struct yaml_node *map,
                                 const struct yaml_field *field)
{
    const struct yaml_entry *first = NULL;
    for (size_t i = 0; i < map->map.count; i++) {
        const struct yaml_entry *entry = &map->map.entries[i];
        if (is_collection(entry->value) && (!first || str_compare(entry->key, first->key) < 0))
            first = entry;
    }
    return first ? mismatch(arena, first->value, field, "string") : (struct str){0};
}

static struct str check_fields(struct arena *arena, const struct yaml_node *map,
                               const struct yaml_fields *fields);

static struct str check_field(struct arena *arena, const struct yaml_node *node,
                              const struct yaml_field *field)
{
    if (node->kind == YAML_NULL)
        return (struct str){0};
    if (!fits(node, field->type))
        return mismatch(arena, node, field, field->go_type);
    if (field->type == YAML_FIELD_TEXTS)
        return check_texts(arena, node, field);
    if (field->type == YAML_FIELD_TEXT_MAP)
        return check_text_map(arena, node, field);
    return field->type == YAML_FIELD_STRUCT ? check_fields(arena, node, field->inner)
                                            : (struct str){0};
}

/* The first problem in the order of the keys, which is that of the JSON in between. */
static struct str check_fields(struct arena *arena, const struct yaml_node *map,
                               const struct yaml_fields *fields)
{
    const struct yaml_entry *first = NULL;
    struct str problem = {0};
    for (size_t i = 0; i < map->map.count; i++) {
        const struct yaml_entry *entry = &map->map.entries[i];
        for (size_t k = 0; k < fields->count; k++) {
            const struct yaml_field *field = &fields->items[k];
            if (!str_equal_ignoring_case(entry->key, str_from_c(field->name)))
                continue;
            struct str found = check_field(arena, entry->value, field);
            if (!found.p || (first && str_compare(first->key, entry->key) < 0))
                continue;
            first = entry;
            problem = found;
        }
    }
    return problem;
}

/* strconv.FormatFloat with 'g' and 32 bits: the fewest digits that give the same float32. */
static struct str float_text(struct arena *arena, double number)
{
    char text[32];
    float wanted = (float)number;
    number = (double)wanted;
    for (int digits = 0; digits < 9 && isfinite(wanted); digits++) {
        snprintf(text, sizeof text, "%.*e", digits, (double)wanted);
        number = strtod(text, NULL);
        if ((float)number == wanted)
            break;
    }
    return format_go_float(arena, number, 'g', -1);
}

/* Go has no integer beyond 64 bits: such a number is a float. */
static bool is_float(const struct yaml_node *node, bool is_hexadecimal)
{
    bool has_mark = false;
    for (size_t i = 0; i < node->text.n && !is_hexadecimal; i++)
        has_mark |= node->text.p[i] && strchr(".eE", node->text.p[i]);
    return has_mark || node->number >= 0x1p64 || node->number < -0x1p63;
}

static struct str number_text(struct arena *arena, const struct yaml_node *node)
{
    struct str digits =
        str_starts_with(node->text, STR("-")) ? str_from(node->text, 1) : node->text;
    bool is_hexadecimal = digits.n > 1 && (digits.p[1] == 'x' || digits.p[1] == 'X');
    bool is_decimal = !str_starts_with(digits, STR("0"));
    for (size_t i = 0; i < digits.n; i++)
        is_decimal &= is_ascii_digit(digits.p[i]);
    if (is_float(node, is_hexadecimal))
        return float_text(arena, node->number);
    return is_decimal ? node->text
                      : str_format(arena, "%.0f", fabs(node->number) > 0 ? node->number : 0);
}

static void set_texts(struct arena *arena, struct yaml_node *node)
{
    if (node->kind == YAML_NUMBER)
        node->text = number_text(arena, node);
    else if (node->kind == YAML_BOOL)
        node->text = node->boolean ? STR("true") : STR("false");
    for (size_t i = 0; node->kind == YAML_LIST && i < node->list.count; i++)
        set_texts(arena, node->list.items[i]);
    for (size_t i = 0; node->kind == YAML_MAP && i < node->map.count; i++)
        set_texts(arena, node->map.entries[i].value);
}

struct yaml_node *yaml_copy_for_fields(struct arena *arena, const struct yaml_node *root)
{
    struct yaml_node *copy = yaml_copy(arena, root);
    set_texts(arena, copy);
    return copy;
}

struct str yaml_fields_mismatch(struct arena *arena, const struct yaml_node *root,
                                const struct yaml_fields *fields)
{
    if (root->kind == YAML_MAP)
        return check_fields(arena, root, fields);
    if (root->kind == YAML_NULL)
        return (struct str){0};
    return str_format(arena, "json: cannot unmarshal %s into Go value of type %s",
                      yaml_json_name(root->kind), fields->go_type);
}
