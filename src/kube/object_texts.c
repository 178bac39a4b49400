#include "object_texts.h"

#include "address.h"

struct walk {
    const struct object *object;
    void (*visit)(void *context, const struct object_text *text);
    void *context;
};

static bool names_nothing(struct str key)
{
    static const char *const keys[] = {"apiVersion", "apiGroup",    "apiGroups",     "group",
                                       "groups",     "kind",        "labels",        "matchLabels",
                                       "selector",   "podSelector", "labelSelector", "finalizers"};
    return STR_IS_ONE_OF(key, keys);
}

static bool visit_value(void *context, const struct layer_value *value)
{
    struct walk *walk = context;
    if (value->entry && names_nothing(value->entry->key))
        return false;
    if (value->node->kind == YAML_STRING) {
        struct object_text text = {walk->object, value->node->text, value};
        walk->visit(walk->context, &text);
    }
    return true;
}

void object_texts_walk(const struct object *object,
                       void (*visit)(void *context, const struct object_text *text), void *context)
{
    static const char *const groups[] = {"apiextensions.k8s.io", "argoproj.io"};
    struct walk walk = {object, visit, context};
    if (!STR_IS_ONE_OF(object->group, groups) &&
        !str_ends_with(object->group, STR("toolkit.fluxcd.io")))
        node_walk(object->root, visit_value, &walk);
}

bool text_is_comment(struct str text, size_t offset)
{
    size_t before = str_find_last_char(str_slice(text, 0, offset), '\n');
    struct str line = str_from(text, before == STR_NOT_FOUND ? 0 : before + 1);
    line = str_trim(str_slice(line, 0, line.n));
    bool is_of_several = str_find_char(text, '\n') != STR_NOT_FOUND;
    return is_of_several && (str_starts_with(line, STR("#")) || str_starts_with(line, STR("//")) ||
                             str_starts_with(line, STR("--")) || str_starts_with(line, STR("*")));
}

struct text_part text_part_of(struct str whole, struct str part)
{
    struct text_part found = {part, 0};
    size_t own = (size_t)(part.p - whole.p);
    for (size_t at = 0; part.n && at < own; found.number++) {
        size_t next = str_find(str_from(whole, at), part);
        if (next == STR_NOT_FOUND || at + next >= own)
            break;
        at += next + part.n;
    }
    return found;
}

/* --- namespaces --- */

struct namespace_walk {
    void (*visit)(void *context, const struct object_text *text, struct str name);
    void *context;
};

/* True for the namespace of a reference, beside the name of what lies there. */
static bool is_reference(const struct object_text *text)
{
    const struct layer_value *value = text->value;
    if (!value->entry)
        return false;
    if (str_is(value->entry->key, "targetNamespace"))
        return true;
    bool is_own = !value->parent || (!value->parent->parent && value->parent->entry &&
                                     str_is(value->parent->entry->key, "metadata"));
    return str_is(value->entry->key, "namespace") && !is_own &&
           yaml_text(yaml_value(value->parent->node, "name")).n;
}

static void visit_namespaces(void *context, const struct object_text *text)
{
    struct namespace_walk *walk = context;
    struct cluster_address address;
    for (size_t at = 0; cluster_address_next(text->text, &at, &address);) {
        if (!text_is_comment(text->text, address.start))
            walk->visit(walk->context, text, address.namespace);
    }
    struct str name;
    for (size_t at = 0; command_namespace_next(text->text, &at, &name);) {
        if (!text_is_comment(text->text, (size_t)(name.p - text->text.p)))
            walk->visit(walk->context, text, name);
    }
    if (is_reference(text))
        walk->visit(walk->context, text, text->text);
}

void object_namespaces_walk(const struct object *object,
                            void (*visit)(void *context, const struct object_text *text,
                                          struct str name),
                            void *context)
{
    struct namespace_walk walk = {visit, context};
    object_texts_walk(object, visit_namespaces, &walk);
}
