#include "document.h"

#include "message.h"

struct document *document_find(const struct document_list *list, struct str uri)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].arena && str_equal(list->items[i].uri, uri))
            return &list->items[i];
    }
    return NULL;
}

struct str document_path(struct arena *arena, struct str uri, struct str root)
{
    struct str path = root.p ? place_path_of_uri(arena, uri) : root;
    if (path.p && !path_is_below(path, root)) {
        /* The editor may know the repository under another name: the folder behind links. */
        struct str folder = tree_real_path(arena, path_directory(path));
        path = folder.p ? path_join(arena, folder, path_name(path)) : folder;
    }
    if (!path.p || path.n <= root.n || !path_is_below(path, root))
        return (struct str){0};
    return tree_path_below(path, root);
}

/* An arena that lives in its own memory, for handles that move. */
static struct arena *arena_new(void)
{
    struct arena arena = {0};
    struct arena *moved = arena_make(&arena, struct arena);
    *moved = arena;
    return moved;
}

static void arena_drop(struct arena *arena)
{
    if (!arena)
        return;
    struct arena own = *arena;
    arena_release(&own);
}

static void set_text(struct document *document, struct arena *arena, struct str text)
{
    document->text = text;
    arena_drop(document->text_arena);
    document->text_arena = arena;
}

static struct document *free_place(struct document_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (!list->items[i].arena)
            return &list->items[i];
    }
    return vector_add(&list->arena, list);
}

void document_open(struct document_list *list, const json_t *item, struct str root)
{
    struct str uri = message_string(item, "uri");
    if (!uri.p)
        return;
    struct document *document = document_find(list, uri);
    if (document)
        document_close(document);
    document = free_place(list);
    struct arena *arena = arena_new();
    *document = (struct document){.arena = arena, .uri = str_copy(arena, uri)};
    document->path = document_path(arena, document->uri, root);
    document->version = json_integer_value(json_object_get(item, "version"));
    struct arena *text_arena = arena_new();
    set_text(document, text_arena, str_copy(text_arena, message_string(item, "text")));
}

static bool apply(struct document *document, const json_t *change, enum place_encoding encoding)
{
    const json_t *range = json_object_get(change, "range");
    struct str by = message_string(change, "text");
    size_t start = 0;
    size_t end = document->text.n;
    bool is_good =
        by.p && (!range ||
                 (place_offset(document->text, json_object_get(range, "start"), encoding, &start) &&
                  place_offset(document->text, json_object_get(range, "end"), encoding, &end) &&
                  start <= end));
    if (!is_good)
        return false;
    struct arena *arena = arena_new();
    struct text text = {.arena = arena};
    text_add(&text, str_slice(document->text, 0, start));
    text_add(&text, by);
    text_add(&text, str_from(document->text, end));
    set_text(document, arena, text_str(&text));
    return true;
}

bool document_change(struct document *document, const json_t *changes, enum place_encoding encoding)
{
    for (size_t i = 0; i < json_array_size(changes); i++) {
        if (!apply(document, json_array_get(changes, i), encoding))
            return false;
    }
    return json_is_array(changes);
}

void document_close(struct document *document)
{
    arena_drop(document->text_arena);
    arena_drop(document->arena);
    *document = (struct document){0};
}

void documents_close(struct document_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        document_close(&list->items[i]);
    arena_release(&list->arena);
}
