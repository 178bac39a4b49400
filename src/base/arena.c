#include "arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Blocks grow until they are as large as a large page of the processor, and quickly, since each
 * small page costs when it is first touched. */
enum {
    ARENA_FIRST_BLOCK = 16 * 1024,
    ARENA_GROWTH = 16,
    ARENA_LARGE_PAGE = 2 * 1024 * 1024,
};

/* Zeroed memory in large pages: to have the system clear every small page when it is first touched
 * takes as long as rendering a chart. */
static struct arena_block *map_block(size_t size)
{
    size_t most = size + ARENA_LARGE_PAGE;
    char *mapped =
        most > size ? mmap(NULL, most, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                    : MAP_FAILED;
    if (mapped == MAP_FAILED)
        return NULL;
    size_t before = -(uintptr_t)mapped % ARENA_LARGE_PAGE;
    size_t behind = ARENA_LARGE_PAGE - before;
    if (before)
        munmap(mapped, before);
    if (behind)
        munmap(mapped + before + size, behind);
#ifdef MADV_HUGEPAGE
    madvise(mapped + before, size, MADV_HUGEPAGE);
#endif
    return (struct arena_block *)(void *)(mapped + before);
}

static bool is_mapped(size_t size)
{
    return size >= ARENA_LARGE_PAGE;
}

static void free_block(struct arena_block *block)
{
    if (is_mapped(block->size))
        munmap(block, block->size);
    else
        free(block);
}

void *arena_grow(struct arena *arena, size_t least)
{
    if (least > SIZE_MAX / 2)
        abort();
    size_t size = arena->block ? arena->block->size * ARENA_GROWTH : ARENA_FIRST_BLOCK;
    if (size > ARENA_LARGE_PAGE)
        size = ARENA_LARGE_PAGE;
    while (size < least + sizeof(struct arena_block))
        size = size < ARENA_LARGE_PAGE ? size * 2 : size + ARENA_LARGE_PAGE;
    struct arena_block *block = is_mapped(size) ? map_block(size) : calloc(1, size);
    if (!block)
        abort(); /* out of memory: the one place */
    block->size = size;
    block->older = arena->block;
    block->used = least;
    arena->block = block;
    arena->allocated += size;
    return block->bytes;
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
        free_block(block);
        block = older;
    }
    *arena = (struct arena){0};
}
