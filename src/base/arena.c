#include "arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_FIRST_BLOCK = 16 * 1024, ARENA_LARGEST_BLOCK = 1024 * 1024 };

struct arena_block {
    struct arena_block *older;
    size_t used;
    size_t size;
    _Alignas(max_align_t) char bytes[];
};

static void arena_grow(struct arena *arena, size_t least)
{
    size_t size = arena->block ? arena->block->size * 2 : ARENA_FIRST_BLOCK;
    if (size > ARENA_LARGEST_BLOCK)
        size = ARENA_LARGEST_BLOCK;
    if (size < least)
        size = least;
    struct arena_block *block =
        size < SIZE_MAX - sizeof *block ? calloc(1, sizeof *block + size) : NULL;
    if (!block)
        abort(); /* out of memory: the one place */
    block->size = size;
    block->older = arena->block;
    arena->block = block;
    arena->allocated += size;
}

void *arena_alloc(struct arena *arena, size_t size, size_t align)
{
    struct arena_block *block = arena->block;
    size_t start = block ? (block->used + align - 1) & ~(align - 1) : 0;
    if (!block || start > block->size || size > block->size - start) {
        arena_grow(arena, size);
        block = arena->block;
        start = 0;
    }
    block->used = start + size;
    return block->bytes + start;
}

void *arena_alloc_array(struct arena *arena, size_t count, size_t size, size_t align)
{
    if (size && count > SIZE_MAX / size)
        abort();
    return arena_alloc(arena, count * size, align);
}

void arena_adopt(struct arena *arena, struct arena *other)
{
    struct arena_block *last = other->block;
    while (last && last->older)
        last = last->older;
    if (last && arena->block) {
        last->older = arena->block->older;
        arena->block->older = other->block;
    } else if (last) {
        arena->block = other->block;
    }
    arena->allocated += other->allocated;
    *other = (struct arena){0};
}

void arena_reset(struct arena *arena)
{
    struct arena_block *kept = arena->block;
    if (!kept)
        return;
    struct arena older = {.block = kept->older};
    arena_release(&older);
    kept->older = NULL;
    memset(kept->bytes, 0, kept->used);
    kept->used = 0;
    arena->allocated = kept->size;
}

void arena_release(struct arena *arena)
{
    struct arena_block *block = arena->block;
    while (block) {
        struct arena_block *older = block->older;
        free(block);
        block = older;
    }
    *arena = (struct arena){0};
}
