#ifndef BULKHEAD_BASE_ARENA_H
#define BULKHEAD_BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

/* An arena owns memory that is released all at once. A zeroed struct arena is empty and ready.
 * Everything that is handed out is zeroed and lives until arena_release. An arena belongs to one
 * thread at a time. When the system has no memory left the process aborts in one place,
 * arena_grow: no caller checks for NULL. */
struct arena {
    struct arena_block *block; /* the block being filled; older ones are linked behind it */
    size_t allocated;          /* bytes taken from the system, for limits and statistics */
};

struct arena_block {
    struct arena_block *older;
    size_t used;
    size_t size; /* with this header */
    _Alignas(max_align_t) char bytes[];
};
/* arena_alloc when the block has no room left. */
void *arena_grow(struct arena *arena, size_t least);
static inline void *arena_alloc(struct arena *arena, size_t size, size_t align)
{
    struct arena_block *block = arena->block;
    size_t start = block ? (block->used + align - 1) & ~(align - 1) : 0;
    if (!block || start > block->size - sizeof *block || size > block->size - sizeof *block - start)
        return arena_grow(arena, size);
    block->used = start + size;
    return block->bytes + start;
}
/* Like arena_alloc for count items of the given size; aborts when the product overflows. */
void *arena_alloc_array(struct arena *arena, size_t count, size_t size, size_t align);
/* Moves everything that `other` owns into `arena`; `other` is empty afterwards. */
void arena_adopt(struct arena *arena, struct arena *other);
/* Forgets everything that was handed out but keeps the largest block for what comes next. */
void arena_reset(struct arena *arena);
/* Gives all memory back; the arena is empty and ready again. */
void arena_release(struct arena *arena);

#define arena_make(arena, type) ((type *)arena_alloc((arena), sizeof(type), _Alignof(type)))
#define arena_make_array(arena, type, count)                                                       \
    ((type *)arena_alloc_array((arena), (count), sizeof(type), _Alignof(type)))

/* Runs a release function of a foreign handle when the variable leaves its scope. */
#define CLEANUP(function) __attribute__((cleanup(function)))

#endif
